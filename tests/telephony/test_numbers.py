import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.errors import InvalidNumber
from shared.telephony.numbers import dialable, e164


@pytest.mark.parametrize(
    "written",
    [
        "+919876543210",
        "98765 43210",
        "9876543210",
        "09876543210",
        "0 98765 43210",
        "+91-98765-43210",
        "0091 98765 43210",
        "919876543210",
        "+91 (0) 98765 43210",
        "(+91) 98765.43210",
        " +91 98765\u00a043210\n",
        "\u202a+91 98765 43210\u202c",
        "\uff0b91 98765\u201143210",
        "०९८७६५४३२१०",
    ],
)
def test_an_indian_mobile_is_understood_however_it_is_written(written: str) -> None:
    assert dialable(written) == "+919876543210"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("044 4000 0319", "+914440000319"),
        ("(044) 4000-0319", "+914440000319"),
        ("080-41234567", "+918041234567"),
        ("1800 123 4567", "+9118001234567"),
        ("+1 (650) 253-0000", "+16502530000"),
        ("+44 20 7946 0958", "+442079460958"),
        ("00 44 20 7946 0958", "+442079460958"),
    ],
)
def test_landlines_toll_free_and_foreign_numbers_can_be_dialled(written: str, number: str) -> None:
    assert dialable(written) == number


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "can't be read as one"),
        ("hello", "can't be read as one"),
        ("+", "can't be read as one"),
        ("98765", "is too short"),
        ("98765 43210 1234", "is too long"),
        ("9" * 1_000, "is too long"),
        (" (" * 100_000 + "x", "is too long"),
        ("098765 4321", "doesn't exist"),
        ("+91 55555 55555", "doesn't exist"),
        ("2345 6789", "doesn't exist"),
        ("+1 253 0000", "lacks its area code"),
        ("+999 1234 56789", "has no known country code"),
        ("+0919876543210", "has no known country code"),
        ("0098765 43210", "lacks its area code"),
        ("+65 1234 56789", "has a wrong number of digits"),
        ("98765 43210 ext 5", "has an extension"),
        ("98765 43210 x5", "has an extension"),
        ("98765 43210;ext=5", "has an extension"),
        ("1-800-FLOWERS", "contains letters"),
        ("call 98765 43210", "contains letters"),
        ("tel:+919876543210", "contains letters"),
        ("98765 43210 / 98765 43211", "is more than digits"),
        ("*98765 43210#", "is more than digits"),
        ("98765+43210", "is more than digits"),
        ("<98765 43210>", "is more than digits"),
        ("100", "is too short"),
        ("112", "is too short"),
        ("+91 112", "is too short"),
        ("1909", "is too short"),
        ("+1 911", "is too short"),
    ],
)
def test_what_cannot_be_dialled_is_refused_with_the_reason(written: str, problem: str) -> None:
    with pytest.raises(InvalidNumber, match=problem) as refusal:
        dialable(written)
    assert "98765" not in str(refusal.value)


@given(st.text() | st.text(alphabet="0123456789+-() .x;/*#", max_size=30))
def test_any_text_is_a_number_or_our_own_error(text: str) -> None:
    try:
        number = dialable(text)
    except InvalidNumber:
        return
    assert dialable(number) == number


def test_exotels_number_stays_as_it_is_when_it_is_none() -> None:
    assert e164("09812345678") == "+919812345678"
    assert e164("anonymous") == "anonymous"
