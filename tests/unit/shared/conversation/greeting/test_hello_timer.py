"""The hello timer: the moment of the opening, and what counts as the callee's hello before it."""

from math import inf

import pytest

from shared.conversation.greeting.hello_timer import (
    ANNOUNCEMENT_PAUSE_SECS,
    ANNOUNCEMENT_SECS,
    HELLO_SECS,
    LATE_WORDS_SECS,
    LONGEST_SECS,
    OVERLAP_SECS,
    PAUSE_SECS,
    UNHEARD_SECS,
    HelloTimer,
)
from shared.conversation.greeting.policy import AfterHello, WhenSpokenTo

RING_SECS = 45.0
NOW = 100.0


def answered() -> HelloTimer:
    timer = HelloTimer(AfterHello())
    timer.start(NOW)
    return timer


def ringing() -> HelloTimer:
    timer = HelloTimer(WhenSpokenTo(RING_SECS, lambda: None))
    timer.start(NOW)
    return timer


def greeted(timer: HelloTimer, now: float = NOW) -> HelloTimer:
    """The opening begins, and is sound at once."""
    timer.opening_began(now)
    timer.opening_heard(now)
    return timer


@pytest.mark.parametrize("opening_policy", [AfterHello(), WhenSpokenTo(RING_SECS, lambda: None)])
def test_no_opening_is_due_before_the_call_begins(
    opening_policy: AfterHello | WhenSpokenTo,
) -> None:
    assert HelloTimer(opening_policy).due == inf


def test_a_callee_who_says_nothing_gets_the_opening_after_a_moment() -> None:
    timer = answered()
    assert timer.due == NOW + HELLO_SECS
    assert not timer.nobody


def test_a_hello_is_answered_by_the_opening_when_it_is_over() -> None:
    timer = answered()
    assert timer.voice_started(NOW + 0.5)
    assert timer.due > NOW + HELLO_SECS
    timer.voice_stopped(NOW + 1.1)
    assert timer.due == NOW + 1.1 + PAUSE_SECS
    assert timer.transcribed(NOW + 1.3, final=True)
    assert timer.due == NOW + 1.1 + PAUSE_SECS


def test_who_says_hello_twice_is_heard_out_before_the_opening() -> None:
    timer = answered()
    timer.voice_started(NOW + 0.2)
    timer.voice_stopped(NOW + 0.7)
    timer.voice_started(NOW + 0.9)
    assert timer.due > NOW + 1.5
    timer.voice_stopped(NOW + 1.5)
    assert timer.due == NOW + 1.5 + PAUSE_SECS


def test_the_opening_speaks_over_a_noise_without_an_end() -> None:
    timer = answered()
    for blip in range(20):
        timer.voice_started(NOW + 0.1 + blip * 0.4)
        timer.voice_stopped(NOW + 0.3 + blip * 0.4)
    timer.voice_started(NOW + 8.0)
    assert timer.due == NOW + 0.1 + LONGEST_SECS


def test_a_hello_too_soft_for_the_vad_is_heard_out_by_its_transcript() -> None:
    timer = answered()
    assert timer.transcribed(NOW + 0.7, final=False)
    assert timer.due == NOW + 0.7 + PAUSE_SECS
    timer.transcribed(NOW + 0.9, final=False)
    assert timer.due == NOW + 0.9 + PAUSE_SECS
    timer.transcribed(NOW + 1.0, final=True)
    assert timer.due <= NOW + 1.0


def test_ringback_gets_no_opening_and_is_nobody_when_it_has_rung_long_enough() -> None:
    timer = ringing()
    for ring in range(10):
        timer.voice_started(NOW + 3.0 * ring)
        timer.voice_stopped(NOW + 3.0 * ring + 1.0)
    assert timer.due == NOW + RING_SECS
    assert timer.nobody


def test_a_hello_in_words_ends_the_ringing() -> None:
    timer = ringing()
    timer.voice_started(NOW + 20.0)
    timer.transcribed(NOW + 20.5, final=False)
    assert timer.due == NOW + 20.5 + LONGEST_SECS
    assert not timer.nobody
    timer.voice_stopped(NOW + 21.0)
    assert timer.due == NOW + 21.0 + PAUSE_SECS


