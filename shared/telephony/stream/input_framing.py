"""The incoming audio, cut into frames of one length."""

from typing import Any

from pipecat.frames.frames import InputAudioRawFrame
from pipecat.transports.websocket.fastapi import FastAPIWebsocketInputTransport

from shared.telephony.stream.audio import SAMPLE_WIDTH

# Every frame passes some fifteen queues in the pipeline, so two of Exotel's usual 20 ms are joined:
# a fifth less CPU per call, for 10 ms more until the end of a turn is noticed.
FRAME_SECS = 0.04


class FramingInput(FastAPIWebsocketInputTransport):
    """Pipecat's input, whose audio frames are all equally long.

    Exotel sends 20 ms in a message on some accounts and documents 100, and a message may hold
    100,000 bytes. Whoever judges the sound, first of all the voice detector, tells one state at the
    end of each frame: a short word that begins and ends inside of one would be none.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rest = b""  # too short for a frame; waits for the next message

    async def push_audio_frame(self, frame: InputAudioRawFrame) -> None:
        """Pass on the frames that are complete with this audio."""
        audio, rate = self._rest + frame.audio, frame.sample_rate
        size = round(FRAME_SECS * rate) * SAMPLE_WIDTH
        whole = len(audio) - len(audio) % size
        self._rest = audio[whole:]
        for at in range(0, whole, size):
            await super().push_audio_frame(InputAudioRawFrame(audio[at : at + size], rate, 1))
