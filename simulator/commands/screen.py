"""The screen of a demo: who does what, and when, while its call goes on."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.caller.report import Event
from simulator.commands.keyless_bot import KeylessBot
from simulator.commands.terminal import moving, say

LAST_LINE_SECS = 0.5  # for what the bot says of its call's end
WORDS_SECS = 5.0  # from the first line that waits for the bot's words until it waits no longer


class Screen:
    """Writes lines with the seconds since it was made or begun, and remembers what the bot told.

    The bot tells what it has said once it has said it, an interrupted answer a second or two
    later. Its line has the moment it began to speak all the same, and what others do from then on
    waits for it, so the lines stand in the order of the call.

    Args:
        person: What to call who talks with the bot.

    Attributes:
        understood: What the bot heard, turn by turn.
        spoken: What it said.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._began = time.monotonic()
        self._doing = "ringing"
        self._spoke_at: float | None = None  # when it began to say what it has yet to tell
        self._latest = 0.0  # seconds, of the last line written
        self._waiting: list[tuple[float, str, str]] = []
        self.understood: list[str] = []
        self.spoken: list[str] = []

    @property
    def _now(self) -> float:
        return time.monotonic() - self._began

    def begin(self) -> None:
        """Count the seconds from now."""
        self._began = time.monotonic()

    def rest(self) -> None:
        """Show that nothing goes on: the call is over."""
        self._doing = ""

    def show(self, who: str, text: str) -> None:
        """Write that somebody did something just now."""
        if self._spoke_at is None:
            self._write(self._now, who, text)
        else:
            self._waiting.append((self._now, who, text))

    def show_event(self, event: Event) -> None:
        """Write what the person does, and when the bot lets itself be interrupted."""
        self._doing = self._doing_after(event)
        if event.source == "caller":
            self.show(self._person, f"{event.kind} {event.detail}".rstrip())
        elif event.kind == "clear" and not event.detail.startswith("0.00"):
            self.show("bot", "stops speaking")
        elif event.kind == "speaks" and self._spoke_at is None:
            self._spoke_at = self._now

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
        try:
            async with moving(self._moving):
                async for line in bot.output:
                    who, _, text = line.decode().rstrip().partition(": ")
                    if who == "caller":
                        self._heard(text)
                    else:
                        self._told(who, text)
        finally:
            self._wait_no_longer()

    def _heard(self, text: str) -> None:
        self.understood.append(text)
        self.show("heard", text)

    def _told(self, who: str, text: str) -> None:
        self.spoken.append(text)
        at = self._now if self._spoke_at is None else max(self._spoke_at, self._latest)
        self._write(at, who, text)
        self._wait_no_longer()

    def _wait_no_longer(self) -> None:
        """Write what waits for the bot's words: they have come, or they don't."""
        waiting, self._waiting, self._spoke_at = self._waiting, [], None
        for line in waiting:
            self._write(*line)

    def _write(self, at: float, who: str, text: str) -> None:
        self._latest = at
        say(f"{at:7.2f}  {who:<8} {text}")

    def _doing_after(self, event: Event) -> str:
        match event.source, event.kind:
            case "bot", "speaks":
                return "the bot speaks"
            case ("bot", "quiet" | "clear") | ("caller", _):
                return "the bot listens"
            case _:
                return self._doing

    def _moving(self, _: float) -> str:
        if self._waiting and self._now - self._waiting[0][0] > WORDS_SECS:
            self._wait_no_longer()
        return f"{self._now:7.2f}  ... {self._doing}" if self._doing else ""
