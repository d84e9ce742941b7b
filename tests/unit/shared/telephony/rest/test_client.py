"""Dials through Exotel's REST API: the request, refusals, timeouts and unknown outcomes."""

import asyncio
import base64
import gzip
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest

from shared.telephony.call_status import CallStatus
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.errors import CallRejected, OutcomeUnknown, RateLimited
from shared.telephony.rest.client import MAX_ANSWER_SIZE, ExotelAPI
from shared.telephony.rest.connect_request import Account, Dial, fields

WIRE = Path(__file__).parents[4] / "wire" / "rest"
CALL = "40ccc7656e1a3eb66c6cb2be57d1142k"
PLACED = (WIRE / "placed.json").read_bytes()
ACCOUNT = Account(
    sid="sunrise1",
    api_key="key-of-sunrise",
    api_token="token-of-sunrise",
    exophone="04440000319",
    api_url="https://api.in.exotel.com",
)
DIAL = Dial("+919800000105", ConnectMode.FLOW, flow_id="926", custom_field="call 42&x=1")
DIALS = {
    ConnectMode.TWO_NUMBERS: Dial("+919800000105", ConnectMode.TWO_NUMBERS),
    ConnectMode.FLOW: DIAL,
    ConnectMode.VOICE_AI: Dial(
        "+919800000105", ConnectMode.VOICE_AI, stream_url="wss://bot.test/ws/t?sample-rate=16000"
    ),
}

Handler = Callable[[httpx.Request], httpx.Response]


def exotel(handler: Handler) -> ExotelAPI:
    return ExotelAPI(ACCOUNT, transport=httpx.MockTransport(handler))


@pytest.mark.parametrize("mode", ConnectMode)
async def test_a_dial_is_one_form_posted_to_the_accounts_address(mode: ConnectMode) -> None:
    requests: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, content=PLACED)

    placed = await exotel(take).connect(DIALS[mode])

    assert (placed.call_sid, placed.status) == (CALL, CallStatus.IN_PROGRESS)
    [request] = requests
    assert request.method == "POST"
    address = "https://api.in.exotel.com/v1/Accounts/sunrise1/Calls/connect.json"
    assert str(request.url) == address
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    credentials = base64.b64encode(b"key-of-sunrise:token-of-sunrise").decode()
    assert request.headers["Authorization"] == f"Basic {credentials}"
    sent = parse_qsl(request.content.decode(), keep_blank_values=True, strict_parsing=True)
    assert sorted(sent) == sorted(fields(ACCOUNT, DIALS[mode]).items())


async def test_an_api_url_with_a_slash_and_an_odd_account_keep_their_address() -> None:
    account = replace(ACCOUNT, sid="sun/../rise", api_url="http://127.0.0.1:9200/")
    seen: list[str] = []

    def take(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, content=PLACED)

    await ExotelAPI(account, transport=httpx.MockTransport(take)).connect(DIAL)
    assert seen == ["http://127.0.0.1:9200/v1/Accounts/sun%2F..%2Frise/Calls/connect.json"]


async def test_exotel_s_refusal_of_a_dial_is_told_with_what_to_do() -> None:
    answer = httpx.Response(403, content=(WIRE / "error_403_kyc.json").read_bytes())
    with pytest.raises(CallRejected, match="not yet KYC compliant.*complete the KYC"):
        await exotel(lambda _: answer).connect(DIAL)


async def test_a_rate_limit_passes_its_retry_after_header_on() -> None:
    answer = httpx.Response(
        429, headers={"Retry-After": "12"}, content=(WIRE / "error_429.json").read_bytes()
    )
    with pytest.raises(RateLimited) as refusal:
        await exotel(lambda _: answer).connect(DIAL)
    assert refusal.value.retry_after == 12


