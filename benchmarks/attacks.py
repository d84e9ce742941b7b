"""Clients that a public address meets: many, silent, slow, nosy, or with the wrong credentials.

Run with `python -m benchmarks.attacks NAME --port N`; it prints what became of them, as JSON. They
come to 127.0.0.1 only.
"""

import asyncio
import base64
import json
import resource
from argparse import ArgumentParser
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count, cycle

USERNAME, PASSWORD = "exotel", "hunter2hunter2"
PATIENCE = 10.0  # seconds, for a connection
ARRIVAL_SECS = 0.5  # in which all of them come
AGAIN_SECS = 0.02  # after which one who was sent away comes again

CHEAP = ("/metrics", "/healthz", "/readyz", "/nothing", "/exotel/voicebot", "/exotel/passthru")

_tried = count()


def basic(password: str) -> str:
    """The header that a browser makes of such credentials."""
    return f"Authorization: Basic {base64.b64encode(f'{USERNAME}:{password}'.encode()).decode()}"


def request(path: str, *headers: str) -> bytes:
    """A GET."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: bot", *headers, "", ""]).encode()


def upgrade(*headers: str) -> bytes:
    """A request for the media socket."""
    asked = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
    return request("/ws", *asked, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", *headers)


def frame(message: object) -> bytes:
    """A text message as a client sends it, masked with zeros."""
    payload = json.dumps(message).encode()
    return b"\x81\xff" + len(payload).to_bytes(8, "big") + bytes(4) + payload


async def silent(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Says nothing."""
    await reader.read(1)
    became["cut"] += 1


async def mute(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Knows the credentials, opens the media socket, and says nothing there."""
    writer.write(upgrade(basic(PASSWORD)))
    became[await _status(reader)] += 1
    end = await reader.read(1000)
    became[f"closed {int.from_bytes(end[2:4], 'big')}" if end[:1] == b"\x88" else "cut"] += 1


async def cheap(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Asks what costs nothing, again and again."""
    for path in cycle(CHEAP):
        writer.write(request(path))
        became[await _status(reader)] += 1


async def wrong(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Tries another password."""
    writer.write(upgrade(basic(f"guess {next(_tried)}")))
    became[await _status(reader)] += 1


async def slow(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Sends a head that has no end, a byte at a time."""
    for byte in cycle(request("/healthz", "X-Long: yes")[:-2]):
        writer.write(bytes([byte]))
        if reader.at_eof():
            break
        await asyncio.sleep(0.5)
    became["cut"] += 1


async def flood(reader: StreamReader, writer: StreamWriter, became: Counter[str]) -> None:
    """Is a call, and sends ten megabytes a second."""
    writer.write(upgrade(basic(PASSWORD)))
    became[await _status(reader)] += 1
    sids = {"stream_sid": f"s{next(_tried)}", "call_sid": f"flood{next(_tried)}"}
    writer.write(frame({"event": "start", "start": sids}))
    media = frame(
        {"event": "media", "media": {"payload": base64.b64encode(bytes(186_000)).decode()}}
    )
    while not (reader.at_eof() or reader.exception()):
        writer.write(media)
        await writer.drain()
        became["messages"] += 1
        await asyncio.sleep(1 / 40)
    became["cut"] += 1


Attacker = Callable[[StreamReader, StreamWriter, "Counter[str]"], Awaitable[None]]
ATTACKS: dict[str, Attacker] = {
    each.__name__: each for each in (silent, mute, cheap, wrong, slow, flood)
}


async def attack(name: str, port: int, size: int, secs: float) -> Counter[str]:
    """Have `size` of them come to this port, and again whenever one is sent away.

    Returns:
        How often they came, and what became of them.
    """
    became: Counter[str] = Counter()
    clients = [
        asyncio.create_task(_come(ATTACKS[name], port, ARRIVAL_SECS * nth / size, became))
        for nth in range(size)
    ]
    await asyncio.wait(clients, timeout=secs)
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    return became


async def _come(attacker: Attacker, port: int, after: float, became: Counter[str]) -> None:
    await asyncio.sleep(after)
    while True:
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except (OSError, TimeoutError):
            became["not connected"] += 1
            await asyncio.sleep(AGAIN_SECS)
            continue
        became["came"] += 1
        try:
            await attacker(reader, writer, became)
        except (OSError, asyncio.IncompleteReadError):
            became["cut"] += 1
        finally:
            writer.transport.abort()
        await asyncio.sleep(AGAIN_SECS)


async def _status(reader: StreamReader) -> str:
    """The status of an answer; its body is read as well."""
    head = await reader.readuntil(b"\r\n\r\n")
    _, found, length = head.lower().partition(b"content-length:")
    await reader.readexactly(int(length.split(b"\r\n")[0]) if found else 0)
    return head.split()[1].decode()


def main() -> None:
    """Attack, and print what came of it."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=ATTACKS)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--secs", type=float, default=10.0)
    args = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(json.dumps(asyncio.run(attack(args.name, args.port, args.size, args.secs))))


if __name__ == "__main__":
    main()
