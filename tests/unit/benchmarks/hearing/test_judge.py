"""Judgement of the listening benchmark: late answers, early end of turn, barge-in and noises."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.hearing.fixtures import Fixture, Kind
from benchmarks.hearing.judge import (
    Call,
    Effect,
    Outcome,
    judge_answers,
    judge_interruption,
    judge_noise,
)
from benchmarks.measure import NEVER
from simulator.caller.report import BargeIn, CallReport, Event, Turn

RATE = 8_000
QUESTION = Fixture(Path("hours.wav"), Kind.QUESTION, "what are your opening hours")
SHORT = Fixture(Path("yes.wav"), Kind.SHORT, "yes")
PAUSED = Fixture(Path("like.wav"), Kind.PAUSE, "i would like … to book an appointment")
WAIT = Fixture(Path("wait.wav"), Kind.BARGE_IN, "wait")


def heard(*spoken: tuple[float, float]) -> bytes:
    """Ten seconds of what the caller heard: sound from one second to another, and silence."""
    sound = np.zeros(10 * RATE, np.int16)
    for begin, end in spoken:
        sound[round(begin * RATE) : round(end * RATE)] = 8_000
    return sound.tobytes()


def call(
    *turns: Turn,
    speaks: tuple[float, ...] = (),
    asked: tuple[float, ...] = (),
    clears: tuple[float, ...] = (),
    sound: bytes = b"",
) -> Call:
    events = [Event(at, "bot", "speaks") for at in speaks]
    events += [Event(at, "bot", "clear") for at in clears]
    report = CallReport(
        connected=True,
        turns=turns,
        barge_ins=tuple(BargeIn(t.began_at, None, None) for t in turns if t.what == "interrupt"),
        events=tuple(events),
        ended_by="caller",
        sample_rate=RATE,
        heard=sound,
    )
    return Call(report=report, asked=asked)


def said(response: float | None) -> Turn:
    return Turn("say", "words", 1.0, 3.0, response)


def interrupting(response: float | None = 0.7) -> Turn:
    return Turn("interrupt", "wait", 4.0, 4.4, response)


def noise(call: Call) -> Outcome:
    return judge_noise(Kind.COUGH, "cough", 4.0, 5.0, call)


def test_an_answer_in_time_has_nothing_against_it() -> None:
    found = judge_answers([QUESTION], call(said(0.7), speaks=(3.7,), asked=(3.3,)))
    assert found == [Outcome(kind=Kind.QUESTION, name="hours", response=0.7)]


@pytest.mark.parametrize(("fixture", "response"), [(QUESTION, 1.21), (SHORT, 1.01), (SHORT, None)])
def test_an_answer_beyond_its_limit_is_late(fixture: Fixture, response: float | None) -> None:
    assert judge_answers([fixture], call(said(response)))[0].late


def test_an_answer_to_a_question_may_come_later_than_one_to_a_word() -> None:
    assert not judge_answers([QUESTION], call(said(1.1)))[0].late


def test_an_answer_before_the_end_of_the_utterance_cut_in_early() -> None:
    assert judge_answers([PAUSED], call(said(0.0), speaks=(2.5,)))[0].cut_early


def test_an_llm_request_before_the_end_of_the_utterance_cut_in_early() -> None:
    assert judge_answers([PAUSED], call(said(0.7), speaks=(3.7,), asked=(2.2, 3.3)))[0].cut_early


def test_speech_from_before_the_utterance_is_no_early_answer() -> None:
    found = judge_answers([PAUSED], call(said(0.7), speaks=(0.1, 3.7), asked=(0.0, 3.3)))
    assert not found[0].cut_early


def test_a_call_that_broke_off_leaves_its_last_turns_unanswered() -> None:
    first, second = judge_answers([QUESTION, SHORT], call(said(0.7)))
    assert not first.late
    assert second.late
    assert second.response == NEVER


def test_each_fixture_is_judged_by_its_own_turn() -> None:
    late = Turn("say", "yes", 6.0, 6.4, 1.5)
    found = judge_answers([QUESTION, SHORT], call(said(0.7), late))
    assert [outcome.late for outcome in found] == [False, True]


def test_a_barge_in_is_timed_until_the_bot_is_quiet() -> None:
    found = judge_interruption(WAIT, call(interrupting(), sound=heard((1, 4.3), (5.1, 7))))
    assert found.stop == pytest.approx(0.3)
    assert found.response == 0.7
    assert not found.late


def test_a_pause_between_two_sentences_is_no_stop_after_a_barge_in() -> None:
    sound = heard((1, 4.1), (4.45, 4.9), (6, 7))
    found = judge_interruption(WAIT, call(interrupting(), sound=sound))
    assert found.stop == pytest.approx(0.9)
    assert found.late


def test_a_barge_in_that_is_ignored_lasts_until_the_bot_s_end() -> None:
    found = judge_interruption(WAIT, call(interrupting(None), sound=heard((1, 9))))
    assert found.stop == pytest.approx(5.0)
    assert found.late


def test_a_barge_in_that_is_never_answered_is_late() -> None:
    assert judge_interruption(WAIT, call(interrupting(None), sound=heard((1, 4.2)))).late


def test_a_barge_in_on_a_silent_bot_counts_as_late() -> None:
    found = judge_interruption(WAIT, call(sound=heard((1, 2))))
    assert found.stop == NEVER
    assert found.late


def test_a_bot_that_talks_through_a_noise_is_undisturbed() -> None:
    assert noise(call(sound=heard((1, 6), (6.35, 10)))).effect is Effect.NONE


def test_a_noise_that_pauses_the_bot_is_a_hiccup() -> None:
    found = noise(call(sound=heard((1, 4.2), (5.0, 10)), clears=(4.2,)))
    assert found.effect is Effect.HICCUP
    assert found.gap == pytest.approx(0.8)


def test_a_noise_whose_clear_is_hardly_heard_is_a_hiccup_too() -> None:
    found = noise(call(sound=heard((1, 4.2), (4.4, 10)), clears=(4.2,)))
    assert found.effect is Effect.HICCUP
    assert found.gap == pytest.approx(0.2)


def test_a_bot_that_speaks_again_only_for_the_next_utterance_was_stopped() -> None:
    then = Turn("say", "hello?", 6.0, 6.5, 1.0)
    found = noise(call(then, sound=heard((1, 4.2), (7.5, 10)), clears=(4.2,)))
    assert found.effect is Effect.STOPPED


def test_a_noise_followed_by_a_long_silence_stopped_the_bot() -> None:
    assert noise(call(sound=heard((1, 4.2), (6.3, 10)))).effect is Effect.STOPPED


def test_an_answer_long_after_the_noise_answers_it_all_the_same() -> None:
    found = noise(call(sound=heard((1, 4.2), (9.7, 10)), clears=(4.2,), asked=(9.2,)))
    assert found.effect is Effect.ANSWERED


def test_a_silence_after_the_answer_to_a_noise_is_no_part_of_the_gap() -> None:
    found = noise(call(sound=heard((1, 4.2), (5.2, 7)), clears=(4.2,), asked=(4.7,)))
    assert found.gap == pytest.approx(1.0)


def test_a_noise_after_which_the_bot_says_no_more_stopped_it() -> None:
    found = noise(call(sound=heard((1, 4.2)), clears=(4.2,)))
    assert found.effect is Effect.STOPPED
    assert found.gap == NEVER


def test_a_bot_that_asked_its_llm_after_the_noise_answered_it() -> None:
    found = noise(call(sound=heard((1, 4.2), (5.2, 7)), clears=(4.2,), asked=(0.0, 4.7)))
    assert found.effect is Effect.ANSWERED


def test_a_clear_from_before_the_noise_is_no_hiccup() -> None:
    found = noise(call(sound=heard((1, 2), (3, 10)), clears=(2.0,), asked=(2.5,)))
    assert found.effect is Effect.NONE


def test_a_bot_never_heard_counts_as_stopped_by_the_noise() -> None:
    found = judge_noise(Kind.ANSWER_NOISE, "burst", None, 1.6, call())
    assert found.effect is Effect.STOPPED
