"""Addresses of the web and of mail, as they are said aloud."""

import re

from shared.languages.normalization.locale import Locale
from shared.languages.normalization.rules import Rule, rule

_END = r"(?<![.,;:!?)\]'\"\u0964])"  # the mark after an address isn't part of it
_HOST = r"(?:[A-Za-z0-9-]+\.)+(?:com|in|org|net|io|ai|app|co|edu|info)(?![A-Za-z0-9])"
_ADDRESS = (
    rf"(?:https?://|\bwww\.)[A-Za-z0-9][^\s<>]*{_END}"
    rf"|(?<![@A-Za-z0-9.]){_HOST}(?:/[^\s<>]*{_END})?"
)
_MAIL = r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_FRONT = re.compile(r"(?:https?://)?(?:www\.)?")


def web_rules(locale: Locale) -> list[Rule]:
    """Rules for mail addresses, UPI ids and web addresses.

    Of a web address the part that a person would type is said: no `https://www.`, and nothing
    from the question mark on.
    """
    return [
        rule(_MAIL, lambda found: _spell(found[0], locale)),
        rule(_ADDRESS, lambda found: _spell(_essence(found[0]), locale)),
    ]


def shortened_addresses() -> list[Rule]:
    """The rule for a language whose word for the dot isn't ours to choose."""
    return [rule(r"https?://(?:www\.)?(?=[A-Za-z0-9])|\bwww\.(?=[A-Za-z0-9])", "")]


def _essence(address: str) -> str:
    return re.split(r"[?#]", _FRONT.sub("", address, count=1))[0].rstrip("/")


def _spell(address: str, locale: Locale) -> str:
    """Digits one by one: `1mg` is no weight here."""
    parts = re.findall(r"[0-9]|[.@/_+-]|[^0-9.@/_+-]+", address)
    words = (locale.digits[int(p)] if p in "0123456789" else locale.web.get(p, p) for p in parts)
    return " ".join(words)
