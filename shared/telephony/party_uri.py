"""The party of a call as Exotel names it: a number, a SIP or tel URI, or a name with one."""

import re
from urllib.parse import unquote

MAX_URI = 256  # characters; what is longer names nobody

_NAMED = re.compile(r'(?:"(?:[^"\\]|\\.)*"\s*|[^"<>]*)<([^<>]*)>.*', re.DOTALL)
_URI = re.compile(r"(sips?|tel):(?://)?", re.IGNORECASE)
_CONTEXT = re.compile(r";phone-context=(\+[\d.()-]+)", re.IGNORECASE)


def party(written: str) -> str:
    """The number in `"Meera" <sip:+919812345678;cpc=ordinary@host;user=phone>`, or what else it is.

    A host is no party, and a number that holds only in some place (RFC 3966 calls it local) gets
    that place's prefix.
    """
    if len(written) > MAX_URI:
        return ""
    named = _NAMED.fullmatch(written.strip())
    text = named[1].strip() if named else written.strip(" \t\r\n\"'")  # Exotel quotes keys, too
    scheme = _URI.match(text)
    text = text[scheme.end() :] if scheme else text
    user, at, _ = text.partition("@")  # headers behind the host may have another one
    if scheme and not at and scheme[1].lower() != "tel" and "." in text:
        return ""
    # With a scheme or a host, what stands behind a colon is a password.
    number = unquote(re.split("[;:]" if scheme or at else ";", user if at else text)[0])
    context = _CONTEXT.search(text)
    return context[1] + number if context and not number.startswith("+") else number
