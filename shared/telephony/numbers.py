"""Phone numbers: Exotel writes the same one as `+919812345678` or as `09812345678`."""

import phonenumbers

HOME_REGION = "IN"  # where a number without a country code is at home


def e164(number: str) -> str:
    """The number as `+919812345678`, or as it is when it can't be understood as one."""
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
