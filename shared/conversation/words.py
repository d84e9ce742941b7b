"""What was said, as plain text and as words to be looked up."""

from collections.abc import Mapping

_AROUND = ".,;:!?…।\"'()-"  # a word


def bare_words(text: str) -> list[str]:
    """The words in lower case, without the punctuation around them."""
    return [bare for word in text.lower().split() if (bare := word.strip(_AROUND))]


def text_of(content: object) -> str:
    """The text of a message's content, which is a string or a list of parts."""
    if isinstance(content, list):
        return " ".join(part.get("text", "") for part in content if isinstance(part, Mapping))
    return str(content)


def has_words(text: str) -> bool:
    """Whether there is something to say in it: a letter or a digit of any script."""
    return any(char.isalnum() for char in text)
