"""Steps of the wall clock during calls and dials: durations stay what they are."""

import asyncio
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import cast

import pytest

from outbound.dialer import Dialer
from shared.records.call_events import SocketClosed, SocketOpened
from shared.records.database.leases import acquire
from shared.records.dial_admission import Admitted, Limits, RateLimitReached, RungAlready, admit
from shared.records.session_record import Ending, SessionRecord
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.telephony.rest.client import ExotelAPI
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.stream.profiles import Profile
from tests.support.bots import Bot, eventually
from tests.support.call_records import SID, ago, came_in, dialled, to_somebody_else

JUMPS = pytest.mark.parametrize("hours", [1, -1, 24, -24])


def set_clock(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """Set the clock by which every module of ours tells the time."""
    jump = timedelta(hours=hours)

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Jumped":
            return super().now(tz) + jump

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("shared", "outbound", "inbound"):
            for attribute, value in list(vars(module).items()):
                if value is datetime:
                    monkeypatch.setattr(module, attribute, Jumped)


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_step_does_not_change_a_call_s_duration(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, hours: float, log: list[str]
) -> None:
    store: Store = bot.app.state.store
    profile = Profile(call_sid="jump18l", frame_ms=100)
    calling = asyncio.create_task(place_call(bot.url, (Pause(1.2), HangUp()), profile=profile))
    await eventually(lambda: len(bot.capacity) == 1)
    set_clock(monkeypatch, hours)
    report = await calling

    async def over() -> bool:
        return any(call.ending for call in await store.with_sid("jump18l"))

    await eventually(over)
    (call,) = await store.with_sid("jump18l")
    assert call.opened_at
    assert call.closed_at
    secs = (call.closed_at - call.opened_at).total_seconds()
    assert secs == pytest.approx(report.duration, abs=1.0)
    assert call.talk_secs == pytest.approx(report.duration, abs=1.5)
    assert call.ended_at == call.closed_at
    (line,) = [line for line in log if "call jump18l ended" in line]
    assert 0.5 < float(line.partition("after ")[2].partition(" s")[0]) < 5


@JUMPS
def test_a_clock_step_does_not_change_the_call_record_s_duration(
    monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    record = SessionRecord("call", "stream", Direction.INBOUND)
    set_clock(monkeypatch, hours)
    assert 0 <= record.duration < 1
    record.end(Ending.CALLER_HUNG_UP)
    assert record.ended_at
    assert record.ended_at >= record.started_at
    assert record.duration < 1


async def test_clocks_that_differ_make_no_negative_call_duration(store: Store) -> None:
    """Two hosts had the two sockets of one call, and their clocks differ."""
    call = came_in()
    await store.add(call)
    await store.apply_event(call.call_id, SocketOpened(ago(0), SID, "stream-1"))
    await store.apply_event(call.call_id, SocketOpened(ago(60), SID, "stream-2"))
    known = await store.apply_event(
        call.call_id, SocketClosed(ago(90), "stream-2", "caller hung up")
    )
    assert known.talk_secs == 0


async def test_a_reconciler_lease_from_before_a_clock_step_is_no_lease(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await acquire(store.database, "reconciler", "dead", 30)
    set_clock(monkeypatch, -1)
    assert await acquire(store.database, "reconciler", "alive", 30)
    assert not await acquire(store.database, "reconciler", "another", 30)


async def test_dials_from_before_a_clock_step_count_for_no_rate_limit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(per_minute=1)
    assert await admit(store, to_somebody_else(), key=None, tokens={}, limits=limits) == Admitted()
    set_clock(monkeypatch, -1)
    assert await admit(store, to_somebody_else(), key=None, tokens={}, limits=limits) == Admitted()
    full = await admit(store, to_somebody_else(), key=None, tokens={}, limits=limits)
    assert isinstance(full, RateLimitReached)
    assert full.secs <= 60


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_step_lets_nobody_be_dialled_during_a_call(
    store: Store, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    assert await admit(store, dialled(), key=None, tokens={}, limits=Limits(9)) == Admitted()
    set_clock(monkeypatch, hours)
    answer = await admit(store, dialled(), key=None, tokens={}, limits=Limits(9))
    assert isinstance(answer, RungAlready)
    assert answer.on


@JUMPS
async def test_a_clock_step_does_not_shorten_the_wait_for_another_s_dial(
    store: Store, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    call = dialled()
    await store.add(call)
    store.schedule = replace(store.schedule, answer=0.4)
    dialer = Dialer(Settings.parse({}), store, cast(ExotelAPI, None), Capacity(1))
    waiting = asyncio.create_task(dialer._outcome_of(call))
    await asyncio.sleep(0.05)
    set_clock(monkeypatch, hours)
    began = time.monotonic()
    await waiting
    assert 0.1 < time.monotonic() - began < 5
