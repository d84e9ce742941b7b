"""English abbreviations and signs that no number is needed for."""

import re
from collections.abc import Callable

from shared.languages.normalization.numerals import AFTER, BEFORE
from shared.languages.normalization.rules import Rule, rule

_ALONE = r"(?<![A-Za-z.])"
_TITLES = {
    "dr": "Doctor",
    "mr": "Mister",
    "mrs": "Missus",
    "ms": "Ms",
    "prof": "Professor",
    "smt": "Shrimati",
    "shri": "Shri",
    "adv": "Advocate",
    "er": "Engineer",
    "capt": "Captain",
    "col": "Colonel",
    "lt": "Lieutenant",
}
# What a title stands before: a name, with a space or without, or the end of this part.
_TITLE = (
    rf"{_ALONE}(?:(?P<title>(?i:{'|'.join(_TITLES)}))\.(?=[ ]?[A-Z\u0900-\u097f&(]|[ ]?$)"
    r"|(?P<usual>(?i:dr|mr|mrs|prof))\.(?=[ ]?[a-z])|(?P<bare>Dr|Mr|Mrs)(?=[ ](?:[A-Z&]|$)))"
)

# In this order. A word that comes with its full stop may be the end of its sentence too.
_SHORT = (
    (rf"{_ALONE}St\.?(?=[ ]?[A-Z]\w+['\u2019]s)", "Saint"),
    (
        r"(?<=[a-z][ ])(?<!\bAt[ ])(?<!\bat[ ])(?<!\bthe[ ])(?<!\bThe[ ])(?<!\bnear[ ])St\.",
        "Street",
    ),
    (rf"{_ALONE}St\.(?=[ ]?[A-Z])", "Saint"),
    (rf"{_ALONE}Rd\.", "Road"),
    (rf"{_ALONE}[Nn]os?\.[ ]?(?=#?[0-9])(?![0-9]{{1,2}}:[ ])", "number "),
    (rf"{_ALONE}[Aa]/c(?![A-Za-z])", "account"),
    (rf"{_ALONE}w/o(?![A-Za-z])", "without"),
    (rf"{_ALONE}w/(?=[ ])", "with"),
    (rf"{_ALONE}b/w(?![A-Za-z])", "between"),
    (rf"{_ALONE}c/o(?![A-Za-z])", "care of"),
    (rf"{_ALONE}N/A(?![A-Za-z])", "not available"),
    (rf"{_ALONE}[Ee]\.g\.", "for example"),
    (rf"{_ALONE}[Ii]\.e\.", "that is"),
    (rf"{_ALONE}w\.e\.f\.", "with effect from"),
    (rf"{_ALONE}p\.a\.", "per annum"),
    (rf"{_ALONE}etc\.", "et cetera"),
    (rf"{_ALONE}[Aa]pprox\.?(?![A-Za-z])", "approximately"),
    (rf"{_ALONE}vs\.?(?![A-Za-z])", "versus"),
    (rf"{_ALONE}Govt\.?(?![A-Za-z])", "Government"),
    (rf"{_ALONE}Pvt\.?(?![A-Za-z])", "Private"),
    (rf"{_ALONE}Ltd\.?(?![A-Za-z])", "Limited"),
    (rf"{_ALONE}[Dd]ept\.", "department"),
    (rf"{_ALONE}[Ee]xt\.", "extension"),
    (rf"{BEFORE}24[ ]?(?:/|x|×)[ ]?7(?![0-9A-Za-z/])", "twenty-four seven"),
    (rf"{BEFORE}1/2{AFTER}(?!/)", "half"),
    (rf"{BEFORE}1/4{AFTER}(?!/)", "a quarter"),
    (rf"{BEFORE}3/4{AFTER}(?!/)", "three quarters"),
    (r"(?<=[0-9])[ ]?½", " and a half"),
    ("½", "half"),
    (r"(?<=[0-9])[ ]?¼", " and a quarter"),
    ("¼", "a quarter"),
    (r"(?<=[0-9])[ ]?¾", " and three quarters"),
    ("¾", "three quarters"),
    ("⅓", "a third"),
    ("⅔", "two thirds"),
    (r"#[ ]?(?=[0-9])", "number "),
    (r"~[ ]?(?=[0-9₹])", "about "),
)

_SIGNS = (
    (r"(?<=[0-9a-z])[ ]?×[ ]?(?=[0-9a-z])", " times "),
    (r"(?<=\w)&(?=\w)", " and "),
    ("&", "and"),
    (r"(?<=[ ])@(?=[ ])", "at"),
    (r"(?<=[ ])\+(?=[ ])", "plus"),
    (r"(?<=[ ])=(?=[ ])", "equals"),
    (r"(?<=[\w)])\+(?=[\w(])", " plus "),
    (r"(?<=[\w)])=(?=[\w(])", " equals "),
    (r"(?<=rupees)\+", " plus"),
    (r"(?<=\w)\^(?=\w)", " to the power "),
    (r"(?<=[ ])<(?=[ ])", "less than"),
    (r"(?<=[ ])>(?=[ ])", "more than"),
    (r"(?<=[ ])\*(?=[ ]key)|(?:(?<=press[ ])|(?<=Press[ ])|(?<=dial[ ])|(?<=enter[ ]))\*", "star"),
    (r"(?<![^\s])\*(?!\S)[ ]?", ""),
    (r"(?<!\S)#(?=[\s,.!?]|$)", "hash"),
    (r"(?<!\S)#(?=[A-Za-z])", ""),
)


def shorthand_rules() -> list[Rule]:
    """Rules for titles, `No. 12`, `e.g.`, `1/2`, `#4`."""
    return [
        rule(_TITLE, lambda found: _TITLES[found[0].rstrip(".").lower()]),
        *(rule(pattern, _ending_with(words)) for pattern, words in _SHORT),
    ]


def symbol_rules() -> list[Rule]:
    """Rules for `&`, `@` and the like, after the numbers beside them are said."""
    return [rule(pattern, words) for pattern, words in _SIGNS]


def _ending_with(words: str) -> Callable[[re.Match[str]], str]:
    def say(found: re.Match[str]) -> str:
        rest = found.string[found.end() :]
        ends = words in ("et cetera", "per annum") and re.match(r"\s*$|\s+[A-Z]", rest)
        return f"{words}." if ends else words

    return say
