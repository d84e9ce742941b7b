"""The sound of a turn: how likely it is over, as the end-of-turn model hears it."""

from pipecat.audio.turn.base_turn_analyzer import BaseTurnAnalyzer, EndOfTurnState
from pipecat.metrics.metrics import TurnMetricsData


class TurnSound:
    """The sound of a caller's turn.

    Args:
        analyzer: The model, for this call; None where nobody judges by the sound.

    Attributes:
        complete: From 0 to 1, how likely the turn is over; None if nobody has judged it yet.
    """

    def __init__(self, analyzer: BaseTurnAnalyzer | None) -> None:
        self.complete: float | None = None
        self._analyzer = analyzer

    @property
    def is_judged(self) -> bool:
        """Whether there is a model."""
        return self._analyzer is not None

    def set_sample_rate(self, sample_rate: int) -> None:
        """Prepare for the line's sample rate, in Hz."""
        if self._analyzer:
            self._analyzer.set_sample_rate(sample_rate)

    async def cleanup(self) -> None:
        """Leave nothing behind."""
        if self._analyzer:
            await self._analyzer.cleanup()

    def hear(self, audio: bytes, *, voiced: bool) -> None:
        """Take in a piece of the line's sound."""
        if self._analyzer:
            self._analyzer.append_audio(audio, voiced)

    def voice_started(self, start_secs: float) -> None:
        """Note that the voice detector has heard a voice for so many seconds."""
        self.complete = None
        if self._analyzer:
            self._analyzer.update_vad_start_secs(start_secs)

    def forget(self) -> None:
        """Begin anew: the turn is over."""
        self.complete = None
        if self._analyzer:
            self._analyzer.clear()

    async def ask(self) -> None:
        """Have the model judge the turn as far as it has been heard."""
        if self._analyzer:
            state, metrics = await self._analyzer.analyze_end_of_turn()
            likely = 1.0 if state is EndOfTurnState.COMPLETE else 0.0
            self.complete = metrics.probability if isinstance(metrics, TurnMetricsData) else likely
