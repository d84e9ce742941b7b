"""The answer that the bot expects: read from its own words, or told by its persona and tools."""

from collections.abc import Iterable

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.expected import expected_answer
from shared.languages.answers.kinds import ExpectedAnswer
from shared.languages.questions import MOVED_ON_WORDS
from shared.languages.word_split import sentences

REMEMBERED = 600  # characters of what the bot says in one breath


class ExpectedAnswers:
    """The kind of answer that was asked for last, until it has come or the talk moves on.

    Args:
        ignored: Prompts that are no part of the talk, such as "Are you still there?".
        first: Of the opening, where its persona tells; else it is read from its words.
    """

    def __init__(self, ignored: Iterable[str] = (), first: ExpectedAnswer | None = None) -> None:
        self._ignored = frozenset(ignored)
        self._told = first
        self._asked: ExpectedAnswer | None = None
        self._before: ExpectedAnswer | None = None  # what was expected before the bot spoke
        self._last: ExpectedAnswer | None = None  # what "it" is in "please say it again"
        self._breath = ""
        self._came = False

    @property
    def current(self) -> ExpectedAnswer | None:
        """What is expected now; None if nothing is known of it."""
        return self._told or self._asked

    def expect(self, expected: ExpectedAnswer) -> None:
        """Expect this from now on, whatever the bot's words are, until it has come."""
        self._told, self._came = expected, False

    def bot_says(self, text: str) -> None:
        """Read what the caller begins to hear, in whatever pieces it comes."""
        if text in self._ignored:
            return
        if not self._breath:
            self._begin()
        self._breath = f"{self._breath} {text}".strip()[-REMEMBERED:]
        if asked := self._asked_in(self._breath):
            self._asked = self._last = asked
        elif len(self._breath.split()) > MOVED_ON_WORDS:
            self._asked = None

    def bot_pauses(self) -> None:
        """What the bot says next is another sentence; one breath lasts until the caller speaks."""

    def caller_said(self, text: str) -> None:
        """Read a turn of the caller's; an answer that has come is no longer expected."""
        self._came = completeness(text, self.current) is not Completeness.OPEN
        self._breath = ""

    def take_back(self) -> None:
        """Expect again what was expected before the bot spoke last: the caller hasn't finished."""
        if self._breath:
            self._asked, self._breath = self._before, ""
        self._came = False

    def _begin(self) -> None:
        self._before = self._asked
        if self._came:
            self._told = self._asked = None
        self._came = False

    def _asked_in(self, breath: str) -> ExpectedAnswer | None:
        asked, before = None, ""
        for sentence in sentences(breath):
            asked = expected_answer(sentence, before, self._last) or asked
            before = f"{before} {sentence}"
        return asked
