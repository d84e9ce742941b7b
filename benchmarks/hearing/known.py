"""What the STT stand-in knows: the words of each utterance, and when in its sound they are."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.hearing.utterance import Piece, Utterance
from simulator.caller.audio import read_wav
from simulator.speech import Recording, Word

RATE = 8_000  # Hz


def known_recording(folder: Path, utterance: Utterance) -> Recording:
    """An utterance as it is on the line, with the time of every word."""
    pcm = read_wav(folder / f"{utterance.name}.wav", RATE).tobytes()
    return Recording(pcm, RATE, tuple(w for piece in utterance.pieces for w in _words(piece)))


def _words(piece: Piece) -> Iterator[Word]:
    """Give every word its share, by letters, of the piece."""
    texts = piece.text.split()
    letters = sum(map(len, texts))
    at = piece.begin
    for text in texts:
        until = at + (piece.end - piece.begin) * len(text) / letters
        yield Word(text, at, until)
        at = until
