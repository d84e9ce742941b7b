"""The calls in which bots meet the utterances, and how each call is judged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.hearing.bot import HINDI_NUMBER
from benchmarks.hearing.judge import judge_answers, judge_noise, judge_over_the_bot
from benchmarks.hearing.kinds import ANSWERED, OVER_THE_BOT, Kind
from benchmarks.hearing.outcome import Call, Outcome, Tried
from benchmarks.hearing.texts.texts import HINDI, LANGUAGES
from benchmarks.hearing.utterance import Utterance
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.stream.profiles import Profile

ANSWERS_PER_CALL, OVER_PER_CALL = 8, 5
ANSWER_SECS = 6.0  # for which a caller waits
THINKING_SECS = (0.5, 0.9)  # from the end of the bot's words to the caller's
TRIGGER = "tell_me_a_story.wav"  # answered by what callers and noises come over
OPENER = "book_appointment.wav"  # said first where the bot's opening does not ask for what comes
INTO_SECS = (1.2, 2.2)  # of the bot's speech
WATCH_SECS = 3.5  # after a noise: by then a bot has stopped, answered or done neither
STORY_SECS = 14.0  # within which the bot has ended the longest of its texts
NOISE_SECS = 1.5  # of noise after the answer
GREETING_SECS = 1.6  # from its first sound: all greetings are longer than that
NOISE_CALLS, ECHO_CALLS = 2, 1
ECHO_DB = -25.0
THANKS = "Thank you, that is all noted."
AGAIN = "Sorry?"
GO_ON = "Sure, what is it?"
FRAMES_MS = (20, 100)  # as seen live, and as documented: every other call has the one


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A call to make.

    Args:
        steps: What the caller does.
        lines: What the LLM says after each thing that the caller began, the last for ever.
        known: What the STT knows, besides the simulator's recordings.
        folder: Where their sounds are.
        judge: What came of it.
        profile: The line.
    """

    steps: tuple[Step, ...]
    lines: tuple[str, ...]
    known: tuple[Utterance, ...]
    folder: Path
    judge: Callable[[Call], Sequence[Outcome]]
    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A set that was drawn, where, and by which seed."""

    split: str
    folder: Path
    utterances: tuple[Utterance, ...]
    seed: int


def trials(drawn: Drawn, kinds: Sequence[Kind]) -> Iterator[Trial]:
    """All calls that try these kinds of a set."""
    dice = Random(drawn.split)
    made: list[Trial] = []
    for language in LANGUAGES:
        some = [u for u in drawn.utterances if u.language == language and u.kind in kinds]
        answered = [u for u in some if u.kind in ANSWERED]
        made += (_conversation(drawn, said, dice) for said in _in_calls(answered, dice))
        over = [u for u in some if u.kind in OVER_THE_BOT]
        dice.shuffle(over)
        made += (
            _over_the_bot(drawn, over[at : at + OVER_PER_CALL], dice)
            for at in range(0, len(over), OVER_PER_CALL)
        )
    if Kind.ANSWER_NOISE in kinds:
        made += (_answer_noise(drawn, seed) for seed in range(NOISE_CALLS))
    if Kind.OWN_ECHO in kinds:
        made += (_own_echo(drawn, seed) for seed in range(ECHO_CALLS))
    dice.shuffle(made)
    yield from made


def _in_calls(utterances: Sequence[Utterance], dice: Random) -> Iterator[tuple[Utterance, ...]]:
    """Share them out among calls, each beginning with one that no question needs to precede."""
    shuffled = list(utterances)
    dice.shuffle(shuffled)
    calls = -(-len(shuffled) // ANSWERS_PER_CALL)
    first = [u for u in shuffled if u.expected is None][:calls]
    rest = [u for u in shuffled if u not in first]
    for nth in range(calls):
        yield (*first[nth : nth + 1], *rest[nth::calls])


def _conversation(drawn: Drawn, said: Sequence[Utterance], dice: Random) -> Trial:
    asked = [utterance.question for utterance in said]
    opener: tuple[Step, ...] = ()
    if said[0].expected is None:
        asked = asked[1:]  # the opening asks for anything
    else:
        opener = (Say(OPENER), _wait(dice))
    turns = (step for u in said for step in (Say(_path(drawn, u)), _wait(dice)))
    tried = [Tried(drawn.split, utterance) for utterance in said]
    return Trial(
        steps=(_wait(dice, 15.0), *opener, *turns, HangUp()),
        lines=(*asked, THANKS),
        known=tuple(said),
        folder=drawn.folder,
        judge=lambda call: judge_answers(tried, call, skipped=bool(opener)),
        profile=_profile(said[0], dice),
    )


def _over_the_bot(drawn: Drawn, said: Sequence[Utterance], dice: Random) -> Trial:
    steps: list[Step] = [_wait(dice, 15.0)]
    lines: list[str] = []
    for utterance in said:
        interrupts = utterance.kind is Kind.INTERRUPTION
        into = Interrupt(_path(drawn, utterance), after=dice.uniform(*INTO_SECS))
        rest = () if interrupts else (Pause(WATCH_SECS),)
        steps += [Say(TRIGGER), into, *rest, _wait(dice, ANSWER_SECS if interrupts else STORY_SECS)]
        lines += [utterance.question, GO_ON if interrupts else AGAIN]
    tried = [Tried(drawn.split, utterance) for utterance in said]
    return Trial(
        steps=(*steps, HangUp()),
        lines=tuple(lines),
        known=tuple(said),
        folder=drawn.folder,
        judge=lambda call: judge_over_the_bot(tried, call, WATCH_SECS),
        profile=_profile(said[0], dice),
    )


def _answer_noise(drawn: Drawn, seed: int) -> Trial:
    def judge(call: Call) -> list[Outcome]:
        begin = call.report.first_sound
        tried = Tried(drawn.split, kind=Kind.ANSWER_NOISE, name=f"burst {seed}")
        return [judge_noise(tried, begin, GREETING_SECS, call)]

    profile = Profile(answer_burst=NOISE_SECS, seed=seed, frame_ms=FRAMES_MS[seed % 2])
    return _of_the_line(drawn, (Pause(5.0), HangUp()), judge, profile)


def _own_echo(drawn: Drawn, seed: int) -> Trial:
    def judge(call: Call) -> list[Outcome]:
        stories = (t.ended_at + t.response for t in call.report.turns if t.response is not None)
        greeting, story = (
            Tried(drawn.split, kind=Kind.OWN_ECHO, name=name) for name in ("greeting", "story")
        )
        return [
            judge_noise(greeting, call.report.first_sound, GREETING_SECS, call),
            judge_noise(story, next(stories, None), 2 * WATCH_SECS, call),
        ]

    steps = (WaitForBot(), Say(TRIGGER), Pause(2 * WATCH_SECS + 3), HangUp())
    return _of_the_line(drawn, steps, judge, Profile(echo_db=ECHO_DB, seed=seed))


def _of_the_line(
    drawn: Drawn,
    steps: tuple[Step, ...],
    judge: Callable[[Call], Sequence[Outcome]],
    profile: Profile,
) -> Trial:
    longest = max((u.question for u in drawn.utterances), key=len)
    return Trial(
        steps=steps, lines=(longest,), known=(), folder=drawn.folder, judge=judge, profile=profile
    )


def _profile(utterance: Utterance, dice: Random) -> Profile:
    number = HINDI_NUMBER if utterance.language == HINDI else Profile().to_number
    return Profile(to_number=number, frame_ms=dice.choice(FRAMES_MS))


def _wait(dice: Random, timeout: float = ANSWER_SECS) -> WaitForBot:
    return WaitForBot(quiet=dice.uniform(*THINKING_SECS), timeout=timeout)


def _path(drawn: Drawn, utterance: Utterance) -> Path:
    return drawn.folder / f"{utterance.name}.wav"
