"""Ears that lose nothing: what is said while they connect, and what comes at another rate."""

from collections.abc import AsyncGenerator
from typing import Any, ClassVar

from pipecat.audio.utils import create_stream_resampler
from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameProcessorSetup
from pipecat.services.stt_service import STTService

from shared.conversation.connecting import ConnectsInBackground

MAX_EARLY_AUDIO = 160_000  # bytes; ten seconds at 8 kHz


class HearsEarly(ConnectsInBackground, STTService):
    """Mixin for an STT that also hears what is said while the connection is being made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._early_audio = bytearray()

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Send the caller's audio, or keep it until there is a connection."""
        if self._connecting and not self._connecting.done():
            self._early_audio += audio
            del self._early_audio[:-MAX_EARLY_AUDIO]
            return
        if self._early_audio:
            audio = bytes(self._early_audio + audio)
            self._early_audio.clear()
        async for frame in super().run_stt(audio):
            yield frame


class HearsAt(STTService):
    """Mixin for an STT that doesn't take every rate; one it doesn't take becomes its `BEST`."""

    TAKES: ClassVar[frozenset[int]]  # Hz
    BEST: ClassVar[int]  # Hz

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Set the service up for the line's rate, or for its own."""
        self._line_rate = setup.audio_in_sample_rate
        if self._line_rate not in self.TAKES:
            self._init_sample_rate = self.BEST
        self._to_best = create_stream_resampler()
        await super().setup(setup)

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Send the caller's audio at a rate that the vendor takes."""
        audio = await self._to_best.resample(audio, self._line_rate, self.sample_rate)
        async for frame in super().run_stt(audio):
            yield frame
