"""Voices that have one rate of their own, brought to the line's to the last sample."""

from collections.abc import AsyncGenerator
from typing import Any, ClassVar

from pipecat.audio.utils import create_stream_resampler
from pipecat.frames.frames import Frame, TTSAudioRawFrame
from pipecat.services.tts_service import TTSService


class ResamplesSpeech(TTSService):
    """Mixin for a TTS with one rate of its own, put before the service's class.

    Left alone, Pipecat's resampler keeps the last 75 ms of every sentence to itself, and drops as
    much whenever the vendor pauses for 0.2 s.
    """

    RATE: ClassVar[int | None] = None  # Hz; None if the service uses `_resampler` by itself

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._resampler = create_stream_resampler(quality="HQ", clear_after_secs=None)

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Speak at the line's rate, and let go of what the filter holds at the end."""
        await self._resampler.reset()  # an interruption left its rest
        async for frame in super().run_tts(text, context_id):
            if not self.RATE or not isinstance(frame, TTSAudioRawFrame):
                yield frame
                continue
            whole = frame.audio[: len(frame.audio) & ~1]
            yield self._audio(
                await self._resampler.resample(whole, self.RATE, self.sample_rate), context_id
            )
        yield self._audio(await self._resampler.flush(), context_id)

    def _audio(self, audio: bytes, context_id: str) -> Frame | None:
        return (
            TTSAudioRawFrame(audio, self.sample_rate, 1, context_id=context_id) if audio else None
        )
