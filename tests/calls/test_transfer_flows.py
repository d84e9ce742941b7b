"""Flows with a transfer to a person: Voicebot, Passthru, Connect, Hangup."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from shared.records.call_events import SocketOpened
from shared.records.call_record import CallRecord
from shared.records.correlation import new_call_id
from shared.records.store import Store
from shared.records.transfer_record import TransferRecord
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.app import build_control_app
from simulator.caller.scenario import Pause
from simulator.exotel import (
    Answers,
    Applet,
    Call,
    Connect,
    Exchange,
    Flow,
    Hangup,
    Passthru,
    Person,
    Voicebot,
    come_in,
    run_exchange,
)
from simulator.providers import Providers
from simulator.stream.profiles import Profile
from tests.support.bots import Bot, database_in, eventually, running_bot, serving
from tests.support.scripted_bot import Bot as Socket
from tests.support.scripted_bot import scripted_bot

CALLER, AGENT, SECOND = "+919876543210", "+919812345678", "+918047112233"
PASSWORD = "hunter2"
TRANSFER = {
    "TRANSFER_NUMBERS": f"{AGENT}, {SECOND}",
    "TRANSFER_RING_SECS": "20",
    "WS_USERNAME": "exotel",
    "WS_PASSWORD": PASSWORD,
}
WAITS = Answers(after=0.0, scenario=[Pause(30)])
TALKS = Answers(after=2.0, talks=20.0)


class Clock:
    """How long each answer of ours has taken, by its path, in seconds."""

    def __init__(self, exchange: Exchange) -> None:
        self.took: list[tuple[str, float]] = []
        self._asked: dict[int, float] = {}
        exchange.http.event_hooks = {"request": [self._begin], "response": [self._end]}

    async def _begin(self, request: httpx.Request) -> None:
        self._asked[id(request)] = time.monotonic()

    async def _end(self, response: httpx.Response) -> None:
        began = self._asked.pop(id(response.request))
        self.took.append((response.request.url.path, time.monotonic() - began))

    @property
    def paths(self) -> list[str]:
        """What was asked, in its order."""
        return [path.removeprefix("/exotel/") for path, _ in self.took]


def flow(socket: str, host: str, nobody_answers: tuple[Applet, ...] = ()) -> Flow:
    """Call Start → Voicebot → Passthru → (302) Connect → Hangup; otherwise Passthru → Hangup."""
    ours = f"http://exotel:{PASSWORD}@{host}/exotel"
    connect = Connect(f"{ours}/connect", nobody_answers=nobody_answers or None)
    return Flow(
        (Voicebot(socket), Passthru(f"{ours}/passthru", on_302=(connect, Hangup())), Hangup())
    )


@asynccontextmanager
async def running_exotel(people: dict[str, Person]) -> AsyncIterator[tuple[Exchange, Clock]]:
    async with run_exchange(
        people={CALLER: WAITS, **people},
        profile=Profile(frame_ms=100),
        speed=100,
    ) as exchange:
        yield exchange, Clock(exchange)


@asynccontextmanager
async def running_control_app(folder: Path, **environment: str) -> AsyncIterator[tuple[str, Store]]:
    """A process that takes no calls, on the database in `folder`: its address and its store."""
    chosen = Settings.parse({"PORT": "0", **TRANSFER, **database_in(folder), **environment})
    app = build_control_app(chosen, direction=Direction.INBOUND)
    async with serving(app, chosen) as address:
        yield address, app.state.store


async def decide(store: Store, socket: Socket, *to: str) -> None:
    """What the bot's tool does before it closes the stream."""
    start = (await socket.hear("start"))["start"]
    await store.transfers.decide(
        TransferRecord(
            call_sid=start["call_sid"],
            stream_sid=start["stream_sid"],
            decided_at=datetime.now(UTC),
            to=to,
            reason="wants a person",
        )
    )


async def over(exchange: Exchange) -> Call:
    """The one call, once it has ended."""
    async with asyncio.timeout(30):
        await exchange.idle()
    (call,) = exchange.calls
    return call


def dialled(call: Call) -> list[tuple[str, str]]:
    return [(leg.number, leg.status) for leg in call.legs]


async def test_a_transfer_connects_the_caller_with_a_person(providers: Providers) -> None:
    async with (
        running_bot({**providers.env, **TRANSFER}) as bot,
        running_exotel({AGENT: TALKS}) as (exchange, clock),
    ):
        exchange.flows["7"] = flow(f"ws://exotel:{PASSWORD}@{bot.address}/ws", bot.address)
        ringing = come_in(exchange, CALLER)
        await transfer_call(bot, ringing.sid)
        call = await over(exchange)
        assert call is ringing
        (record,) = await store_of(bot).with_sid(call.sid)
    assert dialled(call) == [(AGENT, "completed")]
    assert clock.paths == ["passthru", "connect"]
    assert all(secs < 1.0 for _, secs in clock.took)
    assert (record.number, record.direction) == (CALLER, Direction.INBOUND)
    assert record.stream_over
    assert (record.stream_over.status, record.stream_over.ended_by) == ("completed", "bot")
    assert record.stream_over.stream_sid == record.stream_sid == call.streams[0].sid


def store_of(bot: Bot) -> Store:
    store: Store = bot.app.state.store
    return store


