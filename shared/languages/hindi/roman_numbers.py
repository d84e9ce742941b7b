"""Hindi numbers in Latin letters, which everybody spells in a way of their own."""

import re

_WORDS = """
    gyarah barah terah chaudah pandrah solah satrah atharah unnis bis
    ikkis bais teis chaubis pachchis chhabbis sattais atthais untis tis
    iktis battis taintis chauntis paintis chhattis saintis adtis untalis chalis
    iktalis bayalis taintalis chauvalis paintalis chhiyalis saintalis adtalis unchas pachas
    ikyavan bavan tirpan chauvan pachpan chhappan sattavan atthavan unsath saath
    iksath basath tirsath chaunsath painsath chhiyasath sadsath adsath unhattar sattar
    ikhattar bahattar tihattar chauhattar pachhattar chhihattar satattar athattar unasi assi
    ikyasi bayasi tirasi chaurasi pachasi chhiyasi satasi athasi navasi nabbe
    ikyanve banve tiranve chauranve pachanve chhiyanve sattanve atthanve ninyanve
"""
_COMMON = {"with": "sat", "yours": "tera", "big": "bara", "insects": "bis", "shirts": "tis"}


def _sound(word: str) -> str:
    """What all spellings of a word have in common."""
    for written, sound in (("aa", "a"), ("ee", "i"), ("oo", "u"), ("ai", "e"), ("au", "o")):
        word = word.replace(written, sound)
    word = re.sub(r"(?<=[cstkgdbpj])h|h$", "", word).replace("w", "v").replace("y", "")
    return re.sub(r"(.)\1+", r"\1", word)


_NUMBERS = {_sound(word): value for value, word in enumerate(_WORDS.split(), start=11)}


def value_of(word: str) -> int | None:
    """The number from 11 to 99 that a word is; None if it is none, or something else as well."""
    if not word.isascii() or len(word) < 4:
        return None
    if _sound(word) in _COMMON.values() and word not in {"terah", "barah"}:
        return None
    return _NUMBERS.get(_sound(word))
