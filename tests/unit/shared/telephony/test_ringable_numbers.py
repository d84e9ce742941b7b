"""Phone numbers that a start request may have dialled at our cost."""

import pytest

from shared.settings.settings import Settings
from shared.telephony.errors import InvalidNumber
from shared.telephony.phone_numbers import check_ringable, dialable, is_country

EVERYWHERE = (
    "IN",
    "US",
    "CA",
    "JM",
    "GB",
    "GG",
    "AE",
    "FR",
    "DE",
    "AU",
    "JP",
    "RU",
    "KZ",
    "IT",
    "SG",
)


@pytest.mark.parametrize(
    "number",
    ["+919876543210", "080 4711 2233", "1800 123 4567", "+14165550123", "+447911111111"]
    + ["+971501234567", "+18762345678", "+390612345678", "+6590123456", "+4915123456789"],
)
def test_phone_numbers_are_dialled_where_the_setting_allows_it(number: str) -> None:
    check_ringable(dialable(number), EVERYWHERE)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+19002345678", "premium-rate"),
        ("+448712345678", "premium-rate"),
        ("+33899123456", "premium-rate"),
        ("+61-1900 654 321", "premium-rate"),
        ("+81990123456", "premium-rate"),
        ("+979123456789", "premium-rate"),
        ("1860 266 7766", "shared-cost"),
        ("+491805123456", "shared-cost"),
        ("+80812345678", "shared-cost"),
        ("+447012345678", "personal number"),
        ("+15002345678", "personal number"),
        ("+443001234567", "calls that come in"),
        ("+91 140 1234567", "calls that come in"),
        ("+8816 2345 6789", "belongs to no country"),
        ("+870773111632", "belongs to no country"),
        ("+8821612345678", "belongs to no country"),
        ("+80012345678", "belongs to no country"),
    ],
)
def test_premium_rate_phone_numbers_are_never_dialled(number: str, kind: str) -> None:
    with pytest.raises(InvalidNumber, match=kind) as refusal:
        check_ringable(dialable(number), (*EVERYWHERE, "001"))
    assert "234" not in str(refusal.value)


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+14165550123", "CA"),
        ("+18762345678", "JM"),
        ("+442079460958", "GB"),
        ("+447911123456", "GG"),
        ("+77012345678", "KZ"),
        ("+971501234567", "AE"),
        ("+8801712345678", "BD"),
        ("+5352345678", "CU"),
    ],
)
def test_other_countries_are_dialled_only_when_the_setting_says_so(
    number: str, country: str
) -> None:
    with pytest.raises(InvalidNumber, match=f"is in {country}, and DIAL_COUNTRIES allows IN, US"):
        check_ringable(dialable(number), ("US", "IN"))
    check_ringable(dialable(number), ("IN", country))


def test_the_setting_of_dialled_countries_is_a_list() -> None:
    assert Settings.parse({}).dial_countries == ("IN",)
    assert Settings.parse({"DIAL_COUNTRIES": " in, ae,GB "}).dial_countries == ("IN", "AE", "GB")
    assert is_country("IN")


@pytest.mark.parametrize("senseless", ["India", "IN,UK", "91", "IN,,AE", "*", "001", "IN;AE"])
def test_an_unknown_country_in_the_setting_is_named(senseless: str) -> None:
    (fault,) = Settings.parse({"DIAL_COUNTRIES": senseless}).faults()
    assert fault.startswith("DIAL_COUNTRIES: ")
    assert "two letters" in fault
