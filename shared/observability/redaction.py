"""Keys, passwords, tokens and phone numbers taken out of a text, whoever wrote it."""

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "***"

# A digit of any script, also as JSON (\u0967) and URLs (%E0%A5%A7) write those of India's.
DIGIT = r"(?:\d|\\u0[9a-d][6e][6-9a-f]|%E0%[AB][0-9A-F]%A[6-9A-F])"
# What people and machines put between digits; a dot only where it parts three from three.
BETWEEN = (
    r"(?:[ \t\xa0\u2000-\u200d\u202f()\[\]_\u2010-\u2015\u2212+-]|%20|%2D|(?<=\d{3})\.(?=\d{3}))"
)
NUMBER = (
    # Whatever says that a number follows: then seven digits are one.
    rf"(?:\+|%2B|\\u002b|tel:|sips?:){BETWEEN}{{0,3}}+{DIGIT}(?:{BETWEEN}{{0,3}}{DIGIT}){{6,}}+"
    # Without it ten are, as in India.
    rf"|\(?{DIGIT}(?:{BETWEEN}{{0,3}}{DIGIT}){{9,}}+"
)
# What has as many digits and is no number: times, SIDs of Exotel's and ours, UUIDs, addresses.
NO_NUMBER = (
    r"(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
    r"|(?<![0-9a-z])(?=\d*[a-z])(?:[0-9a-f]{20,}|[0-9a-z]{32})(?![0-9a-z])"
    r"|(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])"
    r"|(?<![\d+])1[5-9]\d{8}(?:\.\d+|\d{3})(?!\d)"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|\b0x[0-9a-f]+"
)
NUMBERS = re.compile(f"({NO_NUMBER})|{NUMBER}", re.IGNORECASE)

SECRET_NAME = (
    r"(?<![\w-])[\w-]{0,40}(?:api[_-]?key|apikey|token|secret|password|passwd|pwd|authorization)"
)
CREDENTIALS = (  # what they look like, for those that no setting holds
    # In a header, in a query or an assignment, and in JSON or a dict of Python's.
    rf"(?i:({SECRET_NAME}[\"']?\s*:\s*[\"']?(?:basic|bearer|token)\s+)[^\s\"',;}}]+)",
    rf"(?i:({SECRET_NAME}=)[^\s\"'&;,]+)",
    rf"(?i:([\"']{SECRET_NAME}[\"']\s*:\s*[\"'])[^\"']+)",
    r"(?i:\b((?:basic|bearer)\s+)[\w+/=.~-]{8,})",
    r"(://[^\s/:@]*:)[^\s/@]+(?=@)",  # the password in a URL
    r"(/(?:ws|exotel/status)/)[\w-]{16,}",  # a token in a path of ours
    r"()\b(?:sk|pk|rk)[-_][\w*.-]{6,}",
    r"()\b(?:gsk_|xai-|hf_|AIza)[\w-]{16,}",
    r"(?i:(api[_-]?key:[ \t]?)(?=\S{0,40}\d)[^\s\"',;}]{8,})",  # a header that is the key alone
    r"()\beyJ[\w-]+\.[\w-]+\.[\w-]*",
)


def mask(number: str) -> str:
    """A phone number with all but its last four digits hidden: enough to recognise, not to ring."""
    digits = re.sub(r"[^0-9+]", "", number)[:20]
    return "*" * (len(digits) - 4) + digits[-4:] if len(digits) > 6 else "unknown"


class Redaction:
    """Takes secrets and phone numbers out of texts.

    Args:
        secrets: The values that mustn't be shown; they are found as they are, encoded as URLs, JSON
            and HTTP Basic do, and where somebody quotes only their beginning or their end.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({form for secret in secrets for form in _forms(secret)}, key=len)
        alternatives = [_bounded(form) for form in reversed(known)]
        quoted = [part for secret in secrets for part in _quoted(secret)]
        self._known = re.compile("|".join([*alternatives, *quoted])) if known else None
        self._credentials = [re.compile(pattern) for pattern in CREDENTIALS]

    def __call__(self, text: str) -> str:
        """The text without them; phone numbers keep their last four digits."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for pattern in self._credentials:
            text = pattern.sub(rf"\g<1>{HIDDEN}", text)
        return NUMBERS.sub(lambda found: found[1] or mask(_plain(found[0])), text)


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may turn up; one that is too short is no secret, and would be everywhere."""
    if len(secret) < 4:
        return
    encoded = base64.b64encode(secret.encode(errors="replace")).decode()
    yield from (secret, quote(secret, safe=""), quote_plus(secret))
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    yield from (repr(secret)[1:-1], encoded, encoded.rstrip("="))


def _bounded(form: str) -> str:
    """A short one only where it is a word."""
    escaped = re.escape(form)
    return escaped if len(form) > 7 else rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])"


def _quoted(secret: str) -> Iterator[str]:
    """Providers quote keys as `sk-abcde…wxyz` or `****wxyz`."""
    if len(secret) >= 12:
        yield re.escape(secret[:8]) + r"[\w*.…•+/=-]*"
        yield r"(?<![*.•])(?:\*{3,}+|\.{3,}+|…|•{2,}+)[\w-]{0,40}?" + re.escape(secret[-4:])


def _plain(number: str) -> str:
    """The digits of a number in ASCII, whatever script or encoding it is in."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda escape: chr(int(escape[1], 16)), unquote(number))
    return "".join(str(unicodedata.digit(c, c)) for c in text)
