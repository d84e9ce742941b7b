"""Answers to the Passthru and Connect applets, and the transfer summary for the person."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import delete

from shared.records.call_events import SocketOpened, StreamEnded
from shared.records.call_record import CallRecord
from shared.records.database.tables import CALLS, TRANSFERS
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.records.transfer_record import TransferRecord
from shared.records.transfer_store import TransferStore
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.app import build_control_app
from shared.web.webhooks import pending_transfer
from tests.support.bots import database_in, eventually, serving
from tests.support.call_records import OTHER_SID, SID, ago, came_in, dialled

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGENT, DESK, SECOND_DESK = "+919812345678", "+918047112233", "+912227654321"
EXOTEL = ("exotel", "hunter2")
KEY = {"Authorization": "Bearer desk-key"}
ENVIRONMENT = {
    "PORT": "0",
    "TRANSFER_NUMBERS": f"{DESK}, 022-27654321",
    "TRANSFER_RING_SECS": "20",
    "WS_USERNAME": EXOTEL[0],
    "WS_PASSWORD": EXOTEL[1],
    "START_API_KEY": "desk-key",
}
DECIDED = TransferRecord(
    call_sid=SID,
    decided_at=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
    to=(AGENT,),
    reason="wants a refund",
    stream_sid="stream-1",
)
TOLD = {
    "CallSid": SID,
    "CurrentTime": "2026-03-01 15:30:05",
    "Stream[StreamSID]": "stream-1",
    "Stream[Status]": "completed",
    "Stream[Duration]": "28",
    "Stream[StreamUrl]": "wss://exotel:hunter2@bot.example.com/ws",
    "Stream[DisconnectedBy]": "bot",
}


@dataclass(frozen=True)
class Desk:
    """A process that answers Exotel, and a client with the applet's credentials."""

    store: Store
    exotel: httpx.AsyncClient

    async def way(self, told: Mapping[str, str] = TOLD) -> int:
        """What Passthru is told."""
        return (await self.exotel.get("/exotel/passthru", params=told)).status_code

    async def numbers(self, call_sid: str = SID) -> list[str]:
        """Whom Connect is told to dial."""
        answer = await self.exotel.get("/exotel/connect", params={"CallSid": call_sid})
        assert answer.status_code == 200, answer.text
        found: list[str] = answer.json()["destination"]["numbers"]
        return found


@asynccontextmanager
async def running_desk(folder: Path, **environment: str) -> AsyncIterator[Desk]:
    settings = Settings.parse({**ENVIRONMENT, **database_in(folder), **environment})
    app = build_control_app(settings, direction=Direction.INBOUND)
    async with (
        serving(app, settings) as address,
        httpx.AsyncClient(
            base_url=f"http://{address}", auth=EXOTEL, timeout=10, trust_env=False
        ) as exotel,
    ):
        yield Desk(app.state.store, exotel)


