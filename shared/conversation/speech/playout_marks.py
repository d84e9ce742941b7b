"""The playout marks: places in the bot's speech, and whether the caller has heard them."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    DataFrame,
    Frame,
    InterruptionFrame,
    OutputTransportMessageFrame,
)

from shared.clock import loop_time
from shared.telephony.stream.pausable_output import PAUSE_SECS, PauseSpeechFrame, ResumeSpeechFrame
from shared.telephony.stream.serializer import MarkPlayedFrame, mark_frame

MARK_SECS = 1.5  # from our last sound until Exotel tells that it was played; it plays 0.4 s behind
POLL_SECS = 0.25  # while a mark is awaited; each sound gives it more time
UNSAID_SECS = 4.0  # for a sentence to become sound at all


@dataclass
class PlayoutMarkFrame(DataFrame):
    """Goes through the TTS, behind all that it is making, and no further."""

    passed: asyncio.Event = field(default_factory=asyncio.Event)

    def resolve(self) -> None:
        """It has come out of the TTS."""
        self.passed.set()

    async def wait(self) -> None:
        """Wait for it, unless the TTS hangs."""
        with suppress(TimeoutError):
            async with asyncio.timeout(UNSAID_SECS):
                await self.passed.wait()


class PlayoutMark:
    """A place in the bot's speech.

    Attributes:
        sent: Whether all that comes before it is on its way.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent = False
        self.played: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    @property
    def frame(self) -> OutputTransportMessageFrame:
        """What asks Exotel to tell when it is played."""
        return mark_frame(self.name)

    def resolve(self, *, played: bool) -> None:
        """Settle it, once."""
        if not self.played.done():
            self.played.set_result(played)


class PlayoutMarks:
    """The places that somebody waits for, in a stream of frames that goes by."""

    def __init__(self) -> None:
        self._pending: dict[str, PlayoutMark] = {}
        self._names = count(1)
        self._speaking = False
        self._resumed = asyncio.Event()  # cleared while the output pauses
        self._resumed.set()
        self._moved = 0.0  # when a sound last began or ended, or a place was passed

    def place(self) -> PlayoutMark:
        """Make a place; its frame is to be put behind what comes before it."""
        playout_mark = PlayoutMark(f"said-{next(self._names)}")
        self._pending[playout_mark.name] = playout_mark
        self._note_movement()
        return playout_mark

    def follow(self, frame: Frame) -> None:
        """Follow the frames that go by."""
        match frame:
            case BotStartedSpeakingFrame() | BotStoppedSpeakingFrame():
                self._speaking = isinstance(frame, BotStartedSpeakingFrame)
                self._note_movement()
            case OutputTransportMessageFrame(message={"mark": {"name": name}}):
                if playout_mark := self._pending.get(name):
                    playout_mark.sent = True
                    self._note_movement()
            case PauseSpeechFrame():
                self._resumed.clear()
            case ResumeSpeechFrame() | InterruptionFrame():
                self._resumed.set()
            # While the output pauses, Exotel returns marks of what it has not played.
            case MarkPlayedFrame(mark=name) if name in self._pending and self._resumed.is_set():
                self._pending[name].resolve(played=True)

    def to_be_sent_again(self) -> list[PlayoutMark]:
        """Those that came back, or may have, while the output paused."""
        return [playout_mark for playout_mark in self._pending.values() if playout_mark.sent]

    def cancel(self) -> None:
        """Nothing of what was on its way will be played."""
        for playout_mark in self._pending.values():
            playout_mark.resolve(played=False)

    async def reached(self, playout_mark: PlayoutMark) -> bool:
        """Wait until a place has been played; Exotel may never tell, so not for ever.

        Returns:
            False if it won't be: it was interrupted, or never became sound.
        """
        try:
            while not playout_mark.played.done():
                patience = MARK_SECS if playout_mark.sent else UNSAID_SECS
                left = self._moved + patience - loop_time()
                if left <= 0 and not self._speaking:
                    return playout_mark.sent
                await asyncio.wait({playout_mark.played}, timeout=min(max(left, 0.05), POLL_SECS))
            return playout_mark.played.result()
        finally:
            self._pending.pop(playout_mark.name, None)

    async def resumed(self) -> None:
        """Wait while the output pauses, but no longer than it does by itself."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PAUSE_SECS):
                await self._resumed.wait()

    def _note_movement(self) -> None:
        self._moved = loop_time()
