"""Whether a phone number reached the LLM as one: in words of either language, or in figures."""

from collections.abc import Iterable

from benchmarks.hearing.texts.numbers import in_figures

PUNCTUATION = str.maketrans("", "", ".,;:!?…।-")


def holds_whole(messages: Iterable[str], digits: str) -> bool:
    """Whether one of the messages has all the digits in a row, however they are written."""
    return any(digits in _figures(message) for message in messages)


def _figures(message: str) -> str:
    """The digits of a message, those that are written in words among them."""
    written = in_figures(message.lower().translate(PUNCTUATION))
    return "".join(letter for letter in written if letter.isdecimal())