POLL_SECS, ANSWER_SECS = pending_transfer.POLL_SECS, pending_transfer.ANSWER_SECS


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way to the disk in most of these tests."""
    monkeypatch.setattr(pending_transfer, "POLL_SECS", (0.0, 0.01))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with running_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest_asyncio.fixture(loop_scope="module")
async def desk(running: Desk) -> Desk:
    """The one desk of this module, which knows nothing yet."""
    database = running.store.database
    running.store.transfers = TransferStore(database)
    async with database.write() as connection:
        for table in (CALLS, TRANSFERS):
            await connection.execute(delete(table))
    return running


async def opened(desk: Desk, stream_sid: str) -> None:
    """A socket of the call is on record."""
    call_record = await desk.store.with_sid(SID)
    if not call_record:
        await desk.store.add(call := came_in())
        call_record = [call]
    await desk.store.apply_event(call_record[0].call_id, SocketOpened(ago(0), SID, stream_sid))


async def test_passthru_sends_a_caller_with_a_transfer_decision_to_a_person(desk: Desk) -> None:
    await opened(desk, "stream-1")
    await desk.store.transfers.decide(DECIDED)
    assert await desk.way() == 302
    answer = await desk.exotel.get("/exotel/connect", params=TOLD, headers={"Exotel-Version": "1"})
    assert answer.json() == {
        "fetch_after_attempt": False,
        "destination": {"numbers": [AGENT]},
        "max_ringing_duration": 20,
        "record": False,
    }


async def test_the_302_of_a_passthru_has_no_location(desk: Desk) -> None:
    await desk.store.transfers.decide(DECIDED)
    answer = await desk.exotel.get("/exotel/passthru", params=TOLD)
    assert (answer.status_code, answer.content) == (302, b"")
    assert "location" not in answer.headers


async def test_a_transfer_without_numbers_dials_the_configured_ones(
    tmp_path: Path,
) -> None:
    async with running_desk(tmp_path, TRANSFER_RECORD="true") as desk:
        await desk.store.transfers.decide(replace(DECIDED, to=()))
        answer = (await desk.exotel.get("/exotel/connect", params=TOLD)).json()
    assert answer["destination"] == {"numbers": [DESK, SECOND_DESK]}
    assert (answer["record"], answer["recording_channels"]) == (True, "dual")


async def test_passthru_connects_a_caller_who_has_finished_with_nobody(desk: Desk) -> None:
    await desk.store.transfers.decide(replace(DECIDED, call_sid=OTHER_SID))
    assert await desk.way() == 200
    assert await desk.numbers() == []


async def test_a_transfer_without_any_number_dials_nobody(tmp_path: Path) -> None:
    async with running_desk(tmp_path, TRANSFER_NUMBERS="") as desk:
        await desk.store.transfers.decide(replace(DECIDED, to=()))
        assert await desk.numbers() == []


async def test_another_process_answers_the_passthru_as_well(tmp_path: Path) -> None:
    async with running_desk(tmp_path) as desk, running_desk(tmp_path) as other:
        await desk.store.transfers.decide(DECIDED)
        assert other.store.transfers.recall(SID) is None
        assert (await other.way(), await other.numbers()) == (302, [AGENT])


async def test_a_transfer_decision_of_an_earlier_stream_no_longer_counts(
    desk: Desk,
) -> None:
    await opened(desk, "stream-1")
    await desk.store.transfers.decide(DECIDED)
    await opened(desk, "stream-2")
    assert (await desk.way(), await desk.numbers()) == (200, [])
    again = replace(DECIDED, decided_at=datetime.now(UTC), stream_sid="stream-2")
    await desk.store.transfers.decide(again)
    assert (await desk.way(), await desk.numbers()) == (302, [AGENT])


async def test_the_passthru_timeouts_leave_time_for_every_database_query() -> None:
    assert 0.3 < sum(POLL_SECS) < ANSWER_SECS < 1.0


@pytest.mark.parametrize("path", ["/exotel/passthru", "/exotel/connect"])
async def test_a_recorded_transfer_decision_is_answered_within_a_second(
    desk: Desk, path: str
) -> None:
    await desk.store.transfers.decide(DECIDED)
    began = time.monotonic()
    await desk.exotel.get(path, params=TOLD)
    assert time.monotonic() - began < 1.0


async def test_passthru_waits_a_little_for_a_late_transfer_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_transfer, "POLL_SECS", (0.0,) + (0.05,) * 60)
    monkeypatch.setattr(pending_transfer, "ANSWER_SECS", 5.0)
    async with running_desk(tmp_path) as desk, running_desk(tmp_path) as taker:
        asking = asyncio.create_task(desk.way())
        await asyncio.sleep(0.2)
        assert not asking.done()
        await taker.store.transfers.decide(DECIDED)
        assert await asking == 302


def hangs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(call_sid: str) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(desk.store.transfers, "find", never)


def fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(call_sid: str) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(desk.store.transfers, "find", fail)


Trouble = Callable[[Desk, pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("trouble", "said"), [(hangs, "no answer within"), (fails, "disk is full")]
)
async def test_when_the_database_fails_connect_leads_to_the_fallback_url(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, log: list[str], trouble: Trouble, said: str
) -> None:
    trouble(desk, monkeypatch)
    began = time.monotonic()
    assert await desk.way() == 200
    answer = await desk.exotel.get("/exotel/connect", params=TOLD)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert time.monotonic() - began < 4.0  # both together, on a busy machine too
    assert all(said in line for line in log if line.startswith("ERROR"))
    assert len([line for line in log if line.startswith("ERROR")]) == 2
    log.clear()


@pytest.mark.parametrize("trouble", [hangs, fails])
async def test_a_process_keeps_its_transfers_when_the_database_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    await desk.store.transfers.decide(DECIDED)
    trouble(desk, monkeypatch)
    assert (await desk.way(), await desk.numbers()) == (302, [AGENT])


async def recorded(desk: Desk, call_id: str) -> StreamEnded:
    """What is on record of the call's stream, once it is."""

    async def there() -> bool:
        call = await desk.store.find(call_id)
        return call is not None and call.stream_over is not None

    await eventually(there)
    call = await desk.store.find(call_id)
    assert call
    assert call.stream_over
    return call.stream_over


