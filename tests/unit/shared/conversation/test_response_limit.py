"""The response limit: a long answer of the LLM ends with a sentence and a question."""

from collections.abc import Iterable

import pytest
from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.bot.persona import Persona
from shared.conversation.response_limit import AnswerLimit
from tests.support.pipeline import Stage, on_stage
from tests.support.virtual_time import in_virtual_time

QUESTION = "Shall I go on?"
LONG = "We are open now. " * 30


class LLMBehindTest(FrameProcessor):
    """Stands for the LLM; keeps the interruptions that it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = 0

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        self.stopped += isinstance(frame, InterruptionFrame)
        await self.push_frame(frame, direction)


def answer(*pieces: str) -> list[Frame]:
    texts = [LLMTextFrame(piece) for piece in pieces]
    return [LLMFullResponseStartFrame(), *texts, LLMFullResponseEndFrame()]


def text(stage: Stage) -> str:
    return "".join(frame.text for frame in stage.of(LLMTextFrame))


async def passed(words: int, pieces: Iterable[str]) -> tuple[str, int]:
    """What comes through of an answer, and how often the LLM was stopped."""
    llm = LLMBehindTest()
    async with on_stage(llm, AnswerLimit(llm, words, QUESTION)) as stage:
        await stage.plays(*answer(*pieces))
        assert len(stage.of(LLMFullResponseEndFrame)) == 1
        assert isinstance(stage.down[-1], LLMFullResponseEndFrame)
        assert not stage.of(InterruptionFrame)
        return text(stage), llm.stopped


@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
@in_virtual_time
async def test_a_long_response_ends_with_a_question(size: int) -> None:
    pieces = [LONG[at : at + size] for at in range(0, len(LONG), size)]
    assert await passed(10, pieces) == (f"{'We are open now. ' * 3}{QUESTION}", 1)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("The fee of Dr. Rao is Rs. 500 only.", " Please come."),
        ("आप सुबह दस से शाम सात तक आइए।", " फिर मिलेंगे।"),
        ("ہم صبح نو بجے سے شام پانچ بجے تک کھلتے ہیں۔", " شکریہ۔"),
        ("1. Cleaning ₹800.\n2. Filling with a very long name", "\n3. Braces"),
        ("Can you come on Monday at nine then?", " We close at ten."),
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1_000])
@in_virtual_time
async def test_a_limited_response_ends_where_a_sentence_does(
    said: str, rest: str, size: int
) -> None:
    whole = said + rest
    through, stopped = await passed(6, [whole[at : at + size] for at in range(0, len(whole), size)])
    stop = "" if said[-1] in ".।?۔" else "."
    assert (through, stopped) == (f"{said}{stop} {QUESTION}", 1)


@in_virtual_time
async def test_a_long_response_without_a_sentence_ends_too() -> None:
    through, stopped = await passed(20, ["and so on, "] * 200)
    assert through.endswith(f"and so on. {QUESTION}")
    assert len(through) < 700
    assert stopped == 1


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (0, LONG),
        (1_000, LONG),
        (10, "We are open now. "),
        (5, "One two three four five six seven."),
        (4, "One two three four. [END_CALL] <|im_end|>"),
    ],
)
@in_virtual_time
async def test_a_response_within_its_limit_is_left_alone(words: int, whole: str) -> None:
    assert await passed(words, [whole[:7], whole[7:]]) == (whole, 0)


@in_virtual_time
async def test_llm_text_within_the_limit_is_not_held_back() -> None:
    llm = LLMBehindTest()
    async with on_stage(llm, AnswerLimit(llm, 10, QUESTION)) as stage:
        await stage.plays(LLMFullResponseStartFrame(), LLMTextFrame("We are o"))
        assert text(stage) == "We are o"


@in_virtual_time
async def test_the_next_response_has_its_own_limit() -> None:
    llm = LLMBehindTest()
    async with on_stage(llm, AnswerLimit(llm, 10, QUESTION)) as stage:
        await stage.plays(*answer(LONG))
        await stage.plays(*answer("Fine. ", "Here is the rest."))
        assert text(stage).endswith(f"{QUESTION}Fine. Here is the rest.")
        assert len(stage.of(LLMFullResponseEndFrame)) == 2


@in_virtual_time
async def test_llm_text_behind_the_limit_is_not_said() -> None:
    llm = LLMBehindTest()
    async with on_stage(llm, AnswerLimit(llm, 10, QUESTION)) as stage:
        await stage.plays(LLMFullResponseStartFrame(), LLMTextFrame(LONG))
        await stage.plays(LLMTextFrame("More."), LLMFullResponseEndFrame())
        assert text(stage).endswith(QUESTION)
        assert len(stage.of(LLMFullResponseEndFrame)) == 1


@in_virtual_time
async def test_an_interruption_is_passed_on_and_ends_the_limited_response() -> None:
    llm = LLMBehindTest()
    async with on_stage(llm, AnswerLimit(llm, 10, QUESTION)) as stage:
        await stage.plays(LLMFullResponseStartFrame(), LLMTextFrame("One two three. " * 3))
        await stage.plays(InterruptionFrame())
        await stage.plays(*answer("One two three four."))
        assert len(stage.of(InterruptionFrame)) == 1
        assert text(stage).endswith("One two three four.")
        assert QUESTION not in text(stage)


def test_a_response_limit_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="max_answer_words=-1"):
        Persona("Be kind.", max_answer_words=-1)
