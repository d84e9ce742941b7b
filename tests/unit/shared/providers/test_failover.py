"""Who takes over from whom, and that frames then go there."""

import pytest
from pipecat.frames.frames import Frame, TextFrame
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.providers.failover import Spared, SparedMind, parts, take_spare
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
async def test_the_spare_takes_over_and_the_first_again_after_it() -> None:
    pair = Spared(Named("first"), Named("spare"))
    async with on_stage(pair) as stage:
        await stage.plays(TextFrame("1"))
        assert await take_spare(pair)
        await stage.plays(TextFrame("2"))
        assert await take_spare(pair)
        await stage.plays(TextFrame("3"))
    assert [frame.text for frame in stage.of(TextFrame)] == ["1 first", "2 spare", "3 first"]


@in_virtual_time
async def test_who_cannot_be_used_does_not_take_over(log: list[str]) -> None:
    first, spare = Named("first"), Named("spare")
    pair = Spared(first, spare)
    async with on_stage(pair) as stage:
        await spare.set_usable(False)
        assert not await take_spare(pair)
        await stage.plays(TextFrame("1"))
        await spare.set_usable(True)
        assert await take_spare(pair)
    assert [frame.text for frame in stage.of(TextFrame)] == ["1 first"]
    assert sum("takes over from" in line for line in log) == 1


@in_virtual_time
async def test_who_stands_alone_has_no_spare() -> None:
    assert not await take_spare(Named("only"))


@in_virtual_time
async def test_minds_take_turns_too() -> None:
    first, spare = ScriptedLLMService(), ScriptedLLMService()
    pair = SparedMind(first, spare)
    async with on_stage(pair):
        assert pair.active_llm is first
        assert await take_spare(pair)
        assert pair.active_llm is spare


def test_only_minds_are_a_spare_for_a_mind() -> None:
    with pytest.raises(AssertionError):
        SparedMind(ScriptedLLMService(), IdentityFilter())


def test_a_pair_consists_of_itself_and_its_two_parts() -> None:
    first, spare = Named("first"), Named("spare")
    pair = Spared(first, spare)
    assert parts(pair) == [pair, first, spare]
    assert parts(first) == [first]
