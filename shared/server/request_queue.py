"""The queue of HTTP requests: one at a time, addresses in turn, and calls come first."""

import asyncio
from collections.abc import Sized
from contextlib import suppress
from typing import Protocol

from loguru import logger

# A call needs the event loop some hundred times for one answer, and waits for all that is done in
# between. So while calls are on one request is answered, and then none for three times as long as
# that took: whatever comes, three quarters of the time are the calls'.
YIELD_FACTOR = 3
LONGEST_YIELD = 0.05  # seconds
ANSWER_SECS = 0.1  # after which the next one has its turn, whatever the former waits for


class Client(Protocol):
    """A connection whose peer has sent something."""

    address: str
    preferred: bool

    def take_turn(self) -> None:
        """Work on what has come; must not block."""

    async def answered(self) -> None:
        """Wait until it's done."""

    def abort(self) -> None:
        """Cut the connection."""


class RequestQueue:
    """The requests that one server hasn't begun to answer.

    Those that show the right credential go first. Of the others each address gets its turn, however
    many the next one sends.

    Args:
        calls: Those that are on; without any, requests have all the time there is.
    """

    def __init__(self, calls: Sized) -> None:
        self._calls = calls
        self._preferred: dict[Client, None] = {}
        self._others: dict[str, dict[Client, None]] = {}
        self._serving: asyncio.Task[None] | None = None

    def join(self, client: Client) -> None:
        """Wait for a turn; a client that waits already keeps its place."""
        line = self._preferred if client.preferred else self._others.setdefault(client.address, {})
        line.setdefault(client)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve(), name="answer requests")

    def leave(self, client: Client) -> None:
        """Wait no more."""
        self._preferred.pop(client, None)
        if line := self._others.get(client.address):
            line.pop(client, None)
            if not line:
                del self._others[client.address]

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        while client := self._next():
            began = loop.time()
            self._let(client)
            await yield_to_calls(self._calls, began)
            if self._calls and not client.preferred:
                with suppress(TimeoutError):
                    await asyncio.wait_for(client.answered(), ANSWER_SECS)

    def _next(self) -> Client | None:
        if self._preferred:
            client = next(iter(self._preferred))
            del self._preferred[client]
            return client
        if not self._others:
            return None
        address, line = next(iter(self._others.items()))
        client = next(iter(line))
        del line[client], self._others[address]
        if line:
            self._others[address] = line  # behind all the other addresses
        return client

    @staticmethod
    def _let(client: Client) -> None:
        try:
            client.take_turn()
        except Exception:  # noqa: BLE001  # one client's bytes must not stop the others' answers
            logger.exception("a request could not be read")
            client.abort()


async def yield_to_calls(calls: Sized, began: float) -> None:
    """Leave the event loop to the calls that are on, after work that began at this moment."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)  # what the work has started gets done before the clock is looked at
    if calls:
        await asyncio.sleep(min((loop.time() - began) * YIELD_FACTOR, LONGEST_YIELD))
