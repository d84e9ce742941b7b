"""STTs that lose nothing: what is said while they connect, and what comes at another rate."""

from collections.abc import AsyncGenerator
from typing import Any, ClassVar

from pipecat.audio.utils import create_stream_resampler
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessorSetup
from pipecat.services.stt_service import STTService
from websockets.protocol import State

from shared.providers.background_connect import ConnectsInBackground

KEPT_SECS = 15.0  # of the caller's words, at most
BEFORE_SECS = 1.0  # of sound before a voice is noticed


class BuffersEarlyAudio(ConnectsInBackground, STTService):
    """Mixin for an STT on a connection that can be missing, at first or in the middle of a call.

    What the caller says is kept until it has been transcribed. A new connection gets all of it,
    and so does a fallback: what the old one was sent and hadn't transcribed yet is lost with it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kept = bytearray()  # of what hasn't been transcribed
        self._told: object = None  # the connection that has got it
        self._speaking = False
        self._untold = False  # whether a voice waits for its transcript

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take note of the caller's voice, which is noticed elsewhere."""
        match frame:
            case VADUserStartedSpeakingFrame():
                self._speaking = self._untold = True
            case VADUserStoppedSpeakingFrame():
                self._speaking = False
        await super().process_frame(frame, direction)

    async def push_frame(
        self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM
    ) -> None:
        """Take note of what has been transcribed."""
        if isinstance(frame, TranscriptionFrame):
            self._untold = self._speaking
            self._keep(0)
        await super().push_frame(frame, direction)

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Send the caller's audio, and what was kept, if there is a connection."""
        self._kept += audio
        self._keep(KEPT_SECS if self._untold else BEFORE_SECS)
        connection = self._live_connection
        if connection is None:
            return
        if is_new := connection is not self._told:
            self._told, audio = connection, bytes(self._kept)
        async for frame in super().run_stt(audio):
            yield frame
        if is_new and self._is_over:
            await self._finish(self)

    async def transfer_call(self, fallback: STTService) -> None:
        """Let a fallback hear what hasn't been transcribed."""
        if not self._untold or not self._kept:
            return
        kept = InputAudioRawFrame(bytes(self._kept), self._line_hertz, 1)
        # Past the queue, or it would come behind the sound that follows it.
        await fallback.process_frame(VADUserStartedSpeakingFrame(), FrameDirection.UPSTREAM)
        await fallback.process_audio_frame(kept, FrameDirection.DOWNSTREAM)
        if self._is_over:
            await self._finish(fallback)

    @property
    def _is_over(self) -> bool:
        """Whether nothing will tell that the kept words have come to their end."""
        return self._untold and not self._speaking

    async def _finish(self, service: STTService) -> None:
        """Have a service transcribe what it has: the end of the voice was told to another."""
        await service.queue_frame(VADUserStoppedSpeakingFrame(), FrameDirection.UPSTREAM)

    @property
    def _live_connection(self) -> object | None:
        """The connection, by whichever name Pipecat's service has for it."""
        connection = getattr(self, "_connection", None) or getattr(self, "_websocket", None)
        return connection if getattr(connection, "state", State.OPEN) is State.OPEN else None

    def _keep(self, secs: float) -> None:
        surplus = len(self._kept) - round(secs * self._line_hertz) * 2
        if surplus > 0:
            del self._kept[:surplus]

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Set the service up for the line."""
        self._line_hertz = setup.audio_in_sample_rate
        await super().setup(setup)


class ResamplesInput(STTService):
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
