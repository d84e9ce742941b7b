"""Playout marks tell that the sound before them has been played, on a virtual clock."""

import asyncio

import pytest
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    InterruptionFrame,
    TextFrame,
)

from shared.conversation.speech.playout_marks import (
    MARK_SECS,
    UNSAID_SECS,
    PlayoutMark,
    PlayoutMarks,
)
from shared.telephony.stream.pausable_output import (
    PAUSE_SECS,
    PauseSpeechFrame,
    ResumeSpeechFrame,
)
from shared.telephony.stream.serializer import MarkPlayedFrame, mark_frame
from tests.support.virtual_time import in_virtual_time, now


def waits(playout_marks: PlayoutMarks, place: PlayoutMark) -> "asyncio.Task[tuple[bool, float]]":
    """Wait for a place in the background: whether it was reached, and after how many seconds."""
    began = now()

    async def reach() -> tuple[bool, float]:
        return await playout_marks.reached(place), now() - began

    return asyncio.create_task(reach())


@in_virtual_time
async def test_a_mark_that_comes_back_has_been_played() -> None:
    playout_marks = PlayoutMarks()
    place = playout_marks.place()
    waiting = waits(playout_marks, place)
    playout_marks.follow(place.frame)
    await asyncio.sleep(0.5)
    playout_marks.follow(MarkPlayedFrame(mark=place.name))
    assert await waiting == (True, 0.5)


@in_virtual_time
async def test_every_mark_has_a_name_of_its_own() -> None:
    playout_marks = PlayoutMarks()
    first, second = playout_marks.place(), playout_marks.place()
    assert first.name != second.name
    assert first.frame.message == {"event": "mark", "mark": {"name": first.name}}
    waiting = waits(playout_marks, first)
    playout_marks.follow(first.frame)
    playout_marks.follow(MarkPlayedFrame(mark=second.name))
    assert await waiting == (True, MARK_SECS)


@in_virtual_time
async def test_a_mark_that_never_comes_back_is_taken_for_played() -> None:
    playout_marks = PlayoutMarks()
    place = playout_marks.place()
    playout_marks.follow(place.frame)
    assert await waits(playout_marks, place) == (True, MARK_SECS)


@in_virtual_time
async def test_the_timeout_of_a_mark_begins_when_the_bot_falls_silent() -> None:
    playout_marks = PlayoutMarks()
    playout_marks.follow(BotStartedSpeakingFrame())
    place = playout_marks.place()
    playout_marks.follow(place.frame)
    waiting = waits(playout_marks, place)
    await asyncio.sleep(20)
    assert not waiting.done()
    playout_marks.follow(BotStoppedSpeakingFrame())
    reached, secs = await waiting
    assert reached
    assert secs == pytest.approx(20 + MARK_SECS, abs=0.06)


@in_virtual_time
async def test_a_mark_behind_speech_that_never_becomes_sound_is_given_up() -> None:
    playout_marks = PlayoutMarks()
    assert await waits(playout_marks, playout_marks.place()) == (False, UNSAID_SECS)


@in_virtual_time
async def test_sound_before_a_mark_gives_it_more_time() -> None:
    playout_marks = PlayoutMarks()
    waiting = waits(playout_marks, playout_marks.place())
    await asyncio.sleep(UNSAID_SECS - 1)
    playout_marks.follow(BotStartedSpeakingFrame())
    await asyncio.sleep(5)
    playout_marks.follow(BotStoppedSpeakingFrame())
    reached, secs = await waiting
    assert not reached
    assert secs == pytest.approx(2 * UNSAID_SECS + 4, abs=0.06)


@in_virtual_time
async def test_a_mark_that_is_cancelled_counts_as_not_played() -> None:
    playout_marks = PlayoutMarks()
    place = playout_marks.place()
    waiting = waits(playout_marks, place)
    playout_marks.follow(place.frame)
    await asyncio.sleep(0.2)
    playout_marks.cancel()
    playout_marks.follow(MarkPlayedFrame(mark=place.name))  # as some peers do at a `clear`
    reached, secs = await waiting
    assert not reached
    assert secs == pytest.approx(0.2)


@in_virtual_time
async def test_foreign_marks_and_other_frames_are_ignored() -> None:
    playout_marks = PlayoutMarks()
    playout_marks.follow(mark_frame("somebody's"))
    playout_marks.follow(MarkPlayedFrame(mark="somebody's"))
    playout_marks.follow(TextFrame("hello"))
    assert await waits(playout_marks, playout_marks.place()) == (False, UNSAID_SECS)


@in_virtual_time
async def test_a_mark_that_nobody_waits_for_any_more_is_not_kept() -> None:
    playout_marks = PlayoutMarks()
    waiting = waits(playout_marks, playout_marks.place())
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert playout_marks._pending == {}


@in_virtual_time
async def test_only_marks_that_went_out_go_out_again() -> None:
    playout_marks = PlayoutMarks()
    first, second = playout_marks.place(), playout_marks.place()
    playout_marks.follow(first.frame)
    assert playout_marks.to_be_sent_again() == [first]
    playout_marks.follow(second.frame)
    assert playout_marks.to_be_sent_again() == [first, second]


@pytest.mark.parametrize(
    ("end", "secs"), [(ResumeSpeechFrame(), 0.4), (InterruptionFrame(), 0.4), (None, PAUSE_SECS)]
)
@in_virtual_time
async def test_who_waits_for_the_end_of_a_pause_waits_no_longer_than_it_lasts(
    end: ResumeSpeechFrame | InterruptionFrame | None, secs: float
) -> None:
    playout_marks = PlayoutMarks()
    playout_marks.follow(PauseSpeechFrame())
    began = now()
    waiting = asyncio.create_task(playout_marks.resumed())
    await asyncio.sleep(0.4)
    if end:
        playout_marks.follow(end)
    await waiting
    assert now() - began == pytest.approx(secs)


@in_virtual_time
async def test_without_a_pause_nobody_waits_for_its_end() -> None:
    began = now()
    await PlayoutMarks().resumed()
    assert now() == began
