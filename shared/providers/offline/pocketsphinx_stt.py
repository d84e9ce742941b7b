"""Pipecat's speech-to-text stage on the closed-grammar recogniser."""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pipecat.frames.frames import Frame, StartFrame, TranscriptionFrame
from pipecat.processors.frame_processor import FrameDirection
from pipecat.services.settings import STTSettings
from pipecat.services.stt_service import SegmentedSTTService
from pipecat.transcriptions.language import Language
from pipecat.utils.time import time_now_iso8601

from shared.providers.offline.dialogue import OPENING_EXPECTS
from shared.providers.offline.frames import ExpectPhrasesFrame
from shared.providers.offline.grammar import Phrase
from shared.providers.offline.hearing import UNCLEAR
from shared.providers.offline.recognizer import Hearing, Recognizer

PREROLL = 0.6  # seconds kept from before speech is detected, twice what detection takes
TRAILING_SILENCE = 0.1  # seconds
LATENCY_P99 = 0.4  # seconds from the end of speech to its transcript

# Calls take turns: decoding needs the GIL, so side by side each would only finish later, and the
# event loop would wait for all of them.
_DECODING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pocketsphinx")


class PocketSphinxSTTService(SegmentedSTTService):
    """Hears the phrases the scripted mind expects; everything else is transcribed as unclear.

    The transcription's `result` is the `Hearing`: what it might have been, and how likely.
    """

    def __init__(self, *, sample_rate: int | None = None) -> None:
        """Prepare to hear; the recogniser of this process loads in the background.

        Args:
            sample_rate: In Hz; the pipeline's by default.
        """
        super().__init__(
            sample_rate=sample_rate,
            trailing_silence_secs=TRAILING_SILENCE,
            ttfs_p99_latency=LATENCY_P99,
            settings=STTSettings(model="pocketsphinx en-us", language=Language.EN),
        )
        self._expected: tuple[Phrase, ...] = OPENING_EXPECTS
        _DECODING.submit(_recognizer)

    @property
    def wants_wav_segments(self) -> bool:
        """Say no: the recogniser takes bare samples."""
        return False

    def can_generate_metrics(self) -> bool:
        """Say yes: the time of each decision is reported."""
        return True

    async def start(self, frame: StartFrame) -> None:
        """Keep less sound from before the speech than Pipecat would: it costs time to decode."""
        await super().start(frame)
        self._audio_buffer_size_1s = int(PREROLL * self.sample_rate) * 2

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take what to expect from the frame meant for us, and leave the others to Pipecat."""
        if isinstance(frame, ExpectPhrasesFrame):
            self._expected = frame.phrases
        else:
            await super().process_frame(frame, direction)

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Decide what one segment of speech says."""
        await self.start_processing_metrics()
        loop = asyncio.get_running_loop()
        hearing = await loop.run_in_executor(
            _DECODING, _recognize, audio, self.sample_rate, self._expected
        )
        await self.stop_processing_metrics()
        text = hearing.text if hearing.accepted else UNCLEAR
        yield TranscriptionFrame(text, self._user_id, time_now_iso8601(), result=hearing)


@cache
def _recognizer() -> Recognizer:
    return Recognizer()


def _recognize(pcm: bytes, sample_rate: int, phrases: tuple[Phrase, ...]) -> Hearing:
    return _recognizer().recognize(pcm, sample_rate, phrases)
