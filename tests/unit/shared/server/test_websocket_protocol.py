"""How much one WebSocket may send: bursts after a stall are read, floods are closed."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from itertools import chain, pairwise, repeat

import pytest
import pytest_asyncio
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from shared.runtime.capacity import Capacity
from shared.server.websocket_protocol import PER_FRAME, PIECE, RATE
from shared.settings.settings import Settings
from shared.web.failed_attempts import FailedAttempts
from tests.support.bots import eventually, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """It counts what it gets, and tells when it is asked to with "tell"."""
    app = FastAPI()
    app.state.capacity = Capacity(5)
    app.state.attempts = FailedAttempts()

    @app.websocket("/ws")
    async def count(websocket: WebSocket) -> None:
        await websocket.accept()
        got: Counter[str] = Counter()
        try:
            while True:
                message = await websocket.receive()
                if message["type"] == "websocket.disconnect":
                    raise WebSocketDisconnect(message["code"])
                text = message["text"]
                got["messages"] += 1
                got["bytes"] += len(text)
                if text == "tell":
                    await websocket.send_text(json.dumps(got))
        except WebSocketDisconnect as gone:
            app.state.ended = gone.code, getattr(websocket.state, "flooded", False)

    return app


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(app: FastAPI) -> AsyncIterator[str]:
    async with serving(app, Settings.parse({"PORT": "0"})) as address:
        yield address


def text(data: str | bytes, *, fin: bool = True) -> bytes:
    payload = data.encode() if isinstance(data, str) else data
    return Frame(Opcode.TEXT, payload, fin=fin).serialize(mask=True)


def media(sound: int) -> bytes:
    """A message with so many bytes of sound, as Exotel sends it."""
    payload = base64.b64encode(bytes(sound)).decode()
    said = {"chunk": "1000", "timestamp": "20000", "payload": payload}
    return text(json.dumps({"event": "media", "stream_sid": "s" * 32, "media": said}))


async def talk(address: str, frames: Iterable[bytes]) -> bytes:
    """Send the frames as fast as they are taken; what comes back, until it is cut or has told."""
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(UPGRADE)
        await reader.readuntil(b"\r\n\r\n")
        sending = asyncio.create_task(_send(writer, frames))
        said = await asyncio.wait_for(_read(reader), 20)
        sending.cancel()
        await asyncio.wait({sending})
        return said
    finally:
        writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, frames: Iterable[bytes]) -> None:
    try:
        for frame in frames:
            writer.write(frame)
            await writer.drain()
    except OSError:
        pass  # it's cut


async def _read(reader: asyncio.StreamReader) -> bytes:
    said = b""
    try:
        while not said.endswith(b"}"):
            data = await reader.read(10_000)
            if not data:
                return said
            said += data
    except OSError:
        pass
    return said


def frame(opcode: Opcode, data: bytes = b"", *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin=fin).serialize(mask=True)


KEY = text('{"event": "dtmf", "dtmf": {"digit": "5"}}')
PART = frame(Opcode.CONT, b"a" * 99, fin=False)

# What a call that was held up for a while sends when it goes on, and how many messages that is.
BURSTS = {
    "ten seconds at 8 kHz": ([media(320)] * 500, 500),
    "ten seconds at 16 kHz": ([media(640)] * 500, 500),
    "ten seconds at 24 kHz": ([media(960)] * 500, 500),
    "ten seconds of short ones": ([media(160)] * 1000, 1000),
    "ten seconds in tenths": ([media(1_600)] * 100, 100),
    "the largest that Exotel may send": ([media(100_000)] * 10, 10),
    "two hundred keys": ([KEY] * 200, 200),
    "one in fragments": ([text(b"", fin=False), *[PART] * 99, frame(Opcode.CONT)], 1),
    "pings between them": ([media(320), frame(Opcode.PING), frame(Opcode.PONG)] * 300, 300),
}


@pytest.mark.parametrize(("frames", "messages"), BURSTS.values(), ids=BURSTS.keys())
async def test_a_websocket_burst_after_a_stall_arrives_in_full(
    address: str, frames: list[bytes], messages: int
) -> None:
    said = await talk(address, [*frames, text("tell")])
    got = json.loads(said[said.index(b"{") :])
    assert got["messages"] == messages + 1


FLOODS = {
    "large messages": (media(186_000),),
    "the largest that Exotel may send": (media(100_000),),
    "small messages": (text("{}"),),
    "empty messages": (text(""),),
    "sound": (media(320),),
    "pings": (frame(Opcode.PING),),
    "pongs": (frame(Opcode.PONG),),
    "fragments": (frame(Opcode.CONT, b"a", fin=False),),
    "empty fragments": (frame(Opcode.CONT, fin=False),),
}


@pytest.mark.parametrize("frames", FLOODS.values(), ids=FLOODS.keys())
async def test_a_websocket_flood_beyond_any_call_is_closed(
    app: FastAPI, address: str, frames: tuple[bytes], log: list[str]
) -> None:
    app.state.ended = None
    fragments = frames[0][0] == 0
    await talk(address, chain([text("", fin=False)] if fragments else [], repeat(frames[0] * 50)))
    await eventually(lambda: app.state.ended is not None)
    assert app.state.ended == (1008, True)
    assert [line for line in log if "was cut off" in line]


async def test_a_websocket_may_go_on_for_ever_at_twice_the_usual_rate() -> None:
    spent = 2 * (len(media(960)) + PER_FRAME) * 50  # a second, at 24 kHz
    assert spent < RATE


async def test_a_websocket_burst_is_read_in_pieces_between_other_work(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    read_all = WebSocketsSansIOProtocol.data_received

    def noted(self: WebSocketsSansIOProtocol, data: bytes) -> None:
        asyncio.get_running_loop().call_soon(read.append, 0)  # when the others have had their turn
        read.append(len(data))
        read_all(self, data)

    monkeypatch.setattr(WebSocketsSansIOProtocol, "data_received", noted)
    await talk(address, [media(100_000) * 5, text("tell")])
    assert max(read) <= PIECE
    pieces = [size for size in read if size]
    assert len(pieces) > 5 * 100_000 / PIECE
    assert all(0 in pair for pair in pairwise(read))
