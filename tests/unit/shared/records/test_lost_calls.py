"""Call records of a process that died: a living process gives them an end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest

from shared.records.call_events import SocketClosed, SocketOpened, StatusReported
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.transactions import StoreError
from shared.records.lost_calls import LostCalls
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.store import Store
from shared.telephony.connect_mode import ConnectMode
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import run_exchange
from simulator.providers import Providers
from simulator.stream.profiles import Profile
from tests.support.bots import eventually
from tests.support.call_records import SID, ago, came_in, dialled
from tests.support.outbound import QUICK, running_outbound
from tests.support.processes import PROCESSES

PACE = ReconcileSchedule(beat=0.05, still=4)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url, PACE)
    yield store
    await store.close()


async def opened(store: Store, call: CallRecord, secs: float = 60) -> CallRecord:
    """A call that has been on a socket for so long."""
    await store.add(call)
    return await store.apply_event(call.call_id, SocketOpened(ago(secs), SID, "stream"))


async def look_often(store: Store, times: int = PACE.still) -> None:
    lost = LostCalls(store)
    for _ in range(times):
        await lost.look()
        await asyncio.sleep(PACE.beat)


async def found(store: Store, call: CallRecord) -> CallRecord:
    call_record = await store.find(call.call_id)
    assert call_record
    return call_record


async def test_a_call_record_without_a_heartbeat_has_failed(store: Store, log: list[str]) -> None:
    call = await opened(store, came_in())
    await look_often(store, PACE.still - 1)
    assert (await found(store, call)).status is Status.ANSWERED
    await look_often(store)
    call_record = await found(store, call)
    assert (call_record.status, call_record.ending) == (Status.FAILED, "server died")
    assert call_record.reason == "the server died during the call"
    assert call_record.ended_at == call.opened_at
    assert call_record.talk_secs == 0
    assert await store.on_sockets() == []
    assert any(f"call {call.call_id} has lost its process" in line for line in log)


async def test_a_lost_call_ended_with_its_last_heartbeat(store: Store) -> None:
    call = await opened(store, came_in(created_at=ago(-7200)), secs=-7200)  # two hours ahead
    store.heartbeat.carry(call.call_id)
    await eventually(lambda: beaten(store, call, 3))
    store.heartbeat.leave(call.call_id)
    await asyncio.sleep(3 * PACE.beat)
    ((_, beats),) = await store.on_sockets()
    await look_often(store)
    call_record = await found(store, call)
    assert call_record.status is Status.FAILED
    assert call.opened_at
    assert call_record.ended_at == call.opened_at + timedelta(seconds=beats * PACE.beat)


async def beaten(store: Store, call: CallRecord, times: int) -> bool:
    beats = {other.call_id: beats for other, beats in await store.on_sockets()}
    return beats.get(call.call_id, 0) >= times


async def test_a_call_with_the_heartbeat_of_another_process_is_left_alone(
    store: Store, url: str
) -> None:
    other = await Store.open(url, PACE)
    kept, dead = [await opened(store, came_in()) for _ in range(2)]
    other.heartbeat.carry(kept.call_id)
    await look_often(store, 3 * PACE.still)
    assert (await found(store, kept)).status is Status.ANSWERED
    assert (await found(store, dead)).status is Status.FAILED
    await other.close()  # its calls are cut with it
    await look_often(store, 2 * PACE.still)
    assert (await found(store, kept)).status is Status.FAILED


@pytest.mark.parametrize("late", [True, False])
async def test_a_process_taken_for_dead_corrects_the_call_ending(store: Store, late: bool) -> None:
    call = await opened(store, came_in())
    closed = SocketClosed(ago(0), "stream", "caller hung up", 3)
    if not late:
        await store.apply_event(call.call_id, closed)
    await look_often(store)
    call_record = await store.apply_event(call.call_id, closed)
    assert (call_record.status, call_record.ending, call_record.turns) == (
        Status.COMPLETED,
        "caller hung up",
        3,
    )
    assert call_record.reason == ""


async def test_a_second_websocket_revives_a_lost_call(store: Store) -> None:
    call = await opened(store, came_in())
    await look_often(store)
    again = await store.apply_event(call.call_id, SocketOpened(ago(0), SID, "another stream"))
    assert again.status is Status.ANSWERED
    assert len(await store.on_sockets()) == 1


@pytest.mark.parametrize("mode", ConnectMode)
async def test_the_outcome_of_a_lost_dialled_call_is_exotel_s_to_tell(
    store: Store, mode: ConnectMode
) -> None:
    call = await opened(store, dialled(mode=mode, call_sid=SID))
    await look_often(store)
    call_record = await found(store, call)
    assert not call_record.status.over
    assert call_record.ending == "server died"
    await store.postpone(call.call_id, -1)  # it is asked soon, not when a long call may be over
    told = StatusReported(ago(0), SID, Status.COMPLETED, answered=True, talk_secs=42)
    assert (await store.apply_event(call.call_id, told)).status is Status.COMPLETED


async def test_call_records_without_an_open_websocket_are_never_lost(store: Store) -> None:
    calls = [dialled(), dialled(call_sid=SID), came_in()]
    for call in calls:
        await store.add(call)
    await look_often(store)
    assert [await found(store, call) for call in calls] == calls


async def test_no_call_is_lost_while_the_database_fails(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = await opened(store, came_in())
    lost, on_sockets, looks = LostCalls(store), store.on_sockets, 0

    async def fails_now_and_then() -> list[tuple[CallRecord, int]]:
        nonlocal looks
        looks += 1
        if looks % (PACE.still - 1) == 0:
            raise StoreError("away for a while")
        return await on_sockets()

    monkeypatch.setattr(store, "on_sockets", fails_now_and_then)
    watching = asyncio.create_task(lost.watch())
    await eventually(lambda: looks > 4 * PACE.still)
    watching.cancel()
    assert (await found(store, call)).status is Status.ANSWERED


def carry_until_killed(url: str, carried: Connection) -> None:
    """Have a call on a socket, and report that it beats."""

    async def go_on() -> None:
        store = await Store.open(url, PACE)
        call = await opened(store, came_in(), secs=0)
        store.heartbeat.carry(call.call_id)
        await eventually(lambda: beaten(store, call, 2))
        carried.send(call.call_id)
        await asyncio.sleep(60)

    asyncio.run(go_on())


async def test_a_killed_process_s_call_record_is_ended_by_the_next_one(url: str) -> None:
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=carry_until_killed, args=(url, theirs))
    process.start()
    assert await asyncio.to_thread(ours.poll, 20), "it never carried anything"
    call_id = ours.recv()
    store = await Store.open(url, PACE)
    alive = await store.find(call_id)
    process.kill()
    await asyncio.to_thread(process.join, 10)
    process.close()
    await look_often(store)
    dead = await store.find(call_id)
    await store.close()
    assert alive
    assert alive.status is Status.ANSWERED
    assert dead
    assert dead.status is Status.FAILED
    assert dead.talk_secs is not None


async def test_a_live_call_is_never_taken_for_lost(providers: Providers, log: list[str]) -> None:
    schedule = replace(QUICK, beat=0.1, still=15)
    profile = Profile(call_sid="long18l", frame_ms=100)
    async with (
        run_exchange() as exchange,
        running_outbound(providers.env, exchange, schedule) as rig,
    ):
        await place_call(f"ws://{rig.address}/ws", (Pause(2.5), HangUp()), profile=profile)

        async def over() -> bool:
            calls = await rig.store.with_sid("long18l")

            return bool(calls) and all(call.status.over for call in calls)

        await eventually(over)
        (call,) = await rig.store.with_sid("long18l")
        assert (call.status, call.ending) == (Status.COMPLETED, "caller hung up")
        assert not any("lost its process" in line for line in log)
        assert not rig.store.heartbeat._carried
