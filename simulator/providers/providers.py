"""The state that the three providers share: how they behave, what they know, what they saw."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from simulator.providers.behaviour import Behaviour, Provider
from simulator.providers.dialogue import Reply
from simulator.providers.observed import Connections, Observation
from simulator.speech import Ear

REMEMBERED = 2000  # observations; a soak test must not grow without end

T = TypeVar("T", bound=Observation)


class Transcription(Protocol):
    """An open connection of the speech recognition."""

    async def mishear(self, text: str, *, final: bool) -> None:
        """Send words that nobody has said."""


class Providers:
    """Deepgram, OpenAI and Cartesia at one address.

    `env` is what a bot needs in its environment to use them, `requests` what they were asked,
    oldest first, with times of the event loop's clock.
    """

    def __init__(self, behaviour: Behaviour, *, reply: Reply, ear: Ear, address: str) -> None:
        self.reply = reply
        self.ear = ear
        self.address = address
        self.requests: deque[Observation] = deque(maxlen=REMEMBERED)
        self.connections: dict[Provider, Connections] = {
            "stt": Connections(),
            "llm": Connections(),
            "tts": Connections(),
        }
        self.llm_peers: set[str] = set()  # addresses: one for each TCP connection there was
        self.closing = asyncio.Event()
        self.transcriptions: set[Transcription] = set()  # that are open
        self._behaviour = behaviour
        self._changed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def env(self) -> dict[str, str]:
        """The environment variables that lead a bot here."""
        return {
            "DEEPGRAM_API_KEY": "simulated",
            "DEEPGRAM_BASE_URL": f"ws://{self.address}",
            "OPENAI_API_KEY": "simulated",
            "OPENAI_BASE_URL": f"http://{self.address}/v1",
            "CARTESIA_API_KEY": "simulated",
            "CARTESIA_URL": f"ws://{self.address}/tts/websocket",
            "CARTESIA_VOICE_ID": "simulated",
        }

    @property
    def behaviour(self) -> Behaviour:
        """How they behave now. Setting another takes effect at once, on open connections too."""
        return self._behaviour

    @behaviour.setter
    def behaviour(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._changed.set()
        self._changed = asyncio.Event()

    async def behaviour_changed(self) -> None:
        """Wait until another behaviour is set."""
        await self._changed.wait()

    async def mishear(self, text: str, *, final: bool = True) -> None:
        """Have the speech recognition of every open connection hear words that nobody says."""
        for transcription in list(self.transcriptions):
            await transcription.mishear(text, final=final)

    def asked(self, kind: type[T]) -> list[T]:
        """All remembered observations of one kind, oldest first."""
        return [seen for seen in self.requests if isinstance(seen, kind)]

    @contextmanager
    def connected(self, provider: Provider) -> Iterator[None]:
        """Count a connection while it lasts."""
        count = self.connections[provider]
        count.open += 1
        count.total += 1
        self._idle.clear()
        try:
            yield
        finally:
            count.open -= 1
            if not any(count.open for count in self.connections.values()):
                self._idle.set()

    async def idle(self) -> None:
        """Wait until no connection is open."""
        await self._idle.wait()
