"""The bot's own voice, come back on the caller's line: fainter, and a moment later."""

from collections import deque

import numpy as np

from simulator.caller.audio import FRAME_SECS, to_samples

ECHO_SECS = 0.16  # a mobile network's there and back


class Echo:
    """What the earpiece played, on its way into the microphone.

    Args:
        db: How much fainter it returns, as a negative number.
    """

    def __init__(self, db: float) -> None:
        self._gain = 10 ** (db / 20)
        self._frames: deque[bytes] = deque([b""] * round(ECHO_SECS / FRAME_SECS))

    def hear(self, frame: bytes) -> None:
        """Take in the 20 ms that the earpiece plays, empty if it plays nothing."""
        self._frames.append(frame)

    def onto(self, frame: bytes) -> bytes:
        """Lay what comes back in this moment over 20 ms of the caller's own sound."""
        if not self._frames or not (returned := self._frames.popleft()):
            return frame
        own = np.frombuffer(frame, np.int16).astype(np.float32)
        played = np.frombuffer(returned[: len(frame)], np.int16)
        own[: len(played)] += played * self._gain
        return to_samples(own).tobytes()
