"""The words of a caller as tokens: figures, signs and words, however the STT writes them."""

import re
from dataclasses import dataclass
from unicodedata import decimal

from shared.languages.word_split import strip_nukta

_DAYTIME = re.compile(r"(?:(?<=\d)|(?<=\d ))([ap])\.? ?m\b\.?|\b([ap])\.m\b\.?")
_IN_FIGURES = re.compile(r"(?<=\d),(?=\d)")
_TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\d{1,2}:\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d+|[@₹$+_#%]|\.(?=[^\s.])"
    r"|[^\s\d.,;:!?…।\"()\[\]{}–—|@₹$+_#%/\\-]+"
)
_STOP = re.compile(r"[.?!।…]+(?=\s)")


@dataclass(frozen=True, slots=True)
class WordsSaid:
    """The words of a turn so far.

    Attributes:
        words: All of them, in lower case.
        stops: How many come before the end of each sentence, but for the last.
        asks: Whether they end in a question mark.
    """

    words: tuple[str, ...]
    stops: tuple[int, ...] = ()
    asks: bool = False

    def until(self, end: int) -> "WordsSaid":
        """The first of them."""
        return WordsSaid(self.words[:end], tuple(stop for stop in self.stops if stop < end))


def read(text: str) -> WordsSaid:
    """The words of a transcript."""
    said = strip_nukta(text.lower()).replace("’", "'")
    said = _IN_FIGURES.sub("", _DAYTIME.sub(r"\1\2m", _ascii_figures(said)))
    words: list[str] = []
    stops = []
    for place, sentence in enumerate(_STOP.split(said)):
        if place and words:
            stops.append(len(words))
        words += (word for each in _TOKEN.findall(sentence) if (word := each.strip("'")))
    return WordsSaid(tuple(words), tuple(stops), asks=text.rstrip().endswith("?"))


def _ascii_figures(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)
