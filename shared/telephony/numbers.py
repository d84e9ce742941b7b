"""Phone numbers: Exotel writes the same one as `+919812345678` or as `09812345678`."""

import re
import unicodedata
from collections.abc import Collection

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from shared.telephony.errors import InvalidNumber

HOME_REGION = "IN"  # where a number without a country code is at home
MAX_LENGTH = 40  # characters, punctuation included; E.164 has 15 digits at most

_WRITTEN = re.compile(r"\(?[+\uff0b]?[\d\s().\u2010-\u2013-]*")
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


def e164(number: str) -> str:
    """The number as `+919812345678`, or as it is when it can't be understood as one."""
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def dialable(text: str) -> str:
    """The number that a person wrote, as `+919812345678`, if a phone can ring there.

    Without a country code it is taken for an Indian one, a landline with its STD code. Short codes
    such as 112 are refused: nobody should be rung there by a machine.

    Raises:
        InvalidNumber: Says what is wrong, without repeating the number.
    """
    # Numbers pasted from contacts bring invisible marks of the writing direction with them.
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
    if len(text) > MAX_LENGTH:
        raise InvalidNumber("is too long")
    letters = any(char.isalpha() for char in text)
    if not letters and not _WRITTEN.fullmatch(text):
        raise InvalidNumber("is more than digits, spaces, a leading +, hyphens, dots and brackets")
    try:
        parsed = phonenumbers.parse(text, HOME_REGION)
    except NumberParseException as error:
        raise InvalidNumber(_NOT_PARSED.get(error.error_type, "can't be read as one")) from None
    if parsed.extension:
        raise InvalidNumber("has an extension: only direct numbers can be dialled")
    if letters:
        raise InvalidNumber("contains letters: write its digits")
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    if possible != ValidationResult.IS_POSSIBLE:
        raise InvalidNumber(_NOT_POSSIBLE.get(possible, "is not possible"))
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidNumber("doesn't exist in its country: check its digits and area code")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


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
