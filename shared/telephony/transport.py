"""The media socket as a Pipecat transport: mono, one rate, messages of the size Exotel wants."""

from collections.abc import Callable

from fastapi import WebSocket
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport

from shared.telephony.audio import message_chunks
from shared.telephony.messages import Start, Stop
from shared.telephony.serializer import ExotelSerializer


class ExotelTransport(FastAPIWebsocketTransport):
    """Carries one call's audio between Exotel and a pipeline, paced in real time.

    Outgoing messages hold 3,200 bytes (3,840 at 24 kHz). At 8 kHz that is 200 ms, and Pipecat sends
    two of them ahead, so an event loop that stalls for less than 0.4 s leaves no gap in the sound.

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
        super().__init__(
            websocket,
            FastAPIWebsocketParams(
                serializer=self.serializer,
                audio_in_enabled=True,
                audio_in_sample_rate=sample_rate,
                audio_out_enabled=True,
                audio_out_sample_rate=sample_rate,
                audio_out_10ms_chunks=message_chunks(sample_rate),
                audio_out_end_silence_secs=0,  # or two seconds of silence go out as one message
                # Exotel's client sends no Origin; any list here would refuse every call.
                allowed_origins=[],
            ),
        )
