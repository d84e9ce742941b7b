"""Fuzzed requests to `/start` and to the webhooks: the answer is never a 500."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from unittest import mock
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbound.app import create_app
from shared.records.call_record import CallRecord
from shared.records.tokens import Purpose, issue
from shared.settings.settings import Settings
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from tests.support.bots import database_in
from tests.support.outbound import BEARER, KEY

TOKEN = "known"
FORGOTTEN = "of a call that was deleted"
CALL = CallRecord(
    call_id="fuzzed",
    direction=Direction.OUTBOUND,
    created_at=datetime.now(UTC),
    mode=ConnectMode.TWO_NUMBERS,
)
KEYLESS = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The app, whose Exotel isn't there: what passes every check ends as unknown.

    It bears with as many wrong keys as we try.
    """
    with TemporaryDirectory() as folder, mock.patch("shared.web.failed_attempts.MOST", 1_000_000):
        chosen = Settings.parse(
            {
                "EXOTEL_ACCOUNT_SID": "fuzz",
                "EXOTEL_API_KEY": "key",
                "EXOTEL_API_TOKEN": "token",
                "EXOTEL_PHONE_NUMBER": "08047112233",
                "EXOTEL_API_URL": "http://127.0.0.1:9",
                "PUBLIC_URL": "http://127.0.0.1:9",
                "START_API_KEY": KEY,
                "DIALS_PER_MINUTE": "1000000",
                "BOT": "shared.providers.offline.bot",
                **database_in(folder),
                **KEYLESS,
            }
        )
        app = create_app(chosen)
        with TestClient(app, raise_server_exceptions=False) as client:

            async def prepare() -> None:
                await app.state.store.add(CALL)
                async with app.state.store.database.write() as connection:
                    await issue(connection, TOKEN, Purpose.STATUS, CALL.call_id)
                    await issue(connection, FORGOTTEN, Purpose.STATUS, "no longer there")

            assert client.portal
            client.portal.call(prepare)
            yield client


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
NUMBERS = st.text() | st.from_regex(r"\+?[0-9 ()-]{0,16}") | st.just("+919876543210")
ORDERS = st.fixed_dictionaries(
    {
        "dialout_settings": st.fixed_dictionaries(
            {"phone_number": NUMBERS | JSON},
            optional={
                "mode": JSON | st.sampled_from(["two-numbers", "flow", "voice-ai"]),
                "time_limit": JSON,
                "time_out": JSON,
                "record": JSON,
                "recording_channels": JSON,
            },
        )
    },
    optional={"context": JSON},
)
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=300)


def written(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    """Headers as bytes, for what no client would send as text."""
    return {name.encode(): value.strip().encode("latin-1") for name, value in headers.items()}


often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@often
@given(body=st.binary() | (JSON | ORDERS).map(lambda order: json.dumps(order).encode()))
def test_no_body_of_a_start_request_is_a_server_error(client: TestClient, body: bytes) -> None:
    answer = client.post("/start", content=body, headers=BEARER)
    assert answer.status_code in (400, 413, 422, 429, 504), answer.text


@often
@given(key=HEADER, authorization=HEADER)
def test_no_header_of_a_start_request_is_a_server_error(
    client: TestClient, key: str, authorization: str
) -> None:
    for headers in ({"Authorization": authorization}, {**BEARER, "Idempotency-Key": key}):
        answer = client.post("/start", content=b"{}", headers=written(headers))
        assert answer.status_code in (401, 422), answer.text


FIELDS = st.dictionaries(
    st.text() | st.sampled_from(["CallSid", "Status", "EventType", "Legs[0][Status]", "Price"]),
    st.text() | st.sampled_from(["completed", "null", "1970-01-01 05:30:00"]),
    max_size=12,
)


@often
@given(
    token=st.sampled_from([TOKEN, FORGOTTEN]) | st.text(min_size=1),
    fields=FIELDS,
    raw=st.binary(),
    content_type=HEADER
    | st.sampled_from(
        ["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
    ),
)
def test_no_status_callback_is_a_server_error(
    client: TestClient, token: str, fields: dict[str, str], raw: bytes, content_type: str
) -> None:
    path = "/exotel/status/" + quote(token, safe="")
    headers = written({"Content-Type": content_type})
    bodies = (raw, json.dumps(fields).encode(), urlencode(fields, errors="replace").encode())
    for answer in (
        *(client.post(path, content=body, headers=headers) for body in bodies),
        client.post(path, files={name: (None, value) for name, value in fields.items()} or None),
    ):
        assert answer.status_code in (200, 400, 403, 404, 405, 413), answer.text


STREAMS = st.dictionaries(
    st.text() | st.sampled_from(["CallSid", "Stream", "Stream[Status]", "Stream[Duration]"]),
    st.text() | st.sampled_from(["known18l", "completed", '{"Status":"failed"}', '"5#"']),
    max_size=8,
)


@often
@given(query=FIELDS)
def test_no_dynamic_url_request_is_a_server_error(
    client: TestClient, query: dict[str, str]
) -> None:
    answer = client.get("/exotel/voicebot", params=query)
    assert answer.status_code in (200, 400), answer.text


@settings(often, max_examples=30)
@given(query=STREAMS, raw=st.binary(), content_type=HEADER | st.just("application/json"))
def test_no_passthru_or_connect_webhook_is_a_server_error(
    client: TestClient, query: dict[str, str], raw: bytes, content_type: str
) -> None:
    headers = written({"Content-Type": content_type})
    for answer in (
        client.get("/exotel/passthru", params=query),
        client.post("/exotel/passthru", params=query, content=raw, headers=headers),
        client.get("/exotel/connect", params=query),
    ):
        assert answer.status_code == 200, answer.text


@often
@given(call_sid=st.text(min_size=1))
def test_no_transfer_request_is_a_server_error(client: TestClient, call_sid: str) -> None:
    answer = client.get("/handovers/" + quote(call_sid, safe=""), headers=BEARER)
    assert answer.status_code in (404, 405), answer.text


@often
@given(call_id=st.text(min_size=1))
def test_no_call_record_request_is_a_server_error(client: TestClient, call_id: str) -> None:
    answer = client.get("/calls/" + quote(call_id, safe=""), headers=BEARER)
    assert answer.status_code in (404, 405), answer.text