async def transfer_call(bot: Bot, call_sid: str) -> None:
    """Decide it on the bot's live socket, and end that."""
    store = store_of(bot)

    async def on_record() -> bool:
        return bool(await store.with_sid(call_sid)) and len(bot.capacity) == 1

    await eventually(on_record)
    (call,) = await store.with_sid(call_sid)
    await store.transfers.decide(
        TransferRecord(call_sid=call_sid, stream_sid=call.stream_sid, decided_at=datetime.now(UTC))
    )
    await bot.capacity.drain(0.01)


async def test_a_caller_who_has_finished_is_hung_up_without_a_transfer(tmp_path: Path) -> None:
    async def finishes(socket: Socket) -> None:
        await socket.hear("start")
        await socket.socket.close()

    async with (
        scripted_bot(finishes) as bot,
        running_control_app(tmp_path) as (host, _),
        running_exotel({AGENT: TALKS, SECOND: TALKS}) as (exchange, clock),
    ):
        exchange.flows["7"] = flow(bot.url, host)
        come_in(exchange, CALLER)
        call = await over(exchange)
    assert (dialled(call), call.status) == ([], "completed")
    assert clock.paths == ["passthru"]


async def test_without_passthru_connect_alone_decides_on_the_transfer(tmp_path: Path) -> None:
    async with (
        running_control_app(tmp_path) as (host, store),
        running_exotel({AGENT: TALKS, SECOND: TALKS}) as (exchange, clock),
    ):
        calls = iter([True, False])

        async def decides_once(socket: Socket) -> None:
            if next(calls):
                await decide(store, socket, SECOND)
            await socket.socket.close()

        connect = Connect(f"http://exotel:{PASSWORD}@{host}/exotel/connect")
        async with scripted_bot(decides_once) as bot:
            exchange.flows["7"] = Flow((Voicebot(bot.url), connect, Hangup()))
            legs = []
            for _ in range(2):
                call = come_in(exchange, CALLER)
                async with asyncio.timeout(30):
                    await exchange.idle()
                legs.append(dialled(call))
    assert legs == [[(SECOND, "completed")], []]
    assert clock.paths == ["connect", "connect"]


async def test_another_process_on_the_same_database_answers_the_transfer(tmp_path: Path) -> None:
    async with (
        running_control_app(tmp_path) as (host, _),
        running_control_app(tmp_path) as (_, takes_the_call),
        running_exotel({AGENT: TALKS}) as (exchange, clock),
    ):

        async def decides(socket: Socket) -> None:
            await decide(takes_the_call, socket)
            await socket.socket.close()

        async with scripted_bot(decides) as bot:
            exchange.flows["7"] = flow(bot.url, host)
            come_in(exchange, CALLER)
            call = await over(exchange)
    assert dialled(call) == [(AGENT, "completed")]
    assert clock.paths == ["passthru", "connect"]
    assert all(secs < 1.0 for _, secs in clock.took)


async def test_a_transfer_that_nobody_answers_returns_the_caller_to_the_bot(
    tmp_path: Path,
) -> None:
    async with (
        running_control_app(tmp_path) as (host, store),
        running_exotel({}) as (exchange, clock),
    ):

        async def decides(socket: Socket) -> None:
            await decide(store, socket)
            await socket.socket.close()

        async def takes_a_message(socket: Socket) -> None:
            start = (await socket.hear("start"))["start"]
            await opened(store, start["call_sid"], start["stream_sid"])
            await socket.socket.close()

        async with scripted_bot(decides) as first, scripted_bot(takes_a_message) as second:
            exchange.flows["7"] = flow(first.url, host, flow(second.url, host).applets)
            come_in(exchange, CALLER)
            call = await over(exchange)
    assert dialled(call) == [(AGENT, "no-answer"), (SECOND, "no-answer")]
    assert len(call.streams) == 2
    assert clock.paths == ["passthru", "connect", "passthru"]


async def opened(store: Store, call_sid: str, stream_sid: str) -> None:
    """Our own session writes this at the start of every call."""
    call_record = CallRecord(
        call_id=new_call_id(), direction=Direction.INBOUND, created_at=datetime.now(UTC)
    )
    await store.add(call_record)
    await store.apply_event(
        call_record.call_id, SocketOpened(datetime.now(UTC), call_sid, stream_sid)
    )


@pytest.mark.parametrize("works", ["fallback", "nothing"])
async def test_the_fallback_url_serves_the_transfer_when_the_bot_is_gone(
    tmp_path: Path, works: str
) -> None:
    nowhere = "http://127.0.0.1:9/exotel/connect"
    async with (
        running_control_app(tmp_path) as (host, store),
        running_exotel({AGENT: TALKS}) as (exchange, _),
    ):

        async def decides(socket: Socket) -> None:
            await decide(store, socket)
            await socket.socket.close()

        other = f"http://exotel:{PASSWORD}@{host}/exotel/connect"
        connect = Connect(nowhere, fallback_url=other if works == "fallback" else nowhere)
        async with scripted_bot(decides) as bot:
            exchange.flows["7"] = Flow((Voicebot(bot.url), connect, Hangup()))
            come_in(exchange, CALLER)
            call = await over(exchange)
    assert dialled(call) == ([(AGENT, "completed")] if works == "fallback" else [])
