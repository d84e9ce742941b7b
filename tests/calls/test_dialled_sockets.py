"""WebSockets that a dial opens: their tokens, the dynamic URL and the call they belong to."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import update

from shared.bot import Caller, Persona
from shared.conversation.greeting import policy
from shared.records.call_record import CallRecord
from shared.records.correlation import new_call_id
from shared.records.database.tables import TOKENS
from shared.records.tokens import Tokens
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from shared.telephony.phone_numbers import e164
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import NoAnswer, run_exchange
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.bots import eventually
from tests.support.outbound import Rig, running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

CREDENTIALS = ("exotel", "hunter2")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig() -> AsyncIterator[Rig]:
    async with (
        run_providers() as providers,
        run_exchange(default_person=NoAnswer(), speed=100) as exchange,
        running_outbound(
            providers.env,
            exchange,
            EXOTEL_CONNECT_MODE="voice-ai",
            EXOTEL_SAMPLE_RATE="16000",
            WS_USERNAME=CREDENTIALS[0],
            WS_PASSWORD=CREDENTIALS[1],
        ) as rig,
    ):
        yield rig


@pytest.fixture(autouse=True)
def places(rig: Rig) -> Iterator[None]:
    yield
    rig.capacity.draining = False


async def open_socket(url: str, call_sid: str) -> CallReport:
    """Connect as Exotel does, and leave soon; it doesn't try twice."""
    profile = Profile(call_sid=call_sid, handshake_retries=0, frame_ms=100)
    return await place_call(url, (Pause(0.2), HangUp()), profile=profile)


async def dialled(rig: Rig, number: str) -> tuple[str, str]:
    """A dial's SID and the socket that it told Exotel of."""
    placed = (await rig.start(number)).json()
    (call,) = [call for call in rig.exchange.calls if call.sid == placed["call_sid"]]
    return call.sid, call.fields["StreamUrl"]


async def test_the_websocket_of_a_dial_has_its_own_token_and_the_bot_s_rate(rig: Rig) -> None:
    _, url = await dialled(rig, "+919820000001")
    path, _, query = url.removeprefix(f"ws://{rig.address}").partition("?")
    assert path.startswith("/ws/")
    assert len(path) >= 32
    assert query == "sample-rate=16000"


async def test_a_token_opens_one_websocket_for_its_own_call(rig: Rig, log: list[str]) -> None:
    call_sid, url = await dialled(rig, "+919820000002")
    assert (await open_socket(url, call_sid)).connected
    again = await open_socket(url, call_sid)
    assert (again.connected, again.refused) == (False, 403)
    assert any("unknown, expired or used" in line for line in log)


async def test_a_stolen_token_carries_no_other_call(rig: Rig) -> None:
    call_sid, url = await dialled(rig, "+919820000003")
    stolen = await open_socket(url, "thief18l")
    assert (stolen.connected, stolen.close_code) == (True, 1008)
    assert (await open_socket(url, call_sid)).close_code == 1000
    await eventually(lambda: len(rig.capacity) == 0)


async def test_an_expired_token_is_refused_before_accept(rig: Rig) -> None:
    call_sid, url = await dialled(rig, "+919820000004")
    rig.store.tokens = Tokens(rig.store.database)  # of another process, which goes by the clock
    async with rig.store.database.write() as connection:
        late = datetime.now(UTC) - timedelta(seconds=1)
        await connection.execute(update(TOKENS).values(expires_at=late))
    assert (await open_socket(url, call_sid)).refused == 403


@pytest.mark.parametrize("token", ["wrong", "%00", "x" * 400, "%F0%9F%92%A9", "..%2Fws"])
async def test_a_made_up_token_is_refused_before_accept(rig: Rig, token: str) -> None:
    assert (await open_socket(f"ws://{rig.address}/ws/{token}", "any18l")).refused == 403


async def test_a_status_callback_token_opens_no_websocket(rig: Rig) -> None:
    await rig.start("+919820000005")
    token = rig.exchange.calls[-1].fields["StatusCallback"].rpartition("/")[2]
    assert (await open_socket(f"ws://{rig.address}/ws/{token}", "any18l")).refused == 403


async def test_a_websocket_without_token_needs_credentials(rig: Rig) -> None:
    assert (await open_socket(f"ws://{rig.address}/ws?sample-rate=16000", "any18l")).refused == 403


async def test_tokens_are_in_no_log_line_and_hashed_in_the_store(rig: Rig, log: list[str]) -> None:
    call_sid, url = await dialled(rig, "+919820000006")
    token = url.partition("/ws/")[2].partition("?")[0]
    await open_socket(url, call_sid)
    assert token not in "".join(log)
    async with rig.store.database.read() as connection:
        rows = (await connection.execute(TOKENS.select())).all()
    assert token not in str(rows)


