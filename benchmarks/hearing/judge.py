"""The judge of an utterance: by what the caller heard and what the LLM was asked."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.outcome import Call, Effect, Outcome, Tried
from benchmarks.hearing.whole import holds_whole
from benchmarks.measure import NEVER
from simulator.caller.audio import FRAME_SECS, SAMPLE_WIDTH, frame_bytes
from simulator.caller.listening import AUDIBLE
from simulator.caller.report import CallReport, Turn

SILENCE_SECS = 0.5  # a voice pauses for less between two sentences
HICCUP_SECS = 2.0  # a caller who has heard nothing for longer takes the bot for stopped


def judge_answers(tried: Sequence[Tried], call: Call, *, skipped: bool = False) -> list[Outcome]:
    """Judge a call in which the caller said one utterance after the other.

    Args:
        tried: The utterances.
        call: The call.
        skipped: Whether the caller said something before them.
    """
    turns = [turn for turn in call.report.turns if turn.what == "say"][int(skipped) :]
    begins = [*(turn.began_at for turn in turns[1:]), NEVER]
    outcomes = [
        _judge_turn(each, turn, until, call)
        for each, turn, until in zip(tried, turns, begins, strict=False)
    ]
    unsaid = tried[len(turns) :]  # the call broke off
    return [*outcomes, *(_lost(each) for each in unsaid)]


def judge_over_the_bot(tried: Sequence[Tried], call: Call, watch: float) -> list[Outcome]:
    """Judge a call in which the caller, or a noise, came over the bot's words again and again."""
    begun = {barge_in.at for barge_in in call.report.barge_ins}
    turns: list[Turn | None] = [t for t in call.report.turns if t.what == "interrupt"]
    turns += [None] * (len(tried) - len(turns))  # the call broke off
    outcomes = []
    for each, turn in zip(tried, turns, strict=True):
        heard = turn if turn and turn.began_at in begun else None
        if each.utterance and each.utterance.kind is Kind.INTERRUPTION:
            outcomes.append(_judge_interruption(each, heard, call))
        else:
            outcomes.append(judge_noise(each, heard.began_at if heard else None, watch, call))
    return outcomes


def judge_noise(tried: Tried, begin: float | None, watch: float, call: Call) -> Outcome:
    """Judge what became of the bot's words when there was a noise.

    Args:
        tried: The noise.
        begin: Seconds of the call at which the bot was speaking and the noise began; None if the
            bot was never heard speaking.
        watch: Seconds after it in which the bot would have gone on speaking.
        call: The call.
    """
    if begin is None:
        return tried.outcome(effect=Effect.STOPPED, gap=NEVER)
    following = (turn.began_at for turn in call.report.turns if turn.began_at > begin)
    until = min(following, default=NEVER)  # what the bot says after the caller does not count
    gap = _gap(call.report, begin, begin + watch, until)
    if gap is None:
        return tried.outcome(effect=Effect.NONE)
    if any(begin <= asked.at < until for asked in call.asked):
        effect = Effect.ANSWERED
    else:
        effect = Effect.STOPPED if gap > HICCUP_SECS else Effect.HICCUP
    return tried.outcome(effect=effect, gap=gap)


def _judge_interruption(tried: Tried, turn: Turn | None, call: Call) -> Outcome:
    if turn is None:
        return tried.outcome(stop=NEVER)
    silence = next(iter(_silences(call.report, turn.began_at, NEVER)), None)
    return tried.outcome(stop=max(silence[0] - turn.began_at, 0.0) if silence else NEVER)


def _judge_turn(tried: Tried, turn: Turn, until: float, call: Call) -> Outcome:
    """Judge an utterance; `until` is when the next one began."""
    spoke = [e.at for e in call.report.events if (e.source, e.kind) == ("bot", "speaks")]
    talked_into = any(turn.began_at < at < turn.ended_at for at in spoke)
    early = any(turn.began_at < asked.at < turn.ended_at for asked in call.asked)
    answered = [asked for asked in call.asked if turn.began_at < asked.at < until]
    whole = None
    if tried.utterance and tried.utterance.digits:
        whole = bool(answered) and holds_whole(answered[-1].said, tried.utterance.digits)
    return tried.outcome(
        response=NEVER if turn.response is None else turn.response,
        talked_into=talked_into,
        cut=early or talked_into,
        whole=whole,
    )


def _lost(tried: Tried) -> Outcome:
    has_number = tried.utterance and tried.utterance.digits
    return tried.outcome(response=NEVER, whole=False if has_number else None)


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
    sound = np.frombuffer(report.heard, np.int16)
    size = frame_bytes(report.sample_rate) // SAMPLE_WIDTH
    frames = np.abs(sound[: len(sound) - len(sound) % size].astype(np.int32)).reshape(-1, size)
    first = round(begin / FRAME_SECS)
    heard = np.flatnonzero(frames[first:].max(axis=1, initial=0) > AUDIBLE) + first
    loud = [first - 1, *heard.tolist()]
    lengths = [((a + 1) * FRAME_SECS, (b - a - 1) * FRAME_SECS) for a, b in pairwise(loud)]
    lengths.append(((loud[-1] + 1) * FRAME_SECS, NEVER))
    return [(at, seconds) for at, seconds in lengths if at < end and seconds >= least]
