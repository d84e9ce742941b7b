"""A database that hangs or is locked delays no greeting and no conversation."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.processes import free_port
from shared.records.call_status import Status
from shared.records.store import Store
from shared.records.token_signature import signed_token
from shared.records.tokens import Purpose
from shared.settings.settings import Settings
from shared.web.auth import token_key
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, WaitForBot
from simulator.exotel import Answers, Flow, Hangup, Voicebot, run_exchange
from simulator.providers import Providers, Speaking
from simulator.stream.profiles import Profile
from tests.support.bots import eventually, running_bot
from tests.support.freezing import freezable
from tests.support.outbound import KEY, running_outbound
from tests.support.postgresql import Cluster

SOON = 2.0  # seconds until the first sound, on a busy machine; it was 5.8
GREETED = (WaitForBot(quiet=0.2), HangUp())


def profile(call_sid: str) -> Profile:
    return Profile(call_sid=call_sid, frame_ms=100)


async def closed(store: Store, call_sid: str, most: int = 1) -> Status:
    """How the call with this SID stands, once our socket's end is on record."""

    async def over() -> bool:
        calls = await store.with_sid(call_sid)
        return bool(calls) and all(call.ending for call in calls)

    await eventually(over, within=20)
    calls = await store.with_sid(call_sid)
    assert len(calls) <= most
    (status,) = {call.status for call in calls}
    return status


async def test_an_inbound_caller_is_greeted_though_the_database_hangs(
    cluster: Cluster, providers: Providers, log: list[str]
) -> None:
    async with (
        freezable(cluster) as freezer,
        running_bot({**providers.env, "DATABASE_URL": freezer.url}) as bot,
        httpx.AsyncClient(trust_env=False) as exotel,
    ):
        store: Store = bot.app.state.store
        await place_call(bot.url, (Pause(0.1), HangUp()), profile=profile("twice18l"))
        assert await closed(store, "twice18l") is Status.COMPLETED

        freezer.freeze()
        asked = {"CallSid": "asked18l", "CallFrom": "09876543210", "CallTo": "08047112233"}
        answer = await exotel.get(f"http://{bot.address}/exotel/voicebot", params=asked)
        places = {"direct18l": bot.url, "twice18l": bot.url, "asked18l": answer.json()["url"]}
        lived = await asyncio.gather(
            *(place_call(place, GREETED, profile=profile(sid)) for sid, place in places.items())
        )
        assert all(report.first_sound and report.first_sound < SOON for report in lived)
        made_up = await place_call(f"{bot.url}/made-up", GREETED, profile=profile("flood18l"))
        assert made_up.refused == 403
        freezer.thaw()
        for call_sid in places:
            # A record that nobody could look up until the call was over is not found again.
            most = 2 if call_sid == "twice18l" else 1
            assert await closed(store, call_sid, most) is Status.COMPLETED
        await eventually(lambda: not store.database.failing)
        assert await store.with_sid("flood18l") == []
    assert all("call" in line or "database" in line for line in log if line.startswith("ERROR"))
    log.clear()


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Have an SQLite file that nobody else can write into."""
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.execute("ROLLBACK")
    other.close()


PEOPLE = {"+919850000021": ("voice-ai", "Meera"), "+919850000022": ("flow", "Kavya")}


async def test_a_dialled_person_hears_the_opening_though_the_database_is_locked(
    providers: Providers, tmp_path: Path, log: list[str]
) -> None:
    port, path = free_port(), tmp_path / "calls.db"
    person = Answers(after=2.0, scenario=GREETED)
    async with (
        run_exchange(
            people=dict.fromkeys(PEOPLE, person),
            flows={"77": Flow((Voicebot(f"http://127.0.0.1:{port}/exotel/voicebot"), Hangup()))},
            profile=Profile(frame_ms=100),
            speed=2,
        ) as exchange,
        running_outbound(
            {**providers.env, "PORT": str(port)},
            exchange,
            DATABASE_URL=f"sqlite+aiosqlite:///{path}",
        ) as rig,
    ):
        calls = {}
        for number, (mode, name) in PEOPLE.items():
            answer = await rig.start(number, {"name": name}, mode=mode)
            calls[number] = answer.json()["call_id"]
        with locked(path):
            await eventually(lambda: all(call.over for call in exchange.placed), within=30)
        for call in exchange.placed:
            report = call.report
            assert report, call.mode
            assert report.connected, call.mode
            assert report.first_sound
            assert report.first_sound < SOON + 1.0  # there is time for their hello
        said = [each.transcript for each in providers.requests if isinstance(each, Speaking)]
        for number, (_, name) in PEOPLE.items():
            assert any(f"Hello {name}" in text for text in said)
            record = await rig.filed(calls[number])
            assert record["ending"] == "caller hung up"
        assert rig.capacity.reserved == 0
    log.clear()


async def test_tokens_are_checked_as_soon_as_the_database_is_back(
    providers: Providers, tmp_path: Path, log: list[str]
) -> None:
    """A socket whose token another process has made, and one whose token is spent."""
    path = tmp_path / "calls.db"
    url = f"sqlite+aiosqlite:///{path}"
    key = token_key(Settings.parse({"START_API_KEY": KEY}))
    stays = (Pause(20.0), HangUp())
    async with (
        run_exchange() as exchange,
        running_outbound(
            providers.env, exchange, DATABASE_URL=url, EXOTEL_CONNECT_MODE="voice-ai"
        ) as rig,
    ):
        other = await Store.open(url, token_key=key)
        theirs = await other.tokens.issue_socket_token("", "theirs18l")
        spent = await other.tokens.issue_socket_token("", "spent18l")
        ticket = await other.tokens.open(spent)
        assert ticket
        assert await other.tokens.use(ticket, "spent18l")
        await other.close()
        sockets = f"ws://{rig.address}/ws"
        with locked(path):
            good = asyncio.create_task(
                place_call(f"{sockets}/{theirs}", stays, profile=profile("theirs18l"))
            )
            bad = asyncio.create_task(
                place_call(f"{sockets}/{spent}", stays, profile=profile("spent18l"))
            )
            unsigned = signed_token(Purpose.SOCKET, b"somebody else's")
            refused = await place_call(f"{sockets}/{unsigned}", stays, profile=profile("flood18l"))
            assert refused.refused == 403
            await eventually(lambda: len(rig.capacity) == 2)
        report = await asyncio.wait_for(bad, 15)
        assert report.ended_by == "bot"
        await eventually(lambda: rig.capacity.metrics.endings["token refused"] == 1)
        await eventually(lambda: len(rig.capacity) == 1)
        good.cancel()
        await asyncio.wait({good})
        await closed(rig.store, "theirs18l")
        assert await rig.store.with_sid("spent18l") == []
    assert any("its token is another call's, or spent" in line for line in log)
    log.clear()
