"""The evidence for a machine in what has been heard, and when there is enough of it.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf

from shared.conversation.answering_machine.recognition import Verdict, judge
from shared.languages.human_phrases import talks
from shared.languages.machine_phrases import AnsweredBy, normalise

END_SECS = 0.8  # of silence, after which nothing more is said that would show a person
CERTAIN_SECS = 0.02  # the same after what no person says: a mailbox is left before its beep
WORDS_SECS = 1.2  # of silence, after which no more words of it come from the STT
ENDLESS_SECS = 1.2  # of talk without a pause, since words that only a machine says
PERSONAL_SECS = 4.0  # the same, where there is a hello or an "I" in them
NEW_WORDS = 3  # so many more make an LLM's judgement an old one

HUNG_UP_ON = frozenset({AnsweredBy.MAILBOX, AnsweredBy.MENU, AnsweredBy.NOBODY})


class Suspicion:
    """Gathers words, and lets nobody be hung up on in the middle of a sentence.

    Attributes:
        verdict: What the words tell by now.
    """

    def __init__(self) -> None:
        self.verdict = Verdict()
        self._said: list[str] = []
        self._before = ""  # an operator's announcement that is over
        self._heard = ""
        self._heard_at = -inf
        self._final = False
        self._since = inf  # when words first told of the machine they still tell of
        self._judged: tuple[AnsweredBy, int] | None = None  # by the LLM, of so many words

    @property
    def words(self) -> str:
        """All that has been said so far."""
        return " ".join([*self._said, self._heard]).strip()

    @property
    def count(self) -> int:
        """How many words that are."""
        return len(normalise(self.words).split())

    @property
    def machine(self) -> AnsweredBy | None:
        """Who speaks, by the words or by the LLM; None for a person, and in doubt."""
        if self.verdict.machine or self.verdict.alive or not self._judged:
            return self.verdict.machine
        machine, count = self._judged
        return machine if self.count - count < NEW_WORDS else None

    def hear(self, text: str, now: float, *, final: bool) -> Verdict:
        """Take words in.

        Args:
            text: Of one stretch of speech; an interim transcript takes the place of the last one.
            now: When they came.
            final: Whether more of them is on its way.
        """
        before = self.machine
        self._heard, self._heard_at, self._final = text, now, final
        self.verdict = self._judge()
        if final:
            self._said.append(text)
            self._heard = ""
        if self.machine not in HUNG_UP_ON:
            self._since = inf
        elif self.machine is not before:
            self._since = now
        return self.verdict

    def is_over(self) -> None:
        """Take note that what was said belongs to an operator, and the person may come."""
        if self._final:
            self._before = self._said[-1]
            self._said.clear()

    def told_by_llm(self, machine: AnsweredBy, count: int, now: float) -> None:
        """Take note of the LLM's judgement of so many words."""
        self._judged = (machine, count)
        self._since = min(self._since, now)

    def is_due(self, now: float, quiet: float) -> bool:
        """Whether the machine can be dealt with.

        Args:
            now: The time.
            quiet: For how long no voice has been heard; inf if none has.
        """
        if self.machine not in HUNG_UP_ON:
            return False
        quiet = now - self._heard_at if quiet == inf else quiet
        certain = self.verdict.certain
        if quiet >= (CERTAIN_SECS if certain else END_SECS):
            return certain or self._final or quiet >= WORDS_SECS
        return now - self._since >= (PERSONAL_SECS if self.verdict.personal else ENDLESS_SECS)

    def _judge(self) -> Verdict:
        """What the words tell; what an operator began, and what they say after it, is one."""
        verdict = judge(self.words)
        if verdict.machine or verdict.personal or talks(self.words) or not verdict.worded:
            return verdict
        whole = judge(f"{self._before} {self.words}") if self._before else verdict
        return whole if whole.machine in HUNG_UP_ON | {AnsweredBy.HOLD} else verdict
