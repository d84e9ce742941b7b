"""What a demo shows: who does what, and when, while its call goes on."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.keyless import KeylessBot
from simulator.report import Event

LAST_LINE_SECS = 0.5  # for what the bot says of its call's end


class Screen:
    """Writes lines with the seconds since it was made or begun, and remembers what the bot told.

    Args:
        person: What to call who talks with the bot.

    Attributes:
        understood: What the bot heard, turn by turn.
        spoken: What it said.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._began = time.monotonic()
        self.understood: list[str] = []
        self.spoken: list[str] = []

    def begin(self) -> None:
        """Count the seconds from now."""
        self._began = time.monotonic()

    def show(self, who: str, text: str) -> None:
        """Write that somebody did something just now."""
        say(f"{time.monotonic() - self._began:7.2f}  {who:<8} {text}")

    def show_event(self, event: Event) -> None:
        """Write what the person does, and when the bot lets itself be interrupted."""
        if event.source == "caller":
            self.show(self._person, f"{event.kind} {event.detail}".rstrip())
        elif event.kind == "clear" and not event.detail.startswith("0.00"):
            self.show("bot", "stops speaking")

    @asynccontextmanager
    async def following(self, bot: KeylessBot) -> AsyncIterator[None]:
        """Write what the bot hears and says meanwhile."""
        following = asyncio.create_task(self.follow(bot))
        try:
            yield
            await asyncio.sleep(LAST_LINE_SECS)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)  # it lets go of the output

    async def follow(self, bot: KeylessBot) -> None:
        """Write what the bot hears and says until it ends."""
        async for line in bot.output:
            who, _, text = line.decode().rstrip().partition(": ")
            heard = who == "caller"
            (self.understood if heard else self.spoken).append(text)
            self.show("heard" if heard else who, text)


def say(text: str) -> None:
    """Write on stdout, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
