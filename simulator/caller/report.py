"""The report of a simulated call: what was heard, how long things took, how it ended."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from simulator.caller.audio import write_wav
from simulator.caller.playback import Gap

SMALLEST_MESSAGE = 3_200  # bytes; Exotel's documented minimum, jitter below it
LARGEST_MESSAGE = 100_000  # bytes; Exotel's documented maximum, timeouts above it

EndedBy = Literal["caller", "bot", "network", "exotel", "refused"]
Source = Literal["caller", "bot", "exotel"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, `at` seconds after `start` was sent."""

    at: float
    source: Source
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something the caller said or pressed, and how soon the bot was heard after it.

    `began_at` and `ended_at` bound the speech, not the silence around it in the recording.
    """

    what: Literal["say", "interrupt", "press"]
    text: str
    began_at: float
    ended_at: float
    response: float | None


@dataclass(frozen=True, slots=True)
class BargeIn:
    """The caller began while the bot was being heard; seconds from that moment."""

    at: float
    to_clear: float | None
    to_silence: float | None


@dataclass(frozen=True, slots=True)
class EchoedMark:
    """A mark of the bot's; `echoed_at` is None if it never went back."""

    name: str
    received_at: float
    echoed_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReport:
    """One call as the caller lived it; all times in seconds since `start` was sent.

    `first_sound` is the first bot audio that is not silence, when it is played. `gaps` are
    defined by `simulator.caller.playback.Playback`. `heard` and `said` are PCM on the same clock.
    `lag` is how late the simulator itself ran at worst: beyond 0.02 s distrust the rest.
    """

    connected: bool
    refused: int | None = None
    call_sid: str = ""
    stream_sid: str = ""
    first_sound: float | None = None
    turns: tuple[Turn, ...] = ()
    barge_ins: tuple[BargeIn, ...] = ()
    gaps: tuple[Gap, ...] = ()
    message_sizes: tuple[int, ...] = ()
    misaligned: int = 0
    deepest_buffer: float = 0.0
    clears: int = 0
    marks: tuple[EchoedMark, ...] = ()
    bad_messages: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    ended_by: EndedBy
    close_code: int | None = None
    close_reason: str = ""
    duration: float = 0.0
    lag: float = 0.0
    sample_rate: int
    heard: bytes = field(default=b"", repr=False)
    said: bytes = field(default=b"", repr=False)

    @property
    def succeeded(self) -> bool:
        """Whether the call connected and the bot was heard."""
        return self.connected and self.first_sound is not None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a bot's author should know before the same happens on a real line."""
        small = sum(size < SMALLEST_MESSAGE for size in self.message_sizes)
        large = sum(size > LARGEST_MESSAGE for size in self.message_sizes)
        unechoed = sum(mark.echoed_at is None for mark in self.marks)
        facts = {
            f"{small} messages below {SMALLEST_MESSAGE} bytes (Exotel: jitter)": small,
            f"{large} messages above {LARGEST_MESSAGE} bytes (Exotel: timeouts)": large,
            f"{self.misaligned} messages not a multiple of 320 bytes (gaps)": self.misaligned,
            f"{len(self.bad_messages)} messages Exotel cannot use": self.bad_messages,
            f"{unechoed} marks never echoed": unechoed,
            f"the simulator ran {self.lag * 1_000:.0f} ms late: its times are no better": (
                self.lag > 0.02
            ),
        }
        return tuple(fact for fact, holds in facts.items() if holds)

    def as_dict(self) -> dict[str, Any]:
        """Return all but the sound, ready for JSON; message sizes are counted."""
        document = asdict(self)
        del document["heard"], document["said"]
        document["message_sizes"] = dict(sorted(Counter(self.message_sizes).items()))
        return document | {"succeeded": self.succeeded, "warnings": self.warnings}

    def save(self, path: Path | str) -> None:
        """Write what the caller heard as a mono WAV."""
        write_wav(Path(path), self.sample_rate, self.heard)

    def save_both(self, path: Path | str) -> None:
        """Write the caller on the left channel and the bot on the right."""
        write_wav(Path(path), self.sample_rate, self.said, self.heard)
