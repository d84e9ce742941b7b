"""HTTP over real sockets: requests that never end, and answers that nobody reads."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, HTTPException, Request, WebSocket
from fastapi.responses import Response

from shared.runtime.capacity import Capacity
from shared.server import http_protocol
from shared.server.http_protocol import Awaits
from shared.settings.settings import Settings
from shared.web.body import read_body
from shared.web.failed_attempts import FailedAttempts
from tests.support.bots import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 0.8  # seconds
UPGRADE = b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
LARGE = bytes(20_000_000)  # more than the machine takes over for a peer


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    app = FastAPI()
    app.state.capacity = Capacity(5)
    app.state.attempts = FailedAttempts()

    @app.get("/quick")
    async def quick() -> str:
        return "quick"

    @app.get("/large")
    async def large() -> Response:
        return Response(LARGE)

    @app.get("/slow")
    async def slow() -> str:
        await asyncio.sleep(1.5 * PATIENCE)
        return "slow"

    @app.post("/body")
    async def body(request: Request) -> int:
        return len(await read_body(request))

    @app.post("/refused")
    async def refused() -> None:
        raise HTTPException(401)

    @app.websocket("/ws")
    async def ws(websocket: WebSocket) -> None:
        await websocket.accept()
        await asyncio.sleep(1.5 * PATIENCE)
        await websocket.send_text("still here")
        await websocket.close()

    async with serving(app, Settings.parse({"PORT": "0"})) as address:
        yield address


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for awaited in (Awaits.HEAD, Awaits.BODY):
        monkeypatch.setitem(http_protocol.TIMEOUTS, awaited, PATIENCE)


@asynccontextmanager
async def connected(
    address: str,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


UNFINISHED = {
    "nothing": b"",
    "half a request line": b"GET /qui",
    "a head without its end": b"GET /quick HTTP/1.1\r\nHost: a\r\n",
    "an upgrade without its end": UPGRADE,
    "no body": b"POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
    "half a body": b"POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1234",
    "chunks without an end": (
        b"POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"
    ),
    "a body nobody reads": b"POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1234",
    "a second head without its end": b"GET /quick HTTP/1.1\r\nHost: a\r\n\r\nGET /quick HT",
}


DRIBBLED = {
    "a request line": b"",
    "a header": b"GET /quick HTTP/1.1\r\nX: ",
    "an upgrade": UPGRADE + b"X: ",
    "a body": b"POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n",
}


@pytest.mark.usefixtures("impatient")
async def test_an_http_request_that_never_ends_times_out(address: str) -> None:
    async def is_cut(sent: bytes) -> bool:
        async with connected(address) as (reader, writer):
            writer.write(sent)
            with suppress(ConnectionResetError):
                await asyncio.wait_for(reader.read(), 5)
            return True

    assert all(await asyncio.gather(*map(is_cut, UNFINISHED.values())))


@pytest.mark.usefixtures("impatient")
async def test_another_byte_now_and_then_does_not_prolong_the_request_timeout(address: str) -> None:
    async def is_cut(begun: bytes) -> bool:
        async with connected(address) as (reader, writer):
            writer.write(begun)
            with suppress(OSError):
                async with asyncio.timeout(5):
                    while not reader.at_eof():
                        writer.write(b"a")
                        await writer.drain()
                        with suppress(TimeoutError):
                            await asyncio.wait_for(reader.read(100), PATIENCE / 8)
            return True

    assert all(await asyncio.gather(*map(is_cut, DRIBBLED.values())))


@pytest.mark.usefixtures("impatient")
async def test_a_client_that_does_not_read_its_http_answer_times_out(address: str) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.setblocking(False)
        host, _, port = address.rpartition(":")
        await loop.sock_connect(peer, (host, int(port)))
        await loop.sock_sendall(peer, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        await asyncio.sleep(1.5 * PATIENCE)
        taken = 0
        with suppress(ConnectionResetError):
            while data := await asyncio.wait_for(loop.sock_recv(peer, 1_000_000), 5):
                taken += len(data)
    assert taken < len(LARGE)


@pytest.mark.usefixtures("impatient")
async def test_a_slow_http_handler_is_under_no_request_timeout(address: str) -> None:
    async with httpx.AsyncClient(base_url=f"http://{address}") as http:
        answers = await asyncio.gather(*(http.get("/slow") for _ in range(3)))
    assert [answer.json() for answer in answers] == ["slow"] * 3


@pytest.mark.usefixtures("impatient")
async def test_a_websocket_is_under_no_http_timeout(address: str) -> None:
    async with connected(address) as (reader, writer):
        writer.write(
            UPGRADE
            + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        assert b" 101 " in await reader.readline()
        await reader.readuntil(b"\r\n\r\n")
        assert b"still here" in await asyncio.wait_for(reader.read(100), 5)


async def test_http_requests_on_one_connection_are_answered_in_turn(address: str) -> None:
    async with connected(address) as (reader, writer):
        first = b"POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n1234"
        writer.write(first + b"GET /quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        said = await asyncio.wait_for(reader.read(), 5)
    assert said.count(b"HTTP/1.1 200") == 2
    assert said.index(b"\r\n\r\n4") < said.index(b'"quick"')


@pytest.mark.parametrize("size", [0, 1, 5_000, 64 * 1024, 64 * 1024 + 1, 1_000_000, 20_000_000])
async def test_http_bodies_of_every_size_are_answered(address: str, size: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://{address}") as http:
        answer = await http.post("/body", content=bytes(size))
    assert answer.status_code == (200 if size <= 64 * 1024 else 413)


async def test_an_http_body_after_its_answer_does_not_block_the_next_request(
    address: str,
) -> None:
    async with connected(address) as (reader, writer):
        writer.write(b"POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n")
        assert b" 401 " in await asyncio.wait_for(reader.readline(), 5)
        for _ in range(30):
            writer.write(bytes(100_000))
            await asyncio.wait_for(writer.drain(), 5)
        writer.write(b"GET /quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert b'"quick"' in await asyncio.wait_for(reader.read(), 5)


async def test_a_client_that_leaves_in_the_middle_of_its_http_body_is_no_error(
    address: str,
) -> None:
    async with connected(address) as (_, writer):
        writer.write(UNFINISHED["half a body"])
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)  # the log would tell


async def test_many_concurrent_http_requests_are_all_answered(address: str) -> None:
    async def ask() -> str:
        async with connected(address) as (reader, writer):
            writer.write(b"GET /quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            return (await asyncio.wait_for(reader.read(), 10))[-7:].decode()

    assert await asyncio.gather(*(ask() for _ in range(100))) == ['"quick"'] * 100
