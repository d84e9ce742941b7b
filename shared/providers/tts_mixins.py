"""Voices: one that breaks off says so, and one with a rate of its own is brought to the line's."""

from collections.abc import AsyncGenerator
from typing import Any, ClassVar

from pipecat.audio.utils import create_stream_resampler
from pipecat.frames.frames import Frame, TTSAudioRawFrame
from pipecat.services.tts_service import TTSService, WebsocketTTSService

from shared.languages.utterances import Utterances
from shared.providers.first_words import EarlyAggregator


def cut_into_utterances(service: TTSService) -> None:
    """Have a TTS be given utterances in which nothing is cut apart that is said together."""
    if not isinstance(service._text_aggregator, Utterances):
        language = service.text_aggregation_language
        service._text_aggregator = Utterances(language=language)  # type: ignore[no-untyped-call]


class ReportsConnectionLoss(WebsocketTTSService):
    """Mixin for a TTS on a websocket, put before the service's class.

    Pipecat connects again without a word, and the rest of the sentence is never heard.
    """

    async def _reconnect_websocket(self, attempt_number: int) -> bool:
        if attempt_number == 1 and self.has_active_audio_context():
            await self.push_error("the connection was lost in mid-sentence")
        return await super()._reconnect_websocket(attempt_number)


class SpeaksFirstWordsEarly(TTSService):
    """Mixin for a TTS that goes on in the same breath, put before the service's class.

    An answer begins to be spoken after its first few words; a whole sentence takes the LLM a tenth
    of a second and more.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        language = self._text_aggregator.language
        self._text_aggregator = EarlyAggregator(language=language)  # type: ignore[no-untyped-call]


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
