"""Call records that a session writes; a failing database never hurts the call."""

import httpx
import pytest

from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.correlation import IncomingLeg
from shared.records.database.transactions import StoreError
from shared.records.session_record import SessionRecord
from shared.records.store import Store
from shared.session.record_lookup import RecordLookup
from shared.session.record_writer import RecordWriter
from shared.telephony.direction import Direction
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, WaitForBot
from simulator.stream.profiles import Profile
from tests.support.bots import Bot, eventually

PROFILE = Profile(call_sid="filed18l", from_number="09876543210", frame_ms=100)


def store_of(bot: Bot) -> Store:
    store: Store = bot.app.state.store
    return store


async def the_file(bot: Bot, call_sid: str) -> CallRecord:
    """The one file of a call, once it's over."""

    async def over() -> bool:
        calls = await store_of(bot).with_sid(call_sid)
        return bool(calls) and all(call.status.over for call in calls)

    await eventually(over)
    (call,) = await store_of(bot).with_sid(call_sid)
    return call


async def test_an_inbound_call_has_a_call_record(bot: Bot) -> None:
    report = await place_call(bot.url, (Pause(0.3), HangUp()), profile=PROFILE)
    call = await the_file(bot, "filed18l")
    assert (call.direction, call.mode) == (Direction.INBOUND, None)
    assert (call.number, call.exophone) == ("+919876543210", "+918047112233")
    assert call.status is Status.COMPLETED
    assert (call.ending, call.stream_sid) == ("caller hung up", report.stream_sid)
    assert call.opened_at
    assert call.closed_at
    secs = (call.closed_at - call.opened_at).total_seconds()
    assert secs == pytest.approx(report.duration, abs=0.5)


async def test_a_call_s_second_websocket_makes_no_second_call_record(bot: Bot) -> None:
    for _ in range(2):
        await place_call(bot.url, (Pause(0.2), HangUp()), profile=PROFILE)
    assert (await the_file(bot, "filed18l")).status is Status.COMPLETED


async def test_the_dynamic_url_gives_inbound_calls_a_websocket_and_a_record(bot: Bot) -> None:
    asked = {"CallSid": "asked18l", "CallFrom": "09876543210", "CallTo": "08047112233"}
    async with httpx.AsyncClient(trust_env=False) as exotel:
        answer = await exotel.get(f"http://{bot.address}/exotel/voicebot", params=asked)
    url = answer.json()["url"]
    assert url.startswith(f"ws://{bot.address}/ws/")
    assert url.endswith("?sample-rate=8000")
    profile = Profile(call_sid="asked18l", frame_ms=100)
    report = await place_call(url, (Pause(0.3), HangUp()), profile=profile)
    assert report.first_sound is not None
    assert (await the_file(bot, "asked18l")).status is Status.COMPLETED


@pytest.mark.parametrize(
    ("written", "number", "call_record"),
    [
        ("sip:+919876543210@pstn.example.in", "+919876543210", True),
        ("+09876543210", "+919876543210", True),
        ("+91XXXXXX3210", "+91XXXXXX3210", False),
        ("anonymous", "anonymous", False),
        ("", "", False),
    ],
)
def test_a_bot_is_told_the_caller_s_phone_number_or_that_it_is_withheld(
    written: str, number: str, call_record: bool
) -> None:
    record = SessionRecord("c1", "s1", Direction.INBOUND, written, "08047112233")
    lookup = RecordLookup(None, IncomingLeg("c1"), Direction.INBOUND)
    file = RecordWriter(None, record, lookup)
    caller = file.caller({})
    assert file.number_known is call_record
    assert (caller.number, caller.number_known) == (number, call_record)
    assert caller.called_number == "+918047112233"


async def test_a_masked_phone_number_is_in_the_call_record_as_exotel_wrote_it(
    bot: Bot, log: list[str]
) -> None:
    profile = Profile(call_sid="masked18l", from_number="+91XXXXXX5678", frame_ms=100)
    await place_call(bot.url, (Pause(0.3), HangUp()), profile=profile)
    assert (await the_file(bot, "masked18l")).number == "+91XXXXXX5678"
    assert any("from ***5678 to" in line for line in log)


async def test_a_failing_database_does_not_hurt_a_call(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    for name in ("add", "apply_event", "with_sid", "awaiting_a_socket"):
        monkeypatch.setattr(store_of(bot), name, fail)
    report = await place_call(bot.url, (WaitForBot(quiet=0.3), HangUp()), profile=PROFILE)
    assert report.first_sound is not None
    await eventually(lambda: len(bot.capacity) == 0)
    errors = [line for line in log if line.startswith("ERROR")]
    assert errors
    assert all("the disk is full" in line for line in errors)
    log.clear()


async def test_a_failing_database_refuses_tokens_and_tells_exotel(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store_of(bot).tokens, "_open", fail)
    monkeypatch.setattr(store_of(bot).tokens, "call_of", fail)
    profile = Profile(handshake_retries=0)
    refused = await place_call(f"{bot.url}/token", (HangUp(),), profile=profile)
    assert refused.refused == 403
    async with httpx.AsyncClient(trust_env=False) as exotel:
        answer = await exotel.post(f"http://{bot.address}/exotel/status/token")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    log.clear()
