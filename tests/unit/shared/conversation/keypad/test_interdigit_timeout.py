"""The pause that ends a number typed on DTMF keys, at times that the test makes up."""

import pytest

from shared.conversation.keypad.interdigit_timeout import TypedNumber
from shared.languages.requested_digits import ExpectedKeys, expected_in

QUICK, SLOW, LOST = 0.3, 1.2, 4.0  # seconds from one key to the next
MOBILE = expected_in("Please type your ten digit mobile number.")
PIN = expected_in("Please type your PIN.")
AMOUNT = expected_in("Please type the amount.")
POLICY = expected_in("Please type your policy number.")
SOME = ExpectedKeys()
BY_HASH = ExpectedKeys(by_hash=True)
TOLD = expected_in("What is your mobile number?")


def typed(
    keys: str, gap: float = QUICK, expected: ExpectedKeys | None = None, offered: str = ""
) -> TypedNumber:
    number = TypedNumber(expected, frozenset(offered))
    for place, key in enumerate(keys):
        number.press(key, 100.0 + place * gap)
    return number


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("9", MOBILE),
        ("98765", MOBILE),
        ("0987654321", MOBILE),
        ("12", PIN),
        ("12345", PIN),
        ("1", POLICY),
        ("9", TOLD),
        ("12", SOME),
        ("12", BY_HASH),
    ],
)
@pytest.mark.parametrize("gap", [QUICK, SLOW])
def test_while_digits_may_be_missing_a_long_pause_ends_no_typed_number(
    keys: str, expected: ExpectedKeys, gap: float
) -> None:
    assert LOST < typed(keys, gap, expected).pause < 8.0


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("9876543210", MOBILE), ("09876543210", MOBILE), ("919876543210", MOBILE), ("123456", PIN)],
)
def test_a_whole_typed_number_ends_soon_but_waits_for_a_digit_too_many(
    keys: str, expected: ExpectedKeys
) -> None:
    assert QUICK < typed(keys, QUICK, expected).pause <= 1.0
    assert SLOW < typed(keys, SLOW, expected).pause < 2.0


@pytest.mark.parametrize(("keys", "expected"), [("1234", PIN), ("500", AMOUNT), ("50", AMOUNT)])
@pytest.mark.parametrize("gap", [QUICK, SLOW])
def test_digits_that_may_be_whole_end_by_how_fast_the_caller_types(
    keys: str, expected: ExpectedKeys, gap: float
) -> None:
    assert 2 * gap < typed(keys, gap, expected).pause < 3.1


@pytest.mark.parametrize("gap", [0.2, QUICK, 0.8, SLOW, 1.5])
@pytest.mark.parametrize("keys", ["7", "74", "74123"])
def test_typed_digits_that_nobody_asked_for_end_by_how_fast_the_caller_types(
    keys: str, gap: float
) -> None:
    assert gap * 1.3 < typed(keys, gap).pause <= 4.0
    assert typed("74123", QUICK).pause < 2.0


def test_one_long_pause_between_digits_makes_nobody_a_slow_typist() -> None:
    number = typed("98765", QUICK, MOBILE)
    for place, key in enumerate("43210"):
        number.press(key, 105.0 + place * QUICK)
    assert number.pause == 1.0


def test_the_hash_key_ends_a_typed_number_at_once() -> None:
    for expected in (None, MOBILE, SOME):
        assert typed("12#", QUICK, expected).pause == 0.0
    assert typed("12#").ended


def test_a_menu_key_needs_no_long_pause() -> None:
    assert typed("1", offered="12").pause == 1.0
    assert typed("0", expected=PIN, offered="0").pause == 1.5
    assert typed("01", expected=PIN, offered="0").pause > LOST


@pytest.mark.parametrize(
    ("keys", "expected", "offered", "is_one"),
    [
        ("0", PIN, "0", True),
        ("0", PIN, "", False),
        ("00", PIN, "0", False),
        ("9", TOLD, "", True),
        ("98", TOLD, "", False),
    ],
)
def test_a_key_alone_is_a_menu_key_where_the_question_leaves_it_open(
    keys: str, expected: ExpectedKeys, offered: str, *, is_one: bool
) -> None:
    assert typed(keys, QUICK, expected, offered).is_menu_key is is_one
