"""How loud the bot's own voice may come back from the caller's phone."""

import numpy as np
from pipecat.frames.frames import Frame, InterruptionFrame, TTSAudioRawFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.clock import loop_time
from shared.telephony.audio import seconds

LOSS = 10 ** (-22 / 10)  # of the power, at least, on the way there and back
FORGETTING = 10 ** (-1 / 10)  # of the power, in each second of speech
DELAY_SECS = 0.8  # from our sending a sound to its coming back: Exotel's buffer and the way
WINDOW_SECS = 0.032


class Echo(FrameProcessor):
    """Sits before the line and follows how loud the bot is.

    Whoever speaks more softly than its echo would be isn't heard while the bot speaks.
    """

    def __init__(self) -> None:
        super().__init__()
        self._loudest = 0.0  # power of the loudest moments, from 0 to 1
        self._until = 0.0

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Follow the sound, and pass everything on."""
        await super().process_frame(frame, direction)
        match frame:
            case TTSAudioRawFrame():
                self._follow(frame)
            case InterruptionFrame():
                self._until = min(self._until, loop_time())
        await self.push_frame(frame, direction)

    def covers(self, power: float) -> bool:
        """Whether a moment of the caller's, by its power from 0 to 1, may be no more than it."""
        return power < self._loudest * LOSS and loop_time() < self._until + DELAY_SECS

    def _follow(self, frame: TTSAudioRawFrame) -> None:
        secs = seconds(len(frame.audio), frame.sample_rate)
        self._until = max(self._until, loop_time()) + secs
        self._loudest = max(self._loudest * FORGETTING**secs, _loudest(frame))


def _loudest(frame: TTSAudioRawFrame) -> float:
    samples = np.frombuffer(frame.audio[: len(frame.audio) & ~1], "<i2").astype(np.float32) / 32_768
    size = round(frame.sample_rate * WINDOW_SECS)
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    return float((windows**2).mean(axis=1).max(initial=0.0))
