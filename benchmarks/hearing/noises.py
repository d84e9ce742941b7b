"""Noises that people and their telephones make, computed: coughs, breath, clicks, babble."""

from collections.abc import Sequence

import numpy as np

from benchmarks.hearing.channel import RATE, Sound

THROAT = ((600.0, 250.0, 1.0), (1_500.0, 400.0, 0.6), (2_600.0, 600.0, 0.3))  # Hz, Hz, gain
MOUTH = ((500.0, 500.0, 0.5), (1_700.0, 1_200.0, 1.0))


def cough(seed: int, times: int) -> Sound:
    """A burst of air and the voice that follows it, once or several times.

    Half of it is voiced, as in most coughs: voice detectors take it for speech.
    """
    dice = np.random.default_rng(seed)
    barks = [_bark(dice, 0.32 * 0.85**nth, 0.85**nth) for nth in range(times)]
    return np.concatenate([np.pad(bark, (0, round(0.08 * RATE))) for bark in barks])


def throat_clearing(seed: int) -> Sound:
    """A rough voiced rattle."""
    dice = np.random.default_rng(seed)
    time = _time(0.5)
    rattle = 0.6 + 0.4 * np.sin(2 * np.pi * 26 * time)
    source = (_voiced(140, 105, 0.5) + 0.3 * dice.standard_normal(len(time))) * rattle
    return _shaped(source * np.sin(np.pi * time / time[-1]) ** 0.5, THROAT)


def breath(seed: int) -> Sound:
    """Air across the microphone, swelling and fading."""
    dice = np.random.default_rng(seed)
    time = _time(0.8)
    air = dice.standard_normal(len(time)) * np.sin(np.pi * time / time[-1]) ** 2
    return _shaped(air, MOUTH)


def click(seed: int) -> Sound:
    """A handset that is put down, or a switch: two short rings of a few milliseconds."""
    dice = np.random.default_rng(seed)
    time = _time(0.06)
    first = np.sin(2 * np.pi * dice.uniform(900, 1_400) * time) * np.exp(-time / 0.004)
    second = np.sin(2 * np.pi * dice.uniform(1_800, 2_600) * time) * np.exp(-time / 0.003)
    rings: Sound = first + 0.6 * np.roll(second, round(0.02 * RATE))
    return rings


def door(seed: int) -> Sound:
    """A door that falls shut: a thump, and its frame that rattles after it."""
    dice = np.random.default_rng(seed)
    time = _time(0.4)
    thump = np.sin(2 * np.pi * dice.uniform(90, 140) * time) * np.exp(-time / 0.06)
    rattle = dice.standard_normal(len(time)) * np.exp(-time / 0.03)
    return _shaped(thump + 0.7 * rattle, ((350.0, 300.0, 1.0), (900.0, 900.0, 0.5)))


def keyboard(seed: int) -> Sound:
    """Somebody types beside the telephone."""
    dice = np.random.default_rng(seed)
    sound = np.zeros(round(1.8 * RATE))
    for nth in range(dice.integers(6, 11)):
        key = click(seed * 31 + nth) * dice.uniform(0.3, 1.0)
        at = dice.integers(0, len(sound) - len(key))
        sound[at : at + len(key)] += key
    return sound


def music(seed: int, seconds: float) -> Sound:
    """Chords, one every half second, as behind what is said on television."""
    dice = np.random.default_rng(seed)
    chords = []
    for _ in range(round(seconds / 0.5)):
        time = _time(0.5)
        root = 220 * 2 ** (dice.integers(0, 12) / 12)
        tones = [np.sin(2 * np.pi * root * times * time) for times in (1, 1.25, 1.5, 2, 3)]
        chords.append(np.sum(tones, axis=0) * np.exp(-time / 0.4))
    return np.concatenate(chords)


def white(seed: int, seconds: float) -> Sound:
    """The hiss of a line."""
    return np.random.default_rng(seed).standard_normal(round(seconds * RATE))


def babble(voices: Sequence[Sound], seconds: float) -> Sound:
    """Other people who talk at the same time, each beginning at another moment."""
    size = round(seconds * RATE)
    shifts = np.linspace(0, size, len(voices), endpoint=False).astype(int)
    shifted = [np.roll(np.resize(v, size), s) for v, s in zip(voices, shifts, strict=True)]
    together: Sound = np.sum(shifted, axis=0)
    return together


def _bark(dice: np.random.Generator, seconds: float, gain: float) -> Sound:
    time = _time(seconds)
    burst = dice.standard_normal(len(time)) * np.exp(-time / 0.02)
    voice = _voiced(dice.uniform(190, 210), 110, seconds) * np.minimum(time / 0.04, 1)
    air = 0.25 * dice.standard_normal(len(time))
    fading = np.minimum(time / 0.004, 1) * np.clip((seconds - time) / 0.15, 0, 1)
    return gain * _shaped(burst + (voice + air) * fading, THROAT)


def _voiced(begin: float, end: float, seconds: float) -> Sound:
    """The buzz of the vocal cords, gliding from one pitch (Hz) to another."""
    time = _time(seconds)
    turns = begin * time + (end - begin) * time**2 / (2 * seconds)
    harmonics = range(1, int(RATE / 2 / max(begin, end)))
    buzz: Sound = np.sum([np.cos(2 * np.pi * n * turns) / n**0.7 for n in harmonics], axis=0)
    return buzz


def _shaped(source: Sound, formants: Sequence[tuple[float, float, float]]) -> Sound:
    """Let a source sound as through a throat: each formant is a centre, a width and a gain."""
    hertz = np.fft.rfftfreq(len(source), 1 / RATE)
    gains = [gain / (1 + ((hertz - at) / (width / 2)) ** 2) for at, width, gain in formants]
    return np.fft.irfft(np.fft.rfft(source) * np.sum(gains, axis=0), len(source))


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE
