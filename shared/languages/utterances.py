"""Utterances, into which an answer is cut: its sentences, but never a part of what is one thing.

A TTS is given an utterance at a time, and nobody can read `Rs.` aloud without the figure that
follows, or know that `[laughs` is a stage direction. Pipecat's sentences are found by sentencex,
which has no notion of most of this.
"""

import re
from collections.abc import AsyncIterator

from pipecat.utils.string import SENTENCE_ENDING_PUNCTUATION, match_endofsentence
from pipecat.utils.text.base_text_aggregator import Aggregation, TextType
from pipecat.utils.text.simple_text_aggregator import SimpleTextAggregator, _LookaheadState

from shared.languages.catalogue import WORDS
from shared.languages.normalization.cleaning import PLAIN_SIGNS
from shared.languages.normalization.lists import markers
from shared.languages.normalization.written_words import any_of

_SHORT = (
    rf"(?<![\w.])(?:{any_of(WORDS.written.abbreviations)}"
    r"|(?:[A-Z]\.[ ]?)+(?=[A-Z]|$)"  # initials
    ")"
    r"|[.!?;](?=[\w\u0900-\u0d7f])"  # 3.5, www.x.in
)
_OPENED = (  # closed, or still open
    r"```[\s\S]{0,1500}?(?:```|$)"
    r"|<(?:say-as|sub|spell)\b[^<>]{0,80}>[^<>]{0,80}(?:<|$)"
    r"|<[/!?|\uff5c<A-Za-z][^<>]{0,120}(?:>|$)"
    r"|&(?:#?\w{0,10})(?:;|$)"
    r"|[\[\u3010][^\[\]\u3010\u3011\n]{0,120}(?:[\]\u3011]|$)"
    r"|\([^()\n]{0,60}(?:\)|$)"
    r"|(?<![\w*])\*+(?=[^\s*])[^*\n]{0,60}(?:\*|$)"
    r"|~~[^~\n]{0,80}(?:~~|$)"
    r"|\$(?=[^\s\d$])[^$\n]{0,120}(?:\$|$)"
    r"|\$\$[^$]{0,200}(?:\$\$|$)"
    r"|\\[(\[].{0,200}?(?:\\[)\]]|$)"
    r"|\S+@\S+|(?:https?://|www\.)\S+"
)
_WHOLE = re.compile(rf"{_SHORT}|{_OPENED}")

_BLANK = str.maketrans(dict.fromkeys(SENTENCE_ENDING_PUNCTUATION, ",") | {"\n": " "})

# What begins a line that isn't said together with the one before.
_ITEM = re.compile(
    r"[ \t]*(?:[-+*\u2022\u2013][ \t]*|#{1,6}[ \t]"
    r"|[*_]{0,2}\(?(?:[0-9०-९]{1,2}|[a-hivx]{1,4}|[क-घ])[.)][*_]{0,2}[ \t])\S"
)
_LONGEST = 600  # characters without an end; the TTS would begin with them too late


class Utterances(SimpleTextAggregator):
    """Pipecat's aggregator of sentences, which keeps together what is said together."""

    async def aggregate(self, text: str) -> AsyncIterator[Aggregation]:
        """Add text; hand out each utterance when it is complete."""
        async for utterance in super().aggregate(text.translate(PLAIN_SIGNS)):
            yield utterance
            while end := self._held_up():
                yield self._take(end)

    async def _check_sentence_with_lookahead(
        self, char: str, *, protected_end: int = 0
    ) -> Aggregation | None:
        """Hand out what is complete before this character, which is in the text already.

        Pipecat's method, but for what it looks at: there are no sentence ends inside of a whole.
        """
        is_punctuation = char in SENTENCE_ENDING_PUNCTUATION
        end = 0
        if self._advance_lookahead(char, is_punctuation=is_punctuation):
            seen = self._text[:-1] if is_punctuation else self._text
            end = match_endofsentence(_blanked(seen), language=self.language)
        if not end and "\n" in self._text and not char.isspace():
            end = _line_end(self._text)
        if not end and len(self._text) > _LONGEST and char.isspace():
            end = self._text.rfind(", ", _LONGEST // 2) + 1 or len(self._text)
        utterance = self._take(end) if end else None
        if is_punctuation:
            self._lookahead_state = _LookaheadState.AWAITING_CHARACTER
        return utterance

    def _held_up(self) -> int:
        """The end of a sentence that an open bracket has held up, 0 if there is none."""
        end = match_endofsentence(_blanked(self._text), language=self.language)
        return end if self._text[end:].strip() else 0

    def _take(self, end: int) -> Aggregation:
        text, self._text = self._text[:end], self._text[end:]
        self._lookahead_state = _LookaheadState.IDLE
        return Aggregation(text.strip(" "), TextType.SENTENCE)


def _blanked(text: str) -> str:
    """The text, as long as it was, without the marks that end no sentence."""
    text = _WHOLE.sub(lambda whole: whole[0].translate(_BLANK), text)
    for marker in markers(text):
        text = f"{text[: marker.end - 1]},{text[marker.end :]}"
    return text


def _line_end(text: str) -> int:
    """The end of the line before the one that has begun, 0 if both are to be said together."""
    before, _, line = text.rpartition("\n")
    is_paragraph = before.rstrip(" \t").endswith("\n") and len(line.strip()) == 1
    if not before.strip() or not (is_paragraph or _ITEM.fullmatch(line)):
        return 0
    inside = any(whole.start() < len(before) < whole.end() for whole in _WHOLE.finditer(text))
    return 0 if inside else len(before.rstrip())
