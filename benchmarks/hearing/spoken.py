"""Drafts as sound: spoken by a voice, with exact pauses, over a line with its faults."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from benchmarks.hearing import noises
from benchmarks.hearing.backgrounds import (
    BABBLE,
    CHILD_VOICE,
    SECOND,
    SNR_DB,
    TV,
    WHITE,
    background,
)
from benchmarks.hearing.channel import (
    RATE,
    Sound,
    at_level,
    clipped,
    line_echo,
    mixed,
    speakerphone,
    telephone,
)
from benchmarks.hearing.codecs import codecs, with_losses
from benchmarks.hearing.kinds import OVER_THE_BOT, Kind
from benchmarks.hearing.texts.drafts import Draft
from benchmarks.hearing.utterance import Piece, Utterance
from benchmarks.hearing.voices.voices import say_all

EDGE_SECS = 0.06  # of silence that stays around a voice
LEAD_SECS, TAIL_SECS = 0.8, 1.5  # of the noise behind a voice, before and after it
USUAL_DBFS, QUIET_DBFS, LOUD_DB = -20.0, -35.0, 12.0
LOST_PART = 0.02
NONE = "none"
LOSS, ECHO, SPEAKERPHONE, QUIET, LOUD = (
    *("2 % packet loss", "line echo", "speakerphone"),
    *("quiet, -35 dBFS", "clipped, +12 dB"),
)
FAULTS = (*(NONE,) * 11, LOSS, LOSS, LOSS, ECHO, SPEAKERPHONE, SPEAKERPHONE, QUIET, QUIET, LOUD)
BEHIND = (*(NONE,) * 14, WHITE, WHITE, BABBLE, BABBLE, TV, SECOND)
OVER_SECS = 1.8  # of somebody else's voice while the bot speaks

NOISES: dict[str, tuple[Callable[[int], Sound], float]] = {  # with their levels in dBFS
    "cough": (lambda seed: noises.cough(seed, 1), -18.0),
    "two coughs": (lambda seed: noises.cough(seed, 2), -18.0),
    "throat clearing": (noises.throat_clearing, -20.0),
    "click": (noises.click, -20.0),
    "breath": (noises.breath, -35.0),
    "door": (noises.door, -18.0),
    "keyboard": (noises.keyboard, -28.0),
}
OTHERS = {BABBLE: -32.0, TV: -32.0, SECOND: -32.0, CHILD_VOICE: -32.0}


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sound of an utterance, and what it is."""

    sound: Sound
    utterance: Utterance


def spoken(name: str, draft: Draft, split: str, dice: Random) -> Spoken:
    """Speak a draft, or make the noise it stands for; what is not in it is decided by lot."""
    if draft.kind is Kind.NOISE:
        return _noise(name, draft, split, dice)
    texts = [text for text, _ in draft.pieces]
    falling = dice.random() < 0.5
    falls = [falling or at == len(texts) - 1 for at in range(len(texts))]
    voice, read = say_all(texts, falls, split, draft.language, dice)
    said = [at_level(sound, USUAL_DBFS) for sound in read]
    sound, bounds = _joined(said, draft.pauses)
    codec, fault = dice.choice(codecs()), dice.choice(FAULTS)
    noise = NONE if draft.kind in OVER_THE_BOT or fault == QUIET else dice.choice(BEHIND)
    sound, lead, snr = _behind(sound, noise, split, dice)
    sound = _faulty(telephone(_distorted(sound, fault, dice), codec), fault, dice)
    pieces = [
        Piece(written, round(begin + lead, 3), round(end + lead, 3))
        for (_, written), (begin, end) in zip(draft.pieces, bounds, strict=True)
    ]
    utterance = Utterance(
        name=name,
        kind=draft.kind,
        expected=draft.expected,
        question=draft.question,
        pieces=tuple(pieces),
        voice=voice.name,
        contour="falling" if falling else "staying up",
        codec=codec,
        fault=fault,
        noise=noise if noise == NONE else f"{noise}, {snr:.0f} dB",
        level=QUIET_DBFS if fault == QUIET else USUAL_DBFS,
        language=draft.language,
        spoken=" | ".join(texts),
        digits=draft.digits,
    )
    return Spoken(sound, utterance)


def _joined(
    said: list[Sound], pauses: tuple[float, ...]
) -> tuple[Sound, list[tuple[float, float]]]:
    """All pieces with silence between them, and when each begins and ends."""
    edge = np.zeros(round(EDGE_SECS * RATE))
    parts, at, bounds = [edge], len(edge), []
    for sound, pause in zip(said, (*pauses, EDGE_SECS), strict=True):
        bounds.append((at / RATE, (at + len(sound)) / RATE))
        silence = np.zeros(round(pause * RATE))
        parts += [sound, silence]
        at += len(sound) + len(silence)
    return np.concatenate(parts), bounds


def _behind(sound: Sound, noise: str, split: str, dice: Random) -> tuple[Sound, float, float]:
    """The sound with a noise behind it, how much later it begins, and how far it stands out."""
    seed = dice.randrange(4)
    if noise == NONE:
        return sound, 0.0, 0.0
    snr = dice.choice(SNR_DB[noise])
    behind = background(noise, split, seed)
    return mixed(sound, behind, snr, LEAD_SECS, TAIL_SECS), LEAD_SECS, snr


def _distorted(sound: Sound, fault: str, dice: Random) -> Sound:
    match fault:
        case "speakerphone":
            return at_level(speakerphone(sound, dice.randrange(1_000)), USUAL_DBFS)
        case "line echo":
            return line_echo(sound)
        case "quiet, -35 dBFS":
            return at_level(sound, QUIET_DBFS)
        case "clipped, +12 dB":
            return clipped(sound, LOUD_DB)
        case _:
            return sound


def _faulty(sound: Sound, fault: str, dice: Random) -> Sound:
    return with_losses(sound, LOST_PART, dice.randrange(1_000)) if fault == LOSS else sound


def _noise(name: str, draft: Draft, split: str, dice: Random) -> Spoken:
    which = dice.choice((*NOISES, *OTHERS))
    seed = dice.randrange(1_000)
    if which in NOISES:
        make, level = NOISES[which]
        made = at_level(make(seed), level)
    else:
        level = OTHERS[which]
        made = at_level(background(which, split, seed % 4)[: round(OVER_SECS * RATE)], level)
    codec = dice.choice(codecs())
    sound, bounds = _joined([made], ())
    utterance = Utterance(
        name=name,
        kind=draft.kind,
        expected=None,
        question=draft.question,
        pieces=(Piece("", *(round(at, 3) for at in bounds[0])),),
        voice=which,
        contour="",
        codec=codec,
        fault=NONE,
        noise=NONE,
        level=level,
        language=draft.language,
        spoken="",
    )
    return Spoken(telephone(sound, codec), utterance)
