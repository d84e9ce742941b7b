"""Interruptions of the bot are told apart: the caller's, and those that the watchdog has sent."""

import pytest

from shared.conversation.watchdog.interruptions import SAME_TURN_SECS, Interruptions

T = 100.0


def test_an_interruption_is_the_callers_but_for_as_many_as_were_sent() -> None:
    interruptions = Interruptions()
    interruptions.send()
    interruptions.send()
    whose = [interruptions.by_caller(T, talking=False) for _ in range(4)]
    assert whose == [False, False, True, True]


@pytest.mark.parametrize(
    ("after", "talking", "by_caller"),
    [
        (0.0, True, True),
        (0.0, False, False),  # by words whose voice is over
        (SAME_TURN_SECS + 0.01, False, True),
    ],
)
def test_a_turn_that_begins_with_late_words_leaves_the_caller_waiting(
    after: float, talking: bool, by_caller: bool
) -> None:
    interruptions = Interruptions()
    interruptions.turn_started(T)
    assert interruptions.by_caller(T + after, talking=talking) is by_caller
