"""The outcome of an utterance in a call with a bot, and what it is judged by."""

from dataclasses import dataclass
from enum import StrEnum

from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.utterance import Utterance
from simulator.caller.report import CallReport

LATE_SECS = 1.2  # from the end of speech to the answer


class Effect(StrEnum):
    """What a noise did to what the bot was saying."""

    NONE = "none"
    HICCUP = "hiccup"  # it broke off, and went on
    ANSWERED = "answered"  # it broke off, and asked the model for an answer to the noise
    STOPPED = "stopped"  # it broke off, and was silent for long


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the LLM.

    Args:
        at: Seconds of the call.
        said: The user's messages in it.
    """

    at: float
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call with a bot, and what was seen of it from both sides.

    Args:
        report: The caller's.
        asked: What the LLM was asked for an answer to.
    """

    report: CallReport
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a bot was tried with.

    Args:
        split: From which it is.
        utterance: None for what the line does by itself.
        kind: Of what the line does.
        name: Of what the line does.
    """

    split: str
    utterance: Utterance | None = None
    kind: Kind = Kind.NOISE
    name: str = ""

    def outcome(
        self,
        *,
        response: float | None = None,
        talked_into: bool = False,
        cut: bool = False,
        whole: bool | None = None,
        stop: float | None = None,
        effect: Effect | None = None,
        gap: float = 0.0,
    ) -> "Outcome":
        """What came of it."""
        said = self.utterance
        return Outcome(
            split=self.split,
            kind=said.kind if said else self.kind,
            name=said.name if said else self.name,
            text=said.text if said else "",
            paused=bool(said and said.pauses),
            response=response,
            talked_into=talked_into,
            cut=cut,
            whole=whole,
            stop=stop,
            effect=effect,
            gap=gap,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one utterance; times are seconds, `NEVER` for what did not happen.

    Args:
        split: From which it is.
        kind: What it is.
        name: Of the recording.
        text: What was said.
        paused: Whether there was a pause in it.
        response: From the end of the caller's words to the answer; None if none was due.
        talked_into: Whether the bot was heard between the caller's first word and the last.
        cut: Whether the LLM was asked, or the bot heard, before the caller had finished.
        whole: Whether a ten-digit number reached the LLM in one message; None without one.
        stop: From the first sound of an interruption until the bot was quiet; None without one.
        effect: Of a noise on what the bot was saying; None if there was no noise.
        gap: The silence after it broke off.
    """

    split: str
    kind: Kind
    name: str
    text: str = ""
    paused: bool = False
    response: float | None = None
    talked_into: bool = False
    cut: bool = False
    whole: bool | None = None
    stop: float | None = None
    effect: Effect | None = None
    gap: float = 0.0

    @property
    def late(self) -> bool:
        """Whether the answer came later than it should."""
        return self.response is not None and self.response > LATE_SECS
