"""The caller's sound on its way up: line noise that never pauses, and speech over it."""

from functools import lru_cache
from random import Random

import numpy as np

from simulator.caller.audio import FRAME_SECS, Samples, amplitude, frame_bytes, seconds, to_samples
from simulator.caller.echo import Echo
from simulator.caller.recording import Recording
from simulator.caller.tones import ringing_tone
from simulator.stream.profiles import Profile

_NOISE_SECS = 10.0  # seconds of noise that are made once and then repeat
_BURST_DBFS = -25.0  # dBFS of the noise some lines make when a call is answered


class Uplink:
    """Cuts the caller's sound into messages, 20 ms of it per `tick`."""

    def __init__(self, rate: int, profile: Profile) -> None:
        self.rate = rate
        self._profile = profile
        self._random = Random(profile.seed)
        self._frame_bytes = frame_bytes(rate)
        self._noise = _noise(rate, profile.noise_dbfs)
        self._noise_at = self._random.randrange(len(self._noise) // 2) * 2
        self._speech = self._answer()
        self._speech_at = 0
        self._echo = None if profile.echo_db is None else Echo(profile.echo_db)
        self._frames: list[bytes] = []
        self._unsent = bytearray()
        self._payload_bytes = profile.payload_bytes or self._frame_bytes * profile.frame_ms // 20
        self._sent = 0
        self._held_until = 0.0

    @property
    def at(self) -> float:
        """Seconds of sound made so far."""
        return len(self._frames) * FRAME_SECS

    @property
    def said(self) -> bytes:
        """Everything the caller sent, noise included."""
        return b"".join(self._frames)

    @property
    def speaking(self) -> bool:
        """Whether a recording is being played."""
        return self._speech_at < len(self._speech)

    def say(self, recording: Recording) -> float:
        """Begin a recording with the next frame; return when that is."""
        noise = np.frombuffer(self._noise, np.int16)
        background = np.resize(noise, len(recording.samples)).astype(np.int32)
        self._speech = to_samples((recording.samples + background).astype(np.float32)).tobytes()
        self._speech_at = 0
        return self.at

    def ring(self) -> None:
        """Put the ringing tone on the line: nobody has answered yet."""
        self._speech = b""
        self._noise, self._noise_at = _ringing(self.rate, self._profile.noise_dbfs), 0

    def answer(self) -> None:
        """Take the ringing tone off the line."""
        self._noise, self._noise_at = _noise(self.rate, self._profile.noise_dbfs), 0
        self._speech, self._speech_at = self._answer(), 0

    def hear(self, frame: bytes) -> None:
        """Take in the 20 ms that the caller's earpiece plays: on some lines they come back."""
        if self._echo:
            self._echo.hear(frame)

    def tick(self) -> list[tuple[bytes, int]]:
        """Make the next 20 ms; return the messages ready to go, each with its timestamp."""
        frame = self._next_frame()
        if self._echo:
            frame = self._echo.onto(frame)
        self._frames.append(frame)
        self._unsent += frame
        if self._pausing():
            return []
        messages = []
        while len(self._unsent) >= self._payload_bytes:
            payload = bytes(self._unsent[: self._payload_bytes])
            del self._unsent[: self._payload_bytes]
            self._sent += len(payload)
            messages.append((payload, round(seconds(self._sent, self.rate) * 1_000)))
        return messages

    def _answer(self) -> bytes:
        """Make the noise that some lines make when the call is answered."""
        burst = _noise(self.rate, _BURST_DBFS)
        return burst[: round(self._profile.answer_burst / FRAME_SECS) * self._frame_bytes]

    def _next_frame(self) -> bytes:
        if self.speaking:
            frame = self._speech[self._speech_at : self._speech_at + self._frame_bytes]
            self._speech_at += self._frame_bytes
            if len(frame) == self._frame_bytes:
                return frame
            return frame + self._line_noise(self._frame_bytes - len(frame))
        return self._line_noise(self._frame_bytes)

    def _line_noise(self, size: int) -> bytes:
        if self._noise_at + size > len(self._noise):
            self._noise_at = 0
        self._noise_at += size
        return self._noise[self._noise_at - size : self._noise_at]

    def _pausing(self) -> bool:
        """Decide whether the network holds messages back, to let them go at once later."""
        if not self._profile.jitter or self.at < self._held_until:
            return self.at < self._held_until
        held = self._held_until
        self._held_until = self.at + self._random.uniform(0, self._profile.jitter)
        return held == 0.0


@lru_cache(maxsize=8)
def _noise(rate: int, dbfs: float | None) -> bytes:
    count = round(rate * _NOISE_SECS)
    if dbfs is None:
        return bytes(count * 2)
    white = np.random.default_rng(0).standard_normal(count) * amplitude(dbfs)
    noise: Samples = to_samples(white)
    return noise.tobytes()


@lru_cache(maxsize=8)
def _ringing(rate: int, dbfs: float | None) -> bytes:
    tone = ringing_tone(rate)
    noise = np.frombuffer(_noise(rate, dbfs), np.int16)[: len(tone)]
    return to_samples((tone + noise.astype(np.int32)).astype(np.float32)).tobytes()
