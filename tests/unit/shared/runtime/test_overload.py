"""Overload of the event loop, fed with lateness instead of a clock: refusals and shedding."""

import asyncio
import time
from contextlib import ExitStack

import httpx
import pytest

from shared.records.session_record import Ending
from shared.runtime.capacity import Capacity
from shared.runtime.overload import (
    GAP_SECS,
    LATE_SECS,
    LATEST,
    ON_TIME_SECS,
    TICK_SECS,
    TICKS,
    OverloadGuard,
)
from shared.telephony.errors import CallRefused
from simulator.caller.caller import place_call
from simulator.caller.scenario import Pause
from simulator.providers import Providers
from tests.support.bots import eventually, running_bot

WATCH = OverloadGuard.watch
LATE, GARBLED, STALL = LATE_SECS + 0.01, GAP_SECS + 0.01, 30.0


@pytest.fixture(autouse=True)
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is about what the other tests do without."""
    monkeypatch.setattr(OverloadGuard, "watch", WATCH)


class Calls:
    """Some calls that are on, and those that were told to end."""

    def __init__(self, *call_sids: str) -> None:
        self.capacity = Capacity(10)
        self.load = OverloadGuard(self.capacity)
        self.ended: list[tuple[str, Ending]] = []
        self._stack = ExitStack()
        for call_sid in call_sids:
            self.enter(call_sid)

    def enter(self, call_sid: str) -> None:
        def end(ending: Ending) -> None:
            self.ended.append((call_sid, ending))

        self._stack.enter_context(self.capacity.acquire(call_sid, end))

    def pass_time(self, ticks: int, late: float) -> None:
        for _ in range(ticks):
            self.load.tick(late)


def test_one_stall_however_long_is_no_overload(log: list[str]) -> None:
    calls = Calls("a", "b")
    calls.pass_time(1, STALL)
    assert calls.capacity.accepting
    assert calls.load.lag == 0
    assert calls.ended == []
    assert log == []


def test_an_overloaded_loop_takes_no_new_call_until_it_is_on_time(log: list[str]) -> None:
    calls = Calls("a")
    calls.capacity.reserve("ours")
    calls.pass_time(TICKS, LATE)
    assert not calls.capacity.accepting
    assert calls.load.lag == LATE
    with pytest.raises(CallRefused, match="busy"):
        calls.enter("b")
    with pytest.raises(CallRefused, match="busy"):
        calls.capacity.reserve("c")
    with calls.capacity.acquire("sid", lambda _: None, "ours"):
        pass  # somebody rang them before it was late
    calls.pass_time(TICKS, (LATE_SECS + ON_TIME_SECS) / 2)
    assert not calls.capacity.accepting
    calls.pass_time(TICKS, 0.0)
    calls.enter("b")
    assert calls.ended == []
    assert [line.partition(" the event loop is ")[2] for line in log] == [
        "160 ms late with 1 calls on: taking no new ones\n",
        "on time again: taking new calls\n",
    ]


def test_overload_with_audible_gaps_sheds_the_newest_calls_one_by_one(log: list[str]) -> None:
    calls = Calls("a", "b", "c")
    ticks = 0
    while not calls.ended:
        calls.pass_time(1, GARBLED)
        ticks += 1
    assert ticks * (TICK_SECS + GARBLED) > 2  # seconds of it, before anybody must go
    calls.pass_time(ticks - 1, GARBLED)
    assert calls.ended == [("c", Ending.OVERLOAD)]
    calls.pass_time(1, GARBLED)
    assert calls.ended == [("c", Ending.OVERLOAD), ("b", Ending.OVERLOAD)]
    calls.pass_time(5 * LATEST, GARBLED)  # the last one has nobody to make room for
    assert len(calls.ended) == 2
    assert [line.split()[-1] for line in log if "ending call" in line] == ["c", "b"]


def test_a_loop_that_recovers_from_overload_sheds_no_more_calls() -> None:
    calls = Calls("a", "b", "c")
    calls.pass_time(LATEST // 4, GARBLED)
    calls.pass_time(LATEST // 4 - 1, GARBLED)
    calls.pass_time(TICKS, LATE)
    assert calls.ended == [("c", Ending.OVERLOAD)]


async def test_the_overload_guard_measures_the_lag_of_a_blocked_event_loop() -> None:
    load = OverloadGuard(Capacity(1))
    watching = asyncio.create_task(load.watch())
    await asyncio.sleep(0)
    for _ in range(5):
        time.sleep(2 * TICK_SECS)  # noqa: ASYNC251  # blocking is what is to be noticed
        await asyncio.sleep(0.01)
    watching.cancel()
    assert load.lag > TICK_SECS / 2


async def test_an_overloaded_app_is_not_ready_and_takes_no_call(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for threshold in ("LATE_SECS", "ON_TIME_SECS"):
        monkeypatch.setattr(
            f"shared.runtime.overload.{threshold}", -1.0
        )  # as if any loop were late
    async with (
        running_bot(providers.env) as bot,
        httpx.AsyncClient(base_url=f"http://{bot.address}") as http,
    ):
        await eventually(lambda: bot.capacity.overloaded)
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["reason"]) == (503, "busy: the event loop is late")
        assert (await http.get("/healthz")).status_code == 200
        asked = {"CallSid": "c1", "CallFrom": "09876543210", "CallTo": "08047112233"}
        assert (await http.get("/exotel/voicebot", params=asked)).status_code == 503
        report = await place_call(bot.url, (Pause(5),))
        assert (report.close_code, report.close_reason) == (1013, "busy")
        metrics = (await http.get("/metrics")).text
    assert "voicebot_overloaded 1\n" in metrics
    assert "voicebot_loop_lag_seconds " in metrics
    assert 'voicebot_calls_refused_total{reason="busy"} 2\n' in metrics
