"""Phone numbers in every spelling, as E.164 or as a refusal."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.errors import InvalidNumber
from shared.telephony.phone_numbers import dialable, e164, parse_number


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
def test_an_indian_phone_number_is_read_however_it_is_written(written: str) -> None:
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
def test_landline_toll_free_and_foreign_phone_numbers_can_be_dialled(
    written: str, number: str
) -> None:
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
def test_a_phone_number_that_cannot_be_dialled_is_refused_with_a_reason(
    written: str, problem: str
) -> None:
    with pytest.raises(InvalidNumber, match=problem) as refusal:
        dialable(written)
    said = str(refusal.value)
    right_but_nobodys = "doesn't exist" in said or "extension" in said
    assert said.endswith("; write it like +919876543210") is not right_but_nobodys
    assert "98765" not in said.partition(";")[0]


@given(st.text() | st.text(alphabet="0123456789+-() .x;/*#", max_size=30))
def test_any_text_is_a_phone_number_or_our_own_error(text: str) -> None:
    try:
        number = dialable(text)
    except InvalidNumber:
        return
    assert dialable(number) == number
    assert parse_number(number) == number


@pytest.mark.parametrize(
    "written",
    [
        "+919812345678",
        "09812345678",
        "9812345678",
        "919812345678",
        " 919812345678",  # a plus in a query string that nobody encoded
        "%2B919812345678",  # or encoded twice
        "+ 91 98123 45678",
        "+91 098123 45678",
        "+91 (0) 98123-45678",
        "(+91)9812345678",
        "+(91) 98123 45678",
        "0091 9812345678",
        "+00919812345678",
        "00+919812345678",
        "0+919812345678",
        "+09812345678",
        "+0919812345678",
        "0919812345678",
        "++919812345678",
        "+91919812345678",
        "+91+919812345678",
        "91+9812345678",
        "\u202a+91 98123 45678\u202c",
        "\uff0b919812345678",
        "०९८१२३४५६७८",
        "sip:+919812345678@pstn.example.in",
        "sip:+919812345678@pstn.example.in:5060;user=phone;transport=tcp",
        "SIP:09812345678@203.0.113.9",
        "sips:%2B919812345678:secret@host",
        "sip:+919812345678;cpc=ordinary@host",
        "sip:919812345678",
        "<sip:+919812345678@host>;tag=1c2",
        '"Meera" <sip:09812345678@host;user=phone>',
        '"Meera <\\"M\\"> K" <tel:+91-98123-45678>',
        "Meera <09812345678>",
        "tel:+91-98123-45678",
        "tel:9812345678;phone-context=+91",
        "+919812345678@host",
        '"+919812345678"',
        "'09812345678'",
        '"sip:+919812345678@host"',
        "sip://+919812345678@host",
        "tel://+91-98123-45678",
        "sip:+919812345678@host?from=meera@example.in",
    ],
)
def test_a_phone_number_is_read_however_exotel_writes_it(written: str) -> None:
    assert e164(written) == parse_number(written) == "+919812345678"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+16502530000", "+16502530000"),
        ("0016502530000", "+16502530000"),
        ("tel:6502530000;phone-context=+1", "+16502530000"),
        ("sip:+6598765432@host", "+6598765432"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("09511233633", "+919511233633"),
        ("04440000319", "+914440000319"),
        ("18001234567", "+9118001234567"),
        ("1401234567", "+911401234567"),
        ("9198123456", "+919198123456"),  # ten digits, of which 91 are the first two
    ],
)
def test_foreign_and_landline_phone_numbers_are_read_too(written: str, number: str) -> None:
    assert parse_number(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "+",
        "0",
        "000",
        "+910000000000",
        "anonymous",
        "Restricted",
        "unknown",
        "null",
        "sip:anonymous@anonymous.invalid",
        "sip:alice@example.in",
        "sip:1001@pbx",
        "sip:100.100.100.1",
        "tel:7042;phone-context=example.in",
        "+91XXXXXX5678",
        "+91xxxxxx5678",
        "09XXXXX3609",
        "0XXXXXX4890",
        "+91******5678",
        "+91 98123 ••678",
        "+91-----5678",
        "98123.....78",
        "+4930123????",
        "sip:+4930123???@host",
        "sip:+91XXXXXX5678@host",
        "<sip:09XXXXX3609@host>",
        "1-800-FLOWERS",
        "+1-800-FLOWERS",
        "9812345678x5",
        "112",
        "+91112",
        "1909",
        "56161",
        "981234567",
        "98123456",
        "+91981234567",
        "98123456789",
        "14155550100",  # of the USA, without its plus: no Indian one
        "+9876543210",  # there is no telling which country's
        "100.100.100.1",
        "+919812345678,+919812345679",
        "98765+43210",
        "9" * 300,
        "²³" * 5,
        '"' + '\\"' * 120,
    ],
)
def test_text_that_is_no_phone_number_stays_as_it_is(written: str) -> None:
    assert parse_number(written) == ""
    assert e164(written) == written


@given(st.text() | st.text(alphabet='0123456789+-() .xX*;:@<>"siptel%=', max_size=60))
def test_no_digit_of_a_phone_number_is_made_up(text: str) -> None:
    number = parse_number(text)
    assert parse_number(number) == number
    there = iter([str(unicodedata.decimal(char, "")) for char in unquote(text)])
    assert all(digit in there for digit in number.removeprefix("+").removeprefix("91"))
