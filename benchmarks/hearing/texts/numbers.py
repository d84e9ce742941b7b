"""Numbers as callers say them: digit by digit, in pairs, doubled, in lakhs and in hundreds."""

import re
from random import Random

from benchmarks.hearing.texts.texts import ENGLISH, Both, words

ONES, TENS = words("ones"), (".", ".", *words("tens"))
HINDI, HINDI_LATIN, HINGLISH = words("hindi"), words("hindi_latin"), words("hinglish")
REPEATED = {2: "double", 3: "triple"}
HINDI_COUNTS = (
    ("दस", "das"),
    ("बारह", "barah"),
    ("पंद्रह", "pandrah"),
    ("बीस", "bees"),
    ("पच्चीस", "pachees"),
    ("पचास", "pachaas"),
)
FIGURE = {word: str(n) for n, word in enumerate(ONES[:10])} | {"oh": "0"}
FIGURE |= {word: str(n) for n, word in enumerate(HINDI)}
FIGURE |= {word: str(n) for n, word in enumerate(HINDI_LATIN)}
FIGURE |= {word: str(n) for n, word in enumerate(HINGLISH)}
PAIRS = {word: str(n) for n, word in enumerate(ONES) if n >= 10}


def english(number: int) -> str:
    """A number below a hundred in words."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f" {ONES[ones]}" if ones else "")


def ordinal(day: int) -> str:
    """A day of the month, up to the 28th, in words."""
    return words("ordinals")[day - 1]


def digits_said(group: str, language: str, dice: Random, style: str) -> Both:
    """A group of digits in words.

    Args:
        group: The digits.
        language: In which they are said.
        dice: For what is a matter of taste.
        style: "pairs" for two digits in one number, "double" for "double five", "oh" for that
            zero, "hinglish" for English digits in Hindi; else they are said one by one.
    """
    if language != ENGLISH:
        spoken = HINGLISH if style == "hinglish" else HINDI
        written = ONES if style == "hinglish" else HINDI_LATIN
        return " ".join(spoken[int(d)] for d in group), " ".join(written[int(d)] for d in group)
    if style == "pairs" and len(group) == 2 and group[0] != "0":
        return (english(int(group)),) * 2
    zero = "oh" if style == "oh" else "zero"
    said: list[str] = []
    for run in re.finditer(r"(\d)\1*", group if style == "double" else ""):
        said += _run(run[1], len(run[0]), dice)
    if style != "double":
        said = [zero if d == "0" else ONES[int(d)] for d in group]
    return (" ".join(said),) * 2


def _run(digit: str, length: int, dice: Random) -> list[str]:
    word = ONES[int(digit)]
    if length in REPEATED and dice.random() < 0.9:
        return [REPEATED[length], word]
    return [word] * length


def in_figures(text: str) -> str:
    """The same text with its digits as figures, as some STTs write them."""
    written: list[str] = []
    times, tens = 1, ""
    for word in text.split():
        if word in REPEATED.values():
            times = 2 if word == "double" else 3
            continue
        if tens and word in ONES[1:10]:
            figures, tens = tens[0] + FIGURE[word], ""
            written[-1] = written[-1][:-2] + figures
            continue
        tens = f"{TENS.index(word)}0" if word in TENS[2:] else ""
        figures = tens or FIGURE.get(word, "") * times or PAIRS.get(word, "")
        times = 1
        if not figures:
            written.append(word)
        elif written and written[-1].isdigit():
            written[-1] += figures
        else:
            written.append(figures)
    return " ".join(written)
