"""The audio of one connection since its last transcript, and whether anybody speaks in it."""

from simulator.speech.recording import FRAME_SECS, frame_levels, samples

LOOK_SECS = 0.1  # audio is looked at in pieces of this length: cheap, and soon enough
BEFORE_SPEECH_SECS = 0.5  # kept while nobody speaks, so that the first sound is not lost
LONGEST_SECS = 30.0  # of speech without a pause; what is older is forgotten

QUIETEST_SPEECH = 0.001  # -60 dBFS
ABOVE_NOISE = 3.0  # 10 dB
FIRST_FLOOR = 0.003  # -50 dBFS, until the line has been heard quiet
FLOOR_RISE = 1.01  # per 20 ms: a line that grows noisy is taken as such after a few seconds
LEAST_FLOOR = 1e-4
SPEECH_FRAMES = 3  # 60 ms; a click is shorter


class Hearing:
    """Collects mono 16-bit PCM and follows its loudness against the noise of the line."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.quiet_secs = 0.0  # since the last loud frame
        self._audio = bytearray()
        self._looked_at = 0  # bytes of `_audio`
        self._before = 0  # bytes that came before `_audio`
        self._loud_frames = 0
        self._floor = FIRST_FLOOR

    @property
    def spoken(self) -> bool:
        """Whether there was speech since the last transcript."""
        return self._loud_frames >= SPEECH_FRAMES

    @property
    def start(self) -> float:
        """Where the collected audio begins, in seconds of the connection's audio."""
        return self._before / 2 / self.rate

    @property
    def duration(self) -> float:
        """How much audio is collected, in seconds."""
        return len(self._audio) / 2 / self.rate

    @property
    def end(self) -> float:
        """How much audio there was on this connection, in seconds."""
        return self.start + self.duration

    def take(self, pcm: bytes) -> bool:
        """Add audio; tells whether enough has come to decide anything anew."""
        self._audio += pcm
        frame = 2 * int(self.rate * FRAME_SECS)
        fresh = len(self._audio) - self._looked_at
        if fresh < 2 * self.rate * LOOK_SECS:
            return False
        end = self._looked_at + fresh - fresh % frame
        self._follow(bytes(self._audio[self._looked_at : end]))
        self._looked_at = end
        self._forget(LONGEST_SECS if self.spoken else BEFORE_SPEECH_SECS)
        return True

    def give(self) -> bytes:
        """Hand over what was collected, and begin anew."""
        audio = bytes(self._audio[: len(self._audio) - len(self._audio) % 2])
        del self._audio[: len(audio)]
        self._before += len(audio)
        self._looked_at = 0
        self._loud_frames = 0
        return audio

    def peek(self) -> bytes:
        """Look at what was collected so far."""
        return bytes(self._audio)

    def _follow(self, pcm: bytes) -> None:
        for level in frame_levels(samples(pcm), self.rate).tolist():
            if level > max(QUIETEST_SPEECH, ABOVE_NOISE * self._floor):
                self._loud_frames += 1
                self.quiet_secs = 0.0
            else:
                self.quiet_secs += FRAME_SECS
            self._floor = min(level, self._floor * FLOOR_RISE)
            self._floor = max(self._floor, LEAST_FLOOR)

    def _forget(self, keep_secs: float) -> None:
        surplus = len(self._audio) - 2 * int(self.rate * keep_secs)
        if surplus > 0:
            surplus -= surplus % 2
            del self._audio[:surplus]
            self._before += surplus
            self._looked_at -= surplus