@pytest.mark.parametrize("location", ["https://elsewhere.test/", "http://[", ""])
async def test_a_redirect_of_a_dial_request_is_not_followed(location: str) -> None:
    requests: list[httpx.Request] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(307, headers={"Location": location})

    with pytest.raises(OutcomeUnknown):
        await exotel(redirect).connect(DIAL)
    assert len(requests) == 1


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.WriteError,
        httpx.RemoteProtocolError,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.DecodingError,
    ],
)
async def test_a_dial_of_unknown_outcome_is_never_retried(error: type[httpx.RequestError]) -> None:
    requests: list[httpx.Request] = []

    def lose(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise error("https://key-of-sunrise:token-of-sunrise@api.exotel.com +919800000105")

    with pytest.raises(OutcomeUnknown, match=error.__name__) as doubt:
        await exotel(lose).connect(DIAL)
    assert len(requests) == 1
    assert "token-of-sunrise" not in str(doubt.value)
    assert "9800000105" not in str(doubt.value)


@pytest.mark.parametrize("status", [403, 500])
async def test_the_api_token_is_redacted_from_exotel_s_answer(status: int) -> None:
    answer = httpx.Response(status, text="<p>Token token-of-sunrise of sunrise1 is wrong</p>")
    with pytest.raises((CallRejected, OutcomeUnknown), match=r"Token \*\*\* of sunrise1") as error:
        await exotel(lambda _: answer).connect(DIAL)
    assert "token-of-sunrise" not in str(error.value)


async def test_an_api_token_that_is_part_of_a_word_is_not_redacted_there() -> None:
    answer = httpx.Response(401, content=(WIRE / "error_401.json").read_bytes())
    account = replace(ACCOUNT, api_token="x")
    with pytest.raises(CallRejected, match="Authentication failed"):
        await ExotelAPI(account, transport=httpx.MockTransport(lambda _: answer)).connect(DIAL)


async def test_a_dial_answer_without_an_end_is_cut() -> None:
    given = 0

    async def parts() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 65_536
            yield b" " * 65_536

    with pytest.raises(OutcomeUnknown, match="without naming a call"):
        await exotel(lambda _: httpx.Response(200, content=parts())).connect(DIAL)
    assert given <= MAX_ANSWER_SIZE + 2 * 65_536


async def test_a_compressed_dial_answer_is_read_though_none_was_asked_for() -> None:
    answer = httpx.Response(
        200, headers={"Content-Encoding": "gzip"}, content=gzip.compress(PLACED)
    )
    assert (await exotel(lambda _: answer).connect(DIAL)).call_sid == CALL


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def real(serve: Serve, timeout: float = 5.0) -> AsyncIterator[ExotelAPI]:
    """The client at a real socket; `serve` is called once the request has come."""
    served = asyncio.Event()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == SIZE)
        await reader.readexactly(length)
        try:
            await serve(reader, writer)
        finally:
            writer.close()
            served.set()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    account = replace(ACCOUNT, api_url=f"http://{host}:{port}")
    async with server, aclosing(ExotelAPI(account, timeout=timeout)) as api:
        yield api
        await asyncio.wait_for(served.wait(), 5)


SIZE = b"content-length:"


def http_200(content: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content


async def test_a_dial_is_placed_over_a_real_socket() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(http_200(PLACED))
        await writer.drain()

    async with real(answer) as api:
        assert (await api.connect(DIAL)).call_sid == CALL


async def test_a_dial_that_exotel_does_not_answer_times_out() -> None:
    async def wait(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.read()

    started = time.monotonic()
    async with real(wait, timeout=0.2) as api:
        with pytest.raises(OutcomeUnknown, match=r"within 0\.2 s"):
            await api.connect(DIAL)
    assert time.monotonic() - started < 3


async def test_a_dial_answer_that_only_trickles_times_out() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gone = asyncio.create_task(reader.read())
        for byte in http_200(PLACED):
            writer.write(bytes([byte]))
            if (await asyncio.wait([gone], timeout=0.05))[0]:
                gone.exception()  # the client may have cut it: that is what was to happen
                return

    started = time.monotonic()
    async with real(trickle, timeout=0.4) as api:
        with pytest.raises(OutcomeUnknown, match=r"within 0\.4 s"):
            await api.connect(DIAL)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("sent", [0, 20, 100, -1])
async def test_a_cut_connection_leaves_the_outcome_of_a_dial_unknown(sent: int) -> None:
    async def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(http_200(PLACED)[:sent])

    async with real(cut) as api:
        with pytest.raises(OutcomeUnknown, match="RemoteProtocolError|ReadError"):
            await api.connect(DIAL)


async def test_a_refused_connection_leaves_the_outcome_of_a_dial_unknown() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    server.close()
    await server.wait_closed()
    account = replace(ACCOUNT, api_url=f"http://{host}:{port}")
    async with aclosing(ExotelAPI(account)) as api:
        with pytest.raises(OutcomeUnknown, match="ConnectError"):
            await api.connect(DIAL)
