"""The caller's level: what is much fainter than their voice is somebody else's."""

import pytest

from shared.conversation.turns.caller_level import BEGINNING_WINDOWS, ENDING_WINDOWS, CallerLevel

LOUD = 0.01  # power
SECOND = 31  # windows


def after_a_voice(windows: int = 2 * SECOND) -> CallerLevel:
    level = CallerLevel()
    for _ in range(windows):
        level.hear(LOUD, voiced=True)
    return level


def below(db: float) -> float:
    return LOUD * 10 ** (-db / 10)


def hear(level: CallerLevel, db: float, windows: int) -> CallerLevel:
    for _ in range(windows):
        level.hear(below(db), voiced=True)
    return level


@pytest.mark.parametrize(("db", "background"), [(6, False), (9, False), (15, True), (22, True)])
@pytest.mark.parametrize("talking", [True, False])
def test_a_voice_much_fainter_than_the_callers_is_somebody_elses(
    db: float, background: bool, talking: bool
) -> None:
    level = hear(after_a_voice(), db, ENDING_WINDOWS)
    assert level.is_background(talking=talking) is background


def test_the_weak_end_of_a_word_is_the_callers() -> None:
    level = hear(after_a_voice(), 15, ENDING_WINDOWS // 2)
    assert not level.is_background(talking=True)


def test_nobody_is_background_before_anybody_has_spoken() -> None:
    assert not CallerLevel().is_background(talking=False)
    level = CallerLevel()
    for _ in range(BEGINNING_WINDOWS):
        level.hear(below(30), voiced=True)
    assert not level.is_background(talking=False)


def test_a_caller_who_is_faint_all_the_time_is_heard() -> None:
    level = CallerLevel()
    for _ in range(3 * SECOND):
        level.hear(below(30), voiced=True)
    assert not level.is_background(talking=True)


def test_a_caller_who_has_moved_away_is_heard_after_a_while() -> None:
    level = hear(after_a_voice(), 15, BEGINNING_WINDOWS)
    assert level.is_background(talking=False)
    for _ in range(2 * SECOND):
        level.hear(0.0, voiced=False)
    assert not hear(level, 15, BEGINNING_WINDOWS).is_background(talking=False)
    assert not hear(level, 15, 3 * SECOND).is_background(talking=True)


@pytest.mark.parametrize("windows", [0, 3])
def test_the_level_tells_for_how_long_the_line_is_fainter_than_the_caller(windows: int) -> None:
    assert hear(after_a_voice(), 20, windows).faint_secs == pytest.approx(windows * 0.032)
