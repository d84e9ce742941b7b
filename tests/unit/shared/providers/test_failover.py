"""A service with a fallback: when the fallback is used, and where frames go then."""

import pytest
from pipecat.frames.frames import Frame, TextFrame
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.providers.failover import FallbackLLM, FallbackService, parts, use_fallback
from shared.providers.offline.scripted_llm import ScriptedLLMService
from tests.support.pipeline import on_stage
from tests.support.virtual_time import in_virtual_time


class Named(FrameProcessor):
    """Writes its name behind every text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._writes = name

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TextFrame):
            frame = TextFrame(f"{frame.text} {self._writes}")
        await self.push_frame(frame, direction)


@in_virtual_time
async def test_a_fallback_takes_over_and_the_first_again_after_it() -> None:
    pair = FallbackService(Named("first"), Named("fallback"))
    async with on_stage(pair) as stage:
        await stage.plays(TextFrame("1"))
        assert await use_fallback(pair)
        await stage.plays(TextFrame("2"))
        assert await use_fallback(pair)
        await stage.plays(TextFrame("3"))
    assert [frame.text for frame in stage.of(TextFrame)] == ["1 first", "2 fallback", "3 first"]


@in_virtual_time
async def test_an_unusable_fallback_does_not_take_over(log: list[str]) -> None:
    first, fallback = Named("first"), Named("fallback")
    pair = FallbackService(first, fallback)
    async with on_stage(pair) as stage:
        await fallback.set_usable(False)
        assert not await use_fallback(pair)
        await stage.plays(TextFrame("1"))
        await fallback.set_usable(True)
        assert await use_fallback(pair)
    assert [frame.text for frame in stage.of(TextFrame)] == ["1 first"]
    assert sum("takes over from" in line for line in log) == 1


@in_virtual_time
async def test_a_service_on_its_own_has_no_fallback() -> None:
    assert not await use_fallback(Named("only"))


@in_virtual_time
async def test_llms_use_their_fallbacks_too() -> None:
    first, fallback = ScriptedLLMService(), ScriptedLLMService()
    pair = FallbackLLM(first, fallback)
    async with on_stage(pair):
        assert pair.active_llm is first
        assert await use_fallback(pair)
        assert pair.active_llm is fallback


def test_only_llms_are_a_fallback_for_an_llm() -> None:
    with pytest.raises(AssertionError):
        FallbackLLM(ScriptedLLMService(), IdentityFilter())


def test_a_fallback_service_consists_of_itself_and_its_two_parts() -> None:
    first, fallback = Named("first"), Named("fallback")
    pair = FallbackService(first, fallback)
    assert parts(pair) == [pair, first, fallback]
    assert parts(first) == [first]
