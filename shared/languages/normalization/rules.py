"""A rule of speaking: what it looks for in a text, and what is said instead."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Say something else than what is written.

    Args:
        pattern: What the rule is about.
        say: The words for one find; to leave a find alone it returns `found[0]`.
    """

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        """The text with every find said, and a space where words would run together."""
        return self.pattern.sub(self._say_apart, text)

    def _say_apart(self, found: re.Match[str]) -> str:
        words = self.say(found)
        if not words or words == found[0]:
            return words
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        left = " " if _is_wordy(before) and _is_wordy(words[0]) else ""
        right = " " if _is_wordy(after) and _is_wordy(words[-1]) else ""
        return f"{left}{words}{right}"


def rule(pattern: str, say: Callable[[re.Match[str]], str] | str) -> Rule:
    """A rule from a regular expression and what is said: words, or a function that finds them."""
    return Rule(re.compile(pattern), say if callable(say) else lambda _: say)


def one_of(written: Iterable[str]) -> str:
    """A regular expression for any of the given texts, the longest first."""
    return "|".join(re.escape(text) for text in sorted(written, key=len, reverse=True))


def left_of(found: re.Match[str]) -> str:
    """Some words before a find; to look through all of a long text for each would take long."""
    return found.string[max(0, found.start() - 48) : found.start()]


def _is_wordy(char: str) -> bool:
    """Whether a letter, a digit or a vowel sign; Python counts the signs of हिंदी as neither."""
    return char.isalnum() or (char != "" and unicodedata.category(char).startswith("M"))
