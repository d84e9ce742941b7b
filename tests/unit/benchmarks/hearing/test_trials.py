"""Trials of the hearing benchmark: who says what in which call, and what the LLM says before it."""

from pathlib import Path

import pytest

from benchmarks.hearing.bot import HINDI_NUMBER
from benchmarks.hearing.kinds import ANSWERED, OVER_THE_BOT, Kind
from benchmarks.hearing.lane import Script
from benchmarks.hearing.trials import OPENER, THANKS, TRIGGER, Drawn, Trial, trials
from benchmarks.hearing.utterance import Piece, Utterance
from simulator.caller.report import Event
from simulator.caller.scenario import Interrupt, Say
from simulator.providers.dialogue import GREETING


def utterance(name: str, kind: Kind, *, asked: bool, language: str = "en-IN") -> Utterance:
    return Utterance(
        name=name,
        kind=kind,
        expected=kind if asked else None,
        question=f"before {name}",
        pieces=(Piece("words", 0.1, 0.9),),
        voice="",
        contour="",
        codec="",
        fault="",
        noise="",
        level=-20.0,
        language=language,
        spoken="words",
    )


SAID = [utterance(f"phone_{n}", Kind.PHONE, asked=n % 3 > 0) for n in range(20)]
HINDI = [utterance(f"hindi_{n}", Kind.DAY, asked=False, language="hi-IN") for n in range(3)]
OVER = [utterance(f"cough_{n}", Kind.NOISE, asked=False) for n in range(6)]
WAIT = utterance("wait", Kind.INTERRUPTION, asked=False)


def made(*utterances: Utterance, kinds: tuple[Kind, ...] = tuple(Kind)) -> list[Trial]:
    return list(trials(Drawn("work", Path("sounds"), utterances, 1), kinds))


def names(trial: Trial, step: type[Say | Interrupt]) -> list[str]:
    return [Path(s.recording).stem for s in trial.steps if isinstance(s, step)]


def test_every_utterance_is_said_in_one_trial() -> None:
    said = [n for trial in made(*SAID, *HINDI, kinds=ANSWERED) for n in names(trial, Say)]
    assert sorted(said) == sorted(u.name for u in (*SAID, *HINDI))


def test_every_noise_comes_over_something_that_the_bot_tells() -> None:
    calls = made(*OVER, WAIT, kinds=OVER_THE_BOT)
    assert sorted(n for trial in calls for n in names(trial, Interrupt)) == sorted(
        u.name for u in (*OVER, WAIT)
    )
    for trial in calls:
        assert names(trial, Say) == [Path(TRIGGER).stem] * len(names(trial, Interrupt))


def test_the_llm_says_before_each_utterance_what_was_drawn_for_it() -> None:
    for trial in made(*SAID, kinds=ANSWERED):
        first, *rest = names(trial, Say)
        assert first != Path(OPENER).stem
        assert list(trial.lines) == [*(f"before {name}" for name in rest), THANKS]


def test_a_call_in_which_every_utterance_needs_its_question_has_an_opener() -> None:
    (trial,) = made(SAID[1], kinds=ANSWERED)
    assert names(trial, Say) == [Path(OPENER).stem, "phone_1"]
    assert trial.lines == ("before phone_1", THANKS)


def test_who_speaks_hindi_rings_the_number_of_the_bot_that_does() -> None:
    (trial,) = made(*HINDI, kinds=ANSWERED)
    assert trial.profile.to_number == HINDI_NUMBER


def test_calls_have_messages_of_both_lengths() -> None:
    assert {trial.profile.frame_ms for trial in made(*SAID, *SAID)} == {20, 100}


@pytest.mark.parametrize("kind", [Kind.ANSWER_NOISE, Kind.OWN_ECHO])
def test_what_the_line_does_has_trials_of_its_own(kind: Kind) -> None:
    assert made(*SAID, kinds=(kind,))


def test_the_llm_answers_what_the_caller_began_last_however_often_it_is_asked() -> None:
    script = Script(["first", "second"])
    assert script.reply([]) == GREETING
    script.note(Event(1.0, "caller", "says"))
    script.note(Event(1.5, "bot", "speaks"))
    assert [script.reply([]), script.reply([])] == ["first", "first"]
    script.note(Event(2.0, "caller", "interrupts"))
    script.note(Event(3.0, "caller", "says"))
    assert script.reply([]) == "second"
