"""Capacity of a process: calls, pending handshakes, reserved dials, draining and overload."""

import asyncio
from contextlib import ExitStack
from functools import partial

import pytest

from shared.records.session_record import Ending
from shared.runtime import pending_handshakes
from shared.runtime.capacity import MAX_HANDSHAKES, Capacity
from shared.telephony.errors import CallRefused


class Call:
    """Somebody who holds a place until told to leave."""

    def __init__(self) -> None:
        self.endings: list[Ending] = []

    def end(self, ending: Ending) -> None:
        self.endings.append(ending)


async def test_a_call_beyond_capacity_is_refused_until_another_ends() -> None:
    capacity = Capacity(1)
    with capacity.acquire("a", Call().end):
        assert not capacity.accepting
        with pytest.raises(CallRefused, match="full"), capacity.acquire("b", Call().end):
            pass
    assert capacity.accepting
    with capacity.acquire("b", Call().end):
        assert len(capacity) == 1


async def test_a_call_s_second_websocket_replaces_the_first_even_at_capacity() -> None:
    capacity, first, second = Capacity(1), Call(), Call()
    earlier = ExitStack()
    earlier.enter_context(capacity.acquire("a", first.end))
    with capacity.acquire("a", second.end):
        assert first.endings == [Ending.REPLACED]
        earlier.close()  # the first leaves after the second came
        assert len(capacity) == 1
    assert len(capacity) == 0
    assert second.endings == []


async def test_a_call_s_second_websocket_may_close_before_the_first() -> None:
    capacity = Capacity(1)
    earlier = ExitStack()
    earlier.enter_context(capacity.acquire("a", Call().end))
    with capacity.acquire("a", Call().end):
        pass
    earlier.close()
    assert len(capacity) == 0


async def test_websockets_beyond_the_limit_of_pending_handshakes_are_refused() -> None:
    capacity = Capacity(1)
    with ExitStack() as stack:
        for _ in range(MAX_HANDSHAKES):
            stack.enter_context(capacity.handshake())
        with pytest.raises(CallRefused, match="busy"), capacity.handshake():
            pass
    with capacity.handshake():
        pass


async def test_the_longest_silent_websocket_gives_way_to_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    capacity = Capacity(1)
    left: list[int] = []
    with ExitStack() as stack:
        for nth in range(MAX_HANDSHAKES):
            stack.enter_context(capacity.handshake(partial(left.append, nth)))
        monkeypatch.setattr(pending_handshakes, "SILENT_SECS", 0.0)
        for _ in range(2):
            stack.enter_context(capacity.handshake())
        assert left == [0, 1]
        monkeypatch.setattr(pending_handshakes, "SILENT_SECS", 60.0)
        with pytest.raises(CallRefused, match="busy"), capacity.handshake():
            pass
    assert left == [0, 1]
    assert capacity.metrics.refusals == {"busy": 1}


async def test_a_drain_takes_no_new_calls_and_waits_for_those_that_are_on() -> None:
    capacity, call = Capacity(5), Call()
    with capacity.acquire("a", call.end):
        draining = asyncio.create_task(capacity.drain(30))
        await asyncio.sleep(0)
        assert not capacity.accepting
        with pytest.raises(CallRefused, match="shutting down"), capacity.acquire("b", Call().end):
            pass
        assert not draining.done()
    await asyncio.wait_for(draining, 5)
    assert call.endings == []


async def test_a_drain_ends_the_calls_that_last_too_long() -> None:
    capacity, call = Capacity(5), Call()
    with capacity.acquire("a", call.end):
        await capacity.drain(0.01)
    assert call.endings == [Ending.SHUTDOWN]


def test_a_dial_s_reservation_holds_at_capacity_and_during_a_drain() -> None:
    capacity = Capacity(1)
    capacity.reserve("ours")
    assert (capacity.accepting, capacity.reserved, len(capacity)) == (False, 1, 0)
    with pytest.raises(CallRefused, match="full"):
        capacity.reserve("another")
    with pytest.raises(CallRefused, match="full"), capacity.acquire("stranger", Call().end):
        pass
    capacity.draining = True
    with capacity.acquire("sid", Call().end, "ours"):
        assert (capacity.reserved, len(capacity)) == (0, 1)
    with pytest.raises(CallRefused, match="shutting down"):
        capacity.reserve("ours")


def test_a_released_reservation_frees_its_capacity(monkeypatch: pytest.MonkeyPatch) -> None:
    capacity = Capacity(1)
    capacity.reserve("busy")
    capacity.release("busy")
    assert capacity.accepting
    monkeypatch.setattr("shared.runtime.capacity.RINGING_SECS", 0.0)
    capacity.reserve("nobody")
    assert capacity.accepting  # nobody's phone rings for ever


async def test_a_drain_waits_for_dials_that_are_ringing() -> None:
    capacity = Capacity(2)
    capacity.reserve("ringing")
    draining = asyncio.create_task(capacity.drain(5))
    await asyncio.sleep(0.05)
    assert not draining.done()
    with capacity.acquire("sid", Call().end, "ringing"):
        await asyncio.sleep(0.05)
        assert not draining.done()
    await asyncio.wait_for(draining, 2)


def test_shedding_ends_the_newest_call_and_never_the_last_one() -> None:
    capacity, calls = Capacity(3), {name: Call() for name in "abc"}
    with ExitStack() as stack:
        assert capacity.shed() is None
        for name, call in calls.items():
            stack.enter_context(capacity.acquire(name, call.end))
        assert [capacity.shed() for _ in range(3)] == ["c", "b", None]
    assert [call.endings for call in calls.values()] == [[], [Ending.OVERLOAD], [Ending.OVERLOAD]]


def test_overload_admits_only_reserved_dials_and_second_websockets() -> None:
    capacity = Capacity(5)
    capacity.reserve("ours")
    with capacity.acquire("a", Call().end):
        capacity.overloaded = True
        with pytest.raises(CallRefused, match="busy"), capacity.acquire("stranger", Call().end):
            pass
        with capacity.acquire("sid", Call().end, "ours"), capacity.acquire("a", Call().end):
            assert len(capacity) == 2
    assert capacity.metrics.refusals == {"busy": 1}
