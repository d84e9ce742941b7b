"""Speech from programs that may be installed: flite and festival."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hearing.channel import Sound, read_sound

FESTIVAL_VOICES = Path("/usr/share/festival/voices")


class SpeechFailed(Exception):
    """A program could not read a text: festival's Indian voices crash at a few words."""


def has_flite() -> bool:
    """Whether flite is installed."""
    return shutil.which("flite") is not None


def has_festival(voice: str) -> bool:
    """Whether festival has a voice, named as its folder."""
    return shutil.which("festival") is not None and any(FESTIVAL_VOICES.glob(f"*/{voice}"))


def flite(text: str, voice: str, stretch: float) -> Sound:
    """Read a text with flite, so many times slower than it is used to.

    Raises:
        SpeechFailed: It did not.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}"]
        return _read_by([*command, "-t", text, "-o", str(path)], path)


def festival(text: str, voice: str, stretch: float) -> Sound:
    """Read a text with festival, so many times slower than it is used to.

    Raises:
        SpeechFailed: It did not.
    """
    with TemporaryDirectory() as folder:
        path, script = Path(folder) / "said.wav", Path(folder) / "say.scm"
        script.write_text(
            f"(voice_{voice}) (Parameter.set 'Duration_Stretch {stretch})"
            f' (set! said (utt.synth (Utterance Text "{text}"))) (utt.save.wave said "{path}")',
            encoding="utf-8",
        )
        return _read_by(["festival", "-b", str(script)], path)


def _read_by(command: list[str], path: Path) -> Sound:
    try:
        subprocess.run(command, check=True, capture_output=True)
        return read_sound(path)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise SpeechFailed(f"{command[0]} did not speak: {error}") from error
