"""Answers of `POST /start` and `GET /calls/{call_id}`, and how large a request may be."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse
from starlette.types import Message

from outbound.responses import described, started, too_many
from outbound.start_request import MAX_CONTEXT, BadOrder, ContextTooLarge, Order
from shared.plain_text import DEEPEST
from shared.records.call_events import Rejected, StreamEnded
from shared.records.call_status import Status
from shared.records.transfer_record import TransferRecord
from shared.telephony.connect_mode import ConnectMode
from shared.web.body import read_body
from shared.web.credentials_match import secret_matches
from tests.support.call_records import NUMBER, SID, ago, dialled


def body(answer: JSONResponse) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(bytes(answer.body))
    return read


def test_what_exotel_tells_of_a_call_is_in_the_call_record_s_answer() -> None:
    call = dialled(
        call_sid=SID,
        price=Decimal("0.50"),
        recording_url="https://recordings.exotel.com/1.mp3",
        answered_by="human",
    )
    record = described(call)
    assert record["price"] == "0.50"
    assert record["recording_url"] == "https://recordings.exotel.com/1.mp3"
    assert record["answered_by"] == "human"


def test_unknown_call_record_fields_are_null_and_a_price_of_zero_is_not() -> None:
    record = described(dialled())
    unknown = ("call_sid", "price", "recording_url", "answered_by", "reason", "ending")
    for name in (*unknown, "stream", "transfer"):
        assert record[name] is None
    assert described(dialled(price=Decimal(0)))["price"] == "0"


def test_why_a_stream_failed_is_in_the_call_record_s_answer() -> None:
    over = StreamEnded(ago(0), status="failed", error="Streaming_call_throttled")
    assert described(dialled(stream_over=over))["stream"] == {
        "stream_sid": None,
        "status": "failed",
        "duration_secs": None,
        "disconnected_by": None,
        "error": "Streaming_call_throttled",
        "recording_url": None,
    }


def test_a_transfer_is_in_the_call_record_s_answer() -> None:
    decided = TransferRecord(call_sid=SID, decided_at=ago(0), to=(NUMBER,), summary="Paid already.")
    transfer = described(dialled(call_sid=SID), decided)["transfer"]
    assert (transfer["to"], transfer["summary"]) == ([NUMBER], "Paid already.")
    assert transfer["reason"] is None


def test_a_dial_that_was_never_placed_is_told_so() -> None:
    why = "Exotel knows of no such call"
    call = dialled(doubt="no answer", settled_as=Status.FAILED, settled_why=why)
    answer = started(call)
    assert answer.status_code == 504
    assert body(answer)["detail"] == f"the call was not placed: {why}"


def test_a_dial_of_unknown_outcome_is_told_so() -> None:
    for doubt, words in (("cut off", "cut off"), ("", "Exotel has not answered")):
        call = dialled(doubt=doubt)
        detail = body(started(call))["detail"]
        assert words in detail
        assert "nobody knows yet" in detail
        assert f"GET /calls/{call.call_id}" in detail


def test_a_dial_s_refusal_without_words_names_its_http_status() -> None:
    answer = started(dialled(refusal=Rejected(ago(0), 403, "", "340030", "complete the KYC")))
    assert answer.status_code == 502
    told = body(answer)
    assert (told["status"], told["detail"]) == ("rejected", "Exotel answered 403")
    assert (told["code"], told["hint"]) == ("340030", "complete the KYC")


def test_a_dial_placed_after_an_unknown_outcome_is_told_as_placed() -> None:
    answer = started(dialled(doubt="cut off", call_sid=SID))
    assert answer.status_code == 200
    assert (body(answer)["call_sid"], body(answer)["phone_number"]) == (SID, NUMBER)


@pytest.mark.parametrize(("secs", "header"), [(0.05, "1"), (7.0, "7"), (7.01, "8")])
def test_a_rate_limited_client_is_not_told_to_retry_too_early(secs: float, header: str) -> None:
    answer = too_many(secs)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, header)
    assert f"for {header} s" in body(answer)["detail"]
    assert "call_id" not in body(answer)
    assert body(too_many(secs, "abc"))["call_id"] == "abc"


def nested_lists(levels: int) -> Any:
    value: Any = "inmost"
    for _ in range(levels):
        value = [value]
    return value


def nested_objects(levels: int) -> Any:
    value: Any = "inmost"
    for _ in range(levels):
        value = {"in": value}
    return value


def ordered(context: Any) -> Order:
    return Order.read({"dialout_settings": {"phone_number": NUMBER}, "context": context})


def test_a_dial_context_of_8192_bytes_is_kept_and_one_more_refused() -> None:
    assert MAX_CONTEXT == 8192
    assert len(ordered("x" * 8190).context_json) == 8192  # with its quotes
    with pytest.raises(ContextTooLarge):
        ordered("x" * 8191)


def test_unspeakable_characters_are_taken_out_of_the_dial_context() -> None:
    order = ordered({"half \ud83d\0": ["of one \ud83d", {"bell\a": "\x1b[31m"}, 7, None, True]})
    text = order.context_json.encode().decode()
    assert json.loads(text) == {"half ": ["of one ", {"bell": "[31m"}, 7, None, True]}


@pytest.mark.parametrize("nested", [nested_lists, nested_objects])
def test_a_dial_context_may_be_nested_and_not_without_end(nested: Callable[[int], Any]) -> None:
    order = ordered(nested(DEEPEST - 1))  # the body is a level itself
    assert json.loads(order.context_json) == nested(DEEPEST - 1)
    assert order.fingerprint == ordered(nested(DEEPEST - 1)).fingerprint
    for deeper in (DEEPEST, 256, 500):
        with pytest.raises(BadOrder, match="are in each other"):
            ordered(nested(deeper))


def test_different_start_requests_have_different_idempotency_fingerprints() -> None:
    contexts: list[Any] = [None, {}, [], {"name": "Asha"}, {"name": "Ravi"}, "Asha", 7, 7.5]
    assert len({ordered(context).fingerprint for context in contexts}) == len(contexts)
    assert ordered({"a": 1, "b": 2}).fingerprint == ordered({"b": 2, "a": 1}).fingerprint


def request_with(*chunks: bytes) -> Request:
    left = list(chunks)

    async def receive() -> Message:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


async def test_a_start_request_at_the_size_limit_is_read_and_one_beyond_not() -> None:
    assert await read_body(request_with(b"12", b"34"), limit=4) == b"1234"
    with pytest.raises(HTTPException) as refused:
        await read_body(request_with(b"12", b"345"), limit=4)
    assert refused.value.status_code == 413


def test_empty_credentials_match_nothing() -> None:
    assert not secret_matches("", "")
    assert not secret_matches(None, "")
    assert not secret_matches(None, "s3cret")
    assert not secret_matches("s3cre", "s3cret")
    assert secret_matches("s3cret", "s3cret")


NEVER_REACHED = [Status.BUSY, Status.NO_ANSWER, Status.FAILED, Status.CANCELLED]


@pytest.mark.parametrize("status", NEVER_REACHED)
@pytest.mark.parametrize(
    ("ending", "explained"),
    [
        ("caller hung up", "nobody answered"),
        ("stream stopped by Exotel", "nobody answered"),
        ("voicemail", "voicemail"),
        ("server shut down", "server shut down"),
        ("", None),
    ],
)
def test_an_unreached_person_did_not_hang_up_in_the_call_record(
    status: Status, ending: str, explained: str | None
) -> None:
    two_numbers = ConnectMode.TWO_NUMBERS
    call = dialled(mode=two_numbers, call_sid=SID, opened_at=ago(9), closed_at=ago(1))
    call_record = replace(call, exotel_status=status, exotel_at=ago(0), ending=ending)
    assert described(call_record)["ending"] == explained
    assert described(replace(call_record, exotel_answered_at=ago(5)))["ending"] == (ending or None)
    assert described(replace(call_record, turns=1))["ending"] == (ending or None)
    reached = replace(call_record, exotel_status=Status.COMPLETED)
    assert described(reached)["ending"] == (ending or None)
