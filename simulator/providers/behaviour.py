"""The behaviour of the simulated providers: their latencies, and their faults."""

from dataclasses import dataclass
from typing import Literal

Provider = Literal["stt", "llm", "tts"]


@dataclass(frozen=True, slots=True)
class Refuse:
    """Turns every new connection or request away with an HTTP status."""

    status: int = 503
    retry_after: int | None = None  # seconds, as a rate limit (429) tells them


@dataclass(frozen=True, slots=True)
class Quote:
    """Refuses whatever it is asked, and quotes it: the key, and every word."""

    status: int = 401


@dataclass(frozen=True, slots=True)
class BlackHole:
    """Takes the TCP connection and never says a word, not even HTTP."""


@dataclass(frozen=True, slots=True)
class Hang:
    """Takes connections and requests, and answers none."""


@dataclass(frozen=True, slots=True)
class Stall:
    """Falls silent after so many messages of each answer, and keeps the connection open."""

    after: int = 1


@dataclass(frozen=True, slots=True)
class Drop:
    """Cuts a connection once it is that old and has carried so many messages."""

    after_secs: float = 0.0
    after_messages: int = 0


@dataclass(frozen=True, slots=True)
class Garbage:
    """Sends something that cannot be parsed in place of each message."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Needs so many seconds more for each answer."""

    secs: float = 2.0


Fault = Refuse | Quote | BlackHole | Hang | Stall | Drop | Garbage | Slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Latencies in seconds, and a fault per provider or None.

    `stt_latency` runs from the end of the audio to its transcript, `llm_latency` from the
    request to the first token, `tts_latency` from the text to its first audio.
    """

    stt_latency: float = 0.15
    llm_latency: float = 0.25
    llm_token_interval: float = 0.01
    tts_latency: float = 0.12
    tts_speed: float = 10.0  # seconds of audio made in one second
    stt: Fault | None = None
    llm: Fault | None = None
    tts: Fault | None = None

    def fault(self, provider: Provider) -> Fault | None:
        """What is wrong with one of the three."""
        return {"stt": self.stt, "llm": self.llm, "tts": self.tts}[provider]

    def latency(self, provider: Provider) -> float:
        """How long one of the three makes its client wait."""
        usual = {"stt": self.stt_latency, "llm": self.llm_latency, "tts": self.tts_latency}
        fault = self.fault(provider)
        return usual[provider] + (fault.secs if isinstance(fault, Slow) else 0.0)
