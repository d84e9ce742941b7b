"""The echo of the bot's own voice from the caller's phone: told by what was played."""

from collections.abc import Callable
from math import inf

import numpy as np
from numpy.typing import NDArray

from shared.clock import loop_time

Sound = NDArray[np.float32]

WINDOWS = 5  # of the voice detector's, that are compared with what was played: 0.16 s
# What is played comes back a second later at most: Exotel's buffer, the network, and its jitter.
PLAYED_SECS = 1.2  # until the end of these windows
ROUND = 400  # samples: a multiple of it is transformed twenty times as fast as a prime number

# Messages can come late, and then in a heap: a window is of a time right after the one before it.
WINDOW_SECS = 0.032 * 1.05  # a little more, for a line that lost some
LATE_SECS = 1.5

# A copy correlates with what was played however faint it is, and a caller's own voice doesn't
# however loud the bot is. Measured on 260 s of three bots' echo at -25 and at -15 dB, each time:
# through a room, or twice through AMR-NB at 12.2 or 5.9 kbit/s with a room between, the detector
# took it for a caller twice at most. Of 40 sentences at -35 dBFS over bots at -10 to -20 it found
# every one, most of them after 0.1 s. Who is as faint as the echo itself is heard three times in
# four, and 5 dB above it always.
ALIKE = 0.5  # from 0 to 1
ALIKE_TO_A_TALKER = 0.6  # once the caller has been found to talk, a moment of theirs is likelier

# Of full scale's power: what is fainter is no caller over a bot, but an echo in the line's noise,
# or one that has died away while the detector lingers.
FAINT = 10 ** (-50 / 10)
SILENT = 10 ** (-70 / 10)  # nothing that was played so softly comes back

PLAIN_RATE = 8_000  # Hz, at which sounds are compared


class EchoGate:
    """Tells whether what a voice detector takes for the caller is the bot.

    Args:
        played: Returns the sound that Exotel played in so many seconds until a moment of the clock,
            as 16-bit samples at the line's rate.
        clock: Tells seconds.
    """

    def __init__(
        self, played: Callable[[float, float], bytes], clock: Callable[[], float] = loop_time
    ) -> None:
        self._played = played
        self._clock = clock
        self._windows: list[Sound] = []
        self._at = inf  # when the last of them ended on the line

    def hear(self, window: Sound, rate: int) -> None:
        """Take in a window of the line's sound, of samples between -1 and 1."""
        self._windows = [*self._windows[1 - WINDOWS :], _plain(window, rate)]
        now = self._clock()
        self._at = max(min(self._at + WINDOW_SECS, now), now - LATE_SECS)

    def covers(self, rate: int, *, talking: bool) -> bool:
        """Whether the window that was heard last is the bot's echo and nobody else.

        Args:
            rate: Hz, of the line.
            talking: Whether the caller has been found to talk.
        """
        played = _plain(_samples(self._played(PLAYED_SECS, self._at)), rate)
        if _power(played) < SILENT:
            return False
        if not talking and _power(self._windows[-1]) < FAINT:
            return True
        likeness = _likeness(_soft(np.concatenate(self._windows)), _soft(played))
        return likeness >= (ALIKE_TO_A_TALKER if talking else ALIKE)


def _power(sound: Sound) -> float:
    return float(sound @ sound) / max(len(sound), 1)


def _samples(pcm: bytes) -> Sound:
    return np.asarray(np.frombuffer(pcm, "<i2") / 32_768, np.float32)


def _plain(sound: Sound, rate: int) -> Sound:
    """The sound at 8 kHz, from any of Exotel's rates."""
    size = rate // PLAIN_RATE
    return np.asarray(sound[: len(sound) // size * size].reshape(-1, size).mean(axis=1), np.float32)


def _soft(sound: Sound) -> Sound:
    """Half the samples, of what is below 1.5 kHz or so: there codecs change the least."""
    return np.asarray((sound[:-2:2] + sound[1:-1:2] + sound[2::2]) / 3, np.float32)


def _likeness(heard: Sound, played: Sound) -> float:
    """How much of what is heard is a copy of some stretch of what was played, from 0 to 1."""
    size = len(heard)
    padded = -(-len(played) // ROUND) * ROUND
    spectrum = np.fft.rfft(played, padded) * np.conj(np.fft.rfft(heard, padded))
    product = np.fft.irfft(spectrum, padded)[: len(played) - size + 1]
    energy = np.cumsum(np.concatenate([[0.0], played**2]))
    stretches = energy[size:] - energy[:-size]
    shares = product**2 / np.maximum(stretches, stretches.max() * 1e-3)  # a faint one is nothing's
    return float(np.sqrt(shares.max() / max(heard @ heard, 1e-12)))
