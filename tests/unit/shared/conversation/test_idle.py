"""An idle caller is asked twice whether they are there, then told goodbye."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from pipecat.frames.frames import Frame, UserIdleTimeoutUpdateFrame
from pipecat.processors.aggregators.llm_response_universal import (
    LLMUserAggregator,
    UserTurnStoppedMessage,
)

from shared.bot.persona import Persona
from shared.bot.turn_settings import IdleSettings
from shared.conversation.call_control import CallControl
from shared.conversation.idle import IdlePrompts, waiting_after_unanswered_turns
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending

IDLE = IdleSettings(first=1.0, again=2.0, goodbye=3.0)


@dataclass
class Listener:
    """Tells its handlers what a test wants them to hear, and keeps the times it is given."""

    handlers: dict[str, Callable[..., Awaitable[None]]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def add_event_handler(self, name: str, handler: Callable[..., Awaitable[None]]) -> None:
        self.handlers[name] = handler

    async def queue_frame(self, frame: Frame) -> None:
        assert isinstance(frame, UserIdleTimeoutUpdateFrame)
        self.waits.append(frame.timeout)

    async def hears_nothing(self) -> None:
        await self.handlers["on_user_turn_idle"](self)

    async def hears_somebody(self) -> None:
        await self.handlers["on_user_turn_started"](self, object(), object())


@dataclass
class Waits(Listener):
    """Counts how often it is to wait anew."""

    waited: int = 0

    @property
    def _user_idle_controller(self) -> "Waits":
        return self

    async def wait_for_user(self) -> None:
        self.waited += 1


@dataclass
class Actor:
    prompts = ENGLISH
    leaving: bool = False
    did: list[Any] = field(default_factory=list)

    async def say(self, text: str) -> None:
        self.did.append(text)

    async def hang_up(self, goodbye: str, ending: Ending) -> None:
        self.did.append((goodbye, ending))


def idle_prompts(
    user_aggregator: Listener,
    actor: Actor,
    person_may_come: Callable[[], bool] | None = None,
) -> IdlePrompts:
    prompts = IdlePrompts(
        cast(LLMUserAggregator, cast(Any, user_aggregator)),
        cast(CallControl, cast(Any, actor)),
        Persona("", idle=IDLE),
        person_may_come,
    )
    user_aggregator.add_event_handler("on_user_turn_idle", prompts.prompt)
    user_aggregator.add_event_handler("on_user_turn_started", prompts.caller_spoke)
    return prompts


def silent() -> tuple[Listener, Actor, Callable[..., Awaitable[None]]]:
    user_aggregator, actor = Listener(), Actor()
    return user_aggregator, actor, idle_prompts(user_aggregator, actor).key_pressed


async def test_an_idle_caller_is_asked_twice_and_then_told_goodbye() -> None:
    user_aggregator, actor, _ = silent()
    for _ in range(3):
        await user_aggregator.hears_nothing()
    assert actor.did == [
        ENGLISH.still_there,
        ENGLISH.hello,
        (ENGLISH.nobody, Ending.SILENCE),
    ]
    assert user_aggregator.waits == [IDLE.again, IDLE.goodbye]


async def test_an_idle_caller_who_answers_begins_anew() -> None:
    user_aggregator, actor, _ = silent()
    await user_aggregator.hears_nothing()
    await user_aggregator.hears_nothing()
    await user_aggregator.hears_somebody()
    await user_aggregator.hears_nothing()
    assert actor.did == [ENGLISH.still_there, ENGLISH.hello, ENGLISH.still_there]
    assert user_aggregator.waits == [IDLE.again, IDLE.goodbye, IDLE.first, IDLE.again]


async def test_no_idle_prompt_is_said_while_a_person_may_still_come() -> None:
    coming = [True, True, False]
    user_aggregator, actor = Waits(), Actor()
    idle_prompts(user_aggregator, actor, lambda: coming.pop(0))
    for _ in range(3):
        await user_aggregator.hears_nothing()
    assert user_aggregator.waited == 2
    assert actor.did == [ENGLISH.still_there]


async def test_a_dtmf_key_answers_an_idle_prompt_too() -> None:
    user_aggregator, actor, answered = silent()
    await user_aggregator.hears_nothing()
    await answered("keypad", "1")
    await user_aggregator.hears_nothing()
    assert actor.did == [ENGLISH.still_there] * 2


async def test_every_dtmf_key_begins_the_idle_time_anew() -> None:
    user_aggregator, _, pressed = silent()
    await pressed("keypad")
    await pressed("keypad")
    assert user_aggregator.waits == [IDLE.first] * 2


@pytest.mark.parametrize(("words", "waits"), [("[digits]", 1), ("hello", 0), (None, 0)])
async def test_the_idle_time_begins_after_a_turn_that_wants_no_answer(
    words: str | None, waits: int
) -> None:
    user_aggregator = Waits()
    ended = waiting_after_unanswered_turns(
        cast(LLMUserAggregator, cast(Any, user_aggregator)), "[digits]".__eq__
    )
    await ended(object(), object(), UserTurnStoppedMessage(content=words, timestamp=""))
    assert user_aggregator.waited == waits


async def test_a_caller_who_was_not_idle_changes_nothing() -> None:
    user_aggregator, _, _ = silent()
    await user_aggregator.hears_somebody()
    assert user_aggregator.waits == []


async def test_a_bot_that_is_leaving_asks_no_idle_caller() -> None:
    user_aggregator, actor, _ = silent()
    actor.leaving = True
    for _ in range(3):
        await user_aggregator.hears_nothing()
    assert actor.did == []
    assert user_aggregator.waits == []
