"""Judgement of the hearing benchmark: talked into, cut, late, whole, interrupted, undisturbed."""

import numpy as np
import pytest

from benchmarks.hearing.judge import judge_answers, judge_noise, judge_over_the_bot
from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.outcome import Asked, Call, Effect, Outcome, Tried
from benchmarks.hearing.utterance import Piece, Utterance
from benchmarks.measure import NEVER
from simulator.caller.report import BargeIn, CallReport, Event, Turn

RATE = 8_000
DIGITS = "9876500012"


def utterance(kind: Kind, *texts: str, digits: str = "") -> Utterance:
    pieces = tuple(Piece(text, 2.0 * n, 2.0 * n + 1) for n, text in enumerate(texts))
    return Utterance(
        name=kind.name.lower(),
        kind=kind,
        expected=None,
        question="",
        pieces=pieces,
        voice="",
        contour="",
        codec="",
        fault="",
        noise="",
        level=-20.0,
        language="en-IN",
        spoken="",
        digits=digits,
    )


QUESTION = Tried("work", utterance(Kind.QUESTION, "what are your opening hours"))
PAUSED = Tried("work", utterance(Kind.OPEN, "i would like", "to book an appointment"))
NUMBER = Tried("work", utterance(Kind.PHONE, "98765", "00012", digits=DIGITS))
WAIT = Tried("work", utterance(Kind.INTERRUPTION, "wait"))
COUGH = Tried("work", utterance(Kind.NOISE, ""))


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
    said: tuple[str, ...] = (),
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
    return Call(report=report, asked=tuple(Asked(at, said) for at in asked))


def said(response: float | None) -> Turn:
    return Turn("say", "words", 1.0, 3.0, response)


def interrupting(at: float = 4.0) -> Turn:
    return Turn("interrupt", "wait", at, at + 0.4, 0.7)


def interruption(call: Call) -> Outcome:
    return judge_over_the_bot([WAIT], call, 5.0)[0]


def noise(call: Call) -> Outcome:
    return judge_noise(COUGH, 4.0, 5.0, call)


def test_an_answer_in_time_has_nothing_against_it() -> None:
    found = judge_answers([QUESTION], call(said(0.7), speaks=(3.7,), asked=(3.3,)))
    assert found == [
        Outcome(
            split="work",
            kind=Kind.QUESTION,
            name="question",
            text="what are your opening hours",
            response=0.7,
        )
    ]


@pytest.mark.parametrize("response", [1.21, None])
def test_an_answer_beyond_the_limit_is_late(response: float | None) -> None:
    assert judge_answers([QUESTION], call(said(response)))[0].late
    assert not judge_answers([QUESTION], call(said(1.2)))[0].late


def test_a_bot_heard_within_the_utterance_talks_into_it_and_cuts_it() -> None:
    found = judge_answers([PAUSED], call(said(0.0), speaks=(2.5,)))[0]
    assert found.talked_into
    assert found.cut


def test_an_llm_request_that_nobody_hears_cuts_the_turn_but_talks_into_nobody() -> None:
    found = judge_answers([PAUSED], call(said(0.7), speaks=(3.7,), asked=(2.2, 3.3)))[0]
    assert found.cut
    assert not found.talked_into


def test_speech_from_before_the_utterance_is_no_early_answer() -> None:
    found = judge_answers([PAUSED], call(said(0.7), speaks=(0.1, 3.7), asked=(0.0, 3.3)))[0]
    assert not found.cut


def test_a_number_is_whole_if_the_last_request_has_it_in_one_message() -> None:
    whole = call(said(0.7), asked=(2.2, 3.3), said=("hello", "98765 00012"))
    parted = call(said(0.7), asked=(3.3,), said=("98765", "00012"))
    assert judge_answers([NUMBER], whole)[0].whole
    assert judge_answers([NUMBER], parted)[0].whole is False
    assert judge_answers([NUMBER], call(said(None)))[0].whole is False
    assert judge_answers([QUESTION], whole)[0].whole is None


def test_a_call_that_broke_off_leaves_its_last_turns_unanswered() -> None:
    first, second = judge_answers([QUESTION, NUMBER], call(said(0.7)))
    assert not first.late
    assert second.response == NEVER
    assert second.whole is False


def test_each_utterance_is_judged_by_its_own_turn() -> None:
    late = Turn("say", "yes", 6.0, 6.4, 1.5)
    found = judge_answers([QUESTION, PAUSED], call(said(0.7), late))
    assert [outcome.late for outcome in found] == [False, True]


def test_what_the_caller_said_before_the_utterances_is_not_judged() -> None:
    late = Turn("say", "yes", 6.0, 6.4, 1.5)
    (found,) = judge_answers([QUESTION], call(said(0.7), late), skipped=True)
    assert found.late


def test_a_barge_in_is_timed_until_the_bot_is_quiet() -> None:
    found = interruption(call(interrupting(), sound=heard((1, 4.3), (5.1, 7))))
    assert found.stop == pytest.approx(0.3)


def test_a_pause_between_two_sentences_is_no_stop_after_a_barge_in() -> None:
    found = interruption(call(interrupting(), sound=heard((1, 4.1), (4.45, 4.9), (6, 7))))
    assert found.stop == pytest.approx(0.9)


def test_a_barge_in_that_is_ignored_lasts_until_the_bot_s_end() -> None:
    assert interruption(call(interrupting(), sound=heard((1, 9)))).stop == pytest.approx(5.0)


def test_a_barge_in_on_a_silent_bot_is_never_followed_by_quiet() -> None:
    assert interruption(call(sound=heard((1, 2)))).stop == NEVER


def test_what_comes_over_the_bot_is_judged_one_after_the_other() -> None:
    lived = call(interrupting(2.0), interrupting(6.0), sound=heard((1, 5), (5.2, 6.2)))
    cough, wait, unsaid = judge_over_the_bot([COUGH, WAIT, COUGH], lived, 2.0)
    assert cough.effect is Effect.NONE
    assert wait.stop == pytest.approx(0.2)
    assert unsaid.effect is Effect.STOPPED


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


def test_a_bot_that_asked_its_llm_after_the_noise_answered_it() -> None:
    found = noise(call(sound=heard((1, 4.2), (5.2, 7)), clears=(4.2,), asked=(0.0, 4.7)))
    assert found.effect is Effect.ANSWERED
    assert found.gap == pytest.approx(1.0)


def test_a_noise_after_which_the_bot_says_no_more_stopped_it() -> None:
    found = noise(call(sound=heard((1, 4.2)), clears=(4.2,)))
    assert found.effect is Effect.STOPPED
    assert found.gap == NEVER


def test_a_clear_from_before_the_noise_is_no_hiccup() -> None:
    found = noise(call(sound=heard((1, 2), (3, 10)), clears=(2.0,), asked=(2.5,)))
    assert found.effect is Effect.NONE


def test_a_bot_never_heard_counts_as_stopped_by_the_noise() -> None:
    assert judge_noise(COUGH, None, 1.6, call()).effect is Effect.STOPPED