ASKED = {
    "CallSid": "asked18l",
    "CallFrom": "09820000007",
    "CallTo": "08047112233",
    "Direction": "incoming",
}


def voicebot(rig: Rig) -> str:
    return f"http://{rig.address}/exotel/voicebot"


async def test_the_dynamic_url_gives_a_websocket_for_the_call_that_asks(rig: Rig) -> None:
    async with httpx.AsyncClient(auth=CREDENTIALS) as exotel:
        answer = await exotel.get(voicebot(rig), params=ASKED)
    assert answer.status_code == 200
    assert list(answer.json()) == ["url"]
    url = answer.json()["url"]
    assert url.startswith(f"ws://{rig.address}/ws/")
    assert (await open_socket(url, "another18l")).close_code == 1008
    assert (await open_socket(url, "asked18l")).close_code == 1000
    assert (await open_socket(url, "asked18l")).refused == 403


async def test_the_dynamic_url_takes_credentials_as_a_key_parameter_too(rig: Rig) -> None:
    async with httpx.AsyncClient() as exotel:
        right = await exotel.get(voicebot(rig), params={**ASKED, "key": CREDENTIALS[1]})
        wrong = await exotel.get(voicebot(rig), params={**ASKED, "key": "wrong"})
        nothing = await exotel.get(voicebot(rig), params=ASKED)
        other = await exotel.get(voicebot(rig), params=ASKED, auth=("exotel", "wrong"))
    assert [a.status_code for a in (right, wrong, nothing, other)] == [200, 401, 401, 401]


async def test_the_dynamic_url_needs_a_call_sid(rig: Rig) -> None:
    async with httpx.AsyncClient(auth=CREDENTIALS) as exotel:
        answer = await exotel.get(voicebot(rig))
    assert answer.status_code == 400


async def test_a_draining_bot_s_dynamic_url_answers_503_for_the_flow_to_go_on(rig: Rig) -> None:
    rig.capacity.draining = True
    async with httpx.AsyncClient(auth=CREDENTIALS) as exotel:
        answer = await exotel.get(voicebot(rig), params=ASKED)
    assert answer.status_code == 503


async def test_the_websocket_of_a_dial_is_part_of_its_call_record(rig: Rig) -> None:
    number = "+919820000008"
    placed = (await rig.start(number)).json()
    url = next(c for c in rig.exchange.calls if c.number == number).fields["StreamUrl"]
    await open_socket(url, placed["call_sid"])

    async def ended() -> bool:
        return bool((await rig.record(placed["call_id"]))["ending"])

    await eventually(ended)
    record = await rig.record(placed["call_id"])
    assert record["ending"] == "caller hung up"
    assert record["answered_at"]


async def test_a_call_that_exotel_dials_by_itself_is_taken_without_a_context(rig: Rig) -> None:
    url = f"ws://{':'.join(CREDENTIALS)}@{rig.address}/ws?sample-rate=16000"
    assert (await open_socket(url, "campaign18l")).close_code == 1000

    async def over() -> bool:
        calls = await rig.store.with_sid("campaign18l")
        return bool(calls) and all(call.status.over for call in calls)

    await eventually(over)
    (call,) = await rig.store.with_sid("campaign18l")
    assert (call.mode, call.context, call.ending) == (None, "", "caller hung up")


async def test_when_two_dials_fit_a_websocket_there_is_no_early_greeting(
    rig: Rig, log: list[str]
) -> None:
    for number in ("+919820000021", "+919820000022"):
        await rig.store.add(
            CallRecord(
                call_id=number,
                direction=Direction.OUTBOUND,
                created_at=datetime.now(UTC),
                mode=ConnectMode.TWO_NUMBERS,
                number=number,
                exophone=rig.exchange.account.exophone,
                doubt="so that nobody waits for its SID",
            )
        )
    report = await place_call(
        f"ws://{':'.join(CREDENTIALS)}@{rig.address}/ws?sample-rate=16000",
        (Pause(2.0), HangUp()),
        profile=Profile(from_number="08047112233", call_sid="ours18l", frame_ms=100),
    )
    assert report.connected
    assert any("2 dialled calls fit call ours18l: none is taken" in line for line in log)


@pytest.fixture
def callers(rig: Rig) -> Iterator[list[Caller]]:
    """Whom the bot has been asked to talk with."""
    resources, seen = rig.app.state.resources, []

    async def answer(caller: Caller) -> Persona:
        seen.append(caller)
        persona: Persona = await resources.answer(caller)
        return persona

    rig.app.state.resources = replace(resources, answer=answer)
    yield seen
    rig.app.state.resources = resources


