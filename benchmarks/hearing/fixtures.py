"""The recordings that bots are tried with, of what kind each is, and who can understand them."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

RECORDINGS = Path(__file__).parent / "recordings"
TABLE = RECORDINGS / "transcripts.tsv"


class Kind(StrEnum):
    """What a fixture tries, in the order of the table."""

    QUESTION = "complete questions"
    SHORT = "short answers"
    PAUSE = "pause in a sentence"
    NUMBER = "pause in a number"
    NOISY = "noise at 20 dB"
    QUIET = "quiet, -35 dBFS"
    CLIPPED = "clipped, +12 dB"
    LINE_ECHO = "echo of the line"
    BARGE_IN = "real interruptions"
    COUGH = "cough"
    CLICK = "click"
    BREATH = "breath"
    BACKCHANNEL = "hmm, haan"
    ANSWER_NOISE = "noise after answer"
    OWN_ECHO = "the bot's echo, -25 dB"


ANSWERED = (
    Kind.QUESTION,
    Kind.SHORT,
    Kind.PAUSE,
    Kind.NUMBER,
    Kind.NOISY,
    Kind.QUIET,
    Kind.CLIPPED,
    Kind.LINE_ECHO,
)
VARIANTS = (Kind.NOISY, Kind.QUIET, Kind.CLIPPED, Kind.LINE_ECHO)  # of other recordings
NOTHING = (Kind.COUGH, Kind.CLICK, Kind.BREATH, Kind.BACKCHANNEL)  # said while the bot speaks


@dataclass(frozen=True, slots=True)
class Fixture:
    """A recording.

    Args:
        path: The WAV.
        kind: What it tries.
        text: What is said in it, a pause as "…"; empty for a noise.
    """

    path: Path
    kind: Kind
    text: str

    @property
    def clean(self) -> bool:
        """Whether it is no variant of another recording."""
        return self.kind not in VARIANTS

    @property
    def short(self) -> bool:
        """Whether it is but a word or two, and so to be answered within a second."""
        return 0 < len(self.text.split()) <= 2


@cache
def fixtures() -> tuple[Fixture, ...]:
    """All of them, as `recordings/transcripts.tsv` lists them."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return tuple(Fixture(RECORDINGS / r["file"], Kind(r["kind"]), r["text"]) for r in rows)


def of_kind(kind: Kind) -> tuple[Fixture, ...]:
    """Those that try one thing."""
    return tuple(fixture for fixture in fixtures() if fixture.kind == kind)
