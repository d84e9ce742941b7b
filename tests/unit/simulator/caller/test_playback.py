"""Playout of the bot's audio on the simulated line: frames, marks, clears and gaps."""

import pytest

from simulator.caller.playback import Playback
from simulator.stream.profiles import Profile
from tests.support.scripted_bot import tone

FRAME = tone(0.02)


def played(playback: Playback, frames: int) -> list[str]:
    """Play some frames; return the marks that came back meanwhile."""
    marks: list[str] = []
    for _ in range(frames):
        playback.tick()
        marks += playback.due()
    return marks


def test_audio_is_played_out_in_frames_of_20_ms() -> None:
    playback = Playback(8_000, Profile())
    playback.add(FRAME * 10)
    assert playback.buffered == pytest.approx(0.2)
    assert playback.tick() == FRAME
    assert playback.at == pytest.approx(0.02)
    played(playback, 12)
    assert playback.heard == FRAME * 10 + bytes(320 * 3)
    assert playback.deepest == pytest.approx(0.2)


def test_a_mark_is_due_when_the_frame_before_it_has_finished() -> None:
    playback = Playback(8_000, Profile())
    playback.add(FRAME * 2)
    playback.mark("end")
    assert played(playback, 2) == []
    assert played(playback, 1) == ["end"]


def test_a_mark_with_nothing_before_it_is_due_at_once() -> None:
    playback = Playback(8_000, Profile())
    played(playback, 3)
    playback.mark("now")
    assert playback.due() == ["now"]


def test_a_clear_drops_all_but_the_frame_being_played() -> None:
    playback = Playback(8_000, Profile())
    playback.add(FRAME * 10)
    played(playback, 3)
    assert playback.clear() == pytest.approx(7 * 0.02)
    played(playback, 2)
    assert playback.heard == FRAME * 3 + bytes(320 * 2)


@pytest.mark.parametrize(
    ("how", "soon", "later"),
    [("returned", ["a", "b"], []), ("dropped", [], []), ("late", [], ["a", "b"])],
)
def test_marks_overtaken_by_a_clear(how: str, soon: list[str], later: list[str]) -> None:
    profile = {
        "returned": Profile(),
        "dropped": Profile(marks_on_clear="dropped"),
        "late": Profile(marks_on_clear="late"),
    }[how]
    playback = Playback(8_000, profile)
    playback.add(FRAME * 5)
    playback.mark("a")
    playback.mark("b")
    played(playback, 1)
    playback.clear()
    assert played(playback, 2) == soon
    assert played(playback, 110) == later


def test_marks_may_come_late_or_never() -> None:
    late, never = (
        Playback(8_000, Profile(mark_delay=0.1)),
        Playback(8_000, Profile(mark_delay=None)),
    )
    for playback in (late, never):
        playback.mark("x")
    assert played(late, 4) == []
    assert played(late, 2) == ["x"]
    assert played(never, 50) == []


@pytest.mark.parametrize(("missed", "gaps"), [(1, 0), (2, 1), (49, 1), (50, 0)])
def test_a_playout_gap_is_longer_than_a_frame_and_shorter_than_a_second(
    missed: int, gaps: int
) -> None:
    playback = Playback(8_000, Profile())
    playback.add(FRAME * 2)
    played(playback, 2 + missed)
    playback.add(FRAME * 2)
    played(playback, 5)
    assert len(playback.gaps) == gaps
    if gaps:
        assert playback.gaps[0].at == pytest.approx(0.04)
        assert playback.gaps[0].seconds == pytest.approx(missed * 0.02)


def test_silence_after_a_clear_or_before_an_answer_is_no_playout_gap() -> None:
    playback = Playback(8_000, Profile())
    for boundary in (playback.clear, playback.begin_answer):
        playback.add(FRAME * 2)
        played(playback, 5)
        boundary()
        played(playback, 5)
    assert not playback.gaps


def test_a_short_last_packet_plays_out_as_long_as_a_whole_one() -> None:
    playback = Playback(8_000, Profile())
    playback.add(FRAME[:200])
    playback.add(FRAME)
    played(playback, 2)
    assert playback.misaligned == 1
    assert playback.heard == FRAME[:200] + bytes(120) + FRAME
