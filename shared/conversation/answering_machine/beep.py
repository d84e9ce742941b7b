"""Hears the tone after which a mailbox records, and the silence where there is no tone."""

import numpy as np
from numpy.typing import NDArray

from shared.telephony.stream.audio import SAMPLE_WIDTH

WINDOW_SECS = 0.04
TONE_HERTZ = (350.0, 2_200.0)
PURITY = 0.9  # of a window's energy that lies in one narrow peak; of a voice's it is half
SHORTEST_SECS = 0.16  # of tone; a vowel hardly stays on one pitch for that long
LONGEST_SECS = 2.0  # what is longer is a fax machine, or the dialling tone of a line that is free
DRIFT_HERTZ = 6.0  # by which a tone may seem to move, as noise is added to it
AUDIBLE = 0.004  # -48 dBFS, root mean square; what is fainter is silence
BELOW_LOUDEST = 0.06  # of the loudest window: noise of the line, not speech


class BeepDetector:
    """Follows the sound of the other end, window by window.

    Args:
        sample_rate: Hz.

    Attributes:
        quiet_secs: For how long nothing has been heard but the line.
    """

    def __init__(self, sample_rate: int) -> None:
        self.quiet_secs = 0.0
        self._size = round(WINDOW_SECS * sample_rate)
        self._hertz = np.fft.rfftfreq(self._size, 1 / sample_rate)
        self._shape = np.hanning(self._size).astype(np.float32)
        self._rest = b""
        self._loudest = 0.0
        self._tone_secs = 0.0
        self._tone_at = 0.0  # Hz

    def hear(self, pcm: bytes) -> bool:
        """Take in more sound; tell whether a beep has ended in it.

        Args:
            pcm: 16-bit mono, of any length.
        """
        sound = self._rest + pcm
        step = self._size * SAMPLE_WIDTH
        whole = len(sound) - len(sound) % step
        self._rest = sound[whole:]
        windows = np.frombuffer(sound[:whole], "<i2").astype(np.float32) / np.float32(32_768)
        beeps = [self._follow(window) for window in windows.reshape(-1, self._size)]
        return any(beeps)

    def _follow(self, window: NDArray[np.float32]) -> bool:
        level = float(np.sqrt(np.mean(np.square(window))))
        self._loudest = max(self._loudest, level)
        if level < max(AUDIBLE, BELOW_LOUDEST * self._loudest):
            self.quiet_secs += WINDOW_SECS
            return self._tone_ends()
        self.quiet_secs = 0.0
        hertz = self._tone(window)
        same = not self._tone_secs or abs(hertz - self._tone_at) < DRIFT_HERTZ
        if hertz and same:
            self._tone_secs += WINDOW_SECS
            self._tone_at = hertz
            return False
        return self._tone_ends()

    def _tone(self, window: NDArray[np.float32]) -> float:
        """The pitch of a plain tone in Hz, or 0 if the window holds anything else."""
        power = np.square(np.abs(np.fft.rfft(window * self._shape)))
        peak = int(power.argmax())
        around = slice(max(peak - 2, 0), peak + 3)
        share = float(power[around].sum() / power.sum())
        hertz = float(np.average(self._hertz[around], weights=power[around]))
        low, high = TONE_HERTZ
        return hertz if share >= PURITY and low <= hertz <= high else 0.0

    def _tone_ends(self) -> bool:
        secs, self._tone_secs = self._tone_secs, 0.0
        return SHORTEST_SECS <= secs <= LONGEST_SECS
