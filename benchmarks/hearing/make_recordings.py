"""Make the fixture recordings again: `python -m benchmarks.hearing.make_recordings`.

Needs flite with its voices (Debian: `apt install flite`) besides what the demo needs. The
recordings are in the repository; only a change of the script or of the channel needs this.
"""

import asyncio
import csv
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr

from benchmarks.hearing import noises
from benchmarks.hearing.channel import (
    RATE,
    Sound,
    at_level,
    clipped,
    line_echo,
    mixed,
    telephone,
)
from benchmarks.hearing.fixtures import RECORDINGS, TABLE, Kind
from benchmarks.hearing.script import FLITE, LINES, QUESTIONS, VARIED, Line
from shared.providers.offline.espeak import SpeechWorker
from simulator.caller.audio import FULL_SCALE, Samples, read_wav, to_samples, write_wav
from simulator.caller.recording import speech_bounds

SPEECH_DBFS = -20.0
QUIET_DBFS = -35.0
COUGH_DBFS, CLICK_DBFS, BREATH_DBFS = -18.0, -20.0, -35.0
SHOUT_DB = 12.0
SNR_DB = 20.0
NOISE_LEAD = 0.3  # seconds of noise around noisy speech
EDGE = 0.06  # seconds of silence that stay around a voice
AUDIBLE = 0.01  # of the loudest sample
BABBLE_SECS = 4.0


@dataclass(frozen=True, slots=True)
class _Made:
    """A recording that is made, and the seconds of it in which somebody speaks."""

    name: str
    kind: Kind
    text: str
    samples: Samples
    bounds: tuple[float, float]


def main() -> None:
    """Make all of them, and the table of what they are."""
    worker = SpeechWorker()
    spoken = {line.name: asyncio.run(_spoken(line, worker)) for line in LINES}
    worker.close()
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("file", "kind", "begins", "ends", "text"))
        for made in (*_said(spoken), *_varied(spoken), *_noises()):
            write_wav(RECORDINGS / f"{made.name}.wav", RATE, made.samples.tobytes())
            bounds = (f"{at:.2f}" for at in made.bounds)
            table.writerow((f"{made.name}.wav", made.kind, *bounds, made.text))


def _said(spoken: dict[str, Sound]) -> Iterator[_Made]:
    for line in LINES:
        yield _made(line.name, line.kind, line.text, spoken[line.name])


def _varied(spoken: dict[str, Sound]) -> Iterator[_Made]:
    babble = noises.babble([spoken[line.name] for line in QUESTIONS], BABBLE_SECS)
    white = noises.white(1, BABBLE_SECS)
    for line in LINES:
        if line.name not in VARIED:
            continue
        sound = spoken[line.name]
        clear = _made(line.name, line.kind, line.text, sound)
        later = clear.bounds[0] + NOISE_LEAD, clear.bounds[1] + NOISE_LEAD
        for way, kind, varied, bounds in (
            ("hiss", Kind.NOISY, mixed(sound, white, SNR_DB, NOISE_LEAD), later),
            ("babble", Kind.NOISY, mixed(sound, babble, SNR_DB, NOISE_LEAD), later),
            ("quiet", Kind.QUIET, at_level(sound, QUIET_DBFS), clear.bounds),
            ("clipped", Kind.CLIPPED, clipped(sound, SHOUT_DB), clear.bounds),
            ("echo", Kind.LINE_ECHO, line_echo(sound), clear.bounds),
        ):
            made = _made(f"{line.name}_{way}", kind, line.text, varied)
            yield replace(made, bounds=bounds)  # noise and echo would hide where speech ends


def _noises() -> Iterator[_Made]:
    for name, sound in (
        ("cough", noises.cough(1, 1)),
        ("cough_twice", noises.cough(2, 2)),
        ("throat_clearing", noises.throat_clearing(3)),
    ):
        yield _made(name, Kind.COUGH, "", at_level(sound, COUGH_DBFS))
    for number in (1, 2):
        click, breath = noises.click(number), noises.breath(number)
        yield _made(f"click_{number}", Kind.CLICK, "", at_level(click, CLICK_DBFS))
        yield _made(f"breath_{number}", Kind.BREATH, "", at_level(breath, BREATH_DBFS))


def _made(name: str, kind: Kind, text: str, sound: Sound) -> _Made:
    samples = to_samples(telephone(sound) * FULL_SCALE)
    return _Made(name, kind, text, samples, speech_bounds(samples, RATE))


async def _spoken(line: Line, worker: SpeechWorker) -> Sound:
    """One line as its voice says it, at the usual level."""
    parts = (line.spelling or line.text).split("…")
    said = [await _read(part.strip(), line.voice, worker) for part in parts]
    silence = np.zeros(round(line.pause * RATE))
    joined = said[0]
    for part in said[1:]:
        joined = np.concatenate((joined, silence, part))
    return at_level(np.pad(joined, round(EDGE * RATE)), SPEECH_DBFS)


async def _read(text: str, voice: str, worker: SpeechWorker) -> Sound:
    """Have a voice read a text, without the silence around it."""
    if voice in FLITE:
        sound = _flite(text, voice)
    else:
        speech = await worker.speak(text, voice)
        samples = np.frombuffer(speech.pcm, np.int16).astype(np.float64)
        sound = soxr.resample(samples, speech.sample_rate, RATE)
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE * np.abs(sound).max())
    cut: Sound = sound[loud[0] : loud[-1] + 1]
    return cut


def _flite(text: str, voice: str) -> Sound:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", path], check=True)
        return read_wav(path, RATE).astype(np.float64)


if __name__ == "__main__":
    main()
