"""A final transcript that comes twice is heard once; words that are said twice are heard twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.repeated_transcripts import SAME_SECS, RepeatedTranscripts
from tests.support.caller_frames import final, interim, start, stop
from tests.support.pipeline import Stage, on_stage
from tests.support.virtual_time import in_virtual_time


class STTBehindTest:
    """An STT's output, and the voices and turns that are noticed behind it."""

    def __init__(self, filtering: FrameProcessor, stage: Stage) -> None:
        self._filtering = filtering
        self._stage = stage

    async def says(self, *texts: str) -> None:
        await self._stage.plays(*map(final, texts))

    async def voice(self) -> None:
        await self._filtering.queue_frame(start(), FrameDirection.UPSTREAM)
        await self._filtering.queue_frame(stop(), FrameDirection.UPSTREAM)

    async def voice_begins(self) -> None:
        await self._filtering.queue_frame(start(), FrameDirection.UPSTREAM)

    async def bot_speaks(self) -> None:
        await self._filtering.queue_frame(BotStartedSpeakingFrame(), FrameDirection.UPSTREAM)
        await self._filtering.queue_frame(BotStoppedSpeakingFrame(), FrameDirection.UPSTREAM)

    @property
    def heard(self) -> list[str]:
        return [frame.text for frame in self._stage.of(TranscriptionFrame)]


@asynccontextmanager
async def stt() -> AsyncIterator[STTBehindTest]:
    filtering = RepeatedTranscripts()
    async with on_stage(filtering) as stage:
        yield STTBehindTest(filtering, stage)


@pytest.mark.parametrize(
    "again",
    [
        "What are your opening hours?",
        "what are your opening hours",
        "What are your opening hours …",
        "- What are your opening hours.",
    ],
)
@pytest.mark.parametrize("after", [0.0, 0.05, 0.9, 2.5])
@in_virtual_time
async def test_the_same_transcript_without_a_voice_is_heard_once(again: str, after: float) -> None:
    async with stt() as caller:
        await caller.voice()
        await caller.says("What are your opening hours?")
        await asyncio.sleep(after)
        await caller.says(again, again)
        assert caller.heard == ["What are your opening hours?"]


@pytest.mark.parametrize(
    ("first", "then", "rest"),
    [
        ("What are your", "What are your opening hours?", "opening hours?"),
        ("मेरा नंबर", "मेरा नंबर नौ आठ", "नौ आठ"),
        ("Yes.", "Yes. - I do.", "I do."),
    ],
)
@in_virtual_time
async def test_of_a_transcript_that_grows_only_the_rest_is_new(
    first: str, then: str, rest: str
) -> None:
    async with stt() as caller:
        await caller.voice()
        await caller.says(first, then)
        assert caller.heard == [first, rest]


@in_virtual_time
async def test_an_utterance_that_is_said_twice_is_heard_twice() -> None:
    async with stt() as caller:
        for _ in range(2):
            await caller.voice()
            await caller.says("Hello?")
        assert caller.heard == ["Hello?", "Hello?"]


@in_virtual_time
async def test_a_voice_that_goes_on_may_have_the_same_transcript_again() -> None:
    async with stt() as caller:
        await caller.voice_begins()
        await caller.says("nine", "nine")
        assert caller.heard == ["nine", "nine"]


@in_virtual_time
async def test_a_transcript_of_other_words_is_new_also_without_a_voice() -> None:
    async with stt() as caller:
        await caller.says("I want", "to book", "I want")
        assert caller.heard == ["I want", "to book", "I want"]


@in_virtual_time
async def test_an_answer_without_a_voice_is_no_repeated_transcript_after_a_question() -> None:
    async with stt() as caller:
        await caller.says("Yes.")
        await asyncio.sleep(SAME_SECS)
        await caller.bot_speaks()
        await asyncio.sleep(0.1)
        await caller.says("Yes.")
        assert caller.heard == ["Yes.", "Yes."]


@in_virtual_time
async def test_interim_transcripts_are_left_alone() -> None:
    async with on_stage(RepeatedTranscripts()) as stage:
        await stage.plays(final("yes"), interim("yes"), interim("yes"))
        assert len(stage.of(InterimTranscriptionFrame)) == 2
