"""Digits that are said instead of typed: read, or masked; in the known languages, and mixed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.languages.catalogue import WORDS
from shared.languages.word_split import strip_nukta

MASK = "[digits]"  # what the LLM sees of them
LEAST = 4  # digits in a row that are a number of unknown length, among other words

_WORDS = WORDS.spoken_digits
_BESIDE = _WORDS.one | _WORDS.ambiguous.keys()  # digits only beside others
_TOKEN = re.compile(r"[^\s.,;:!?…।\"()\[\]/–—-]+")

# Every word that is a number by itself, spelled as it is looked up.
NUMBERS = {
    plain: value
    for word, value in _WORDS.numbers.items()
    if (plain := strip_nukta(word)) not in _WORDS.ambiguous
}


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, where it stands, and whether it is said of a number."""

    word: str
    start: int
    end: int
    counts: bool


def mask_digits(text: str) -> str:
    """The text with every number in it masked, whether written in digits or in words."""
    masked, at = [], 0
    for run in _runs(_tokens(text)):
        masked += [text[at : run[0].start], MASK]
        at = run[-1].end
    return "".join((*masked, text[at:]))


def only_digits(text: str) -> bool:
    """Whether a masked text says nothing but digits."""
    return bool(text) and not text.replace(MASK, "").strip()


def spoken_keys(text: str, length: int) -> str:
    """The keys that somebody says who was asked for `length` of them, 0 for any number; or "".

    They are an answer if nothing else is said but what goes with it ("my PIN is …"), however many
    they are: as with a keypad, the rest may follow. Among other words they must be as many as
    asked for, and what goes with them no question and no doubt.
    """
    tokens = _tokens(text)
    if tokens and tokens[0].word in _WORDS.asks:
        return ""
    runs = [_keys(run) for run in _runs(tokens)]
    others = {token.word for token in tokens if not token.counts} - _WORDS.fillers
    ends = "".join(_WORDS.ends[word] for word in others if word in _WORDS.ends)
    if others <= _WORDS.ends.keys():
        return _once(runs) + ends
    if "?" in text or others & _WORDS.doubts:
        return ""
    fitting = [run for run in runs if (len(run) == length if length else len(run) >= LEAST)]
    return fitting[0] if len(fitting) == 1 else ""


def _once(runs: Sequence[str]) -> str:
    """What is said twice, to be sure, counts once."""
    said = "".join(runs)
    half = said[: len(said) // 2]
    return half if len(half) >= LEAST and half * 2 == said else said


def _tokens(text: str) -> list[_Token]:
    found = [(strip_nukta(each[0].lower()), *each.span()) for each in _TOKEN.finditer(text)]
    words = [word for word, _, _ in found]
    counts = [_counts(words, place) for place in range(len(words))]
    for places in (range(len(words)), range(len(words) - 1, -1, -1)):
        for place in places:
            counts[place] |= words[place] in _BESIDE and any(
                counts[beside] for beside in (place - 1, place + 1) if 0 <= beside < len(words)
            )
    if not any(counts) and set(words) - _WORDS.one <= _WORDS.fillers:
        counts = [word in _WORDS.one for word in words]
    return [_Token(*each, counts=number) for each, number in zip(found, counts, strict=True)]


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a word is a number by itself, or multiplies the one beside it."""
    word = words[place]
    beside = [*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]]
    known = value_of(word) is not None
    if known and words[place + 1 : place + 2] and words[place + 1] in _WORDS.names_length:
        return (
            place > 0 and value_of(words[place - 1]) is not None
        )  # "four digit", no "1 2 3 4 digits"
    if word in {*_WORDS.scales, *_WORDS.times}:
        return any(map(_is_number, beside))
    return known and word not in _WORDS.one


def _is_number(word: str) -> bool:
    return value_of(word) is not None or word in _WORDS.scales or word in _WORDS.ambiguous


def value_of(word: str) -> int | None:
    """The number that a word is by itself, as `strip_nukta` spells it; None if it is none."""
    if word.isdecimal():
        return int(word)
    if word in NUMBERS:
        return NUMBERS[word]
    values = (spelled(word) for spelled in _WORDS.spellings)
    return next((value for value in values if value is not None), None)


def _runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """The numbers, each as the words of it that stand together."""
    run: list[_Token] = []
    for token in tokens:
        if token.counts:
            run.append(token)
        elif run and token.word not in _WORDS.joins:
            yield run
            run = []
    if run:
        yield run


def _keys(run: Sequence[_Token]) -> str:
    """The digits of a number: "double five 24 sixty eight" is 552468, "five hundred" is 500."""
    words = [token.word for token in run]
    if any(word in _WORDS.scales for word in words):
        return str(_cardinal(words))
    keys, times, tens = "", 1, False
    for word in words:
        if word in _WORDS.times:
            times = _WORDS.times[word]
            continue
        digits = _digits(word)
        if tens and len(digits) == 1 and digits != "0":  # "twenty" "four"
            keys = keys[:-1] + digits
        else:
            keys += digits * times
        times, tens = 1, word in _WORDS.tens
    return keys


def _cardinal(words: Sequence[str]) -> int:
    total = current = 0
    for word in words:
        if (size := _WORDS.scales.get(word, 0)) > 100:
            total, current = total + max(current, 1) * size, 0
        elif size:
            current = max(current, 1) * size
        elif word not in _WORDS.times:
            current += int(_digits(word))
    return total + current


def _digits(word: str) -> str:
    """ASCII digits of a word that counts."""
    if word.isdecimal():
        return "".join(str(int(digit)) for digit in word)
    return _WORDS.ambiguous.get(word) or str(value_of(word))
