"""An utterance of the hearing set: what is said when, in which voice and on which line."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.hearing.kinds import Kind

UTTERANCES = "utterances.json"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch without a pause.

    Args:
        text: As an STT writes it; empty for a noise.
        begin: Seconds into the sound.
        end: Of its last word, in seconds.
    """

    text: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something that a caller says, or a noise on their side.

    Args:
        name: Of the WAV, without its suffix; unique in a set.
        kind: What it is.
        expected: What kind of answer the bot's words before it ask for, if they ask for one.
        question: The bot's words before it; for what comes over them, the words themselves.
        pieces: What is said, parted by the pauses.
        voice: Who says it.
        contour: Whether the voice falls before a pause, as at an end, or stays up.
        codec: Of the line.
        fault: Of the line or the telephone, or "none".
        noise: Behind the voice, or "none".
        level: Of the speech, in dBFS.
        language: `en-IN` or `hi-IN`.
        spoken: What the voice was given to read.
        digits: The ten of a phone number, else empty.
    """

    name: str
    kind: Kind
    expected: Kind | None
    question: str
    pieces: tuple[Piece, ...]
    voice: str
    contour: str
    codec: str
    fault: str
    noise: str
    level: float
    language: str
    spoken: str
    digits: str = ""

    @property
    def text(self) -> str:
        """All that is said, a pause as "…"."""
        return " … ".join(piece.text for piece in self.pieces)

    @property
    def pauses(self) -> tuple[float, ...]:
        """How long each pause lasts, in seconds."""
        ends = [piece.end for piece in self.pieces[:-1]]
        begins = [piece.begin for piece in self.pieces[1:]]
        return tuple(round(b - e, 3) for e, b in zip(ends, begins, strict=True))

    @property
    def begin(self) -> float:
        """When the first word begins, in seconds of the sound."""
        return self.pieces[0].begin

    @property
    def end(self) -> float:
        """When the last word ends, in seconds of the sound."""
        return self.pieces[-1].end


def write_utterances(folder: Path, utterances: Iterable[Utterance]) -> None:
    """Write `utterances.json`, and `transcripts.tsv` as the simulator's callers read it."""
    said = list(utterances)
    document = [asdict(u) | {"text": u.text, "pauses": u.pauses} for u in said]
    dumped = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / UTTERANCES).write_text(dumped, encoding="utf-8")
    lines = [f"{u.name}.wav\t{u.begin:.3f}\t{u.end:.3f}\t{u.text}\n" for u in said]
    table = "".join(["file\tbegins\tends\ttext\n", *lines])
    (folder / "transcripts.tsv").write_text(table, encoding="utf-8")


def read_utterances(folder: Path) -> list[Utterance]:
    """Read what `write_utterances` wrote."""
    document = json.loads((folder / UTTERANCES).read_text(encoding="utf-8"))
    return [_utterance(fields) for fields in document]


def _utterance(fields: dict[str, Any]) -> Utterance:
    known = {name: value for name, value in fields.items() if name not in ("text", "pauses")}
    known["kind"] = Kind(known["kind"])
    known["expected"] = Kind(known["expected"]) if known["expected"] else None
    known["pieces"] = tuple(Piece(**piece) for piece in known["pieces"])
    return Utterance(**known)
