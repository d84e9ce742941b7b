"""The steps of a scenario: what a caller does during a call, as plain values."""

from dataclasses import dataclass
from pathlib import Path

MAX_CALL = 120.0  # seconds after which a caller gives up and hangs up


@dataclass(frozen=True, slots=True)
class Say:
    """Play a WAV file up the line; a bare name is one of `simulator/recordings`."""

    recording: Path | str


@dataclass(frozen=True, slots=True)
class WaitForBot:
    """Listen until the bot has answered and has then been quiet for `quiet` seconds."""

    quiet: float = 0.8
    timeout: float = 15.0


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Let the bot speak for `after` seconds, then speak over it."""

    recording: Path | str
    after: float = 1.0
    timeout: float = 15.0


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys, one every `gap` seconds."""

    digits: str
    gap: float = 0.3


@dataclass(frozen=True, slots=True)
class Pause:
    """Stay silent; the line keeps streaming."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Beep:
    """Make the tone after which a voicemail records."""

    seconds: float = 0.4
    hertz: float = 1_000.0


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call as a caller does: `stop` with reason `callended`, then close 1000."""


@dataclass(frozen=True, slots=True)
class Vanish:
    """Cut the TCP connection without a word; the bot sees 1006."""


@dataclass(frozen=True, slots=True)
class SendRaw:
    """Send one websocket message exactly as it is, valid or not."""

    message: str | bytes
    binary: bool = False


Step = Say | WaitForBot | Interrupt | Press | Pause | Beep | HangUp | Vanish | SendRaw


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole call from the caller's side.

    Steps that end without `HangUp` or `Vanish` leave the end to the bot. A call longer than
    `max_secs` seconds is hung up by the caller, wherever the steps are.
    """

    name: str
    steps: tuple[Step, ...]
    max_secs: float = MAX_CALL
