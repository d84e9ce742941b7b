"""The patience with a turn: seconds of silence, by its words, its sound and its caller."""

import pytest

from shared.bot.turn_settings import TurnSettings
from shared.conversation.turns.caller_pace import CallerPace
from shared.conversation.turns.patience import COMPLETE, WHOLE_SECS, Patience
from shared.languages.answers.completeness import Completeness

SETTINGS = TurnSettings()
PRESETS = (SETTINGS, TurnSettings.relaxed(), TurnSettings.brisk())


@pytest.mark.parametrize("settings", PRESETS)
@pytest.mark.parametrize("complete", [None, 0.0, 1.0])
def test_words_decide_before_the_sound(settings: TurnSettings, complete: float | None) -> None:
    patience = Patience(settings, CallerPace())
    assert patience.secs(Completeness.WHOLE, complete) == WHOLE_SECS
    assert patience.secs(Completeness.EXTENDABLE, complete) == settings.extendable_secs
    assert patience.secs(Completeness.OPEN, complete) == settings.incomplete_secs


@pytest.mark.parametrize(
    ("complete", "secs"),
    [
        (None, SETTINGS.endpointing_secs),
        (COMPLETE - 0.01, SETTINGS.endpointing_secs),
        (COMPLETE, WHOLE_SECS),
    ],
)
def test_the_sound_decides_where_words_can_not(complete: float | None, secs: float) -> None:
    assert Patience(SETTINGS, CallerPace()).secs(Completeness.ANY, complete) == secs


@pytest.mark.parametrize("kind", [Completeness.ANY, Completeness.EXTENDABLE, Completeness.OPEN])
def test_a_slow_caller_is_waited_for_longer_but_not_for_ever(kind: Completeness) -> None:
    slow, known = CallerPace(), Patience(SETTINGS, CallerPace()).secs(kind, None)
    slow.went_on_after(2.9)
    secs = Patience(SETTINGS, slow).secs(kind, None)
    assert known < secs < 3.0


def test_a_slow_caller_gets_an_answer_to_a_whole_turn_at_once() -> None:
    slow = CallerPace()
    slow.went_on_after(2.9)
    assert Patience(SETTINGS, slow).secs(Completeness.WHOLE, None) == WHOLE_SECS


def test_a_bot_that_waits_for_nobody_ends_every_turn_at_once() -> None:
    hasty = TurnSettings(endpointing_secs=0.05, extendable_secs=0.05)
    patience = Patience(hasty, CallerPace())
    assert patience.secs(Completeness.WHOLE, None) == 0.05
    assert patience.secs(Completeness.ANY, None) == 0.05
