"""The sound of a turn, with a stub for the model and without a model."""

import pytest
from pipecat.audio.turn.base_turn_analyzer import EndOfTurnState
from pipecat.metrics.metrics import MetricsData, TurnMetricsData

from shared.conversation.turns.turn_sound import TurnSound
from tests.unit.shared.conversation.turns.test_end_of_turn import Judge


class Prober(Judge):
    """Says how sure it is."""

    async def analyze_end_of_turn(self) -> tuple[EndOfTurnState, MetricsData | None]:
        state, _ = await super().analyze_end_of_turn()
        metrics = TurnMetricsData(
            processor="", is_complete=False, probability=0.3, e2e_processing_time_ms=1.0
        )
        return state, metrics


@pytest.mark.parametrize(
    ("model", "complete"), [(Judge(1), 1.0), (Judge(None), 0.0), (Prober(None), 0.3)]
)
async def test_the_sound_is_as_likely_over_as_the_model_says(model: Judge, complete: float) -> None:
    sound = TurnSound(model)
    await sound.ask()
    assert sound.complete == complete


@pytest.mark.parametrize("forget", [lambda s: s.forget(), lambda s: s.voice_started(0.1)])
async def test_a_judgement_is_of_one_silence(forget: object) -> None:
    sound = TurnSound(Judge(1))
    await sound.ask()
    assert callable(forget)
    forget(sound)
    assert sound.complete is None


async def test_without_a_model_nobody_judges_the_sound() -> None:
    sound = TurnSound(None)
    sound.set_sample_rate(8_000)
    sound.hear(bytes(320), voiced=True)
    sound.voice_started(0.1)
    await sound.ask()
    sound.forget()
    await sound.cleanup()
    assert not sound.is_judged
    assert sound.complete is None
