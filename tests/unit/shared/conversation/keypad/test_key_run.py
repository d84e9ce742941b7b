"""A quick run of DTMF keys is a number, also if its keys mean something in the menu."""

import pytest

from shared.conversation.keypad.key_run import RUN_SECS, KeyRun

MENU = "1279*"


def is_number(keys: str, gap: float = 0.3, meanings: str = MENU) -> bool:
    run = KeyRun(meanings)
    return [run.press(key, 100.0 + place * gap) for place, key in enumerate(keys)][-1]


@pytest.mark.parametrize("keys", ["98", "912", "9876543210", "14", "79912", "7712"])
def test_a_quick_run_of_dtmf_keys_is_one_number(keys: str) -> None:
    assert is_number(keys)
    assert is_number(keys, gap=RUN_SECS - 0.1)


@pytest.mark.parametrize("keys", ["9", "11", "12", "111", "1*", "9#", "4"])
def test_a_quick_run_that_may_be_a_menu_key_or_two_is_no_number(keys: str) -> None:
    assert not is_number(keys)


def test_dtmf_keys_pressed_one_by_one_are_menu_keys() -> None:
    assert not is_number("9876", gap=RUN_SECS + 0.1)


def test_a_run_of_dtmf_keys_begins_anew_after_a_reset() -> None:
    run = KeyRun(MENU)
    run.press("9", 100.0)
    run.reset()
    assert not run.press("8", 100.3)
