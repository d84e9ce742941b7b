"""Drafts of utterances: which are drawn, after which words of the bot, with how many pauses."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.hearing.kinds import (
    ANSWERS_TO_ANYTHING,
    FIGURES,
    OVER_THE_BOT,
    Kind,
)
from benchmarks.hearing.texts.numbers import in_figures
from benchmarks.hearing.texts.slots import Slots
from benchmarks.hearing.texts.texts import ENGLISH, HINDI, Both, Texts, texts_of

# How many of each kind are in a set of 300, and how many of them have pauses.
QUOTAS = {
    Kind.QUESTION: (16, 0),
    Kind.STATEMENT: (12, 0),
    Kind.YES_NO: (12, 0),
    Kind.NAME: (8, 0),
    Kind.DAY: (9, 0),
    Kind.QUANTITY: (4, 0),
    Kind.PHONE: (28, 24),
    Kind.PIN: (10, 6),
    Kind.OTP: (10, 6),
    Kind.CARD: (8, 8),
    Kind.AADHAAR: (8, 7),
    Kind.IDENTITY: (8, 7),
    Kind.REFERENCE: (8, 6),
    Kind.AMOUNT: (10, 6),
    Kind.DATE: (10, 6),
    Kind.TIME: (8, 3),
    Kind.EMAIL: (12, 11),
    Kind.SPELLING: (12, 9),
    Kind.ADDRESS: (12, 11),
    Kind.OPEN: (26, 26),
    Kind.INTERRUPTION: (14, 0),
    Kind.ASSENT: (30, 0),
    Kind.NOISE: (30, 0),
}
STANDARD = 300
HINDI_PART = 0.27  # of what is said
FITTING_PART = 2 / 3  # of the questions ask for the kind that comes
FIGURES_PART = 0.35  # of the numbers are written by the STT in figures
LATIN_PART = 0.5  # of the Hindi is written in Latin
PAUSES_SECS = (0.45, 1.3)
PAUSE_COUNTS = (1, 1, 1, 2, 2, 3)
HESITANT_PART = 0.12  # of the pauses end with an "um"
AT_RANDOM = 0.3
ATTEMPTS = 60  # until a template has a place for a pause, and a text that is new


@dataclass(frozen=True, slots=True)
class Draft:
    """An utterance that is yet to be spoken; see `Utterance` for the fields.

    Args:
        pieces: Each as a voice reads it and as an STT writes it.
        pauses: Seconds between the pieces.
    """

    kind: Kind
    expected: Kind | None
    question: str
    language: str
    pieces: tuple[Both, ...]
    pauses: tuple[float, ...]
    digits: str


def drafts(split: str, count: int, dice: Random, *, numbers: bool = False) -> Iterator[Draft]:
    """Draw the texts of a set.

    Args:
        split: Of `SPLITS`.
        count: About how many; the kinds keep their proportions.
        dice: Decides.
        numbers: Draw nothing but ten-digit phone numbers with pauses.
    """
    quotas = {Kind.PHONE: (STANDARD, STANDARD)} if numbers else QUOTAS
    drawing = _Drawing(split, dice)
    for kind, (many, paused) in quotas.items():
        number = max(1, round(many * count / STANDARD))
        for nth in range(number):
            yield drawing.draft(kind, paused=nth < number * paused / many)


class _Drawing:
    """The draw of one set, in which templates come about equally often, and no text twice."""

    def __init__(self, split: str, dice: Random) -> None:
        self._split = split
        self._dice = dice
        self._seen: set[tuple[Kind, str]] = set()
        self._uses: Counter[Both] = Counter()

    def draft(self, kind: Kind, *, paused: bool) -> Draft:
        """A draft with or without pauses, with a text that is new as far as there are such."""
        for _ in range(ATTEMPTS):
            draft, template = self._attempt(kind, paused=paused)
            key = kind, " ".join(written for _, written in draft.pieces)
            if kind is Kind.NOISE or (bool(draft.pauses) == paused and key not in self._seen):
                break
        self._seen.add(key)
        self._uses[template] += 1
        return draft

    def _attempt(self, kind: Kind, *, paused: bool) -> tuple[Draft, Both]:
        dice = self._dice
        language = HINDI if dice.random() < HINDI_PART else ENGLISH
        texts = dice.choice(texts_of(self._split, language))
        if kind not in (Kind.NOISE, *texts.said):  # Hindi speakers say e-mail addresses in English
            language, texts = ENGLISH, dice.choice(texts_of(self._split, ENGLISH))
        slots = Slots(texts, language, dice)
        expected, question = _question(kind, texts, slots, dice)
        if kind is Kind.NOISE:
            return Draft(kind, expected, question, language, (("", ""),), (), ""), ("", "")
        template = min(texts.said[kind], key=lambda each: (self._uses[each], dice.random()))
        if paused and dice.random() < AT_RANDOM:  # the least used may have no place for a pause
            template = dice.choice(texts.said[kind])
        pieces = _pieces(kind, slots.fill(template), dice, paused=paused)
        pauses = tuple(round(dice.uniform(*PAUSES_SECS), 2) for _ in pieces[1:])
        written = _as_written(pieces, kind, language, dice)
        draft = Draft(kind, expected, question, language, written, pauses, slots.digits)
        return draft, template


def _question(kind: Kind, texts: Texts, slots: Slots, dice: Random) -> tuple[Kind | None, str]:
    """The bot's words before it, and what kind of answer they ask for."""
    if kind in OVER_THE_BOT:
        return None, dice.choice(texts.long)
    if kind in ANSWERS_TO_ANYTHING or kind not in texts.asked or dice.random() > FITTING_PART:
        return None, dice.choice(texts.unspecific)
    asked = dice.choice(texts.asked[kind])
    return kind, slots.fill((asked, asked))[0]


def _pieces(kind: Kind, both: Both, dice: Random, *, paused: bool) -> list[Both]:
    """Part a text at some of the places where people pause, in a phone number also within it."""
    spoken, written = (text.split(" | ") for text in both)
    parts = list(zip(spoken, written, strict=True))
    last = len(parts) - 1
    count = min(last, dice.choice(PAUSE_COUNTS)) if paused else 0
    places = set(dice.sample(range(1, last + 1), count)) if count else set()
    if places and kind is Kind.PHONE:
        places.add(last)
    pieces: list[Both] = []
    for at, part in enumerate(parts):
        if pieces and at not in places:
            before = pieces.pop()
            part = (f"{before[0]} {part[0]}", f"{before[1]} {part[1]}")
        pieces.append(part)
    return pieces


def _as_written(pieces: list[Both], kind: Kind, language: str, dice: Random) -> tuple[Both, ...]:
    """The pieces as they are spoken, with an "um" after a pause now and then, and as STTs write."""
    figures = kind in FIGURES and dice.random() < FIGURES_PART
    devanagari = language == HINDI and dice.random() > LATIN_PART
    result: list[Both] = []
    for at, (spoken, written) in enumerate(pieces):
        text = spoken if devanagari else written
        if at and language == ENGLISH and dice.random() < HESITANT_PART:
            spoken, text = f"um, {spoken}", f"um {text}"
        result.append((spoken, in_figures(text) if figures else text))
    return tuple(result)
