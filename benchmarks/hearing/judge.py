"""The judge of a fixture: by what the caller heard and what the LLM was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from benchmarks.hearing.fixtures import Fixture, Kind
from benchmarks.measure import NEVER
from simulator.caller.audio import FRAME_SECS, frame_bytes
from simulator.caller.listening import is_audible
from simulator.caller.report import CallReport, Turn

LATE_SECS = 1.2  # from the end of speech to the answer
LATE_SHORT_SECS = 1.0  # the same after a word or two
STOP_SECS = 0.4  # from the first sound of an interruption until the bot is quiet
SILENCE_SECS = 0.5  # a voice pauses for less between two sentences
HICCUP_SECS = 2.0  # a caller who has heard nothing for longer takes the bot for stopped
WATCH_SECS = 5.0  # after a noise: by then a bot has stopped, answered or done neither


class Effect(StrEnum):
    """What a noise did to what the bot was saying."""

    NONE = "none"
    HICCUP = "hiccup"  # it broke off, and went on
    ANSWERED = "answered"  # it broke off, and asked the model for an answer to the noise
    STOPPED = "stopped"  # it broke off, and was silent for long


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call with a bot, and what was seen of it from both sides.

    Args:
        report: The caller's.
        asked: Seconds of the call at which the model was asked for an answer.
    """

    report: CallReport
    asked: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one fixture; times are seconds, `NEVER` for what did not happen.

    Args:
        kind: What it tried.
        name: Of the recording.
        response: From the end of the caller's words to the answer; None if none was due.
        cut_early: Whether the bot spoke, or asked for its answer, before the caller had finished.
        late: Whether the answer, or the silence after an interruption, came later than it should.
        stop: From the first sound of an interruption until the bot was quiet; None without one.
        effect: Of a noise on what the bot was saying; None if there was no noise.
        gap: The silence after it broke off.
    """

    kind: Kind
    name: str
    response: float | None = None
    cut_early: bool = False
    late: bool = False
    stop: float | None = None
    effect: Effect | None = None
    gap: float = 0.0


def judge_answers(fixtures: Sequence[Fixture], call: Call) -> list[Outcome]:
    """Judge a call in which the caller said one fixture after the other."""
    turns = [turn for turn in call.report.turns if turn.what == "say"]
    outcomes = [_judge_turn(*pair, call) for pair in zip(fixtures, turns, strict=False)]
    unsaid = fixtures[len(turns) :]  # the call broke off
    return [*outcomes, *(_lost(fixture) for fixture in unsaid)]


def judge_interruption(fixture: Fixture, call: Call) -> Outcome:
    """Judge a call in which the caller interrupted the bot."""
    turn = _interruption(call.report)
    if turn is None:
        return Outcome(kind=fixture.kind, name=fixture.path.stem, stop=NEVER, late=True)
    silence = next(iter(_silences(call.report, turn.began_at, NEVER)), None)
    stop = max(silence[0] - turn.began_at, 0.0) if silence else NEVER
    response = _response(turn)
    return Outcome(
        kind=fixture.kind,
        name=fixture.path.stem,
        response=response,
        stop=stop,
        late=stop > STOP_SECS or response > LATE_SECS,
    )


def judge_noise(kind: Kind, name: str, begin: float | None, watch: float, call: Call) -> Outcome:
    """Judge what became of the bot's words when there was a noise.

    Args:
        kind: What was tried.
        name: Of the noise.
        begin: Seconds of the call at which the bot was speaking and the noise began; None if the
            bot was never heard speaking.
        watch: Seconds after it in which the bot would have gone on speaking.
        call: The call.
    """
    if begin is None:
        return Outcome(kind=kind, name=name, effect=Effect.STOPPED, gap=NEVER)
    following = (turn.began_at for turn in call.report.turns if turn.began_at > begin)
    until = min(following, default=NEVER)  # what the bot says after the caller does not count
    gap = _gap(call.report, begin, begin + watch, until)
    if gap is None:
        return Outcome(kind=kind, name=name, effect=Effect.NONE)
    if any(begin <= at < until for at in call.asked):
        effect = Effect.ANSWERED
    else:
        effect = Effect.STOPPED if gap > HICCUP_SECS else Effect.HICCUP
    return Outcome(kind=kind, name=name, effect=effect, gap=gap)


def interrupted_at(report: CallReport) -> float | None:
    """When the caller, or a noise, began while the bot was speaking, in seconds of the call."""
    turn = _interruption(report)
    return turn.began_at if turn else None


def _judge_turn(fixture: Fixture, turn: Turn, call: Call) -> Outcome:
    response = _response(turn)
    spoke = (e.at for e in call.report.events if (e.source, e.kind) == ("bot", "speaks"))
    return Outcome(
        kind=fixture.kind,
        name=fixture.path.stem,
        response=response,
        cut_early=any(turn.began_at < at < turn.ended_at for at in (*spoke, *call.asked)),
        late=response > (LATE_SHORT_SECS if fixture.short else LATE_SECS),
    )


def _lost(fixture: Fixture) -> Outcome:
    return Outcome(kind=fixture.kind, name=fixture.path.stem, response=NEVER, late=True)


def _response(turn: Turn) -> float:
    return NEVER if turn.response is None else turn.response


def _interruption(report: CallReport) -> Turn | None:
    begun = {barge_in.at for barge_in in report.barge_ins}
    return next((t for t in report.turns if t.what == "interrupt" and t.began_at in begun), None)


def _gap(report: CallReport, begin: float, end: float, until: float) -> float | None:
    """How long the bot was silent when it broke off from `begin` to `end`; None if it did not."""
    cleared = [e.at for e in report.events if e.kind == "clear" and begin <= e.at < end]
    broken = _silences(report, begin, end)
    if cleared and not broken:  # the silence may be too short for anything else
        broken = _silences(report, cleared[0] - FRAME_SECS, end, least=FRAME_SECS)
    if not broken:
        return 0.0 if cleared else None
    at, seconds = broken[0]
    return NEVER if at + seconds > until else seconds


def _silences(
    report: CallReport, begin: float, end: float, least: float = SILENCE_SECS
) -> list[tuple[float, float]]:
    """The stretches of silence that begin in a part of the call: when, and for how many seconds.

    Silence until the end of the call lasts for ever; what is shorter than `least` is none.
    """
    size = frame_bytes(report.sample_rate)
    heard = [is_audible(report.heard[at : at + size]) for at in range(0, len(report.heard), size)]
    first = round(begin / FRAME_SECS)
    loud = [first - 1, *(n for n in range(first, len(heard)) if heard[n])]
    lengths = [((a + 1) * FRAME_SECS, (b - a - 1) * FRAME_SECS) for a, b in pairwise(loud)]
    lengths.append(((loud[-1] + 1) * FRAME_SECS, NEVER))
    return [(at, seconds) for at, seconds in lengths if at < end and seconds >= least]
