"""A voice that is computed from the text: always the same, unlike any other, shaped like speech."""

import hashlib
import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulator.speech.recording import FULL_SCALE, Recording, Word

LETTER_SECS = 0.06
SHORTEST_WORD_SECS = 0.12
BETWEEN_WORDS_SECS = 0.04
PAUSES_SECS = {",": 0.15, ";": 0.2, ":": 0.2, ".": 0.3, "!": 0.3, "?": 0.3}
SYLLABLE_SECS = 0.18
ATTACK_SECS = 0.01

LOUDNESS = 0.1  # -20 dBFS, a usual level on the telephone
BREATH = 0.0008  # -62 dBFS under everything: a voice is never digitally silent
DIP = 0.25  # how much is left of the level between two syllables
PITCH_HZ = (110.0, 220.0)
HARMONICS = np.arange(1, 9)  # the eighth of the highest pitch stays below 3,400 Hz even as it rises


def voice(text: str, rate: int) -> bytes:
    """Say `text` as mono 16-bit PCM."""
    return speak(text, rate).pcm


def sentences(text: str) -> tuple[str, ...]:
    """Split where a speaker ends a sentence."""
    return tuple(part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part)


def speak(text: str, rate: int) -> Recording:
    """Say `text`, and tell when each word is said.

    A sentence sounds the same alone as among others, so a text that was sent to a speech
    service in pieces can be looked for in pieces or as a whole.
    """
    pcm = bytearray()
    words: list[Word] = []
    for sentence in sentences(text):
        offset = len(pcm) / 2 / rate
        said = _speak_sentence(" ".join(sentence.split()), rate)
        words += (Word(w.text, w.start + offset, w.end + offset) for w in said.words)
        pcm += said.pcm
    return Recording(bytes(pcm), rate, tuple(words))


@lru_cache(maxsize=512)
def _speak_sentence(sentence: str, rate: int) -> Recording:
    words: list[Word] = []
    now = 0.0
    for text in sentence.split():
        letters = sum(character.isalnum() for character in text)
        end = now + max(SHORTEST_WORD_SECS, letters * LETTER_SECS)
        words.append(Word(text, now, end))
        now = end + PAUSES_SECS.get(text[-1], BETWEEN_WORDS_SECS)
    seed = hashlib.sha256(sentence.encode()).digest()
    dice = np.random.default_rng(np.frombuffer(seed, dtype=np.uint64))
    sound = np.zeros(round(now * rate), dtype=np.float32)
    for word in words:
        _add_word(sound, word, rate, dice)
    # Last, as it takes more dice the higher the rate, and the words must not depend on that.
    sound += dice.normal(0, BREATH, len(sound)).astype(np.float32)
    clipped = np.clip(sound * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
    return Recording(clipped.astype("<i2").tobytes(), rate, tuple(words))


def _add_word(sound: NDArray[np.float32], word: Word, rate: int, dice: np.random.Generator) -> None:
    syllables = max(1, round((word.end - word.start) / SYLLABLE_SECS))
    for start, end in pairwise(np.linspace(word.start, word.end, syllables + 1)):
        first, last = round(start * rate), round(end * rate)
        sound[first:last] += _syllable((last - first) / rate, last - first, dice)


def _syllable(seconds: float, count: int, dice: np.random.Generator) -> NDArray[np.float32]:
    """A few harmonics of a gliding pitch, in colours and phases of this syllable only."""
    low, high = PITCH_HZ
    begin, end = dice.uniform(low, high, 2)
    colour = dice.uniform(0.2, 1.0, len(HARMONICS)) / np.sqrt(HARMONICS)
    colour *= LOUDNESS * np.sqrt(2 / np.sum(np.square(colour)))
    phases = dice.uniform(0, 2 * np.pi, len(HARMONICS))
    time = np.linspace(0, seconds, count, endpoint=False)
    turns = begin * time + (end - begin) * np.square(time) / (2 * seconds)
    waves = np.sin(2 * np.pi * np.outer(HARMONICS, turns) + phases[:, None])
    rise = np.minimum(1, np.minimum(time, seconds - time) / ATTACK_SECS)
    swell = DIP + (1 - DIP) * np.sin(np.pi * time / seconds)
    shaped: NDArray[np.float32] = (colour @ waves * rise * swell).astype(np.float32)
    return shaped
