"""The caller's hearing: when the bot speaks, and when it is quiet."""

from dataclasses import dataclass
from typing import Literal

from simulator.caller.audio import FRAME_SECS, amplitude

AUDIBLE = round(amplitude(-50))  # peak sample value; line noise and dither stay below it
PAUSE = 0.3  # seconds of quiet that part two stretches of speech; pauses within one are shorter


@dataclass(slots=True)
class Span:
    """A stretch of bot speech; `end` moves on while it lasts."""

    start: float
    end: float


class Listener:
    """Notes the stretches of sound in what is played, frame by frame."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._open = False

    @property
    def speaking(self) -> Span | None:
        """The stretch that is being heard, short pauses included."""
        return self.spans[-1] if self._open else None

    def hear(self, frame: bytes, at: float) -> Literal["began", "ended"] | None:
        """Take in the frame that plays from `at`; say whether the bot began or ended with it."""
        if frame and is_audible(frame):
            if self._open:
                self.spans[-1].end = at + FRAME_SECS
                return None
            self.spans.append(Span(at, at + FRAME_SECS))
            self._open = True
            return "began"
        if self._open and at - self.spans[-1].end >= PAUSE:
            self._open = False
            return "ended"
        return None

    def cut(self) -> bool:
        """Part the stretch before a `clear` from whatever comes after it."""
        was_open, self._open = self._open, False
        return was_open


def is_audible(frame: bytes) -> bool:
    """Tell sound from silence; cheap enough for fifty frames a second of forty calls."""
    samples = memoryview(frame[: len(frame) & ~1]).cast("h")
    return len(samples) > 0 and (max(samples) > AUDIBLE or min(samples) < -AUDIBLE)


def first_answer(
    spans: list[Span], began: float, ended: float, before: float = float("inf")
) -> float | None:
    """Find when the bot answered what the caller said from `began` to `ended`.

    What the bot was already saying when the caller began is no answer, however long it goes
    on. A bot that answers before the caller has finished answers at `ended`.
    """
    for span in spans:
        if span.start < began:
            continue
        if span.end > ended and span.start < before:
            return max(span.start, ended)
    return None
