"""The voices of callers, those of the two splits apart, and which of them this machine has."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from benchmarks.hearing.channel import Sound, pitched, trimmed
from benchmarks.hearing.texts.texts import ENGLISH, FRESH, HINDI, REPORT, WORK
from benchmarks.hearing.voices import programs, recorded
from benchmarks.hearing.voices.espeak import espeak
from benchmarks.hearing.voices.programs import SpeechFailed

CHILD = 1.3  # times as high as a grown-up
NEVER_FALLS = ","  # at the end of a text: the voice stays up, as before something more
RECORDED_PART = 0.8  # of what recorded words suffice for


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who calls.

    Args:
        name: Which the pages tell.
        split: Whose callers have it.
        language: Which it speaks.
        speak: Turns a text into sound.
        available: Whether this machine has it.
        knows: Whether it can say a text.
        real: Whether it is a recorded person.
    """

    name: str
    split: str
    language: str
    speak: Callable[[str], Sound]
    available: Callable[[], bool] = lambda: True
    knows: Callable[[str], bool] = lambda _: True
    real: bool = False

    def say(self, text: str, *, falling: bool) -> Sound:
        """Say a text, without the silence around it."""
        text = text if falling or self.real else text + NEVER_FALLS
        return trimmed(self.speak(text))


def _espeak(split: str, language: str, voice: str, pace: int, pitch: int) -> Voice:
    def speak(text: str) -> Sound:
        return espeak().speak(text, voice, pace, pitch)

    return Voice(f"espeak-ng {voice}", split, language, speak)


def _flite(split: str, voice: str, stretch: float) -> Voice:
    def speak(text: str) -> Sound:
        return programs.flite(text, voice, stretch)

    return Voice(f"flite {voice}", split, ENGLISH, speak, programs.has_flite)


def _festival(split: str, language: str, voice: str, stretch: float) -> Voice:
    def speak(text: str) -> Sound:
        return programs.festival(text, voice, stretch)

    def knows(text: str) -> bool:
        return language == ENGLISH or not any(letter.isascii() for letter in text if letter != " ")

    return Voice(
        f"festival {voice}",
        split,
        language,
        speak,
        lambda: programs.has_festival(voice),
        knows,
    )


def _child(voice: Voice) -> Voice:
    def speak(text: str) -> Sound:
        return pitched(voice.speak(text), CHILD)

    return replace(voice, name=f"{voice.name}, as a child", speak=speak)


def _letters(split: str, accent: str) -> Voice:
    def speak(text: str) -> Sound:
        return recorded.klettres(text, accent)

    return Voice(
        f"KLettres {accent}, recorded",
        split,
        ENGLISH,
        speak,
        lambda: recorded.has_klettres(accent),
        lambda text: recorded.knows(text, letters_only=True),
        real=True,
    )


ALLISON = Voice(
    "Allison Smith, recorded",
    REPORT,
    ENGLISH,
    recorded.allison,
    recorded.has_allison,
    lambda text: recorded.knows(text, letters_only=False),
    real=True,
)
VOICES = (
    _espeak(WORK, ENGLISH, "en-us+f2", 170, 55),
    _espeak(WORK, ENGLISH, "en+m3", 150, 45),
    _espeak(WORK, ENGLISH, "en-gb-scotland+m7", 165, 50),
    _espeak(WORK, ENGLISH, "en-029+f4", 155, 60),
    _child(_espeak(WORK, ENGLISH, "en-us+f1", 130, 60)),
    _flite(WORK, "slt", 1.0),
    _flite(WORK, "rms", 1.1),
    _flite(WORK, "kal16", 1.0),
    _festival(WORK, ENGLISH, "cmu_us_slt_arctic_hts", 1.2),
    _letters(WORK, "en"),
    _espeak(WORK, HINDI, "hi+f2", 155, 55),
    _espeak(WORK, HINDI, "hi+m3", 170, 40),
    _festival(WORK, HINDI, "marathi_NSK_diphone", 1.0),
    _espeak(REPORT, ENGLISH, "en-us+m1", 180, 40),
    _espeak(REPORT, ENGLISH, "en-gb-x-rp+f5", 160, 50),
    _espeak(REPORT, ENGLISH, "en-gb-x-gbclan+m4", 145, 50),
    _espeak(REPORT, ENGLISH, "en-us-nyc+f3", 165, 45),
    _child(_espeak(REPORT, ENGLISH, "en-gb-x-gbcwmd+f3", 125, 65)),
    _flite(REPORT, "awb", 1.0),
    _flite(REPORT, "awb", 1.25),
    _festival(REPORT, ENGLISH, "kal_diphone", 1.1),
    _letters(REPORT, "en_GB"),
    ALLISON,
    _espeak(REPORT, HINDI, "hi+f5", 165, 50),
    _espeak(REPORT, HINDI, "hi+m1", 145, 50),
    _festival(REPORT, HINDI, "hindi_NSK_diphone", 1.0),
)


@cache
def voices_of(split: str, language: str) -> tuple[Voice, ...]:
    """The voices of this machine that a split's callers have."""
    return tuple(
        voice
        for voice in VOICES
        if split in (voice.split, FRESH) and voice.language == language and voice.available()
    )


def voices_for(texts: Sequence[str], split: str, language: str, dice: Random) -> list[Voice]:
    """Those that know all these texts, in a random order; a recorded person rather often first."""
    able = [v for v in voices_of(split, language) if all(v.knows(text) for text in texts)]
    dice.shuffle(able)
    people_first = dice.random() < RECORDED_PART
    return sorted(able, key=lambda voice: voice.real != people_first)


def say_all(
    texts: Sequence[str], falling: Sequence[bool], split: str, language: str, dice: Random
) -> tuple[Voice, list[Sound]]:
    """Have one voice say several texts; one that fails at a text is replaced.

    Args:
        texts: The pieces of an utterance.
        falling: Whether the voice falls at the end of each.
        split: Of `SPLITS`.
        language: In which they are.
        dice: Chooses the voice.

    Raises:
        SpeechFailed: None of the voices could say them.
    """
    for voice in voices_for(texts, split, language, dice):
        with suppress(SpeechFailed):
            return voice, [voice.say(t, falling=f) for t, f in zip(texts, falling, strict=True)]
    raise SpeechFailed(f"no voice of {split} can say {texts}")
