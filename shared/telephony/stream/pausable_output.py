"""The outgoing audio, which can be paused, and resumed where it stopped."""

import asyncio
from dataclasses import dataclass
from math import ceil
from typing import Any

from pipecat.frames.frames import Frame, InterruptionFrame, OutputAudioRawFrame, SystemFrame
from pipecat.processors.frame_processor import FrameDirection
from pipecat.transports.websocket.fastapi import FastAPIWebsocketOutputTransport

from shared.clock import loop_time
from shared.telephony.stream.audio import pad_to_packet
from shared.telephony.stream.sent_audio import SentAudio

ROUNDING = 0.01  # seconds
PAUSE_SECS = 3.0  # after which it goes on by itself, whatever became of whoever paused it


@dataclass
class PauseSpeechFrame(SystemFrame):
    """Pause the playout: the caller may be about to interrupt."""


@dataclass
class ResumeSpeechFrame(SystemFrame):
    """Resume the playout where it was paused: it was no interruption."""


class PausableOutput(FastAPIWebsocketOutputTransport):
    """Pipecat's output transport, with an account of the audio that Exotel has not played yet.

    Attributes:
        sent: What Exotel has got, as far as we know.
    """

    _unplayed = b""  # while it is paused
    _held: asyncio.TimerHandle | None = None
    _go_on: asyncio.Event | None = None
    _interruptions = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = SentAudio()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pause, resume, or pass an interruption on."""
        match frame:
            case PauseSpeechFrame() if direction is FrameDirection.DOWNSTREAM:
                await self._pause()
            case ResumeSpeechFrame() if direction is FrameDirection.DOWNSTREAM:
                await self._resume()
            case InterruptionFrame():
                self._interruptions += 1
                self._unplayed = b""
                self.sent.cut()
        await super().process_frame(frame, direction)
        if isinstance(frame, InterruptionFrame):  # by now nobody is left who would send old sound
            self._release()

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        """Send a piece of audio in its time, which stands still during a pause."""
        interruptions = self._interruptions
        # What was paused is sent again at once; each pause would put us further ahead of Exotel
        # else.
        while self._go_on or self._too_far_ahead > 0:
            if self._go_on:
                await self._go_on.wait()
            else:
                await asyncio.sleep(self._too_far_ahead + ROUNDING)
        if interruptions != self._interruptions:
            return True  # it isn't to be heard any more
        self.sent.add(frame.audio, self.sample_rate)
        return await super().write_audio_frame(frame)

    @property
    def _too_far_ahead(self) -> float:
        """Seconds until Exotel holds no more than one message, and may have the next one."""
        return self.sent.ends_at - loop_time() - self._send_interval - ROUNDING

    async def cleanup(self) -> None:
        """Resume, and close the transport."""
        self._release()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def _pause(self) -> None:
        if self._held:
            return
        self._go_on = asyncio.Event()
        self._held = asyncio.get_running_loop().call_later(PAUSE_SECS, self._resume_soon)
        left = self.sent.ends_at - loop_time()
        if left <= 0:  # nothing is being played, and what is about to be waits
            return
        # Whole messages, since Exotel wants no smaller ones: it begins again a moment earlier.
        size = ceil(left * self.sample_rate * 2 / self.audio_chunk_size) * self.audio_chunk_size
        self._unplayed = self.sent.last(size)
        self.sent.cut()
        await self._write_frame(InterruptionFrame())  # as `clear`

    async def _resume(self) -> None:
        unplayed, self._unplayed = self._unplayed, b""
        if unplayed:
            for at in range(0, len(unplayed), self.audio_chunk_size):
                audio = pad_to_packet(unplayed[at : at + self.audio_chunk_size])
                self.sent.add(audio, self.sample_rate)
                await self._write_frame(OutputAudioRawFrame(audio, self.sample_rate, 1))
        self._release()

    def _resume_soon(self) -> None:
        self.create_task(self._resume(), "resume")

    def _release(self) -> None:
        if self._held:
            self._held.cancel()
        self._held = None
        if self._go_on:
            self._go_on.set()
        self._go_on = None
