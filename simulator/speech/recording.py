"""Recordings: sound of which is known what is said in it, and when."""

import csv
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FULL_SCALE = 32768
FRAME_SECS = 0.02
PAUSE = "…"  # in a text
SPEECH_BELOW_PEAK = 0.05  # 26 dB under the loudest frame: fainter is the line, not the speaker


class UnusableRecording(Exception):
    """A file that does not hold what is needed; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and when it is said, in seconds from the first sample."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Recording:
    """Mono 16-bit sound together with the words in it."""

    pcm: bytes
    rate: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All the words in one line."""
        return " ".join(word.text for word in self.words)


def read_recording(path: Path, text: str) -> Recording:
    """Take a mono 16-bit WAV whose text is known, and guess when each word is said.

    A "…" in the text is a pause, hence no word stretches over it.

    Raises:
        UnusableRecording: If it is not such a WAV.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, count = file.getparams()[:4]
            pcm = file.readframes(count)
    except (wave.Error, EOFError) as error:
        raise UnusableRecording(f"{path}: {error}") from error
    if (channels, width) != (1, 2):
        raise UnusableRecording(f"{path}: not mono with 16-bit samples")
    return Recording(pcm, rate, _words(text, samples(pcm), rate))


def read_recordings(recordings: Mapping[Path, str]) -> tuple[Recording, ...]:
    """Take several WAVs with their texts."""
    return tuple(read_recording(path, text) for path, text in recordings.items())


def read_transcripts(table: Path) -> dict[Path, str]:
    """Read which WAV says what, from a tab-separated table with the columns `file` and `text`.

    Raises:
        UnusableRecording: If the table lacks one of the columns.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if not {"file", "text"} <= set(rows.fieldnames or ()):
            raise UnusableRecording(f"{table}: no columns file and text")
        return {table.parent / row["file"]: row["text"] for row in rows}


def samples(pcm: bytes) -> NDArray[np.float32]:
    """Read 16-bit PCM as numbers between -1 and 1; half a sample at the end is left out."""
    whole = len(pcm) - len(pcm) % 2
    return np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)


def frame_levels(sound: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Root mean square of each full 20 ms of sound."""
    size = int(rate * FRAME_SECS)
    frames = sound[: len(sound) - len(sound) % size].reshape(-1, size)
    levels: NDArray[np.float32] = np.sqrt(np.mean(np.square(frames), axis=1, dtype=np.float32))
    return levels


def _words(text: str, sound: NDArray[np.float32], rate: int) -> tuple[Word, ...]:
    """Find the stretches of speech that the pauses of the text part, and the words in each."""
    levels = frame_levels(sound, rate)
    parts = text.split(PAUSE)
    spoken = np.flatnonzero(levels > levels.max(initial=0) * SPEECH_BELOW_PEAK)
    if len(spoken) < len(parts):
        return ()
    longest = np.argsort(np.diff(spoken))[len(spoken) - len(parts) :]
    stretches = np.split(spoken, np.sort(longest) + 1)
    return tuple(
        word
        for part, stretch in zip(parts, stretches, strict=True)
        for word in _share_out(part.split(), stretch)
    )


def _share_out(texts: list[str], spoken: NDArray[np.intp]) -> Iterator[Word]:
    """Give every word its share, by letters, of the frames in which somebody speaks."""
    letters = np.cumsum([0, *(len(text) for text in texts)])
    edges = (letters / max(letters[-1], 1) * len(spoken)).astype(int)
    for text, first, last in zip(texts, edges, edges[1:], strict=False):
        yield Word(
            text,
            float(spoken[min(first, len(spoken) - 1)] * FRAME_SECS),
            float((spoken[max(last - 1, first)] + 1) * FRAME_SECS),
        )
