"""Names in Latin letters, as Hindi writes them."""

import re

# Their consonants, with any vowels between them.
_AKSHARAS = {
    **{"chh": "छ", "ksh": "(?:क्ष)", "kh": "[खक]", "gh": "[घग]", "ch": "[चछ]", "jh": "[झज]"},
    **{"th": "[थठटत]", "dh": "[धढदड]", "ph": "[फप]", "bh": "[भब]", "sh": "[शषस]", "k": "[कख]"},
    **{"c": "[कचस]", "q": "[कख]", "g": "[गजघ]", "j": "[जझ]", "t": "[तटथठ]", "d": "[दडधढ]"},
    **{"n": "[नणङञंँ]", "p": "[पफ]", "b": "[बभ]", "m": "[मं]", "y": "य?", "r": "[रड]", "l": "[लळ]"},
    **{"v": "[वब]", "w": "[वब]", "s": "[सशषज]", "h": "ह?", "z": "[जस]", "f": "फ", "x": "(?:क्स)"},
}
_VOWELS = "[\u0905-\u0914\u093a-\u094d\u0901-\u0903यव]*"


def spelling_of(name: str) -> str:
    """A regular expression for a name as Hindi writes it."""
    letters = re.findall("|".join((*_AKSHARAS, r"[aeiou]+", r"\W+")), name.lower())
    hindi = _VOWELS.join("" if each[0] in "aeiou" else _AKSHARAS.get(each, " ") for each in letters)
    return rf"(?=[\u0900-\u097f]){_VOWELS}{hindi}{_VOWELS}"
