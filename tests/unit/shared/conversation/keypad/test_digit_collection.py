"""A digit collection: the DTMF keys that answer a `Collect`, at times that the test makes up."""

import pytest

from shared.bot.actions import Collect
from shared.conversation.keypad.digit_collection import LATE_SECS, DigitCollection

SOON, LATER = 0.3, LATE_SECS + 0.1  # seconds between two keys


async def nothing(digits: str) -> None:
    return None


def question(length: int = 0, terminator: str = "#") -> Collect:
    return Collect("?", nothing, length=length, terminator=terminator)


def typed(entry: DigitCollection, keys: str, now: float = 0.0) -> float:
    """Press keys at the pace of a person; returns when the next one would come."""
    for key in keys:
        entry.press(key, now)
        now += SOON
    return now


@pytest.mark.parametrize(
    ("asked", "keys", "digits", "complete"),
    [
        (question(), "1234#", "1234", True),
        (question(), "#", "", True),
        (question(), "12*0", "12*0", False),
        (question(length=2), "12", "12", True),
        (question(length=2), "1#", "1", True),
        (question(length=2, terminator=""), "##", "##", True),
        (question(terminator="*"), "12#*", "12#", True),
        (question(length=4), "123456", "1234", True),
        (question(length=4), "1234#", "1234", True),
    ],
)
def test_a_digit_collection_ends_with_its_last_key(
    asked: Collect, keys: str, digits: str, complete: bool
) -> None:
    entry = DigitCollection(asked)
    typed(entry, keys)
    assert (entry.digits, entry.complete) == (digits, complete)


def test_a_digit_collection_takes_no_key_behind_its_last() -> None:
    entry = DigitCollection(question(length=2))
    assert [entry.press(key, 0.0) for key in "12#3"] == [True, True, False, False]


def test_a_hash_key_behind_a_complete_number_answers_no_further_question() -> None:
    first = DigitCollection(question(length=2))
    now = typed(first, "12")
    second = DigitCollection(question(), before=first)
    assert not second.press("#", now)
    assert not second.complete
    typed(second, "34#", now + SOON)
    assert (second.digits, second.complete) == ("34", True)


def test_a_hash_key_that_comes_later_answers_the_next_question() -> None:
    first = DigitCollection(question(length=2))
    now = typed(first, "12")
    second = DigitCollection(question(), before=first)
    assert second.press("#", now + LATER)
    assert (second.digits, second.complete) == ("", True)


def test_digits_typed_ahead_answer_the_next_question() -> None:
    day = DigitCollection(question(length=2))
    typed(day, "05#12")
    month = DigitCollection(question(length=2), before=day)
    assert (month.digits, month.complete) == ("12", True)


def test_trailing_keys_of_a_digit_collection_are_no_menu_keys() -> None:
    entry = DigitCollection(question(length=4))
    now = typed(entry, "1234")
    assert entry.is_trailing("5", now)
    assert entry.is_trailing("#", now + SOON)
    assert not entry.is_trailing("0", now + SOON + LATER)


def test_behind_the_hash_key_a_menu_key_is_obeyed_at_once() -> None:
    entry = DigitCollection(question())
    now = typed(entry, "1234#")
    assert entry.is_trailing("#", now)
    assert not entry.is_trailing("0", now + SOON)


def test_a_hash_key_just_after_the_timeout_is_no_menu_key() -> None:
    entry = DigitCollection(question())
    now = typed(entry, "1234")
    entry.end(now + 5.0)
    assert entry.complete
    assert entry.is_trailing("#", now + 5.0 + SOON)
