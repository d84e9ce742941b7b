"""Recordings for calls in which something comes over the bot's words: voices and noises."""

from dataclasses import dataclass
from pathlib import Path

from simulator.speech import read_transcripts

FOLDER = Path(__file__).parents[1] / "recordings"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A WAV, and what is said in it: nothing in a noise."""

    path: Path
    text: str


RECORDED = {
    path.stem: Recorded(path, text)
    for path, text in read_transcripts(FOLDER / "transcripts.tsv").items()
}
