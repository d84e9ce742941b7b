"""Postal addresses and names of people: both go on as long as somebody likes."""

from collections.abc import Sequence

from shared.languages.answers.characters import Run, number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_PIN_CODE = 6  # digits
_INTRODUCES = CLAUSE.possessives | ANSWER.introductions
_NO_NAMES = _INTRODUCES | CLAUSE.copulas | CLAUSE.determiners | ANSWER.after | ANSWER.named
_NO_NAMES |= CLAUSE.contractions | CLAUSE.attributes | CLAUSE.topics
_PLACES = ANSWER.localities | ANSWER.beside | CLAUSE.postpositions | CLAUSE.oblique_genitives
_FEW = 5  # words that hold no more than a house
_LONG = 6  # words that may hold all of an address without a city


def address(words: Sequence[str], run: Run | None) -> Completeness | None:
    """The completeness of an address; None if its end is that of a sentence."""
    core = list(words)
    while core and (core[-1] in ANSWER.after or core[-1] in ANSWER.polite):
        core.pop()
    if not core:
        return None
    last = core[-1]
    if run and run.digits:
        return _with_number(words, run)
    if last in ANSWER.beside or last in ANSWER.ordinals or last in ANSWER.titles:
        return Completeness.OPEN
    if last in ANSWER.numbered and not _is_named(core):
        return Completeness.OPEN
    if all(word in _NO_NAMES for word in core):
        return Completeness.OPEN
    if last in CLAUSE.prepositions or last in CLAUSE.determiners or last in CLAUSE.conjunctions:
        return Completeness.OPEN
    has_city = any(word in ANSWER.cities for word in core)
    return Completeness.EXTENDABLE if has_city or len(core) > _LONG else Completeness.OPEN


def is_address(words: Sequence[str]) -> bool:
    """Whether the words are an address, whoever has asked for it or not."""
    kinds = (ANSWER.numbered, ANSWER.localities, ANSWER.beside | CLAUSE.postpositions)
    named = sum(any(word in known for word in words) for known in kinds)
    verbs = CLAUSE.auxiliaries | CLAUSE.copulas | CLAUSE.final_verbs | CLAUSE.subjects
    return named > 1 and len(words) >= _FEW and not any(word in verbs for word in words)


def _is_named(words: list[str]) -> bool:
    """Whether a name or a number stands before a word such as "floor" or "tower"."""
    return words[-1] in ANSWER.localities and len(words) > 1 and words[-2] not in ANSWER.numbered


def _with_number(words: Sequence[str], run: Run) -> Completeness:
    before = words[run.begin - 1] if run.begin else ""
    if len(run.text) == _PIN_CODE:
        return Completeness.WHOLE
    if run.opens or before in ANSWER.area_codes:
        return Completeness.OPEN
    if len(run.text) > 1 and any(word in ANSWER.cities for word in words[: run.begin]):
        return Completeness.OPEN  # the beginning of its PIN code
    places = [word for word in words[: run.begin] if word not in ANSWER.numbered]
    known = any(word in _PLACES for word in places)
    return Completeness.EXTENDABLE if known or len(places) > _FEW else Completeness.OPEN


def name(words: Sequence[str]) -> Completeness | None:
    """The completeness of a name; None if the words are none."""
    core = [word for word in words if word not in ANSWER.hesitations]
    if not core:
        return None
    if core[-1] in ANSWER.titles or (len(core[-1]) == 1 and core[-1].isalpha()):
        return Completeness.OPEN
    if all(word in _NO_NAMES for word in core):
        return Completeness.OPEN
    if core[-1] in CLAUSE.final_verbs:
        return Completeness.ANY
    introduced = any(word in CLAUSE.copulas or word in CLAUSE.contractions for word in core[:-1])
    introduced = introduced or any(word in _INTRODUCES for word in core[:-1])
    if number_of(core[-1]):
        return None
    return Completeness.EXTENDABLE if introduced else Completeness.ANY
