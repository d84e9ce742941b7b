"""Barge-in and end of turn together, with frames in random order: no frame is held up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    STTMetadataFrame,
)
from pipecat.turns.user_turn_controller import UserTurnController
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.asyncio.task_manager import TaskManager
from pipecat.utils.base_object import BaseObject

from shared.bot.turn_settings import TurnSettings
from shared.conversation.runner import BoundedTaskManager
from shared.conversation.speech.playout import Playout
from shared.conversation.turns.barge_in import BargeIn
from shared.conversation.turns.end_of_turn import MODEL_SECS, HybridUserTurnStop
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.conversation.turns.take_back import TakeBack
from tests.support.caller_frames import final, interim, start, stop
from tests.support.virtual_time import in_virtual_time, now
from tests.unit.shared.conversation.turns.test_end_of_turn import Judge

TURN_SETTINGS = TurnSettings()
AT_ONCE = 0.3  # seconds for a frame to be dealt with, on a clock that stands still meanwhile
PAUSES = (0.0, 0.02, MODEL_SECS, TURN_SETTINGS.endpointing_secs)


def next_frames(dice: Random) -> list[Frame]:
    """Anything; or a turn that is about to be judged over."""
    words = dice.choice(
        ["yes", "what are your opening hours", "my number is", "haan", "nine eight"]
    )
    if dice.random() < 0.3:
        return [start(), final(words), stop()]
    return [
        dice.choice(
            [
                start(),
                stop(),
                interim(words),
                final(words),
                BotStartedSpeakingFrame(),
                BotStoppedSpeakingFrame(),
            ]
        )
    ]


@asynccontextmanager
async def listening(
    dice: Random, manager: type[TaskManager]
) -> AsyncIterator[tuple[UserTurnController, HybridUserTurnStop]]:
    judge, take_back = Judge(complete_at=dice.choice([None, 1, 2, 5])), TakeBack()
    barge_in, turn_end = (
        BargeIn(TURN_SETTINGS, lambda: dice.random() < 0.5, Playout(), take_back),
        HybridUserTurnStop(TURN_SETTINGS, ExpectedAnswers(), take_back, lambda: 0.12, judge),
    )
    controller = UserTurnController(
        user_turn_strategies=UserTurnStrategies(start=[barge_in], stop=[turn_end])
    )
    tasks = manager()
    for each in (controller, barge_in, turn_end):
        await BaseObject.setup(each, tasks)
    barge_in.add_event_handler("on_user_turn_started", controller._on_user_turn_started)
    turn_end.add_event_handler("on_user_turn_stopped", controller._on_user_turn_stopped)
    await controller.process_frame(STTMetadataFrame(service_name="STT", ttfs_p99_latency=0.35))
    yield controller, turn_end
    await barge_in.cleanup()
    await turn_end.cleanup()
    await asyncio.sleep(0)
    assert not tasks.current_tasks()


@pytest.mark.parametrize("manager", [TaskManager, BoundedTaskManager])
@pytest.mark.parametrize("seed", range(40))
@in_virtual_time
async def test_every_frame_passes_barge_in_and_end_of_turn_at_once(
    seed: int, manager: type[TaskManager]
) -> None:
    dice = Random(seed)
    async with listening(dice, manager) as (controller, turn_end):
        for _ in range(150):
            for frame in next_frames(dice):
                began = now()
                await asyncio.wait_for(controller.process_frame(frame), 5)
                assert now() - began < AT_ONCE
            if dice.random() < 0.5:
                await turn_end.interruption_arrived()
            await asyncio.sleep(dice.choice(PAUSES))
            for _ in range(dice.randrange(4)):
                await asyncio.sleep(0)