def test_a_hello_whose_transcript_comes_late_is_answered_at_once() -> None:
    timer = ringing()
    timer.voice_started(NOW + 20.0)
    timer.voice_stopped(NOW + 20.5)
    timer.transcribed(NOW + 21.5, final=True)
    assert timer.due < NOW + 21.5


def test_a_hello_that_overlaps_the_opening_is_no_interruption() -> None:
    timer = greeted(answered())
    assert timer.voice_started(NOW + OVERLAP_SECS - 0.1)
    timer.voice_stopped(NOW + OVERLAP_SECS + 0.4)
    assert timer.transcribed(NOW + OVERLAP_SECS + 0.7, final=True)
    assert not timer.over


def test_who_talks_on_over_the_opening_says_more_than_a_hello() -> None:
    timer = greeted(answered())
    timer.voice_started(NOW + 0.5)
    assert timer.transcribed(NOW + 1.4, final=False)
    assert not timer.transcribed(NOW + 0.5 + OVERLAP_SECS, final=False)
    assert timer.over


def test_more_than_a_hello_is_answered_though_its_transcript_comes_late() -> None:
    timer = greeted(answered())
    timer.voice_started(NOW + 0.5)
    timer.voice_stopped(NOW + 0.5 + OVERLAP_SECS)
    assert not timer.transcribed(NOW + 0.8 + OVERLAP_SECS, final=True)
    assert timer.over


def test_who_speaks_later_interrupts_the_opening() -> None:
    timer = greeted(answered())
    assert not timer.voice_started(NOW + OVERLAP_SECS)
    assert timer.over


def test_a_late_transcript_of_the_hello_still_belongs_to_it() -> None:
    timer = answered()
    timer.voice_started(NOW - 1.0)
    timer.voice_stopped(NOW - 0.3)
    greeted(timer)
    assert timer.transcribed(NOW - 0.3 + LATE_WORDS_SECS - 0.1, final=True)
    assert not timer.transcribed(NOW - 0.3 + LATE_WORDS_SECS, final=True)


def test_an_opening_that_is_not_heard_yet_is_waited_for_but_not_for_ever() -> None:
    for secs, hello in ((UNHEARD_SECS - 0.1, True), (UNHEARD_SECS, False)):
        timer = answered()
        timer.opening_began(NOW)
        assert timer.voice_started(NOW + secs) is hello


def test_what_is_said_after_a_short_opening_is_answered() -> None:
    timer = greeted(answered())
    timer.opening_ended(NOW + 0.4)
    assert not timer.voice_started(NOW + 0.5)


def test_after_an_operators_words_the_hello_is_waited_for_again() -> None:
    timer = ringing()
    timer.voice_started(NOW + 5.0)
    timer.transcribed(NOW + 5.5, final=False)
    timer.keep_waiting()
    assert timer.nobody
    assert timer.due == NOW + RING_SECS
    timer.voice_stopped(NOW + 8.0)
    assert timer.due == NOW + RING_SECS
    timer.transcribed(NOW + 12.0, final=False)
    assert timer.due == NOW + 12.0 + PAUSE_SECS


def test_the_opening_waits_for_an_announcement_through_its_pauses() -> None:
    timer = answered()
    timer.voice_started(NOW + 0.2)
    timer.transcribed(NOW + 2.0, final=False)
    timer.wait_for_announcement(NOW + 2.0)
    assert timer.due == NOW + 2.0 + ANNOUNCEMENT_SECS
    timer.voice_stopped(NOW + 3.0)
    assert timer.due == NOW + 3.0 + ANNOUNCEMENT_PAUSE_SECS
    timer.voice_started(NOW + 3.5)
    timer.transcribed(NOW + 4.0, final=False)
    assert timer.due == NOW + 2.0 + ANNOUNCEMENT_SECS
    timer.voice_stopped(NOW + 6.0)
    assert timer.due == NOW + 6.0 + ANNOUNCEMENT_PAUSE_SECS
