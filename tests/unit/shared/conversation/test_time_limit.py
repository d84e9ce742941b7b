"""The time limit of a call: announced, then ended, then cut off, on a virtual clock."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from shared.conversation.call_control import CallControl
from shared.conversation.time_limit import (
    AGAIN_SECS,
    LAST_WORDS_SECS,
    WARNING_SECS,
    limit_time,
)
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from tests.support.virtual_time import in_virtual_time, now

INTERRUPT = "interrupt"


@dataclass
class Actor:
    """Notes what it says and when.

    Args:
        interruptions: How often the caller talks into it.
        takes: Seconds to say something.
    """

    interruptions: int = 0
    takes: float = 2.0
    prompts = ENGLISH
    began: float = field(default_factory=now)
    did: list[tuple[Any, Any]] = field(default_factory=list)
    left: list[tuple[Any, Ending]] = field(default_factory=list)
    waited_for_the_voice: bool = False

    async def say(self, text: str) -> None:
        assert self.waited_for_the_voice  # or what is prepared overtakes its sentence
        self.waited_for_the_voice = False
        self.did.append((now() - self.began, text))

    async def wait_for_tts(self) -> None:
        self.waited_for_the_voice = True

    async def heard(self) -> bool:
        await asyncio.sleep(self.takes)
        self.interruptions -= 1
        return self.interruptions < 0

    async def interrupt(self) -> None:
        self.did.append((now() - self.began, INTERRUPT))

    async def hang_up(self, goodbye: str, ending: Ending) -> None:
        self.did.append((now() - self.began, (goodbye, ending)))

    def leave(self, ending: Ending) -> None:
        self.left.append((now() - self.began, ending))


async def lived(secs: float, actor: Actor) -> Actor:
    await limit_time(secs, cast(CallControl, cast(Any, actor)), actor.leave)
    return actor


def ends_at(secs: float) -> list[tuple[Any, Any]]:
    return [
        (pytest.approx(secs), INTERRUPT),
        (pytest.approx(secs), (ENGLISH.time_is_up, Ending.TOO_LONG)),
    ]


@pytest.mark.parametrize(("secs", "warned_at"), [(1_800, 1_800 - WARNING_SECS), (130, 70), (61, 1)])
@in_virtual_time
async def test_the_time_limit_is_announced_then_ends_then_cuts_off_the_call(
    secs: float, warned_at: float
) -> None:
    actor = await lived(secs, Actor())
    assert actor.did == [(pytest.approx(warned_at), ENGLISH.minute_left), *ends_at(secs)]
    assert actor.left == [(pytest.approx(secs + LAST_WORDS_SECS), Ending.TOO_LONG)]


@in_virtual_time
async def test_an_interruption_of_the_time_limits_announcement_has_it_said_again() -> None:
    actor = await lived(600, Actor(interruptions=2))
    again = AGAIN_SECS + 2.0
    assert actor.did == [
        (pytest.approx(540 + number * again), ENGLISH.minute_left) for number in range(3)
    ] + ends_at(600)


@in_virtual_time
async def test_interruptions_do_not_prolong_the_time_limit() -> None:
    actor = await lived(600, Actor(interruptions=1_000))
    assert actor.did[-2:] == ends_at(600)
    warnings = actor.did[:-2]
    assert 5 < len(warnings) < 15
    assert all(540 <= at < 600 for at, _ in warnings)


@in_virtual_time
async def test_a_call_that_ends_before_its_time_limit_says_nothing() -> None:
    actor = Actor()
    limiting = asyncio.create_task(lived(600, actor))
    await asyncio.sleep(500)
    limiting.cancel()
    await asyncio.wait({limiting})
    assert actor.did == []


@in_virtual_time
async def test_an_announcement_that_is_never_heard_does_not_prolong_the_time_limit() -> None:
    actor = await lived(600, Actor(takes=500.0))
    assert actor.did == [(pytest.approx(540), ENGLISH.minute_left), *ends_at(600)]


@pytest.mark.parametrize("secs", [30, 60])
@in_virtual_time
async def test_a_time_limit_within_a_minute_is_not_announced(secs: float) -> None:
    actor = await lived(secs, Actor())
    assert actor.did == ends_at(secs)
