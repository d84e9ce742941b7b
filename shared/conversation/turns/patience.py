"""Patience: the seconds of silence that end a turn, by its words, its sound and its caller."""

from shared.bot.turn_settings import FILLER_SECS, TurnSettings
from shared.conversation.turns.caller_pace import CallerPace
from shared.languages.answers.completeness import Completeness

# Of silence that ends a turn which is over by its form; its words take about as long to come.
WHOLE_SECS = 0.2
# Probability from which on the sound says that the turn is over. Of 160 recorded sentences at 8 kHz
# 107 sound so, and of as many that were cut off 51; from 0.5 on 145 and 86.
COMPLETE = 0.9

# How many times as long as usual a caller who pauses for long is waited for: hardly longer where
# most turns are over, for all their answers would be late.
STRETCH = {Completeness.ANY: 1.1, Completeness.EXTENDABLE: 1.05, Completeness.OPEN: 1.4}
MOST_SECS = FILLER_SECS - 0.5  # whoever is waited for is told "One moment, please." else


class Patience:
    """The seconds of silence after which a turn is over.

    Args:
        settings: Of the persona.
        pace: Of the caller.
    """

    def __init__(self, settings: TurnSettings, pace: CallerPace) -> None:
        self._over = min(WHOLE_SECS, settings.endpointing_secs)
        self._usual = {
            Completeness.ANY: settings.endpointing_secs,
            Completeness.EXTENDABLE: max(settings.extendable_secs, settings.endpointing_secs),
            Completeness.OPEN: settings.incomplete_secs,
        }
        self._pace = pace

    def secs(self, completeness: Completeness, complete: float | None) -> float:
        """Seconds from the end of the voice.

        Args:
            completeness: Of the words.
            complete: How likely the turn is over by its sound or by the STT, from 0 to 1; None if
                nobody has said.
        """
        over = completeness is Completeness.ANY and complete is not None and complete >= COMPLETE
        if completeness is Completeness.WHOLE or over:
            return self._over
        usual = self._usual[completeness]
        return self._pace.stretched(usual, min(STRETCH[completeness] * usual, MOST_SECS))
