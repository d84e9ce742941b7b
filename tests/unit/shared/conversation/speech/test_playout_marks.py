"""Whether a place in the bot's speech has been played, on a virtual clock."""

import asyncio

import pytest
from pipecat.frames.frames import BotStartedSpeakingFrame, BotStoppedSpeakingFrame, TextFrame

from shared.conversation.speech.playout_marks import MARK_SECS, UNSAID_SECS, Checkpoint, Checkpoints
from shared.telephony.stream.serializer import MarkPlayedFrame, mark_frame
from tests.support.virtual_time import in_virtual_time, now


def waits(checkpoints: Checkpoints, place: Checkpoint) -> "asyncio.Task[tuple[bool, float]]":
    """Wait for a place in the background: whether it was reached, and after how many seconds."""
    began = now()

    async def reach() -> tuple[bool, float]:
        return await checkpoints.reached(place), now() - began

    return asyncio.create_task(reach())


@in_virtual_time
async def test_a_mark_that_comes_back_is_at_its_place() -> None:
    checkpoints = Checkpoints()
    place = checkpoints.place()
    waiting = waits(checkpoints, place)
    checkpoints.follow(place.frame)
    await asyncio.sleep(0.5)
    checkpoints.follow(MarkPlayedFrame(mark=place.name))
    assert await waiting == (True, 0.5)


@in_virtual_time
async def test_every_place_has_a_name_of_its_own() -> None:
    checkpoints = Checkpoints()
    first, second = checkpoints.place(), checkpoints.place()
    assert first.name != second.name
    assert first.frame.message == {"event": "mark", "mark": {"name": first.name}}
    waiting = waits(checkpoints, first)
    checkpoints.follow(first.frame)
    checkpoints.follow(MarkPlayedFrame(mark=second.name))
    assert await waiting == (True, MARK_SECS)


@in_virtual_time
async def test_a_mark_that_never_comes_back_is_taken_for_played() -> None:
    checkpoints = Checkpoints()
    place = checkpoints.place()
    checkpoints.follow(place.frame)
    assert await waits(checkpoints, place) == (True, MARK_SECS)


@in_virtual_time
async def test_the_time_for_a_mark_begins_when_the_bot_falls_silent() -> None:
    checkpoints = Checkpoints()
    checkpoints.follow(BotStartedSpeakingFrame())
    place = checkpoints.place()
    checkpoints.follow(place.frame)
    waiting = waits(checkpoints, place)
    await asyncio.sleep(20)
    assert not waiting.done()
    checkpoints.follow(BotStoppedSpeakingFrame())
    reached, secs = await waiting
    assert reached
    assert secs == pytest.approx(20 + MARK_SECS, abs=0.06)


@in_virtual_time
async def test_what_never_becomes_sound_is_given_up() -> None:
    checkpoints = Checkpoints()
    assert await waits(checkpoints, checkpoints.place()) == (False, UNSAID_SECS)


@in_virtual_time
async def test_the_sound_before_it_gives_a_sentence_more_time() -> None:
    checkpoints = Checkpoints()
    waiting = waits(checkpoints, checkpoints.place())
    await asyncio.sleep(UNSAID_SECS - 1)
    checkpoints.follow(BotStartedSpeakingFrame())
    await asyncio.sleep(5)
    checkpoints.follow(BotStoppedSpeakingFrame())
    reached, secs = await waiting
    assert not reached
    assert secs == pytest.approx(2 * UNSAID_SECS + 4, abs=0.06)


@in_virtual_time
async def test_a_place_that_is_called_off_will_not_be_reached() -> None:
    checkpoints = Checkpoints()
    place = checkpoints.place()
    waiting = waits(checkpoints, place)
    checkpoints.follow(place.frame)
    await asyncio.sleep(0.2)
    checkpoints.call_off()
    checkpoints.follow(MarkPlayedFrame(mark=place.name))  # as some peers do at a `clear`
    reached, secs = await waiting
    assert not reached
    assert secs == pytest.approx(0.2)


@in_virtual_time
async def test_marks_of_others_and_other_frames_are_nothing_to_it() -> None:
    checkpoints = Checkpoints()
    checkpoints.follow(mark_frame("somebody's"))
    checkpoints.follow(MarkPlayedFrame(mark="somebody's"))
    checkpoints.follow(TextFrame("hello"))
    assert await waits(checkpoints, checkpoints.place()) == (False, UNSAID_SECS)


@in_virtual_time
async def test_nobody_keeps_a_place_that_nobody_waits_for_any_more() -> None:
    checkpoints = Checkpoints()
    waiting = waits(checkpoints, checkpoints.place())
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert checkpoints._pending == {}


@in_virtual_time
async def test_only_marks_that_went_out_go_out_again() -> None:
    checkpoints = Checkpoints()
    first, second = checkpoints.place(), checkpoints.place()
    checkpoints.follow(first.frame)
    assert checkpoints.to_be_sent_again() == [first]
    checkpoints.follow(second.frame)
    assert checkpoints.to_be_sent_again() == [first, second]
