"""Recorded words that a person has spoken, from Debian's packages; put together into numbers."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.hearing.channel import RATE, Sound, read_sound, trimmed
from benchmarks.hearing.texts.numbers import ONES, TENS
from benchmarks.hearing.texts.texts import words

ALLISON = Path("/usr/share/asterisk/sounds/en_US_f_Allison")  # CC-BY-SA-3.0, Allison Smith
KLETTRES = Path("/usr/share/klettres")  # GPL-2+
BETWEEN_SECS = 0.05
WORDS = {
    **{word: f"digits/{n}" for n, word in enumerate(ONES)},
    **{word: f"digits/{n}0" for n, word in enumerate(TENS) if n > 1},
    **{day: f"digits/day-{n}" for n, day in enumerate(words("days"))},
    **{month: f"digits/mon-{n}" for n, month in enumerate(words("months"))},
    **{letter: f"letters/{letter.lower()}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    "oh": "digits/oh",
    "hundred": "digits/hundred",
    "thousand": "digits/thousand",
    "tomorrow": "digits/tomorrow",
    "o'clock": "digits/oclock",
}


def has_allison() -> bool:
    """Whether the numbers, letters and days of Asterisk's English prompts are installed."""
    return ALLISON.is_dir()


def has_klettres(accent: str) -> bool:
    """Whether KLettres' letters are installed, and sox, which can read them."""
    return (KLETTRES / accent / "alpha").is_dir() and shutil.which("sox") is not None


def knows(text: str, *, letters_only: bool) -> bool:
    """Whether all words of a text were recorded."""
    if letters_only:
        return all(len(word) == 1 and word.isupper() for word in text.split())
    return all(word in WORDS for word in text.split())


def allison(text: str) -> Sound:
    """Say numbers, letters, days and months."""
    return _together([read_sound(ALLISON / f"{WORDS[word]}.wav") for word in text.split()])


def klettres(text: str, accent: str) -> Sound:
    """Say letters."""
    return _together([_letter(word, accent) for word in text.split()])


@cache
def _letter(letter: str, accent: str) -> Sound:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "letter.wav"
        recording = KLETTRES / accent / "alpha" / f"{letter}.ogg"
        if not recording.exists():
            recording = recording.with_stem(letter.lower())
        subprocess.run(["sox", recording, "-c", "1", "-b", "16", path], check=True)
        return read_sound(path)


def _together(said: list[Sound]) -> Sound:
    gap = np.zeros(round(BETWEEN_SECS * RATE))
    parts = [part for word in said for part in (trimmed(word), gap)]
    return np.concatenate(parts[:-1])
