"""Phone numbers: Exotel writes the same one as `+919812345678` or as `09812345678`."""

import re
import unicodedata
from collections.abc import Collection

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from shared.telephony.errors import InvalidNumber
from shared.telephony.party_uri import party

HOME_REGION = "IN"  # where a number without a country code is at home
EXAMPLE = "+919876543210"
MAX_LENGTH = 40  # characters, punctuation included; E.164 has 15 digits at most

_WRITTEN = re.compile(r"\(?[+\uff0b]?[\d\s().\u2010-\u2013-]*")
_HEARD = re.compile(r"[\d\s+().\u2010-\u2013-]+")
_GAP = re.compile(r"[.\u2010-\u2013-]{2}")  # what a mask leaves
_SPELLING = re.compile(r"((?:\+|0|91)*\+)?(0*)([0-9]+)")
_PREFIXES = re.compile(r"^(?:0|91(?=0*[0-9]{10,}$))+")
_NOT_PARSED = {
    NumberParseException.INVALID_COUNTRY_CODE: "has no known country code",
    NumberParseException.TOO_SHORT_AFTER_IDD: "is too short",
    NumberParseException.TOO_SHORT_NSN: "is too short",
    NumberParseException.TOO_LONG: "is too long",
}
_NOT_POSSIBLE = {
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "lacks its area code",
    ValidationResult.TOO_SHORT: "is too short",
    ValidationResult.TOO_LONG: "is too long",
    ValidationResult.INVALID_LENGTH: "has a wrong number of digits for its country",
    ValidationResult.INVALID_COUNTRY_CODE: "has no known country code",
}

_NOBODYS = {
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.PERSONAL_NUMBER: "a personal number, which costs like a premium one",
    PhoneNumberType.PAGER: "a pager",
    PhoneNumberType.UAN: "a company's number for calls that come in",
    PhoneNumberType.VOICEMAIL: "the number of a mailbox",
}
_OF_THE_WORLD = "001"  # of country codes such as 870 and 881 (satellites), 979 (premium rate)


def e164(written: str) -> str:
    """The number as `+919812345678`, or as it is when it can't be understood as one.

    Exotel masks numbers (`+91XXXXXX5678`) and callers withhold theirs: `parse_number` tells.
    """
    return parse_number(written) or written


def parse_number(written: str) -> str:
    """The number that Exotel names a party by, in E.164; "" if it names none.

    Zeros, plus signs and the country code come in any order: `+0981…`, `+91 0981…`, `0+91981…`,
    `091981…`. No digit is ever made up: letters stand for none, and what can't be a number isn't.
    """
    text = party(_visible(written)).replace("\uff0b", "+").strip()
    if len(text) > MAX_LENGTH or not _HEARD.fullmatch(text) or _GAP.search(text):
        return ""
    ascii_digits = (str(unicodedata.decimal(char, char)) for char in text)
    found = _SPELLING.fullmatch(re.sub("[^0-9+]", "", "".join(ascii_digits)))
    if not found:
        return ""
    before, zeros, rest = found.groups("")
    abroad = len(zeros) > 1 or (before and not zeros)
    return _of_the_world(rest) if abroad and "91" not in before else _of_india(rest)


def _of_the_world(digits: str) -> str:
    """A number that begins with its country code."""
    if digits.startswith("91"):
        return _of_india(digits[2:])
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except NumberParseException:
        return ""
    possible = phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if possible else ""


def _of_india(digits: str) -> str:
    """An Indian number, with zeros and 91 before it as often as anybody wrote them.

    The lengths alone would let a foreign number without its plus pass for an Indian one, so it must
    be one of the numbering plan, or look like a mobile of a series that the plan doesn't have yet.
    """
    digits = _PREFIXES.sub("", digits)
    try:
        parsed = phonenumbers.parse(f"+91{digits}")
    except NumberParseException:
        return ""
    known = phonenumbers.is_valid_number(parsed) or re.fullmatch("[6-9][0-9]{9}", digits)
    return f"+91{digits}" if known else ""


def dialable(text: str) -> str:
    """The number that a person wrote, as `+919812345678`, if a phone can ring there.

    Without a country code it is taken for an Indian one, a landline with its STD code. Short codes
    such as 112 are refused: nobody should be rung there by a machine.

    Raises:
        InvalidNumber: Says what is wrong, without repeating the number.
    """
    text = _visible(text)
    if len(text) > MAX_LENGTH:
        raise _misspelt("is too long")
    letters = any(char.isalpha() for char in text)
    if not letters and not _WRITTEN.fullmatch(text):
        raise _misspelt("is more than digits, spaces, a leading +, hyphens, dots and brackets")
    try:
        parsed = phonenumbers.parse(text, HOME_REGION)
    except NumberParseException as error:
        raise _misspelt(_NOT_PARSED.get(error.error_type, "can't be read as one")) from None
    if parsed.extension:
        raise InvalidNumber("has an extension: only direct numbers can be dialled")
    if letters:
        raise _misspelt("contains letters")
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    if possible != ValidationResult.IS_POSSIBLE:
        raise _misspelt(_NOT_POSSIBLE.get(possible, "is not possible"))
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidNumber("doesn't exist in its country: check its digits and area code")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _misspelt(problem: str) -> InvalidNumber:
    return InvalidNumber(f"{problem}; write it like {EXAMPLE}")


def _visible(text: str) -> str:
    """Without the invisible marks of the writing direction that numbers bring from contacts."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def check_ringable(number: str, countries: Collection[str]) -> None:
    """See that a stranger may have this number rung at our cost.

    Args:
        number: From `dialable`.
        countries: Where people may be rung, as ISO's two letters.

    Raises:
        InvalidNumber: If it's in no such country, or a number that earns money with calls.
    """
    parsed = phonenumbers.parse(number)
    if kind := _NOBODYS.get(phonenumbers.number_type(parsed)):
        raise InvalidNumber(f"is {kind}: people are rung, and none is there")
    country = phonenumbers.region_code_for_number(parsed) or _OF_THE_WORLD
    if country == _OF_THE_WORLD:
        raise InvalidNumber("belongs to no country, but to a satellite or a service: none is rung")
    if country not in countries:
        raise InvalidNumber(
            f"is in {country}, and DIAL_COUNTRIES allows {', '.join(sorted(countries))}"
        )


def is_country(code: str) -> bool:
    """Whether these two letters, such as IN, stand for a country with phone numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS
