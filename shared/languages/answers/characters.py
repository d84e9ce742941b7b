"""Digits and letters in a row, as somebody says a number, a code or the letters of a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.catalogue import WORDS
from shared.languages.spoken_digits import value_of
from shared.languages.word_split import strip_nukta

_DIGITS = WORDS.spoken_digits
_TIMES = {strip_nukta(word): times for word, times in _DIGITS.times.items()}
AMBIGUOUS = {strip_nukta(word): digit for word, digit in _DIGITS.ambiguous.items()}
_TENS = frozenset(map(strip_nukta, _DIGITS.tens))


@dataclass(frozen=True, slots=True)
class Item:
    """Some words that stand for characters, or one that doesn't.

    Attributes:
        text: The characters; "" for a word.
        begin: The position of the first word.
        end: The position behind the last.
        sure: Whether they are characters in any company.
        tens: Whether a digit behind is added, as "twenty four" has it.
        opens: Whether characters have to follow, as behind "double".
    """

    text: str
    begin: int
    end: int
    sure: bool = True
    tens: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The characters at the end of what has been said.

    Attributes:
        text: All of them; a plus is one.
        groups: Them as they were said, in pieces.
        begin: The position of the first word.
        end: The position behind the last; what stands behind it ends a number.
        opens: Whether more has to follow.
    """

    text: str
    groups: tuple[str, ...]
    begin: int
    end: int
    opens: bool

    @property
    def digits(self) -> bool:
        """Whether it has no letters."""
        return self.text.removeprefix("+").isdecimal() or self.text in ("", "+")


@lru_cache(maxsize=4096)
def number_of(word: str) -> str:
    """The digits that a word is by itself, or ""."""
    if word.isdecimal():
        return word
    value = value_of(word)
    return "" if value is None else str(value)


def is_letter(word: str) -> bool:
    """Whether a word is a letter, in any company or only beside others."""
    single = len(word) == 1 and word.isascii() and word.isalpha()
    return single or word in ANSWER.letters or word in ANSWER.letters_too


def is_letter_alone(words: Sequence[str]) -> bool:
    """Whether the last word is a letter that is no word by itself."""
    last = words[-1]
    return len(last) == 1 and is_letter(last) and last not in ANSWER.letters_too


def letter_of(word: str) -> str:
    """The letter that a word is."""
    return ANSWER.letters.get(word) or ANSWER.letters_too.get(word) or word


def items(words: Sequence[str]) -> list[Item]:
    """The words as characters, as far as they are some."""
    found: list[Item] = []
    place = 0
    while place < len(words):
        item = _item(words, place)
        if item.text.isdecimal() and len(item.text) == 1 and item.text != "0" and found:
            before = found[-1]
            if before.tens and not words[place].isdecimal():  # "twenty" "four"
                found.pop()
                item = Item(before.text[:-1] + item.text, before.begin, item.end)
        found.append(item)
        place = item.end
    return _among_others(found)


def _item(words: Sequence[str], at: int) -> Item:
    word = words[at]
    rest = len(words) - at - 1
    if word in _TIMES:
        if not rest:
            return Item("", at, at + 1, opens=True)
        next_one = _item(words, at + 1)
        if next_one.text:
            text = next_one.text * _TIMES[word]
            if _TIMES[word] == 2 and next_one.text == "u":
                text = "w"
            return Item(text, at, next_one.end)
        return Item("", at, at + 1, sure=False)
    if word == "+" or word in ANSWER.plus:
        return Item("+", at, at + 1, opens=not rest)
    if digits := number_of(word):
        return Item(digits, at, at + 1, tens=word in _TENS)
    if word in ANSWER.capitals and rest and is_letter(words[at + 1]):
        letter = _item(words, at + 1)
        return Item(letter.text, at, letter.end)
    if is_letter(word):
        return _letter(words, at)
    if word in AMBIGUOUS and (len(words) > 1 or word not in CLAUSE.prepositions):
        return Item(AMBIGUOUS[word], at, at + 1, sure=False)
    return Item("", at, at + 1)


def _letter(words: Sequence[str], at: int) -> Item:
    """A letter, with the word that stands for it, as in "a for apple"."""
    letter = letter_of(words[at])
    behind = at + 1
    while behind < len(words) and words[behind] in ANSWER.letter_for:
        behind += 1
    sure = words[at] not in ANSWER.letters_too
    if behind == at + 1 or behind == len(words):
        return Item(letter, at, behind, sure=sure, opens=behind > at + 1)
    word = words[behind]
    if len(word) > 1 and (word[0] == letter or not word.isascii()):
        return Item(letter, at, behind + 1)
    return Item(letter, at, at + 1, sure=sure)


def _among_others(found: list[Item]) -> list[Item]:
    """The same, without what is a character only beside others and stands alone."""
    if len(found) == 1 and found[0].text.isdecimal():
        return found
    sure = [bool(item.text) and item.sure for item in found]
    for place, (item, following) in enumerate(zip(found, found[1:], strict=False)):
        if (
            not (item.sure or following.sure)
            and item.text.isdecimal()
            and following.text.isdecimal()
        ):
            sure[place] = sure[place + 1] = True  # "do do"
    forward = range(1, len(found))
    for place, beside in (
        *((each, each - 1) for each in forward),
        *((each - 1, each) for each in reversed(forward)),
    ):
        alike = found[place].text.isalpha() == found[beside].text.isalpha()
        sure[place] |= bool(found[place].text) and sure[beside] and alike
    return [
        item if known or not item.text else Item("", item.begin, item.end)
        for item, known in zip(found, sure, strict=True)
    ]


_BEHIND = (ANSWER.after, ANSWER.polite, ANSWER.hesitations, ANSWER.inside)


def last_run(words: Sequence[str]) -> Run | None:
    """The characters that the words end with, but for what ends a number behind them."""
    found = items(words)
    last, joined = len(found), False
    while last and not (found[last - 1].text or found[last - 1].opens):
        word = words[found[last - 1].begin]
        if not any(word in known for known in _BEHIND):
            return None
        joined |= word in ANSWER.inside and word not in ANSWER.after
        last -= 1
    begin = place = last
    while place:
        item = found[place - 1]
        if item.text or item.opens:
            begin = place - 1
        elif words[item.begin] not in ANSWER.inside:
            break
        place -= 1
    run = [item for item in found[begin:last] if item.text or item.opens]
    if not run:
        return None
    groups = tuple(item.text for item in run)
    opens = run[-1].opens or joined
    return Run("".join(groups), groups, run[0].begin, run[-1].end, opens)
