"""An open call: Exotel's socket, with sound going both ways on one 20 ms clock."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from simulator.caller.audio import FRAME_SECS
from simulator.caller.journal import Journal
from simulator.caller.listening import Listener
from simulator.caller.playback import Playback
from simulator.caller.report import EndedBy
from simulator.caller.uplink import Uplink
from simulator.stream.messages import Wire
from simulator.stream.profiles import Profile
from simulator.stream.replies import Audio, BadMessage, Clear, Mark, read_reply

TOO_BIG = 1009  # websocket close code


class Line:
    """One call after the upgrade; `listen` and `stream` run side by side until it ends."""

    def __init__(
        self, socket: ClientConnection, wire: Wire, rate: int, profile: Profile, journal: Journal
    ) -> None:
        self.profile = profile
        self.wire = wire
        self.journal = journal
        self.uplink = Uplink(rate, profile)
        self.playback = Playback(rate, profile)
        self.listener = Listener()
        self.ended_by: EndedBy | None = None
        self.ended_at = 0.0
        self.lag = 0.0
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._origin = self._loop.time()
        own_clear = profile.inbound_clear_at
        self._own_clear = None if own_clear is None else round(own_clear / FRAME_SECS)
        self._awaited: tuple[Callable[[], bool], float, asyncio.Future[bool]] | None = None

    @property
    def now(self) -> float:
        """Seconds since `start` was sent."""
        return self._loop.time() - self._origin

    @property
    def close_code(self) -> int | None:
        """How the websocket closed; 1006 if it broke."""
        return self._socket.close_code

    @property
    def close_reason(self) -> str:
        """What the bot said when it closed."""
        return self._socket.close_reason or ""

    async def open(self) -> None:
        """Say who calls: `connected`, `start`, and the clock begins."""
        if self.profile.sends_connected:
            await self.send(self.wire.connected())
        await self.send(self.wire.start())
        self._origin = self._loop.time()
        self.journal.note(0.0, "exotel", "start", self.wire.call_sid)
        if self.profile.extras:
            await self.send(self.wire.unknown())

    async def send(self, text: str) -> None:
        """Send one of Exotel's messages."""
        await self.send_raw(text, binary=self.profile.binary)

    async def send_raw(self, message: str | bytes, *, binary: bool) -> None:
        """Send one frame as it is; that the socket has gone is for `listen` to notice."""
        with suppress(ConnectionClosed):
            await self._socket.send(message, text=not binary)

    async def listen(self) -> None:
        """Take what the bot sends until the socket closes."""
        with suppress(ConnectionClosed):
            async for message in self._socket:
                await self._receive(message)
        self.end("network" if self._socket.protocol.close_rcvd is None else "bot")

    async def stream(self) -> None:
        """Send and play 20 ms at a time; a late frame is made up for, so the clock never drifts."""
        self._play()
        for number in count(1):
            await asyncio.sleep(self._origin + number * FRAME_SECS - self._loop.time())
            self.lag = max(self.lag, self.now - number * FRAME_SECS)
            if self.ended_by is None:
                await self._send_sound()
            self._play()
            if self.ended_by is None:
                await self._echo_marks()
            if number == self._own_clear:
                await self.send(self.wire.clear())
            self._wake()

    async def until(self, holds: Callable[[], bool], timeout: float) -> bool:
        """Wait for a condition, looked at every 20 ms; false if `timeout` seconds pass first."""
        future: asyncio.Future[bool] = self._loop.create_future()
        self._awaited = holds, self.now + timeout, future
        return await future

    def end(self, ended_by: EndedBy) -> None:
        """Note who ended the call; only the first counts."""
        if self.ended_by is None:
            self.ended_by = ended_by
            self.ended_at = self.now

    async def close(self, code: int = 1000) -> None:
        """Close the websocket and wait for the other end to agree."""
        await self._socket.close(code)

    async def closed(self) -> None:
        """Wait until the bot has closed the websocket."""
        await self._socket.wait_closed()

    def abort(self) -> None:
        """Cut the TCP connection; of no effect on a closed one."""
        self._socket.transport.abort()

    async def _receive(self, message: str | bytes) -> None:
        if self.ended_by is not None:
            return
        try:
            reply = read_reply(message)
        except BadMessage as error:
            self.journal.bad_messages.append(str(error))
            self.journal.note(self.now, "bot", "bad message", str(error))
            return
        match reply:
            case Audio(pcm):
                await self._take_audio(pcm)
            case Mark(name):
                self.journal.mark_received(self.now, name)
                self.playback.mark(name)
                await self._echo_marks()
            case Clear():
                self._clear()

    async def _take_audio(self, pcm: bytes) -> None:
        self.journal.message_sizes.append(len(pcm))
        limit = self.profile.max_message
        if limit is not None and len(pcm) > limit:
            self.end("exotel")
            await self.close(TOO_BIG)
            return
        self.playback.add(pcm)

    def _clear(self) -> None:
        dropped = self.playback.clear()
        self.listener.cut()
        self.journal.clears.append(self.now)
        self.journal.note(self.now, "bot", "clear", f"{dropped:.2f} s dropped")

    def _play(self) -> None:
        at = self.playback.at
        frame = self.playback.tick()
        self.uplink.hear(frame)
        match self.listener.hear(frame, at):
            case "began":
                self.journal.note(at, "bot", "speaks")
            case "ended":
                span = self.listener.spans[-1]
                self.journal.note(span.end, "bot", "quiet", f"after {span.end - span.start:.1f} s")

    async def _send_sound(self) -> None:
        for payload, timestamp_ms in self.uplink.tick():
            await self.send(self.wire.media(payload, timestamp_ms))

    async def _echo_marks(self) -> None:
        for name in self.playback.due():
            self.journal.mark_echoed(self.now, name)
            await self.send(self.wire.mark(name))

    def _wake(self) -> None:
        if self._awaited is None:
            return
        holds, deadline, future = self._awaited
        if future.done():
            self._awaited = None
        elif (held := holds()) or self.now >= deadline:
            self._awaited = None
            future.set_result(held)
