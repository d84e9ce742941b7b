"""Phone numbers in the two spellings Exotel uses: E.164, and Indian with a leading 0."""

import re

_DECORATION = re.compile(r"[\s().-]")
_NUMBER = re.compile(r"\+?\d{5,15}")
_NATIONAL_DIGITS = 10


def is_number(text: str) -> bool:
    """Tell whether Exotel could take this for a phone number."""
    return bool(_NUMBER.fullmatch(_DECORATION.sub("", text)))


def e164(number: str) -> str:
    """Write a number as `+919812345678`; without a country it is Indian."""
    digits = _DECORATION.sub("", number)
    if digits.startswith("+"):
        return digits
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        return f"+91{digits[1:]}"
    return f"+91{digits}" if len(digits) == _NATIONAL_DIGITS else f"+{digits}"


def national(number: str) -> str:
    """Write an Indian number as `09812345678`, as Exotel does; a foreign one stays E.164."""
    return re.sub(r"^\+91", "0", e164(number))


def spelled_like(example: str, number: str) -> str:
    """Write a number in the spelling of another."""
    return e164(number) if example.startswith("+") else national(number)
