"""Status callbacks that come late, twice, in any order or never become one outcome of the call."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from shared.records.call_events import Placed
from shared.records.call_record import CallRecord
from shared.records.tokens import Purpose, issue
from shared.telephony.timestamps import format_ist
from simulator.exotel import (
    Busy,
    Callbacks,
    Declines,
    Http,
    NoAnswer,
    Person,
    RoundRobin,
    Unreachable,
    run_exchange,
)
from simulator.providers import run_providers
from tests.support.outbound import Rig, running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = iter(range(1000))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig() -> AsyncIterator[Rig]:
    async with (
        run_providers() as providers,
        run_exchange(default_person=NoAnswer(), speed=200) as exchange,
        running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai") as rig,
    ):
        yield rig


@pytest.fixture(autouse=True)
def as_usual(rig: Rig) -> Iterator[None]:
    yield
    rig.exchange.callbacks = Callbacks()
    rig.exchange.faults.details = None


def anybody() -> str:
    return f"+9197000{next(NUMBERS):05}"


async def dialled(rig: Rig, person: Person, **dialout: Any) -> str:
    """The id of a call to somebody new."""
    number = anybody()
    rig.exchange.people[number] = person
    answer = await rig.start(number, **dialout)
    assert answer.status_code == 200, answer.text
    call_id: str = answer.json()["call_id"]
    return call_id


OUTCOMES: list[tuple[Person, str]] = [
    (NoAnswer(), "no-answer"),
    (Busy(), "busy"),
    (Declines(1.0), "busy"),
    (Unreachable(), "failed"),
]


@pytest.mark.parametrize(("person", "status"), OUTCOMES)
@pytest.mark.parametrize(
    "callbacks",
    [
        Callbacks(),
        Callbacks(doubled=1.0),
        Callbacks(reordered=True),
        Callbacks(before_answer=True),
        Callbacks(extended="always"),
        Callbacks(content_type="application/json"),
        Callbacks(content_type="application/json", extended="always"),
        Callbacks(spelling={"no-answer": "No_Answer", "busy": "BUSY", "failed": "Failed"}),
        Callbacks(extended="always", leg_spelling={"no-answer": None, "busy": "null"}),
        Callbacks(lost=1.0),
    ],
    ids=repr,
)
async def test_every_outcome_is_known_however_its_status_callbacks_come(
    rig: Rig, callbacks: Callbacks, person: Person, status: str
) -> None:
    rig.exchange.callbacks = callbacks
    call_id = await dialled(rig, person)
    record = await rig.becomes(call_id, "completed", "busy", "no-answer", "failed", "cancelled")
    assert record["status"] == status
    assert record["answered_at"] is None
    assert record["talk_secs"] in (None, 0)
    created, ended = (datetime.fromisoformat(record[f"{when}_at"]) for when in ("created", "ended"))
    assert created - timedelta(seconds=2) <= ended <= created + timedelta(seconds=10)


async def test_the_reconciler_looks_up_a_status_callback_without_a_status(rig: Rig) -> None:
    rig.exchange.callbacks = Callbacks(spelling={"no-answer": None})
    record = await rig.becomes(await dialled(rig, NoAnswer()), "no-answer")
    assert record["reason"] is None


async def test_the_reconciler_learns_price_and_duration_once_settled(rig: Rig) -> None:
    call_id = await dialled(rig, Busy())

    latest: dict[str, Any] = {}
    for _ in range(100):
        latest = await rig.record(call_id)
        if latest["price"] is not None:
            break
        await rig.exchange.clock.sleep(20)
    assert latest["price"] is not None
    assert latest["duration_secs"] is not None


async def test_the_reconciler_asks_an_exotel_that_is_down_again_later(
    rig: Rig, log: list[str]
) -> None:
    rig.exchange.callbacks = Callbacks(lost=1.0)
    rig.exchange.faults.details = RoundRobin([Http(503), Http(500)])
    await rig.becomes(await dialled(rig, Busy()), "busy")
    assert any("can't be looked up" in line for line in log)


async def test_the_reconciler_gives_up_a_call_that_exotel_never_explains(rig: Rig) -> None:
    rig.exchange.callbacks = Callbacks(lost=1.0)
    rig.exchange.faults.details = Http(503)
    usual = rig.store.schedule
    rig.store.schedule = replace(usual, give_up=1.0)
    record = await rig.becomes(await dialled(rig, Busy()), "failed")
    rig.store.schedule = usual
    assert record["reason"] == "Exotel never told what became of it"


async def token_of(rig: Rig, call_sid: str = "", **known: Any) -> tuple[str, str]:
    """A call of ours that Exotel has nothing to do with, and its status token."""
    number = anybody()
    placed = await rig.start(number)
    call_id = placed.json()["call_id"]
    call = await rig.store.find(call_id)
    assert call
    other = CallRecord(
        call_id=call_id[::-1], direction=call.direction, created_at=call.created_at, mode=call.mode
    )
    await rig.store.add(other)
    async with rig.store.database.write() as connection:
        await issue(connection, f"token-{call_id}", Purpose.STATUS, other.call_id)
    if call_sid:
        await rig.store.apply_event(other.call_id, Placed(call.created_at, call_sid))
    return other.call_id, f"/exotel/status/token-{call_id}"


async def test_a_callback_with_a_wrong_token_is_refused_before_it_is_read(rig: Rig) -> None:
    for token in ("wrong", "%00", "a" * 5000, "..%2F..", "%F0%9F%92%A9"):
        answer = await rig.client.post(f"/exotel/status/{token}", content=b"{")
        assert answer.status_code in (403, 404)


async def test_a_websocket_token_is_no_status_callback_token(rig: Rig) -> None:
    token = await rig.store.tokens.issue_socket_token("any", "any")
    answer = await rig.client.post(f"/exotel/status/{token}", data={"CallSid": "any"})
    assert answer.status_code == 403


async def test_a_status_callback_of_another_call_is_refused_and_logged(
    rig: Rig, log: list[str]
) -> None:
    call_id, path = await token_of(rig, call_sid="ours18l")
    answer = await rig.client.post(path, data={"CallSid": "theirs18l", "Status": "completed"})
    assert answer.status_code == 403
    assert (await rig.record(call_id))["status"] == "placed"
    assert any("about call theirs18l, not about ours18l" in line for line in log)


async def test_the_first_status_callback_binds_a_dial_not_answered_yet(rig: Rig) -> None:
    call_id, path = await token_of(rig)
    first = await rig.client.post(path, data={"CallSid": "early18l", "Status": "busy"})
    other = await rig.client.post(path, data={"CallSid": "other18l", "Status": "completed"})
    assert (first.status_code, other.status_code) == (200, 403)
    record = await rig.record(call_id)
    assert (record["call_sid"], record["status"]) == ("early18l", "busy")


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1), timedelta(hours=-5.5)])
@pytest.mark.parametrize("more", [{}, {"StartTime": -40}, {"StartTime": -40, "EndTime": 0}])
async def test_a_callback_by_a_wrong_clock_ends_a_call_after_its_beginning(
    rig: Rig, off: timedelta, more: dict[str, int]
) -> None:
    call_id, path = await token_of(rig)
    wrong = datetime.now(UTC) + off

    def written(secs: int) -> str:
        return format_ist(wrong + timedelta(seconds=secs))

    answered = {"EventType": "answered", "Status": "in-progress", "DateUpdated": written(-20)}
    over = {"EventType": "terminal", "Status": "completed", "DateUpdated": written(0)}
    over |= {name: written(secs) for name, secs in more.items()}
    for news in (answered, over):
        sent = await rig.client.post(path, data={"CallSid": f"clock{call_id[:20]}", **news})
        assert sent.status_code == 200
    record = await rig.record(call_id)
    assert record["status"] == "completed"
    times = [record[name] for name in ("created_at", "answered_at", "ended_at") if record[name]]
    assert times == sorted(times)
    assert record["ended_at"] <= datetime.now(UTC).isoformat()


FIELDS = {"CallSid": "typed18l", "Status": "busy"}
JSON = json.dumps(FIELDS).encode()
FORM = urlencode(FIELDS).encode()
PARTS = (
    b'--Xy\r\nContent-Disposition: form-data; name="CallSid"\r\n\r\ntyped18l\r\n'
    b'--Xy\r\nContent-Disposition: form-data; name="Status"\r\n\r\nbusy\r\n--Xy--\r\n'
)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (JSON, "APPLICATION/JSON"),
        (JSON, "Application/Json; Charset=UTF-8"),
        (JSON, "text/json"),
        (JSON, "application/vnd.exotel.v1+JSON"),
        (JSON, None),
        (JSON, ""),
        (JSON, "text/plain"),
        (JSON, "application/octet-stream"),
        (JSON, "application/x-www-form-urlencoded"),
        (b"\xef\xbb\xbf\r\n " + JSON, "text/plain"),
        (FORM, "Application/X-WWW-Form-URLEncoded; Charset=UTF-8"),
        (FORM, None),
        (FORM, "text/plain"),
        (PARTS, "MULTIPART/FORM-DATA; BOUNDARY=Xy"),
        (PARTS, 'Multipart/Form-Data; Boundary="Xy"'),
        (PARTS, "multipart/form-data"),
        (PARTS, None),
        (PARTS, "text/plain"),
        (PARTS, "application/json"),
        (PARTS, "multipart/form-data; boundary=another"),
        (PARTS.replace(b"\r\n", b"\n"), "multipart/form-data; boundary=Xy"),
        (FORM, "application/json"),
        (FORM, "multipart/form-data"),
    ],
)
async def test_a_status_callback_is_read_whatever_its_media_type(
    rig: Rig, body: bytes, content_type: str | None
) -> None:
    call_id, path = await token_of(rig)
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = await rig.client.post(path, content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert (await rig.record(call_id))["status"] == "busy"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 3000, "application/json"),
        (b'{"CallSid": {}}', "application/json"),
        (b"Status=completed", "application/x-www-form-urlencoded"),
        (b"CallSid=%00", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"hello", ""),
        (b'["CallSid"]', "text/plain"),
        (b'{"CallSid":', ""),
        (b"--x", "text/plain"),
        (b"<CallSid>1</CallSid>", "application/xml"),
    ],
)
async def test_a_malformed_status_callback_is_refused(
    rig: Rig, body: bytes, content_type: str
) -> None:
    _, path = await token_of(rig)
    answer = await rig.client.post(path, content=body, headers={"Content-Type": content_type})
    assert answer.status_code == 400


async def test_a_status_callback_without_end_is_refused(rig: Rig) -> None:
    _, path = await token_of(rig)
    answer = await rig.client.post(path, data={"CallSid": "x", "Status": "y" * 70_000})
    assert answer.status_code == 413
