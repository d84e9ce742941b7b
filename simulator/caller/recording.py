"""A caller's recording: its sound, its words, and where in it somebody speaks."""

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from simulator.caller.audio import FULL_SCALE, Samples, read_wav

RECORDINGS = Path(__file__).parents[1] / "recordings"
TRANSCRIPTS = RECORDINGS / "transcripts.tsv"

_WINDOW = 0.01  # seconds; resolution of the search for speech
_RUN = 3  # windows in a row that must be loud: a click is not speech
_SILENCE = -90.0  # dBFS that stands for digital silence
_ABOVE_FLOOR = 8.0  # dB over the recording's own noise that may be speech
_BELOW_PEAK = 40.0  # dB under its loudest moment where speech is lost in any noise
_SURELY_SPEECH = 15.0  # dB under the loudest moment that is speech however little silence there is


@dataclass(frozen=True, slots=True)
class Recording:
    """Something a caller says; `onset` and `end` are seconds from the start of its sound."""

    text: str
    samples: Samples = field(repr=False)
    onset: float
    end: float


def find_recording(name: Path | str) -> Path:
    """Resolve a bare name in `simulator/recordings`; anything else is a path."""
    path = Path(name)
    ours = RECORDINGS / path
    return ours if path.parent == Path() and not path.exists() and ours.exists() else path


@lru_cache(maxsize=64)
def load_recording(name: Path | str, rate: int) -> Recording:
    """Read a recording at `rate` Hz; many calls share one copy.

    A `transcripts.tsv` beside it with the columns `file` and `text` says what is spoken. Where
    noise hides it, the columns `begins` and `ends` say when, in seconds.

    Raises:
        UnreadableAudio: If it cannot be read.
    """
    path = find_recording(name)
    samples = read_wav(path, rate)
    row = _table(path.parent).get(path.name, {})
    if row.get("begins") and row.get("ends"):
        onset, end = float(row["begins"]), float(row["ends"])
    else:
        onset, end = speech_bounds(samples, rate)
    return Recording(words_of(path), samples, onset, end)


def words_of(path: Path) -> str:
    """Say what is spoken in a recording: its transcript, else its file name in words."""
    known = _table(path.parent).get(path.name, {}).get("text")
    return known or path.stem.replace("_", " ")


def speech_bounds(samples: Samples, rate: int) -> tuple[float, float]:
    """Seconds at which speech begins and ends; noise and silence around it do not count."""
    window = round(rate * _WINDOW)
    count = len(samples) // window
    if not count:
        return 0.0, len(samples) / rate
    blocks = samples[: count * window].reshape(count, window).astype(np.float64)
    power = (blocks**2).mean(axis=1) / FULL_SCALE**2
    level = 10 * np.log10(np.maximum(power, 10 ** (_SILENCE / 10)))
    floor, peak = float(np.percentile(level, 10)), float(level.max())
    threshold = min(max(floor + _ABOVE_FLOOR, peak - _BELOW_PEAK), peak - _SURELY_SPEECH)
    loud = (level > threshold).astype(np.int8)
    runs = np.flatnonzero(np.convolve(loud, np.ones(_RUN, np.int8), "valid") == _RUN)
    if not len(runs):
        return 0.0, len(samples) / rate
    return float(runs[0] * _WINDOW), float((runs[-1] + _RUN) * _WINDOW)


@lru_cache(maxsize=16)
def _table(folder: Path) -> dict[str, dict[str, str]]:
    """What the table beside the recordings tells of each, by its file name."""
    path = folder / TRANSCRIPTS.name
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row.get("file", ""): row for row in csv.DictReader(file, delimiter="\t")}
