"""The keys that the bot has asked for: read from its own words, as they reach the caller."""

from collections.abc import Iterable
from dataclasses import replace

from shared.languages.questions import MOVED_ON_WORDS
from shared.languages.requested_digits import (
    ExpectedKeys,
    asks_something,
    asks_yes_or_no,
    ends_by_hash,
    expected_in,
    menu_keys,
)
from shared.languages.spoken_digits import spoken_keys
from shared.languages.word_split import sentences

REMEMBERED = 400  # characters before a sentence, which its "it" may stand for


class AskedKeys:
    """The latest question for a number, until it is answered or the talk moves on.

    It moves on with another question, or after 25 words that ask for nothing. "Take your time",
    a reason, and the idle prompts leave it open.

    Args:
        ignored: Prompts that are no part of the talk, such as "Are you still there?".

    Attributes:
        expected: What has been asked for; None for nothing.
        offered: The keys of a menu that it has read out in the same breath, or lately.
        silent: Whether the bot has said nothing since the last answer.
    """

    def __init__(self, ignored: Iterable[str] = ()) -> None:
        self.expected: ExpectedKeys | None = None
        self.silent = True
        self._ignored = frozenset(ignored)
        self._last: ExpectedKeys | None = None  # what "it" is in "please type it again"
        self.offered: frozenset[str] = frozenset()
        self._same_breath = False
        self._begun = ""  # a sentence that goes on
        self._before = ""  # the sentences in the same breath before it
        self._other_words = 0

    def bot_says(self, text: str) -> None:
        """Read what the caller begins to hear, in whatever pieces it comes."""
        if text in self._ignored:
            return
        self.silent = False
        if not (self._same_breath or self._begun):
            self._before, self.offered = "", frozenset()
        text, self._begun = f"{self._begun} {text}".strip(), ""
        for sentence in sentences(text):
            if sentence[-1] in ".?!।":
                self._judge(sentence)
            elif sentence:
                self._begun = sentence
                self._expect(expected_in(sentence, self._before, self._last))

    def bot_pauses(self) -> None:
        """What the bot says next is another sentence."""
        if self._begun:
            self._judge(self._begun)
        self._begun = ""

    def caller_says(self, text: str) -> None:
        """Read words of the caller's; a number that is said is no longer asked for."""
        self.bot_pauses()
        self._same_breath = False
        digits = spoken_keys(text, 0)
        if self.expected and digits and len(digits) >= min(self.expected.lengths, default=1):
            self.expected = None

    def answered(self) -> None:
        """Keys have answered."""
        self.bot_pauses()
        self.expected = None
        self.silent = True
        self._same_breath = False

    def _judge(self, sentence: str) -> None:
        """Read a whole sentence."""
        expected = expected_in(sentence, self._before, self._last)
        self.offered |= menu_keys(sentence)
        if expected:
            self._expect(expected)
        elif self.expected and ends_by_hash(sentence):
            self.expected = replace(self.expected, by_hash=True)
        elif self._moves_on(sentence):
            self.expected = None
        self._same_breath = True
        self._before = f"{self._before} {sentence}"[-REMEMBERED:]

    def _expect(self, expected: ExpectedKeys | None) -> None:
        if expected:
            self.expected = self._last = expected
            self._other_words = 0

    def _moves_on(self, sentence: str) -> bool:
        menu = menu_keys(sentence)
        if not self._same_breath and (menu or asks_yes_or_no(sentence)):
            return True
        if not menu and asks_something(sentence):
            return True
        self._other_words += len(sentence.split())
        return self._other_words > MOVED_ON_WORDS
