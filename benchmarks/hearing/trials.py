"""The calls in which bots meet the fixtures, and how each call is judged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from benchmarks.hearing.fixtures import ANSWERED, NOTHING, Fixture, Kind, of_kind
from benchmarks.hearing.judge import (
    WATCH_SECS,
    Call,
    Outcome,
    interrupted_at,
    judge_answers,
    judge_interruption,
    judge_noise,
)
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.stream.profiles import Profile

ANSWERS_PER_CALL = 6
ANSWER_SECS = 6.0  # for which a caller waits
STORY = "tell_me_a_story.wav"  # answered by 17 seconds of speech
INTO_STORY = 2.0  # seconds
NOISE_SECS = 1.5  # of noise after the answer
GREETING_SECS = 1.6  # from its first sound: all greetings are longer than that
NOISE_CALLS, ECHO_CALLS = 3, 2
ECHO_DB = -25.0
ECHO_WATCH = 9.0  # seconds of the story


@dataclass(frozen=True, slots=True)
class Trial:
    """A call to make.

    Args:
        kind: What it tries.
        steps: What the caller does.
        judge: What came of it.
        profile: The line.
    """

    kind: Kind
    steps: tuple[Step, ...]
    judge: Callable[[Call], Sequence[Outcome]]
    profile: Profile = field(default_factory=Profile)


def trials(kind: Kind) -> Iterator[Trial]:
    """All calls that try one thing."""
    if kind in ANSWERED:
        rest = iter(of_kind(kind))
        while some := tuple(islice(rest, ANSWERS_PER_CALL)):
            yield _conversation(kind, some)
    elif kind is Kind.BARGE_IN:
        yield from (_interruption(fixture) for fixture in of_kind(kind))
    elif kind in NOTHING:
        yield from (_noise(fixture) for fixture in of_kind(kind))
    elif kind is Kind.ANSWER_NOISE:
        yield from (_answer_noise(seed) for seed in range(NOISE_CALLS))
    else:
        yield from (_own_echo(seed) for seed in range(ECHO_CALLS))


def _conversation(kind: Kind, fixtures: Sequence[Fixture]) -> Trial:
    wait = WaitForBot(timeout=ANSWER_SECS)
    turns = (step for fixture in fixtures for step in (Say(fixture.path), wait))
    return Trial(kind, (WaitForBot(), *turns, HangUp()), lambda call: judge_answers(fixtures, call))


def _interruption(fixture: Fixture) -> Trial:
    steps = (*_into_story(fixture), WaitForBot(timeout=ANSWER_SECS), HangUp())
    return Trial(fixture.kind, steps, lambda call: [judge_interruption(fixture, call)])


def _noise(fixture: Fixture) -> Trial:
    def judge(call: Call) -> list[Outcome]:
        begin = interrupted_at(call.report)
        return [judge_noise(fixture.kind, fixture.path.stem, begin, WATCH_SECS, call)]

    return Trial(fixture.kind, (*_into_story(fixture), Pause(WATCH_SECS + 1), HangUp()), judge)


def _answer_noise(seed: int) -> Trial:
    def judge(call: Call) -> list[Outcome]:
        begin = call.report.first_sound
        return [judge_noise(Kind.ANSWER_NOISE, f"burst {seed}", begin, GREETING_SECS, call)]

    profile = Profile(answer_burst=NOISE_SECS, seed=seed)
    return Trial(Kind.ANSWER_NOISE, (Pause(WATCH_SECS), HangUp()), judge, profile)


def _own_echo(seed: int) -> Trial:
    def judge(call: Call) -> list[Outcome]:
        turns = call.report.turns
        stories = (t.ended_at + t.response for t in turns if t.response is not None)
        story = next(stories, None)
        return [
            judge_noise(Kind.OWN_ECHO, "greeting", call.report.first_sound, GREETING_SECS, call),
            judge_noise(Kind.OWN_ECHO, "story", story, ECHO_WATCH, call),
        ]

    steps = (WaitForBot(), Say(STORY), Pause(ECHO_WATCH + 3), HangUp())
    return Trial(Kind.OWN_ECHO, steps, judge, Profile(echo_db=ECHO_DB, seed=seed))


def _into_story(fixture: Fixture) -> tuple[Step, ...]:
    return (WaitForBot(), Say(STORY), Interrupt(fixture.path, after=INTO_STORY))
