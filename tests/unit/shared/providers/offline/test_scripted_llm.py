"""The scripted dialogue as a Pipecat LLM service: expected phrases, hang-up and tool calls."""

from collections.abc import Sequence

from pipecat.frames.frames import (
    EndWorkerFrame,
    Frame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMRunFrame,
    LLMServiceMetadataFrame,
    LLMTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair
from pipecat.tests.utils import SleepFrame

from shared.providers.offline.frames import ExpectPhrasesFrame
from shared.providers.offline.grammar import Phrase
from shared.providers.offline.scripted_llm import ScriptedLLMService
from tests.support.offline_service import context, frames_out, messages


def expected(up: Sequence[Frame]) -> list[tuple[Phrase, ...]]:
    return [frame.phrases for frame in up if isinstance(frame, ExpectPhrasesFrame)]


async def test_scripted_llm_words_come_after_the_expected_phrases() -> None:
    down, up = await frames_out(
        ScriptedLLMService(system_instruction="ignored"), LLMContextFrame(context("DTMF: 2"))
    )
    said = [frame for frame in down if not isinstance(frame, LLMServiceMetadataFrame)]
    assert isinstance(said[0], LLMFullResponseStartFrame)
    assert isinstance(said[-1], LLMFullResponseEndFrame)
    words = [frame.text for frame in said[1:-1] if isinstance(frame, LLMTextFrame)]
    assert len(words) == len(said) - 2 == 8
    assert "".join(words) == "Which day would you like, Monday to Friday?"
    first, then = expected(up)
    assert Phrase.MONDAY in then and Phrase.MONDAY not in first


async def test_the_opening_s_expected_phrases_are_told_before_it_is_spoken() -> None:
    _, up = await frames_out(ScriptedLLMService(opening="Hello Meera. When can you pay it?"))
    [first] = expected(up)
    assert Phrase.MONDAY in first and Phrase.BOOK not in first


async def test_the_scripted_llm_answers_the_outbound_dialogue() -> None:
    llm = ScriptedLLMService(opening="Hello Meera. When can you pay it?")
    down, _ = await frames_out(llm, LLMContextFrame(context("hello", "tuesday")))
    said = "".join(frame.text for frame in down if isinstance(frame, LLMTextFrame))
    assert said == "Tuesday, is that right?"


async def test_the_scripted_llm_asks_to_hang_up_after_goodbye() -> None:
    down, up = await frames_out(ScriptedLLMService(), LLMContextFrame(context("goodbye")))
    assert [type(frame) for frame in down[-2:]] == [LLMFullResponseEndFrame, EndWorkerFrame]


async def test_a_scripted_llm_booking_is_a_pipecat_tool_call() -> None:
    talk = context("book an appointment", "tuesday", "yes please")
    listener, remembers = LLMContextAggregatorPair(talk)
    pipeline = Pipeline([listener, ScriptedLLMService(), remembers])
    await frames_out(pipeline, LLMRunFrame(), SleepFrame(0.3))
    called, answered, told = messages(talk)[3:]
    assert called["tool_calls"][0]["function"]["name"] == "book_appointment"
    assert answered["role"] == "tool"
    assert told["content"].startswith("You are booked for Tuesday.")
