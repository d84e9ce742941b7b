"""When menu keys are a number, at times that the test makes up."""

import pytest

from shared.conversation.keypad.key_run import RUN_SECS, KeyRun

MENU = "1279*"


def is_number(keys: str, gap: float = 0.3, meanings: str = MENU) -> bool:
    run = KeyRun(meanings)
    return [run.press(key, 100.0 + place * gap) for place, key in enumerate(keys)][-1]


@pytest.mark.parametrize("keys", ["98", "912", "9876543210", "14", "79912", "7712"])
def test_a_quick_run_is_one_number(keys: str) -> None:
    assert is_number(keys)
    assert is_number(keys, gap=RUN_SECS - 0.1)


@pytest.mark.parametrize("keys", ["9", "11", "12", "111", "1*", "9#", "4"])
def test_what_may_be_a_wish_or_two_is_none(keys: str) -> None:
    assert not is_number(keys)


def test_keys_one_by_one_are_wishes() -> None:
    assert not is_number("9876", gap=RUN_SECS + 0.1)


def test_a_run_that_is_forgotten_begins_anew() -> None:
    run = KeyRun(MENU)
    run.press("9", 100.0)
    run.reset()
    assert not run.press("8", 100.3)
