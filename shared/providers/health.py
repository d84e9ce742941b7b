"""The health of a provider, as all calls of a process find it; told once when it changes."""

import asyncio
import time
from contextvars import Context
from functools import partial
from math import inf
from weakref import WeakKeyDictionary

from loguru import logger
from pipecat.frames.frames import ErrorFrame
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.utils.errors import ErrorCategory

from shared.observability.library_logs import tell_elsewhere
from shared.providers.error_causes import Cause, cause_of
from shared.providers.llm_output.stream import NoAnswer

# Answers in a row that didn't come, without an error, before a provider is said to fail. What an
# STT didn't make out may have been a noise.
MISSES = {"stt": 3, "llm": 2, "tts": 2}
# What fails in the middle of its work, or again within RELAPSE_SECS, has to work for PATIENCE
# seconds before it counts as back; each relapse doubles them.
RELAPSE_SECS, LATELY_SECS = 60.0, 10.0
PATIENCE, MAX_PATIENCE = 3.0, 300.0
# What services report that is no failure of theirs, or comes behind one that they have reported.
NO_FAILURE = ("completed with no audio", "Error closing websocket")


class ProviderHealth:
    """One provider of a process, in one role.

    Args:
        kind: "stt", "llm" or "tts".
        setting: What chooses it, such as `TTS_FALLBACK`.
        name: What it is set to.
        key: The setting that holds its key; "" if it needs none.
        model: The setting that chooses its model; "" if none does.
        fallback: Who takes over, such as `TTS_FALLBACK=espeak`; "" if nobody does.
    """

    def __init__(
        self,
        kind: str,
        setting: str,
        name: str,
        *,
        key: str = "",
        model: str = "",
        fallback: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.label = f"{setting}={name}"
        self.key = key
        self.model = model
        self._fallback = fallback
        self._since = inf  # when it began to fail; inf: it works
        self._failed_at = -inf
        self._worked_at = inf  # first, since it failed last
        self._back_at = self._last_work = -inf
        self._patience = 0.0
        self._misses = 0
        self._lets_nobody_in = False  # in all of its failures there was no connection
        self._told: set[str] = set()

    @property
    def failing(self) -> bool:
        """Whether it fails, as far as anybody knows."""
        self._look()
        return self._since < inf

    @property
    def failing_since(self) -> float:
        """When it began to, by the monotonic clock; infinite if it works."""
        return self._since

    def failed(self, cause: Cause, *, connected: bool = True) -> None:
        """Take note of an error; the first is told, and one that names a setting.

        Args:
            cause: Why.
            connected: Whether there was a connection.
        """
        now = time.monotonic()
        is_news = cause.names_setting and cause.words not in self._told
        if not self.failing:
            self._patience = self._patience_from(now, connected=connected)
            self._since, is_news = now, True
            self._told.clear()
            self._lets_nobody_in = True
        if is_news:
            self._told.add(cause.words)
            more = f"; {self._fallback} takes over" if self._fallback else ""
            logger.error("{} fails: {}{}", self.label, cause.words, more)
        self._lets_nobody_in &= not connected
        self._failed_at, self._worked_at = now, inf

    def missed(self, *, connected: bool = True) -> None:
        """Take note of an answer that didn't come."""
        self._misses += 1
        if self.failing or self._misses >= MISSES[self.kind]:
            cause = Cause(f"nothing came of it, {self._misses} times in a row")
            self.failed(cause, connected=connected)

    def connected(self) -> None:
        """Take note of a new connection, which says enough if only that had failed."""
        if self._lets_nobody_in:
            self.worked(inf)

    def worked(self, since: float) -> None:
        """Take note of something that came, from a service that knows the provider as it is.

        Args:
            since: When that began, by the monotonic clock. What began before the provider failed
                says nothing: connections that are open may go on where none can be made.
        """
        self._misses = 0
        self._last_work = now = time.monotonic()
        if self._since < inf and since >= self._failed_at and self._worked_at == inf:
            self._worked_at = now
            loop = asyncio.get_running_loop()
            loop.call_later(self._patience + 0.01, self._look, context=Context())
            self._look()

    def _patience_from(self, now: float, *, connected: bool) -> float:
        """Seconds in which it has to work before that counts, when it begins to fail.

        What refuses everything is back at its first sound. What breaks off works now and then.
        """
        if now - self._back_at < RELAPSE_SECS:
            return min(max(2 * self._patience, PATIENCE), MAX_PATIENCE)
        return PATIENCE if connected or now - self._last_work < LATELY_SECS else 0.0

    def _look(self) -> None:
        now = time.monotonic()
        if self._since < inf and now - self._worked_at >= self._patience:
            logger.info("{} works again, after {:.0f} s", self.label, now - self._since)
            self._since, self._back_at = inf, now


class _Watched:
    """One service, and what it knows of its provider."""

    def __init__(self, health: ProviderHealth) -> None:
        self.health = health
        self._began = time.monotonic()
        self._failed_at = -inf
        self._connected = False

    def ask(self) -> None:
        """Take note that it makes a request that needs no connection of before."""
        self._began = time.monotonic()

    def connect(self, _: FrameProcessor) -> None:
        """Take note of a connection."""
        self._connected = True
        self.health.connected()

    def work(self) -> None:
        """Take note of something that it made."""
        self.health.worked(inf if self._knows else self._began)

    def fail(self, cause: Cause) -> None:
        """Take note of an error."""
        self.health.failed(cause, connected=self._connected)
        self._failed_at = time.monotonic()

    def miss(self) -> None:
        """Take note of an answer that didn't come."""
        self.health.missed(connected=self._connected)
        self._failed_at = time.monotonic()

    @property
    def _knows(self) -> bool:
        """Whether it has been through what fails now."""
        return self._failed_at >= self.health.failing_since


_watched: WeakKeyDictionary[FrameProcessor, _Watched] = WeakKeyDictionary()


def watch(service: FrameProcessor, health: ProviderHealth) -> None:
    """Have a service's errors told as its provider's, whoever uses it."""
    _watched[service] = _Watched(health)
    tell_elsewhere(type(service).__name__)
    service.add_event_handler("on_error", partial(_hear_of, _watched[service]))
    if health.kind != "llm":  # which has no connection
        service.add_event_handler("on_connected", _watched[service].connect)


def worked(service: FrameProcessor) -> None:
    """Take note of something that a service made, if it is a provider's."""
    if watched := _watched.get(service):
        watched.work()


def asked(service: FrameProcessor) -> None:
    """Take note that a service begins anew."""
    if watched := _watched.get(service):
        watched.ask()


def missed(service: FrameProcessor) -> None:
    """Take note of what was awaited of a service and didn't come, with an error or without."""
    if watched := _watched.get(service):
        watched.miss()


def _hear_of(watched: _Watched, _: FrameProcessor, error: ErrorFrame) -> None:
    if error.category is ErrorCategory.APPLICATION or isinstance(error.exception, NoAnswer):
        return
    if not any(words in error.error for words in NO_FAILURE):
        watched.fail(cause_of(error, watched.health.key, watched.health.model))
