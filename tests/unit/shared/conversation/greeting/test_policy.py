"""When the opening begins, and what counts as the hello before it, to the tenth of a second."""

from math import inf

import pytest

from shared.conversation.greeting.policy import (
    ANNOUNCEMENT_PAUSE_SECS,
    ANNOUNCEMENT_SECS,
    HELLO_SECS,
    LATE_WORDS_SECS,
    LONGEST_SECS,
    OVERLAP_SECS,
    PAUSE_SECS,
    UNHEARD_SECS,
    AfterHello,
    HelloTimer,
    WhenSpokenTo,
)

RING_SECS = 45.0
NOW = 100.0


def answered() -> HelloTimer:
    patience = HelloTimer(AfterHello())
    patience.start(NOW)
    return patience


def ringing() -> HelloTimer:
    patience = HelloTimer(WhenSpokenTo(RING_SECS, lambda: None))
    patience.start(NOW)
    return patience


def greeted(patience: HelloTimer, now: float = NOW) -> HelloTimer:
    """The opening begins, and is sound at once."""
    patience.begin(now)
    patience.heard(now)
    return patience


@pytest.mark.parametrize("opening_policy", [AfterHello(), WhenSpokenTo(RING_SECS, lambda: None)])
def test_nothing_is_due_before_the_call_begins(opening_policy: AfterHello | WhenSpokenTo) -> None:
    assert HelloTimer(opening_policy).due == inf


def test_who_says_nothing_is_greeted_after_a_moment() -> None:
    patience = answered()
    assert patience.due == NOW + HELLO_SECS
    assert not patience.nobody


def test_a_hello_is_answered_when_it_is_over() -> None:
    patience = answered()
    assert patience.voice(NOW + 0.5)
    assert patience.due > NOW + HELLO_SECS
    patience.quiet(NOW + 1.1)
    assert patience.due == NOW + 1.1 + PAUSE_SECS
    assert patience.words(NOW + 1.3, final=True)
    assert patience.due == NOW + 1.1 + PAUSE_SECS


def test_who_says_hello_twice_is_heard_out() -> None:
    patience = answered()
    patience.voice(NOW + 0.2)
    patience.quiet(NOW + 0.7)
    patience.voice(NOW + 0.9)
    assert patience.due > NOW + 1.5
    patience.quiet(NOW + 1.5)
    assert patience.due == NOW + 1.5 + PAUSE_SECS


def test_noise_without_an_end_is_spoken_over() -> None:
    patience = answered()
    for blip in range(20):
        patience.voice(NOW + 0.1 + blip * 0.4)
        patience.quiet(NOW + 0.3 + blip * 0.4)
    patience.voice(NOW + 8.0)
    assert patience.due == NOW + 0.1 + LONGEST_SECS


def test_a_voice_too_soft_for_the_detector_is_heard_out_by_its_words() -> None:
    patience = answered()
    assert patience.words(NOW + 0.7, final=False)
    assert patience.due == NOW + 0.7 + PAUSE_SECS
    patience.words(NOW + 0.9, final=False)
    assert patience.due == NOW + 0.9 + PAUSE_SECS
    patience.words(NOW + 1.0, final=True)
    assert patience.due <= NOW + 1.0


def test_ringback_is_nobody_until_it_has_rung_long_enough() -> None:
    patience = ringing()
    for ring in range(10):
        patience.voice(NOW + 3.0 * ring)
        patience.quiet(NOW + 3.0 * ring + 1.0)
    assert patience.due == NOW + RING_SECS
    assert patience.nobody


def test_words_end_the_ringing() -> None:
    patience = ringing()
    patience.voice(NOW + 20.0)
    patience.words(NOW + 20.5, final=False)
    assert patience.due == NOW + 20.5 + LONGEST_SECS
    assert not patience.nobody
    patience.quiet(NOW + 21.0)
    assert patience.due == NOW + 21.0 + PAUSE_SECS


def test_words_that_come_late_are_answered_at_once() -> None:
    patience = ringing()
    patience.voice(NOW + 20.0)
    patience.quiet(NOW + 20.5)
    patience.words(NOW + 21.5, final=True)
    assert patience.due < NOW + 21.5


def test_a_hello_that_overlaps_the_opening_is_no_interruption() -> None:
    patience = greeted(answered())
    assert patience.voice(NOW + OVERLAP_SECS - 0.1)
    patience.quiet(NOW + OVERLAP_SECS + 0.4)
    assert patience.words(NOW + OVERLAP_SECS + 0.7, final=True)
    assert not patience.over


def test_who_talks_on_over_the_opening_is_answered() -> None:
    patience = greeted(answered())
    patience.voice(NOW + 0.5)
    assert patience.words(NOW + 1.4, final=False)
    assert not patience.words(NOW + 0.5 + OVERLAP_SECS, final=False)
    assert patience.over


def test_more_than_a_hello_is_answered_though_its_words_come_when_it_is_over() -> None:
    patience = greeted(answered())
    patience.voice(NOW + 0.5)
    patience.quiet(NOW + 0.5 + OVERLAP_SECS)
    assert not patience.words(NOW + 0.8 + OVERLAP_SECS, final=True)
    assert patience.over


def test_who_speaks_later_interrupts_the_opening() -> None:
    patience = greeted(answered())
    assert not patience.voice(NOW + OVERLAP_SECS)
    assert patience.over


def test_late_words_of_the_hello_stay_with_it() -> None:
    patience = answered()
    patience.voice(NOW - 1.0)
    patience.quiet(NOW - 0.3)
    greeted(patience)
    assert patience.words(NOW - 0.3 + LATE_WORDS_SECS - 0.1, final=True)
    assert not patience.words(NOW - 0.3 + LATE_WORDS_SECS, final=True)


def test_an_opening_that_is_not_heard_yet_is_waited_for_but_not_for_ever() -> None:
    for secs, hello in ((UNHEARD_SECS - 0.1, True), (UNHEARD_SECS, False)):
        patience = answered()
        patience.begin(NOW)
        assert patience.voice(NOW + secs) is hello


def test_what_is_said_after_a_short_opening_is_answered() -> None:
    patience = greeted(answered())
    patience.finished(NOW + 0.4)
    assert not patience.voice(NOW + 0.5)


def test_an_operator_is_forgotten_and_the_phone_rings_on() -> None:
    patience = ringing()
    patience.voice(NOW + 5.0)
    patience.words(NOW + 5.5, final=False)
    patience.forget()
    assert patience.nobody
    assert patience.due == NOW + RING_SECS
    patience.quiet(NOW + 8.0)
    assert patience.due == NOW + RING_SECS
    patience.words(NOW + 12.0, final=False)
    assert patience.due == NOW + 12.0 + PAUSE_SECS


def test_an_announcement_is_heard_out_through_its_pauses() -> None:
    patience = answered()
    patience.voice(NOW + 0.2)
    patience.words(NOW + 2.0, final=False)
    patience.wait_for_announcement(NOW + 2.0)
    assert patience.due == NOW + 2.0 + ANNOUNCEMENT_SECS
    patience.quiet(NOW + 3.0)
    assert patience.due == NOW + 3.0 + ANNOUNCEMENT_PAUSE_SECS
    patience.voice(NOW + 3.5)
    patience.words(NOW + 4.0, final=False)
    assert patience.due == NOW + 2.0 + ANNOUNCEMENT_SECS
    patience.quiet(NOW + 6.0)
    assert patience.due == NOW + 6.0 + ANNOUNCEMENT_PAUSE_SECS
