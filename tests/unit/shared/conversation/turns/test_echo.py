"""The echo gate: the bot's own sound from the line is no voice, and callers are heard over it."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from pipecat.audio.vad.vad_analyzer import VADState

from benchmarks.hearing.channel import at_level, loudness, telephone
from shared.bot.turn_settings import TurnSettings
from shared.conversation.turns.echo import EchoGate
from shared.conversation.turns.models import Models
from shared.conversation.turns.vad import vad_params
from simulator.caller.recording import load_recording
from simulator.speech import voice

Sound = NDArray[np.float64]  # samples between -1 and 1

NOISE_DBFS = -62.0
FRAME_SECS = 0.04  # as the line's input cuts it
BOTS = ("voicemail.wav", "menu.wav", "computed")
CALLERS = ("book_appointment.wav", "wait_stop.wav", "who_is_this.wav")
SPEAKING = (VADState.SPEAKING, VADState.STOPPING)


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


@cache
def speech(name: str, rate: int) -> Sound:
    if name == "computed":
        text = "Once upon a time there was a farmer who had three goats, and a very old well."
        return np.frombuffer(voice(text, rate), "<i2") / 32_768
    return np.asarray(load_recording(name, rate).samples[: 6 * rate] / 32_768, float)


def room(sound: Sound) -> Sound:
    """A phone that lies on a table: what it says comes back from all sides."""
    dice = np.random.default_rng(7)
    ways = dice.normal(size=240) * np.exp(-np.arange(240) / 40)
    ways[0] = 3.0
    return np.convolve(sound, ways)[: len(sound)] / np.linalg.norm(ways)


def shrill(sound: Sound) -> Sound:
    """A small loudspeaker: little of what is low."""
    return np.diff(sound, prepend=0.0)


WAYS: dict[str, Callable[[Sound], Sound]] = {
    "exact": lambda sound: sound,
    "telephone": telephone,
    "room": lambda sound: telephone(room(telephone(sound))),
    "shrill": shrill,
    "clipped": lambda sound: np.clip(sound, -0.5 * abs(sound).max(), 0.5 * abs(sound).max()),
    "upside down": lambda sound: -sound,
}


class Line:
    """A call's two directions: what the bot says is played, and what comes back is judged."""

    def __init__(self, models: Models, bot: Sound, rate: int = 8_000, burst: float = 0.02) -> None:
        self._rate = rate
        self._bot = bot
        self._burst = burst
        self._now = 0
        self._vad = models.vad(
            vad_params(TurnSettings()), EchoGate(self._played, lambda: self._now / self._rate)
        )
        self._vad.set_sample_rate(rate)
        dice = np.random.default_rng(1)
        self.heard = dice.normal(0, 10 ** (NOISE_DBFS / 20), len(bot))

    def _played(self, secs: float, until: float) -> bytes:
        size = round(secs * self._rate)
        sound = np.pad(self._bot[: round(until * self._rate)], (size, 0))[-size:]
        return bytes((sound * 32_767).astype("<i2").tobytes())

    def add(self, sound: Sound, at: float) -> None:
        first = round(at * self._rate)
        part = self.heard[first : first + len(sound)]
        part += sound[: len(part)]

    def voices(self) -> list[float]:
        """When a voice was found, in seconds; messages come in bursts of so many seconds."""
        pcm = np.clip(self.heard * 32_767, -32_768, 32_767).astype("<i2").tobytes()
        size, message = round(FRAME_SECS * self._rate) * 2, round(self._burst * self._rate)
        found, state = [], VADState.QUIET
        for at in range(0, len(pcm) - size, size):
            arrived = (at + size) // 2
            self._now = -(-arrived // message) * message
            before, state = state, self._vad._run_analyzer(pcm[at : at + size])
            if state in SPEAKING and before not in SPEAKING:
                found.append(arrived / self._rate)
        return found


def db_of(sound: Sound) -> float:
    return float(20 * np.log10(loudness(sound)))


def echoing(
    models: Models,
    bot_dbfs: float,
    echo_db: float,
    *,
    name: str = "voicemail.wav",
    way: str = "exact",
    delay: float = 0.35,
    rate: int = 8_000,
    burst: float = 0.02,
) -> Line:
    bot = at_level(speech(name, rate), bot_dbfs)
    line = Line(models, np.clip(bot, -1, 1), rate, burst)
    line.add(at_level(WAYS[way](bot), bot_dbfs + echo_db), delay)
    return line


@pytest.mark.parametrize("bot_dbfs", [-30, -20, -10])
@pytest.mark.parametrize("echo_db", [-25, -15, -10])
def test_an_echo_is_no_voice_however_loud_it_is(
    models: Models, bot_dbfs: float, echo_db: float
) -> None:
    assert echoing(models, bot_dbfs, echo_db).voices() == []


@pytest.mark.parametrize("name", BOTS)
@pytest.mark.parametrize("way", WAYS)
def test_an_echo_is_known_by_whatever_way_it_comes(models: Models, name: str, way: str) -> None:
    allowed = 2 if way == "room" else 0
    assert len(echoing(models, -15, -18, name=name, way=way).voices()) <= allowed


@pytest.mark.parametrize("delay", [0.0, 0.06, 0.2001, 0.5, 0.8])
def test_an_echo_is_known_however_long_its_way_is(models: Models, delay: float) -> None:
    assert echoing(models, -15, -20, delay=delay).voices() == []


@pytest.mark.parametrize("burst", [0.1, 0.2, 1.0])
def test_an_echo_in_large_messages_is_known(models: Models, burst: float) -> None:
    assert echoing(models, -15, -20, delay=0.5, burst=burst).voices() == []


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_an_echo_is_known_at_every_rate(models: Models, rate: int) -> None:
    assert echoing(models, -15, -20, rate=rate).voices() == []


@pytest.mark.parametrize(
    ("bot", "rate"),
    [("voicemail.wav", 8_000), ("menu.wav", 16_000), ("computed", 24_000), ("computed", 8_000)],
)
def test_a_soft_caller_is_heard_over_a_loud_bot_without_echo(
    models: Models, bot: str, rate: int
) -> None:
    """As soon as if the bot were silent."""
    late = 0.0
    for caller in CALLERS:
        alone = alone_at(models, caller, -35, rate)
        over = found(models, caller, -35, at_level(speech(bot, rate), -10), rate)
        assert over[0] <= alone + 0.7, caller  # if not its first word, its second
        late += over[0] - alone
    assert late / len(CALLERS) < 0.25


@cache
def alone_at(models: Models, caller: str, dbfs: float, rate: int) -> float:
    """When a caller is found while the bot is silent."""
    return found(models, caller, dbfs, np.zeros(3 * rate), rate)[0]


def found(models: Models, caller: str, dbfs: float, bot: Sound, rate: int) -> list[float]:
    line = Line(models, np.clip(np.resize(bot, 3 * rate), -1, 1), rate)
    line.add(at_level(speech(caller, rate), dbfs), 1.0)
    return line.voices()


@pytest.mark.parametrize(
    ("bot_dbfs", "above", "way"),
    [(-30, 20, "exact"), (-30, 6, "room"), (-10, 6, "exact"), (-10, 20, "room")],
)
def test_a_caller_louder_than_the_echo_is_heard_over_it(
    models: Models, bot_dbfs: float, above: float, way: str
) -> None:
    """Over an echo 25 dB below the bot: from -49 dBFS for the softest to -15 for the loudest."""
    for caller in CALLERS:
        line = echoing(models, bot_dbfs, -25, way=way)
        sound = at_level(speech(caller, 8_000), bot_dbfs - 25 + above)
        line.add(sound, 2.0)
        alone = alone_at(models, caller, -20, 8_000) - 1.0
        times = [at for at in line.voices() if at > 2.0]
        assert times and times[0] < 2.0 + alone + 0.4, caller


def test_whoever_speaks_when_the_bot_is_silent_is_nobodys_echo(models: Models) -> None:
    line = Line(models, np.pad(speech("menu.wav", 8_000), (0, 32_000)))
    at = len(line.heard) / 8_000 - 2.5  # 1.5 s after its last word
    line.add(at_level(speech("menu.wav", 8_000), -30), at)  # what it says, as if it were a copy
    assert line.voices()