async def send(desk: Desk, how: str) -> httpx.Response:
    """What Exotel tells of the stream, in every way in which it might."""
    bracketed = TOLD
    bare = {name: value for name, value in TOLD.items() if not name.startswith("Stream")}
    told = {name[7:-1]: value for name, value in TOLD.items() if name.startswith("Stream")}
    match how:
        case "brackets as they are":
            query = "&".join(f"{n}={v}" for n, v in bracketed.items()).replace(" ", "+")
            return await desk.exotel.get(f"/exotel/passthru?{query}")
        case "json":
            whole = {**bare, "Stream": str(told).replace("'", '"')}
            return await desk.exotel.get("/exotel/passthru", params=whole)
        case "form":
            return await desk.exotel.post("/exotel/passthru", data=bracketed)
        case "json body":
            return await desk.exotel.post("/exotel/passthru", json={**bare, "Stream": told})
        case _:
            return await desk.exotel.get("/exotel/passthru", params=bracketed)


@pytest.mark.parametrize(
    "how", ["brackets encoded", "brackets as they are", "json", "form", "json body"]
)
async def test_passthru_adds_the_stream_s_ending_to_the_call_record(desk: Desk, how: str) -> None:
    call = dialled(call_sid=SID)
    await desk.store.add(call)
    assert (await send(desk, how)).status_code == 200
    assert await recorded(desk, call.call_id) == StreamEnded(
        at=datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC),
        stream_sid="stream-1",
        status="completed",
        secs=28,
        ended_by="bot",
    )


async def test_a_failed_stream_is_logged_without_its_url(desk: Desk, log: list[str]) -> None:
    failed = {
        **TOLD,
        "Stream[Status]": "failed",
        "Stream[Error]": "3009 no ws conn to wss://exotel:hunter2@bot.example.com/ws",
    }
    call = came_in()
    await desk.store.add(call)
    assert await desk.way(failed) == 200
    assert (await recorded(desk, call.call_id)).error == "3009 no ws conn to (its URL)"
    assert any(f"the stream of call {SID} failed: 3009 no ws conn" in line for line in log)
    async with desk.store.database.read() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM calls")).all()
    assert "hunter2" not in str(rows) + "".join(log)


async def test_passthru_answers_for_a_call_without_a_call_record(desk: Desk) -> None:
    assert await desk.way({**TOLD, "CallSid": "stranger18l"}) == 200
    await desk.store.transfers.decide(replace(DECIDED, call_sid="stranger18l"))
    assert await desk.way({**TOLD, "CallSid": "stranger18l"}) == 302


