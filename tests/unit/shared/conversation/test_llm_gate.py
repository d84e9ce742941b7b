"""The LLM gate stops the context of turns that want no answer, and every one once it is closed."""

from pipecat.frames.frames import LLMContextFrame
from pipecat.processors.aggregators.llm_context import LLMContext, LLMContextMessage

from shared.conversation.llm_gate import LLMGate
from tests.support.pipeline import on_stage
from tests.support.virtual_time import in_virtual_time


def question(*messages: LLMContextMessage) -> LLMContextFrame:
    return LLMContextFrame(LLMContext(messages=list(messages)))


@in_virtual_time
async def test_a_turn_that_wants_no_answer_does_not_reach_the_llm() -> None:
    taken: LLMContextMessage = {"role": "user", "content": "[digits]"}
    asked: LLMContextMessage = {"role": "user", "content": "what?"}
    said: LLMContextMessage = {"role": "assistant", "content": "[digits]"}
    async with on_stage(LLMGate("[digits]".__eq__)) as stage:
        await stage.plays(question(asked, taken))
        assert stage.of(LLMContextFrame) == []
        await stage.plays(question(taken, asked), question(said), question())
        assert len(stage.of(LLMContextFrame)) == 3


@in_virtual_time
async def test_no_turn_reaches_the_llm_through_a_closed_gate() -> None:
    gate = LLMGate()
    async with on_stage(gate) as stage:
        await stage.plays(question())
        gate.closed = True
        await stage.plays(question())
        assert len(stage.of(LLMContextFrame)) == 1
