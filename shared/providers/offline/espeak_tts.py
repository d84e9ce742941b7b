"""Pipecat's text-to-speech stage on the speech worker."""

from collections.abc import AsyncGenerator

import numpy as np
import soxr
from pipecat.frames.frames import ErrorFrame, Frame, TTSAudioRawFrame
from pipecat.services.settings import TTSSettings
from pipecat.services.tts_service import TTSService
from pipecat.transcriptions.language import Language

from shared.providers.offline.espeak import Speech, SpeechError, speech_worker
from shared.providers.offline.word_times import word_times

PAUSE = 0.2  # seconds after a sentence, of which the voices give next to nothing


class EspeakTTSService(TTSService):
    """Speaks offline: with flite when this machine has it, with espeak-ng otherwise.

    Words reach the context one by one as they are played, so that it never holds what an
    interruption cut off.
    """

    def __init__(self, *, voice: str | None = None, sample_rate: int | None = None) -> None:
        """Prepare to speak; nothing is loaded, and all calls share one worker process.

        Args:
            voice: `slt` (flite) or a voice of espeak-ng such as `en-us+f3`; the best by default.
            sample_rate: In Hz; the pipeline's by default.
        """
        super().__init__(
            push_text_frames=False,
            push_start_frame=True,
            push_stop_frames=True,
            sample_rate=sample_rate,
            settings=TTSSettings(model="offline", voice=voice, language=Language.EN),
        )
        self._voice = voice
        self._spoken: dict[str, float] = {}  # seconds of sound so far, by context

    def can_generate_metrics(self) -> bool:
        """Say yes: time to first byte and characters are reported."""
        return True

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Speak one sentence."""
        await self.start_tts_usage_metrics(text)
        try:
            speech = await speech_worker().speak(text, self._voice)
        except SpeechError as error:
            yield ErrorFrame(error=f"{self}: {error}")
            await self.remove_audio_context(context_id)  # Pipecat would wait 3 s for its sound
            return
        pcm = self._at_own_rate(speech)
        await self._announce_words(text, speech, context_id, len(pcm) / 2 / self.sample_rate)
        for start in range(0, len(pcm), self.chunk_size):
            chunk = pcm[start : start + self.chunk_size]
            yield TTSAudioRawFrame(chunk, self.sample_rate, 1, context_id=context_id)

    async def on_audio_context_interrupted(self, context_id: str) -> None:
        """Forget how far the context had got."""
        self._spoken.pop(context_id, None)
        await super().on_audio_context_interrupted(context_id)

    async def on_audio_context_completed(self, context_id: str) -> None:
        """Forget how far the context had got."""
        self._spoken.pop(context_id, None)
        await super().on_audio_context_completed(context_id)

    def _at_own_rate(self, speech: Speech) -> bytes:
        # The whole sentence at once: a streaming resampler would keep back its last syllable.
        samples = np.frombuffer(speech.pcm, np.int16)
        if speech.sample_rate != self.sample_rate:
            samples = soxr.resample(samples, speech.sample_rate, self.sample_rate)
        return samples.tobytes() + bytes(2 * int(PAUSE * self.sample_rate))

    async def _announce_words(
        self, text: str, speech: Speech, context_id: str, duration: float
    ) -> None:
        before = self._spoken.get(context_id, 0.0)  # Pipecat counts from the start of the context
        times = word_times(text, speech.anchors, duration - PAUSE)
        await self.add_word_timestamps([(word, before + at) for word, at in times], context_id)
        self._spoken[context_id] = before + duration