async def test_a_call_record_deleted_meanwhile_does_not_fail_the_passthru(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def deleted(call_sid: str) -> list[CallRecord]:
        asked.set()
        return [came_in()]

    monkeypatch.setattr(desk.store, "with_sid", deleted)
    assert await desk.way() == 200
    await asyncio.wait_for(asked.wait(), 5)


async def test_the_stream_s_ending_is_lost_when_the_database_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    async def fail(call_sid: str) -> list[CallRecord]:
        raise StoreError("the disk is full")

    monkeypatch.setattr(desk.store, "with_sid", fail)
    assert await desk.way() == 200
    lost = f"ERROR how the stream of call {SID} ended is lost: the disk is full\n"
    await eventually(lambda: lost in log)
    log.clear()


async def test_a_malformed_stream_does_not_change_passthru_s_answer(
    desk: Desk, log: list[str]
) -> None:
    await desk.store.transfers.decide(DECIDED)
    assert await desk.way({"CallSid": SID, "Stream": "{'Status': 'completed'"}) == 302
    assert any("ended made no sense" in line for line in log)


@pytest.mark.parametrize("fields", [{}, {"CallSid": "../.."}, {"Stream": "{"}])
async def test_a_malformed_webhook_lets_the_flow_go_on(
    desk: Desk, log: list[str], fields: dict[str, str]
) -> None:
    assert await desk.way(fields) == 200
    answer = await desk.exotel.get("/exotel/connect", params=fields)
    assert answer.json() == {"fetch_after_attempt": False, "destination": {"numbers": []}}
    assert len([line for line in log if "made no sense" in line]) == 2


async def test_an_unreadable_webhook_body_takes_nothing_from_the_query(
    desk: Desk, log: list[str]
) -> None:
    await desk.store.transfers.decide(DECIDED)
    junk: dict[str, Any] = {"content": b"{", "headers": {"Content-Type": "application/json"}}
    answer = await desk.exotel.post("/exotel/passthru", params=TOLD, **junk)
    assert answer.status_code == 302
    assert any("can't be read" in line for line in log)


@pytest.mark.parametrize("path", ["/exotel/passthru", "/exotel/connect"])
async def test_passthru_and_connect_need_credentials(desk: Desk, path: str, log: list[str]) -> None:
    await desk.store.transfers.decide(DECIDED)
    wrong = await desk.exotel.get(path, params=TOLD, auth=("exotel", "wrong"))
    async with httpx.AsyncClient(base_url=desk.exotel.base_url, trust_env=False) as stranger:
        nothing = await stranger.get(path, params=TOLD)
        guessed = await stranger.get(path, params={**TOLD, "key": "guessed"})
        right = await stranger.get(path, params={**TOLD, "key": EXOTEL[1]})
    assert [a.status_code for a in (wrong, nothing, guessed)] == [401, 401, 401]
    assert right.status_code in (200, 302)
    assert len([line for line in log if f"refused {path}: credentials" in line]) == 3
    assert "hunter2" not in "".join(log)


async def test_another_version_of_the_connect_applet_is_logged(desk: Desk, log: list[str]) -> None:
    await desk.exotel.get("/exotel/connect", params=TOLD, headers={"exotel-version": "2.0"})
    assert any("version '2.0'" in line for line in log)


async def test_the_person_of_a_transfer_reads_its_summary(desk: Desk) -> None:
    await desk.store.transfers.decide(DECIDED)
    path = f"/handovers/{SID}"
    before = (await desk.exotel.get(path, auth=None, headers=KEY)).json()
    assert before == {
        "call_sid": SID,
        "to": [AGENT],
        "reason": "wants a refund",
        "summary": None,
        "decided_at": "2026-03-01T10:00:00.000+00:00",
    }
    await desk.store.transfers.decide(replace(DECIDED, summary="आशा was billed twice."))
    after = (await desk.exotel.get(path, auth=None, headers=KEY)).json()
    assert after == {**before, "summary": "आशा was billed twice."}
    nobody = await desk.exotel.get(f"/handovers/{OTHER_SID}", auth=None, headers=KEY)
    assert nobody.status_code == 404


@pytest.mark.parametrize("key", ["desk-key", ""])
async def test_nobody_else_reads_the_transfer_summary(tmp_path: Path, key: str) -> None:
    async with running_desk(tmp_path, START_API_KEY=key) as desk:
        await desk.store.transfers.decide(DECIDED)
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer"}):
            answer = await desk.exotel.get(f"/handovers/{SID}", auth=None, headers=headers)
            assert answer.status_code == 401
            assert "refund" not in answer.text


async def test_a_transfer_s_log_masks_phone_numbers_and_holds_no_summary(
    desk: Desk, log: list[str]
) -> None:
    await desk.store.transfers.decide(replace(DECIDED, summary="billed twice"))
    await desk.way()
    await desk.numbers()
    said = "".join(log)
    assert f"call {SID} is to be connected with *********5678" in said
    for secret in (AGENT, "refund", "billed twice"):
        assert secret not in said