async def in_a_flow(rig: Rig, number: str, context: str, **more: Any) -> CallRecord:
    """A dial whose SID isn't known."""
    call = CallRecord(
        call_id=new_call_id(),
        direction=Direction.OUTBOUND,
        created_at=datetime.now(UTC),
        mode=ConnectMode.FLOW,
        number=number,
        exophone=rig.exchange.account.exophone,
        context=context,
        doubt="so that nobody waits for its SID",
    )
    await rig.store.add(replace(call, **more))
    return call


def socket(rig: Rig) -> str:
    return f"ws://{':'.join(CREDENTIALS)}@{rig.address}/ws?sample-rate=16000"


async def test_two_dials_at_a_time_are_told_apart_by_their_tokens(
    rig: Rig, callers: list[Caller]
) -> None:
    numbers = ("+919820000031", "+919820000036")
    placed = [(await rig.start(number, {"nth": nth})).json() for nth, number in enumerate(numbers)]
    urls = {call.sid: call.fields["StreamUrl"] for call in rig.exchange.calls}
    for dial in reversed(placed):
        assert (await open_socket(urls[dial["call_sid"]], dial["call_sid"])).connected
    assert [caller.context for caller in callers] == [{"nth": 1}, {"nth": 0}]
    assert [caller.call_id for caller in callers] == [d["call_id"] for d in reversed(placed)]


async def test_two_dials_to_one_number_differ_by_custom_field_at_the_dynamic_url(
    rig: Rig, callers: list[Caller]
) -> None:
    calls = [await in_a_flow(rig, "+919820000032", str(nth)) for nth in range(2)]
    async with httpx.AsyncClient(auth=CREDENTIALS) as exotel:
        for nth in (1, 0):
            asked = {**ASKED, "CallSid": f"field{nth}18l", "CustomField": calls[nth].call_id}
            url = (await exotel.get(voicebot(rig), params=asked)).json()["url"]
            assert (await open_socket(url, f"field{nth}18l")).connected
    assert [(caller.call_id, caller.context) for caller in callers] == [
        (calls[1].call_id, 1),
        (calls[0].call_id, 0),
    ]


async def test_two_dials_to_one_number_differ_by_custom_field_on_the_websocket(
    rig: Rig, callers: list[Caller]
) -> None:
    calls = [await in_a_flow(rig, "+919820000033", str(nth)) for nth in range(2)]
    for nth in (1, 0):
        profile = Profile(call_sid=f"ws{nth}18l", custom_field=calls[nth].call_id, frame_ms=100)
        assert (await place_call(socket(rig), (Pause(0.2), HangUp()), profile=profile)).connected
    assert [caller.call_id for caller in callers] == [calls[1].call_id, calls[0].call_id]
    assert [caller.context for caller in callers] == [1, 0]


async def test_the_bot_knows_the_dialled_number_from_our_call_record(
    rig: Rig, callers: list[Caller]
) -> None:
    call = await in_a_flow(rig, "+919820000034", '"why"')
    profile = Profile(
        call_sid="differs18l",
        from_number="09999999999",
        to_number="02288888888",
        custom_field=call.call_id,
        frame_ms=100,
    )
    await place_call(socket(rig), (Pause(0.2), HangUp()), profile=profile)
    (caller,) = callers
    assert (caller.number, caller.called_number) == (call.number, e164(call.exophone))
    assert (caller.mode, caller.context) == (ConnectMode.FLOW, "why")


async def test_the_dynamic_url_gives_no_websocket_beyond_capacity(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rig.capacity, "max_calls", 0)
    refused = rig.capacity.metrics.refusals["full"]
    async with httpx.AsyncClient(auth=CREDENTIALS) as exotel:
        answer = await exotel.get(voicebot(rig), params=ASKED)
    assert answer.status_code == 503
    assert rig.capacity.metrics.refusals["full"] == refused + 1


@pytest.mark.parametrize(
    ("time_out", "ending"),
    [(1, "nobody answered"), (30, "caller hung up"), (None, "nobody answered")],
)
async def test_the_dial_timeout_of_two_numbers_decides_how_long_the_bot_waits(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, time_out: int | None, ending: str
) -> None:
    monkeypatch.setattr(policy, "DIAL_SECS", 0.2)
    monkeypatch.setattr(policy, "RING_SECS", 1.0)
    two_numbers = ConnectMode.TWO_NUMBERS
    call = await in_a_flow(rig, "+919820000035", "", mode=two_numbers, ring_secs=time_out)
    profile = Profile(call_sid=f"ring{time_out}18l", custom_field=call.call_id, frame_ms=100)
    await place_call(socket(rig), (Pause(2.5), HangUp()), profile=profile)
    assert (await rig.filed(call.call_id))["ending"] == ending
