"""The take-back of a turn: whether what the caller says next goes on with it."""

import asyncio

import pytest
from pipecat.frames.frames import BotStartedSpeakingFrame, BotStoppedSpeakingFrame

from shared.conversation.turns.take_back import (
    HEARD_SECS,
    TAKE_BACK_SECS,
    WORDS_SECS,
    TakeBack,
)
from tests.support.virtual_time import in_virtual_time, now

TEXT = "my number is nine eight"


def ended() -> TakeBack:
    take_back = TakeBack()
    take_back.turn_ended(TEXT)
    return take_back


@in_virtual_time
async def test_the_first_turn_of_a_call_goes_on_with_nothing() -> None:
    take_back = TakeBack()
    take_back.turn_started(now())
    assert take_back.text == ""


@pytest.mark.parametrize(("after", "text"), [(0.1, TEXT), (TAKE_BACK_SECS + 0.1, "")])
@in_virtual_time
async def test_a_voice_soon_after_the_end_of_a_turn_takes_it_back(after: float, text: str) -> None:
    take_back = ended()
    await asyncio.sleep(after)
    take_back.turn_started(now())
    assert take_back.text == text


@pytest.mark.parametrize(("heard", "text"), [(HEARD_SECS - 0.1, TEXT), (HEARD_SECS + 0.1, "")])
@in_virtual_time
async def test_who_has_heard_more_of_the_answer_answers_to_it(heard: float, text: str) -> None:
    take_back = ended()
    await asyncio.sleep(0.5)
    take_back.follow(BotStartedSpeakingFrame())
    await asyncio.sleep(heard)
    take_back.turn_started(now())
    assert (take_back.text, take_back.unheard) == (text, False)


@in_virtual_time
async def test_a_voice_from_before_the_answer_was_heard_takes_the_turn_back() -> None:
    take_back = ended()
    voice_at = now()
    await asyncio.sleep(0.2)
    take_back.follow(BotStartedSpeakingFrame())
    take_back.turn_started(voice_at)
    assert (take_back.text, take_back.unheard) == (TEXT, True)


@in_virtual_time
async def test_an_answer_that_was_heard_to_its_end_is_answered() -> None:
    take_back = ended()
    take_back.follow(BotStartedSpeakingFrame())
    await asyncio.sleep(0.4)
    take_back.follow(BotStoppedSpeakingFrame())
    take_back.turn_started(now())
    assert take_back.text == ""


@in_virtual_time
async def test_a_turn_can_be_taken_back_again() -> None:
    take_back = ended()
    take_back.turn_started(now())
    take_back.follow(BotStoppedSpeakingFrame())  # of the answer that was interrupted
    take_back.turn_ended(f"{TEXT} seven")
    take_back.turn_started(now())
    assert take_back.text == f"{TEXT} seven"


@in_virtual_time
async def test_a_voice_that_goes_on_since_before_the_answer_takes_nothing_back() -> None:
    take_back = ended()
    voice_at = now()  # a TV's
    await asyncio.sleep(0.5)
    take_back.follow(BotStartedSpeakingFrame())
    await asyncio.sleep(HEARD_SECS + WORDS_SECS + 0.1)
    take_back.turn_started(voice_at)
    assert (take_back.text, take_back.unheard) == ("", False)
