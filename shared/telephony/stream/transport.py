"""The media socket as a Pipecat transport: mono, one rate, messages of the size Exotel wants."""

import asyncio
from collections.abc import Callable

from fastapi import WebSocket, WebSocketDisconnect
from loguru import logger
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketClient,
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)
from starlette.websockets import WebSocketState

from shared.telephony.stream.audio import message_chunks
from shared.telephony.stream.input_framing import FramingInput
from shared.telephony.stream.messages import Start, Stop
from shared.telephony.stream.pausable_output import PausableOutput
from shared.telephony.stream.serializer import ExotelSerializer

# For a message to be taken over by the machine's own buffers. These hold three seconds of speech
# at least, so a peer that reads at all never lets us wait. A pipeline that has to end waits for its
# writes, so this is shorter than the 2 s that it gets for that.
WRITE_SECS = 1.5
PIPECAT_WRITE_SECS = 10.0  # Pipecat's own limit, which only sound has; ours always comes first

# What writing or closing raises when the peer has closed first, as Exotel does after `stop`: nobody
# reads the socket any more then, so nobody knows. The second one is uvicorn's, for a socket that it
# is cutting itself.
GONE = (WebSocketDisconnect, RuntimeError)


class _PatientClient(FastAPIWebsocketClient):
    """Pipecat's end of the socket, given up when nothing can be written any more.

    A peer that stops reading causes no error. Pipecat notices only when it writes sound, after
    `PIPECAT_WRITE_SECS`, and then neither ends the call nor writes again; `clear` and `mark` it
    writes for ever.
    """

    async def send(self, data: str | bytes) -> None:
        """Send a message, or give the socket up."""
        if not self._can_send():  # type: ignore[no-untyped-call]  # Pipecat's
            return
        send = self._websocket.send_text if isinstance(data, str) else self._websocket.send_bytes
        try:
            async with asyncio.timeout(WRITE_SECS):
                await send(data)  # type: ignore[arg-type]  # one of both
        except TimeoutError:
            await self._give_up()
        except GONE as error:
            logger.debug("a message reached nobody: {!r}", error)

    def _on_close_done(self, task: "asyncio.Task[None]") -> None:
        if task.cancelled() or not isinstance(task.exception(), GONE):
            super()._on_close_done(task)

    async def _give_up(self) -> None:
        if self.is_closing:
            return
        logger.warning("nothing could be written for {:g} s: the socket is given up", WRITE_SECS)
        # A close frame would have to wait as well, so there will be none.
        self._closing = True
        self._websocket.application_state = WebSocketState.DISCONNECTED
        await self.trigger_client_disconnected()  # type: ignore[no-untyped-call]  # Pipecat's


class ExotelTransport(FastAPIWebsocketTransport):
    """Carries one call's audio between Exotel and a pipeline, paced in real time.

    Outgoing messages hold 3,200 bytes (3,840 at 24 kHz). At 8 kHz that is 200 ms, and Pipecat sends
    two of them ahead, so an event loop that stalls for less than 0.4 s leaves no gap in the sound.

    When the peer doesn't read for `WRITE_SECS` and more, `on_client_disconnected` fires, and no
    close frame is sent.

    Args:
        websocket: Accepted, with its `start` message already read.
        start: That message.
        sample_rate: Hz, of the stream and of the pipeline.
        on_stop: Called once, when Exotel ends the stream.
    """

    def __init__(
        self,
        websocket: WebSocket,
        start: Start,
        sample_rate: int,
        on_stop: Callable[[Stop], None],
    ) -> None:
        self.serializer = ExotelSerializer(start, sample_rate, on_stop)
        params = FastAPIWebsocketParams(
            serializer=self.serializer,
            audio_in_enabled=True,
            audio_in_sample_rate=sample_rate,
            audio_out_enabled=True,
            audio_out_sample_rate=sample_rate,
            audio_out_10ms_chunks=message_chunks(sample_rate),
            audio_out_write_timeout_secs=PIPECAT_WRITE_SECS,
            audio_out_end_silence_secs=0,  # or two seconds of silence go out as one message
            # Exotel's client sends no Origin; any list here would refuse every call.
            allowed_origins=[],
        )
        super().__init__(websocket, params)
        self._client = _PatientClient(websocket, self._callbacks, params.ws_close_timeout)
        self._input = FramingInput(self, self._client, params)
        self._output: PausableOutput = PausableOutput(self, self._client, params)

    def played(self, secs: float, until: float) -> bytes:
        """The bot's sound as the caller's phone got it in so many seconds until a moment."""
        return self._output.sent.played(secs, until)
