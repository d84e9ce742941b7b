"""Formulas between dollar signs, as LLMs write them: `$x^2 + y^2$`."""

import re
from collections.abc import Mapping

from shared.languages.normalization.rules import Rule, rule

_FORMULA = (
    r"\$\$(?P<block>[^$]{1,300})\$\$|\\\[(?P<shown>.{1,300}?)\\\]|\\\((?P<inline>.{1,300}?)\\\)"
    r"|(?<![\w$\\])\$(?P<dollar>[^\s$](?:[^$\n]{0,200}[^\s$])?)\$(?![\w$])"
)
_MONEY = re.compile(r"[0-9][0-9,.]*[KMBkmb]?(?:[-/+,.;:]|\s|$)[^\\^=]*")  # from $5 to 7$
_SIGN = re.compile(r"[\\^=]")
_VARIABLES = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?:[^A-Za-z]*[A-Za-z]{1,2}(?![A-Za-z]))+[^A-Za-z]*")

_NAMED = {
    "times": "×", "cdot": "×", "ast": "×", "div": "÷", "pm": "±", "approx": "≈", "sim": "≈",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">",
    "left": "", "right": "", "quad": " ", "qquad": " ", "displaystyle": "", "rightarrow": "=",
    "to": "=", "implies": "=", "degree": "°", "circ": "°",
}  # fmt: skip
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_TEXT = re.compile(r"\\(?:text|mathrm|mathbf|textbf|mathit|operatorname)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")
_ESCAPED = re.compile(r"\\([%$&#_{}])|\\[ ,;:!]")
_POWERS = {"2": "²", "3": "³"}
_POWER = re.compile(r"\^(?:\{([^{}]*)\}|(-?[0-9]+|\w))")


def formula_rules(words: Mapping[str, str]) -> list[Rule]:
    """The rule for a formula; without words for its signs, these stay."""
    signs = re.compile("|".join(map(re.escape, words))) if words else None

    def say(found: re.Match[str]) -> str:
        formula = next(part for part in found.groups() if part is not None)
        if found["dollar"] and not _is_formula(formula):
            return found[0]
        plain = _plain(formula)
        if signs:
            plain = signs.sub(lambda sign: f" {words[sign[0]]} ", plain)
        return " ".join(plain.split())

    return [rule(_FORMULA, say)]


def _is_formula(text: str) -> bool:
    """Whether the dollars around a text are no money."""
    if _MONEY.fullmatch(text):
        return False
    return bool(_SIGN.search(text) or _VARIABLES.fullmatch(text))


def _plain(formula: str) -> str:
    """The formula with signs only, and no command."""
    for _ in range(3):  # a fraction in a root in a fraction
        formula = _ROOT.sub(r"√ \1 ", _FRACTION.sub(r"\1 / \2", _TEXT.sub(r" \1 ", formula)))
    formula = _COMMAND.sub(lambda name: f" {_NAMED.get(name[1], name[1])} ", formula)
    formula = _ESCAPED.sub(lambda found: found[1] or " ", formula)
    formula = _POWER.sub(lambda found: _power(found[1] or found[2]), formula)
    return re.sub(r"[{}_\\$]", " ", formula)


def _power(exponent: str) -> str:
    return _POWERS.get(exponent.strip(), f" ^ {exponent} ")
