"""An ear that knows a set of recordings by their sound, and hears nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from simulator.speech.recording import Recording, Word, samples

Sound = NDArray[np.float32]

RATE = 2000  # samples per second compared: the lowest 1 kHz carry most of a voice's energy
SHORTEST_MATCH = int(0.3 * RATE)  # less than this of two voices can agree by chance
AUDIBLE = 5e-4  # -66 dBFS; what is fainter is not compared at all
FAINT_PART = 0.1  # of a recording's mean power: a stretch below it is a pause, not evidence
LIKELY = 0.4  # correlation at which a place is worth a closer look
NEGLIGIBLE = 0.01  # of the energy: so little is left when everything has been recognised
HEART = 4  # samples in the middle of a word
SURE = 0.75  # correlation of a word heard: 0.95 in noise 10 dB below it, 0.7 at most by chance


@dataclass(frozen=True, slots=True)
class HeardWord(Word):
    """A word found in the sound, and how much the sound resembles it (0 to 1)."""

    confidence: float


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A recording without the silence around it, and its energy up to each sample."""

    sound: Sound
    energy: NDArray[np.float64]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A pattern laid over the sound so that its first sample falls on sample `lag`."""

    pattern: _Pattern
    lag: int
    explained: float  # energy of the sound that the pattern accounts for


class Ear:
    """Recognises recordings in sound, whole or in part, whatever their loudness.

    The comparison is of wave forms. Gain, line noise and telephone coding leave them alike;
    a lost byte, a wrong sample rate or another voice does not.
    """

    def __init__(self, recordings: Iterable[Recording]) -> None:
        self._patterns = [_pattern(recording) for recording in recordings if recording.words]
        self._spectra: dict[int, NDArray[np.complex64]] = {}

    def hear(self, pcm: bytes, rate: int) -> str:
        """Tell what is said in mono 16-bit PCM; empty when nothing is known."""
        return " ".join(word.text for word in self.words(pcm, rate))

    def words(self, pcm: bytes, rate: int) -> list[HeardWord]:
        """Tell which words are said and when, in seconds from the first sample.

        Of a recording that is only partly there, the words are told whose middle is there.
        """
        sound = _resample(samples(pcm), rate)
        whole = float(np.dot(sound, sound))
        found: list[HeardWord] = []
        while np.dot(sound, sound) > NEGLIGIBLE * whole:
            heard = self._most_telling(sound)
            if not heard:
                break
            for word in heard:
                sound[int(word.start * RATE) : int(word.end * RATE) + 1] = 0
            found += heard
        return sorted(found, key=lambda word: word.start)

    def _most_telling(self, sound: Sound) -> list[HeardWord]:
        places = sorted(self._places(sound), key=lambda place: place.explained, reverse=True)
        return next((heard for place in places if (heard := _verified(sound, place))), [])

    def _places(self, sound: Sound) -> Iterator[_Place]:
        """Lay every pattern over the sound where it fits best."""
        if len(sound) < SHORTEST_MATCH or not self._patterns:
            return
        energy = _running_energy(sound)
        if energy[-1] < SHORTEST_MATCH * AUDIBLE**2:
            return
        size = _fft_size(len(sound) + max(len(pattern.sound) for pattern in self._patterns))
        spectrum = np.fft.rfft(sound, size)
        for pattern, other in zip(self._patterns, self._spectra_of(size), strict=True):
            match = np.fft.irfft(spectrum * other, size)
            place = _best_place(match.astype(np.float32), energy, pattern)
            if place:
                yield place

    def _spectra_of(self, size: int) -> NDArray[np.complex64]:
        if size not in self._spectra:
            sounds = [np.fft.rfft(pattern.sound, size) for pattern in self._patterns]
            self._spectra[size] = np.conj(np.array(sounds, dtype=np.complex64))
        return self._spectra[size]


def _pattern(recording: Recording) -> _Pattern:
    begin, end = recording.words[0].start, recording.words[-1].end
    whole = _resample(samples(recording.pcm), recording.rate)
    sound = whole[int(begin * RATE) : int(end * RATE)]
    words = tuple(Word(w.text, w.start - begin, w.end - begin) for w in recording.words)
    return _Pattern(sound, _running_energy(sound), words)


def _resample(sound: Sound, rate: int) -> Sound:
    resampled: Sound = soxr.resample(sound, rate, RATE, quality="MQ")
    return resampled


def _running_energy(sound: Sound) -> NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(np.square(sound, dtype=np.float64))))


def _fft_size(least: int) -> int:
    """The next size made of small factors, coarse enough that few sizes are ever used."""
    power = 1 << (least - 1).bit_length()
    return power * 3 // 4 if least <= power * 3 // 4 else power


def _best_place(match: Sound, energy: NDArray[np.float64], pattern: _Pattern) -> _Place | None:
    """Of all lags, the one at which the pattern accounts for most of the sound.

    The outer lags, where the pattern hangs over an end of the sound, count by what overlaps.
    """
    heard, known = len(energy) - 1, len(pattern.sound)
    least = min(SHORTEST_MATCH, known)
    before, after = known - least, heard - least + 1
    correlation = np.maximum(np.concatenate((match[len(match) - before :], match[:after])), 0)
    until = np.concatenate((energy[least:], np.full(before, energy[-1])))
    in_sound = until - np.concatenate((np.zeros(before), energy[:after]))
    in_pattern = _overlap_energy(pattern.energy, heard, least)
    floor = FAINT_PART * least / known * pattern.energy[-1]
    audible = (in_sound > least * AUDIBLE**2) & (in_pattern > floor)
    explained = np.square(correlation) / np.maximum(in_pattern, floor)
    explained[~audible | (explained < LIKELY**2 * in_sound)] = 0
    best = int(explained.argmax())
    return _Place(pattern, best - before, float(explained[best])) if explained[best] else None


def _overlap_energy(energy: NDArray[np.float64], heard: int, least: int) -> NDArray[np.float64]:
    """Energy of the part of a pattern that lies over the sound, for each lag in turn."""
    known = len(energy) - 1
    lags = np.arange(least - known, heard - least + 1)
    inside = np.full(len(lags), energy[-1])
    early, late = lags < 0, lags + known > heard
    inside[late] = energy[heard - lags[late]]
    inside[early] -= energy[-lags[early]]
    return inside


def _verified(sound: Sound, place: _Place) -> list[HeardWord]:
    """Those words of the pattern that really are in the sound at this place."""
    offset, length = place.lag / RATE, len(sound) / RATE
    return [
        HeardWord(word.text, max(offset + word.start, 0), min(offset + word.end, length), likeness)
        for word in place.pattern.words
        if (likeness := _likeness(sound, place, word)) >= SURE
    ]


def _likeness(sound: Sound, place: _Place, word: Word) -> float:
    """Correlation over one word, widened until it is long enough to mean something."""
    middle = int((word.start + word.end) / 2 * RATE)
    heart = middle + place.lag
    if not 0 <= heart < len(sound) or not sound[heart : heart + HEART].any():
        return 0.0  # beyond the sound, or silenced because a word was found there already
    reach = max(SHORTEST_MATCH, int((word.end - word.start) * RATE)) // 2
    first = max(middle - reach, 0, -place.lag)
    last = min(middle + reach, len(place.pattern.sound), len(sound) - place.lag)
    known = place.pattern.sound[first:last]
    heard = sound[first + place.lag : last + place.lag]
    energies = float(np.dot(known, known)) * float(np.dot(heard, heard))
    return float(np.dot(known, heard)) / energies**0.5 if energies else 0.0
