"""Turn-taking and idle settings of a persona: numbers with defaults, and presets of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

FILLER_SECS = 3.0  # of silence, after which the caller hears something; nobody waits for 4 s


class EndOfTurn(StrEnum):
    """The judge of whether the caller has finished."""

    MODEL = "model"  # Smart Turn, by how it sounds; where it isn't sure, silence decides
    TIMEOUT = "timeout"  # silence alone: for languages that the model doesn't know


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnSettings:
    """The settings that tell the caller's voice from noise, and their pause from their end.

    `relaxed()` and `brisk()` are presets, which `replace(TurnSettings.relaxed(), min_words=2)`
    refines.

    Where these are not Pipecat's defaults: with those, three of four of our recordings go unheard
    35 dB below full scale, since a `min_volume` of 0.6 stands for about -50 LUFS, and so does a
    plain "yes", which is over in 0.2 s; and a turn that the model isn't sure of ends after 3 s.

    Args:
        end_of_turn: Who judges the end of a turn. An STT that judges it itself is not
            asked twice.
        endpointing_secs: Seconds of silence that end a turn nobody is sure about.
        extendable_secs: Seconds of silence that end it when more may come: after four digits, a
            part of an address, or a yes to an open question.
        incomplete_secs: Seconds of silence that end it when more must come: after "I would like" or
            a part of a phone number, which people read in groups. Who pauses for longer is waited
            for a little longer the next time, with each of the three.
        min_interruption_secs: For how much longer than `start_secs` a voice must last for the bot
            to pause. What is shorter stops it only by its words.
        min_words: Words of the caller's that stop the bot; "hmm" and "haan" are none.
        uninterruptible_secs: At the beginning of the bot's first words, in which nothing stops it:
            many lines crackle after the answer.
        confidence: From 0 to 1, how sure Silero must be that it hears a voice.
        start_secs: Of voice, before it counts.
        stop_secs: Of silence, before a voice counts as over.
        min_volume: From 0 to 1 for -110 to -10 LUFS; what is fainter is no voice.

    Raises:
        ValueError: If a number makes no sense.
    """

    end_of_turn: EndOfTurn = EndOfTurn.MODEL
    endpointing_secs: float = 0.6
    extendable_secs: float = 0.65
    incomplete_secs: float = 1.7
    min_interruption_secs: float = 0.0
    min_words: int = 1
    uninterruptible_secs: float = 0.5
    confidence: float = 0.6
    start_secs: float = 0.1
    stop_secs: float = 0.12
    min_volume: float = 0.35

    @classmethod
    def relaxed(cls) -> Self:
        """For callers who take their time, think aloud or read numbers from paper.

        The bot interrupts them less, and answers a little later. No wait comes close to
        `FILLER_SECS`, after which the caller would hear "One moment, please."
        """
        return cls(endpointing_secs=0.9, extendable_secs=1.3, incomplete_secs=2.2, stop_secs=0.2)

    @classmethod
    def brisk(cls) -> Self:
        """For short questions and answers; who pauses in mid-sentence is interrupted more often."""
        return cls(endpointing_secs=0.4, extendable_secs=0.5, incomplete_secs=1.2)

    def __post_init__(self) -> None:
        """Refuse now what would make calls deaf."""
        _check(
            self,
            0,
            60,
            "endpointing_secs",
            "extendable_secs",
            "incomplete_secs",
            "min_interruption_secs",
            "uninterruptible_secs",
        )
        _check(self, 0.03, 2, "start_secs", "stop_secs")  # one window of Silero's at least
        _check(self, 0, 0.95, "confidence", "min_volume")
        _check(self, 1, 20, "min_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleSettings:
    """Seconds since the bot was heard last, in which the caller says nothing.

    Args:
        first: Until the bot asks whether they are there.
        again: Until it asks once more.
        goodbye: Until it says goodbye and hangs up. An hour is as good as never.

    Raises:
        ValueError: If one of them is shorter than a second, or longer than an hour.
    """

    first: float = 8.0
    again: float = 8.0
    goodbye: float = 6.0

    def __post_init__(self) -> None:
        """Refuse now what would have the bot interrupt everybody."""
        _check(self, 1, 3_600, "first", "again", "goodbye")


def _check(settings: TurnSettings | IdleSettings, least: float, most: float, *names: str) -> None:
    for name in names:
        value = getattr(settings, name)
        if not least <= value <= most:
            raise ValueError(
                f"{type(settings).__name__}({name}={value}): it must be from {least} to {most}"
            )
