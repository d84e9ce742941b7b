"""`POST /start`: validation, idempotency, refusals and dials in doubt."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from outbound.start_request import MAX_CONTEXT
from shared.web.body import MAX_BODY
from simulator.exotel import KNOWN, Http, NoAnswer, run_exchange
from simulator.providers import run_providers
from tests.support.bots import eventually
from tests.support.outbound import BEARER, Rig, running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig() -> AsyncIterator[Rig]:
    """Nobody picks up."""
    async with (
        run_providers() as providers,
        run_exchange(default_person=NoAnswer(), speed=100) as exchange,
        running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai") as rig,
    ):
        yield rig


async def test_a_client_of_pipecat_s_dial_example_gets_its_answer_and_a_call_id(rig: Rig) -> None:
    answer = await rig.client.post(
        "/start", json={"dialout_settings": {"phone_number": "+919810000001"}}
    )
    (call,) = [call for call in rig.exchange.placed if call.number == "+919810000001"]
    body = answer.json()
    call_id = body.pop("call_id")
    assert answer.status_code == 200
    assert body == {
        "call_sid": call.sid,
        "status": "call_initiated",
        "phone_number": "+919810000001",
    }
    assert (await rig.record(call_id))["call_sid"] == call.sid


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "none"),
        ({"Authorization": "Bearer wrong"}, "wrong"),
        ({"Authorization": "Bearer"}, "empty"),
        ({"Authorization": BEARER["Authorization"].removeprefix("Bearer ")}, "bare"),
        ({"Authorization": "Basic c3RhcnQta2V5Og=="}, "basic"),
    ],
)
async def test_without_credentials_nothing_is_dialled(
    rig: Rig, headers: dict[str, str], why: str
) -> None:
    dialled = len(rig.exchange.calls)
    async with httpx.AsyncClient(base_url=f"http://{rig.address}") as stranger:
        body = {"dialout_settings": {"phone_number": "+919810000002"}}
        started = await stranger.post("/start", json=body, headers=headers)
        looked = await stranger.get("/calls/any", headers=headers)
    assert (started.status_code, looked.status_code) == (401, 401), why
    assert started.headers["www-authenticate"] == "Bearer"
    assert len(rig.exchange.calls) == dialled


async def test_a_start_request_of_a_browser_on_another_origin_is_refused(rig: Rig) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = await rig.client.options("/start", headers=asked)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("written", ["98100 00030", "09810000031", "+91-98100-00032"])
async def test_phone_numbers_are_dialled_in_e164_however_they_are_written(
    rig: Rig, written: str
) -> None:
    number = f"+9198100000{written[-2:]}"
    answer = await rig.start(written)
    assert answer.json()["phone_number"] == number
    assert rig.exchange.rung(number) == 1


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, "dialout_settings: Field required"),
        ([], "body"),
        ({"dialout_settings": {}}, "dialout_settings.phone_number: Field required"),
        ({"dialout_settings": {"phone_number": "12"}}, "the phone number"),
        ({"dialout_settings": {"phone_number": "112"}}, "the phone number"),
        ({"dialout_settings": {"phone_number": "+1 900 234 5678"}}, "a premium-rate number"),
        ({"dialout_settings": {"phone_number": "+8816 2345 6789"}}, "to a satellite"),
        ({"dialout_settings": {"phone_number": "+1 416 555 0123"}}, "DIAL_COUNTRIES allows IN"),
        ({"dialout_settings": {"phone_number": "080 4711 2233"}}, "our own ExoPhone"),
        ({"dialout_settings": {"phone_number": 9810000004}}, "valid string"),
        ({"dialout_settings": {"phone_number": "+919810000004"}, "contxt": 1}, "contxt"),
        ({"dialout_settings": {"phone_number": "+919810000004", "modus": 1}}, "modus"),
        ({"dialout_settings": {"phone_number": "+919810000004", "mode": "sip"}}, "voice-ai"),
        ({"dialout_settings": {"phone_number": "+919810000004", "mode": "flow"}}, "FLOW_ID"),
        ({"dialout_settings": {"phone_number": "+919810000004", "time_limit": 14401}}, "14400"),
        ({"dialout_settings": {"phone_number": "+919810000004", "time_out": 0}}, "time_out"),
        ({"dialout_settings": {"phone_number": "+919810000004", "record": "yes"}}, "record"),
        (
            {"dialout_settings": {"phone_number": "+919810000004", "recording_channels": "both"}},
            "'single' or 'dual'",
        ),
        (
            {
                "dialout_settings": {
                    "phone_number": "+919810000004",
                    "mode": "voice-ai",
                    "time_out": 20,
                }
            },
            "TimeOut",
        ),
    ],
)
async def test_a_wrong_start_request_dials_nobody_and_says_what_was_wrong(
    rig: Rig, body: Any, fault: str
) -> None:
    dialled = len(rig.exchange.calls)
    answer = await rig.client.post("/start", json=body)
    assert answer.status_code == 422
    assert fault in " ".join(answer.json()["detail"])
    assert len(rig.exchange.calls) == dialled


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 3000, b'{"a": NaN}', b"9" * 5000])
async def test_a_start_request_that_is_no_json_is_refused(rig: Rig, body: bytes) -> None:
    answer = await rig.client.post("/start", content=body)
    assert answer.status_code == 400
    assert "no JSON" in answer.json()["detail"]


async def test_a_dial_context_of_eight_kilobytes_is_kept_a_larger_one_refused(rig: Rig) -> None:
    fits = {"note": "ü" * ((MAX_CONTEXT - len('{"note":""}')) // 2)}
    answer = await rig.start("+919810000005", fits)
    assert answer.status_code == 200
    call_record = await rig.store.find(answer.json()["call_id"])
    assert call_record
    assert call_record.context.endswith('ü"}')
    assert (await rig.start("+919810000005", {"note": fits["note"] + "ü"})).status_code == 413
    assert rig.exchange.rung("+919810000005") == 1


async def test_a_start_request_without_end_is_refused(rig: Rig) -> None:
    answer = await rig.client.post("/start", content=b" " * (MAX_BODY + 1))
    assert answer.status_code == 413


async def test_dial_options_reach_exotel_under_its_names(rig: Rig) -> None:
    answer = await rig.start(
        "+919810000006",
        mode="two-numbers",
        time_limit=600,
        time_out=25,
        record=True,
        recording_channels="dual",
    )
    (call,) = [call for call in rig.exchange.placed if call.number == "+919810000006"]
    given = dict(call.fields)
    assert given["StatusCallback"].startswith(f"http://{rig.address}/exotel/status/")
    del given["StatusCallback"]
    assert given == {
        "From": rig.exchange.account.exophone,
        "To": "+919810000006",
        "CallerId": rig.exchange.account.exophone,
        "CallType": "trans",
        "TimeLimit": "600",
        "TimeOut": "25",
        "Record": "true",
        "RecordingChannels": "dual",
        "CustomField": answer.json()["call_id"],
        "StatusCallbackEvents[0]": "terminal",
        "StatusCallbackEvents[1]": "answered",
    }


async def test_the_same_idempotency_key_answers_with_the_first_result(rig: Rig) -> None:
    first = await rig.start("+919810000007", {"a": 1, "b": 2}, key="seven")
    again = await rig.start("098100 00007", {"b": 2, "a": 1}, key="seven")
    assert (again.status_code, again.json()) == (200, first.json())
    assert rig.exchange.rung("+919810000007") == 1


async def test_the_same_idempotency_key_with_another_body_is_a_conflict(rig: Rig) -> None:
    await rig.start("+919810000008", key="eight")
    for other in (
        await rig.start("+919810000009", key="eight"),
        await rig.start("+919810000008", {"a": 1}, key="eight"),
        await rig.start("+919810000008", key="eight", record=True),
    ):
        assert other.status_code == 409
    assert (rig.exchange.rung("+919810000008"), rig.exchange.rung("+919810000009")) == (1, 0)


async def test_concurrent_requests_with_one_idempotency_key_dial_once(rig: Rig) -> None:
    answers = await asyncio.gather(*(rig.start("+919810000010", key="ten") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["call_id"] for answer in answers}) == 1
    assert rig.exchange.rung("+919810000010") == 1


@pytest.mark.parametrize("key", [b"", b"x" * 256, b"schl\xfcssel", b"a\tb"])
async def test_a_malformed_idempotency_key_is_refused(rig: Rig, key: bytes) -> None:
    body = {"dialout_settings": {"phone_number": "+919810000011"}}
    answer = await rig.client.post("/start", json=body, headers={b"Idempotency-Key": key})
    assert answer.status_code == 422
    assert rig.exchange.rung("+919810000011") == 0


REJECTIONS = {
    "bad-request": "EXOTEL_PHONE_NUMBER",
    "bad-credentials": "EXOTEL_API_KEY",
    "no-balance": "top up",
    "no-kyc": "KYC",
    "no-feature": "enable",
    "bad-ip": "allowed",
    "dnd": "do-not-disturb",
    "not-found": "EXOTEL_ACCOUNT_SID",
}


@pytest.mark.parametrize("name", REJECTIONS)
async def test_exotel_s_refusal_of_a_dial_is_passed_on_with_what_to_do(rig: Rig, name: str) -> None:
    number = f"+9198200000{list(REJECTIONS).index(name):02}"
    fault = KNOWN[name]
    assert isinstance(fault, Http)
    rig.exchange.faults.numbers[number] = fault
    answer = await rig.start(number, key=name)
    body = answer.json()
    assert answer.status_code == 502
    assert (body["status"], body["detail"]) == ("rejected", fault.message)
    assert REJECTIONS[name] in body["hint"]
    again = await rig.start(number, key=name)
    assert (again.status_code, again.json()) == (502, body)
    record = await rig.record(body["call_id"])
    assert (record["status"], record["reason"]) == ("rejected", fault.message)
    assert rig.exchange.rung(number) == 0


async def test_after_exotel_s_rate_limit_the_idempotency_key_may_dial_again(rig: Rig) -> None:
    number = "+919830000001"
    rig.exchange.faults.numbers[number] = Http(429, "Rate limit exceeded.", retry_after=7)
    refused = await rig.start(number, key="later")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "7")
    assert (await rig.record(refused.json()["call_id"]))["status"] == "rejected"
    del rig.exchange.faults.numbers[number]
    assert (await rig.start(number, key="later")).status_code == 200
    assert rig.exchange.rung(number) == 1


DOUBTS = [
    *("server-error", "server-error-but-rings", "unavailable", "gateway-timeout"),
    *("timeout", "timeout-but-rings", "cut", "cut-but-rings"),
    *("html", "empty", "truncated", "no-sid", "exception-200"),
]


@pytest.mark.parametrize("name", DOUBTS)
async def test_a_dial_of_unknown_outcome_is_reconciled_and_never_repeated(
    rig: Rig, name: str
) -> None:
    number = f"+9198400000{DOUBTS.index(name):02}"
    rig.exchange.callbacks = rig.exchange.callbacks.__class__(lost=1.0)
    rig.exchange.faults.numbers[number] = KNOWN[name]
    answer = await rig.start(number, key=name)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (504, "unknown")
    rang = rig.exchange.rung(number)
    record = await rig.becomes(body["call_id"], "no-answer", "failed")
    assert record["status"] == ("no-answer" if rang else "failed")
    again = await rig.start(number, key=name)
    assert again.status_code == (200 if rang else 504)
    assert again.json()["call_id"] == body["call_id"]
    assert rig.exchange.rung(number) == rang <= 1


async def test_a_client_waiting_for_the_same_dial_gets_a_retry_after_too(rig: Rig) -> None:
    number = "+919830000002"
    rig.exchange.faults.numbers[number] = Http(429, "Rate limit exceeded.", retry_after=7)
    answers = await asyncio.gather(*(rig.start(number, key="together") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {429}
    assert {answer.headers["retry-after"] for answer in answers} == {"7"}


async def test_an_unknown_call_record_is_not_found(rig: Rig) -> None:
    assert (await rig.client.get("/calls/nonsense")).status_code == 404


async def test_a_bot_in_shutdown_or_at_capacity_dials_nobody(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rig.capacity, "draining", True)
    answer = await rig.start("+919810000012")
    assert (answer.status_code, "shutting down" in answer.json()["detail"]) == (503, True)
    monkeypatch.setattr(rig.capacity, "draining", False)
    monkeypatch.setattr(rig.capacity, "max_calls", 0)
    answer = await rig.start("+919810000012")
    assert (answer.status_code, "full" in answer.json()["detail"]) == (503, True)
    assert answer.headers["retry-after"]
    assert rig.exchange.rung("+919810000012") == 0


async def test_dials_are_counted_in_metrics(rig: Rig) -> None:
    await rig.start("+919810000013")
    shown = (await rig.client.get("/metrics")).text
    assert 'voicebot_dials_total{reason="placed"}' in shown


async def test_answers_to_start_requests_are_counted_in_metrics_by_status(rig: Rig) -> None:
    starts, connects = rig.capacity.metrics.starts.copy(), rig.capacity.metrics.connect_secs.total
    rig.exchange.faults.numbers["+919860000002"] = KNOWN["dnd"]
    await rig.start("+919860000001")
    await rig.start("+919860000002")
    await rig.start("12")
    await rig.client.post("/start", content=b"{")
    await rig.client.post("/start", headers={"Authorization": "Bearer wrong"})
    await rig.client.get("/calls/any")
    counted = rig.capacity.metrics.starts - starts
    assert counted == {"200": 1, "502": 1, "422": 1, "400": 1, "401": 1}
    assert rig.capacity.metrics.connect_secs.total > connects
    line = f'voicebot_starts_total{{status="401"}} {rig.capacity.metrics.starts["401"]}\n'

    async def shown() -> bool:
        return line in (await rig.client.get("/metrics")).text

    await eventually(shown)
