"""A journal of the providers: one value for everything that was asked of them or told by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.providers.behaviour import Provider


@dataclass(slots=True)
class Connections:
    """How many connections (for the LLM: requests) are open now, and were there ever."""

    open: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Listening:
    """A speech recognition began; `parameters` is its query string."""

    at: float
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """A final transcript left; empty when nothing was recognised."""

    at: float
    transcript: str
    from_finalize: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer was asked of the language model."""

    at: float
    model: str
    messages: Sequence[Mapping[str, Any]]
    tools: Sequence[Mapping[str, Any]]
    stream: bool


@dataclass(frozen=True, slots=True)
class Speaking:
    """A text was to be spoken; empty when it only closes its context."""

    at: float
    context_id: str
    transcript: str
    more_follows: bool
    model: str
    voice: str
    language: str
    output_format: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An answer was given up by the client before it was complete."""

    at: float
    provider: Provider
    context_id: str


Observation = Listening | Heard | Completion | Speaking | Cancelled
