"""The lists of words and phrases that a language has, by what they are looked for.

All are in lower case. What is a tuple holds regular expressions, unless it says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Words = frozenset[str]
NONE: Words = frozenset()


def words(text: str) -> Words:
    """The words of a text, which white space parts."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanPhrases:
    """The phrases of a person who answers a call, over words without punctuation.

    Attributes:
        answers: No machine says it: questions to the caller, who they are to whom.
        talks: People talk like that, and recordings seldom.
        greets: A hello, which some recordings have too.
        of_self: An "I", as in people's own recordings.
    """

    answers: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    greets: tuple[str, ...] = ()
    of_self: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backchannels:
    """The sounds and words of somebody who only tells that they listen.

    Attributes:
        murmurs: Sounds that tell nothing at all.
        hummed: Assent that is hummed rather than said; after a question it is a yes.
        said: Words of assent.
        phrases: Two or three words of assent.
        to_whom: What may stand beside them, such as "sir".
    """

    murmurs: Words = NONE
    hummed: Words = NONE
    said: Words = NONE
    phrases: Words = NONE
    to_whom: Words = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenDigits:
    """Numbers in words, and what may stand around them in an answer.

    Attributes:
        numbers: Every word that is a number by itself, with its value.
        spellings: Functions that know the value of a word that is spelled in many ways, or None.
        tens: Of the numbers those to which a digit behind is added, as "twenty four" has it.
        scales: What multiplies the number before it, such as "hundred".
        times: How often the digit behind it is meant, as "double" says.
        ambiguous: Words that are these digits only beside others, such as "to".
        one: Words for 1, which are no digit in "which one".
        joins: What may stand inside of a number, such as "and".
        fillers: What may stand around an answer; anything else makes it more than an answer.
        doubts: Who says one of them has a question, or takes something back.
        asks: What makes a question of an answer that begins with it.
        ends: Names of the keys that end a number, with the key.
        names_length: What makes a length of the number before it, as in "four digit".
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    spellings: tuple[Callable[[str], int | None], ...] = ()
    tens: Words = NONE
    scales: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    ambiguous: Mapping[str, str] = field(default_factory=dict)
    one: Words = NONE
    joins: Words = NONE
    fillers: Words = NONE
    doubts: Words = NONE
    asks: Words = NONE
    ends: Mapping[str, str] = field(default_factory=dict)
    names_length: Words = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class KeypadWords:
    """Words by which a bot asks for keys, or forbids them.

    Attributes:
        types: Bids somebody use the keys.
        asks: Asks for something, so that it may be said or typed.
        transitions: May stand before a question.
        yes_or_no: Begins a question that a yes answers.
        forbids: Bids somebody type or say nothing.
        again: Stands for what was asked for before.
        hash_last: Stands before the hash that ends a number.
        hash: Names that key.
        star: Names the other one; plain words.
        keys: Names a key, hash and star among them.
        asking_numbers: Number words that may ask for something as well, with their value.
        menu: Offers a key; `{key}` stands for one.
        purpose: Follows a key that is offered, as in "2 for sales".
        first: The lowest of a scale, such as "one" in "one to five".
        last: The highest, unless it is written in digits.
        up_to: Stands between the least and the most.
        through: Likewise, but on a scale only.
        either: Stands between two that are meant.
        digits: Follows how many digits are wanted.
    """

    types: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ()
    yes_or_no: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    hash_last: tuple[str, ...] = ()
    hash: tuple[str, ...] = ()
    star: Words = NONE
    keys: tuple[str, ...] = ()
    asking_numbers: Mapping[str, int] = field(default_factory=dict)
    menu: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    up_to: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNames:
    """The names that a bot has for the numbers it asks for.

    Attributes:
        kinds: The patterns for each of the names in `number_kinds.LENGTHS`.
        date_formats: Patterns that say how a date is to be typed, with how many digits it has.
    """

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_formats: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
