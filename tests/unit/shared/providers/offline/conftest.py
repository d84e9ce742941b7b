"""The caller's recordings, and the recogniser that hears them."""

import csv
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shared.providers.offline.espeak import ROOT

if TYPE_CHECKING:
    from shared.providers.offline.recognizer import Recognizer

RECORDINGS = ROOT / "simulator" / "recordings"


def read(path: Path) -> bytes:
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8_000, 1, 2)
        return bytes(sound.readframes(sound.getnframes()))


@pytest.fixture(scope="session")
def recording() -> Callable[[str], bytes]:
    """Samples of a recording, by its name."""
    return lambda name: read(RECORDINGS / f"{name}.wav")


@pytest.fixture(scope="session")
def transcripts() -> dict[str, str]:
    """What is said in each recording, by its name."""
    with (RECORDINGS / "transcripts.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return {row["file"].removesuffix(".wav"): row["text"] for row in rows}


@pytest.fixture(scope="session")
def recognizer() -> "Recognizer":
    """A recogniser; it keeps nothing from one utterance to the next."""
    pytest.importorskip("pocketsphinx")
    from shared.providers.offline.recognizer import Recognizer

    return Recognizer()
