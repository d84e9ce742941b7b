"""The first words of an answer, before its first sentence is complete."""

import re
from collections.abc import AsyncIterator

from pipecat.utils.text.base_text_aggregator import Aggregation, TextType

from shared.languages.catalogue import WORDS
from shared.languages.normalization.weekdays import Weekdays
from shared.languages.normalization.written_words import any_of
from shared.languages.utterances import Utterances

# Plain words, and the beginning of another one behind them. Figures, abbreviations and signs stay
# with what follows them, since only together can they be read aloud. What begins with a capital may
# be a label (`Asha: …`) as long as its end isn't known, and a single letter an item's (`a) …`).
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u097F\u0980-\u09E5\u0A00-\u0DE5])"  # vowel signs too
_WORD = rf"{_LETTER}+(?:['\u2019-]{_LETTER}+)*"
_NEXT = rf"(?![A-Z]){_LETTER}{{2}}|(?![a-z]{{1,3}}\.){_WORD}[\s,.;!?]+"
_FIRST_WORDS = re.compile(rf"\s*((?:{_WORD}[,:;]?\s+){{3}})(?={_NEXT})")
_TITLES = re.compile(rf"\b(?:{any_of(WORDS.written.titles)})\s+$", re.IGNORECASE)

# Words that decide how a figure behind them is said, however far behind.
_TELLING = re.compile(
    rf"(?<![A-Za-z])(?:{any_of(WORDS.written.naming)}"
    rf"|(?i:{Weekdays(WORDS.written).pattern}|{any_of(WORDS.written.telling)})"
    r"|[Xx]{2,})(?![A-Za-z])"
)


class EarlyAggregator(Utterances):
    """Cuts an answer into utterances, of which the first is its first three words."""

    _begun = False  # this answer

    async def aggregate(self, text: str) -> AsyncIterator[Aggregation]:
        """Add text; hand out the first words, and then whole sentences."""
        async for sentence in super().aggregate(text):
            self._begun = True
            yield sentence
        if not self._begun and (words := first_words(self._text)):
            self._begun = True
            self._text = self._text[len(words) :]
            yield Aggregation(words.strip(), TextType.SENTENCE)

    async def flush(self) -> Aggregation | None:
        """Hand out the rest of an answer."""
        self._begun = False
        return await super().flush()

    async def handle_interruption(self) -> None:
        """Forget an answer that is not wanted any more."""
        self._begun = False
        await super().handle_interruption()  # type: ignore[no-untyped-call]

    async def reset(self) -> None:
        """Forget everything."""
        self._begun = False
        await super().reset()  # type: ignore[no-untyped-call]


def first_words(text: str) -> str:
    """What of an answer can be spoken before the rest is known, or ""."""
    found = _FIRST_WORDS.match(text)
    if not found or _TITLES.search(found[0]) or _TELLING.search(found[0]):
        return ""
    return found[0]
