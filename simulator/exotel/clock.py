"""The exchange's time: Indian wall clocks without a zone, and waits that can be sped up."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

IST = timezone(timedelta(hours=5, minutes=30), "IST")
_FORMAT = "%Y-%m-%d %H:%M:%S"


class Clock:
    """Real time, in which a wait of n seconds takes n / `speed`."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed

    async def sleep(self, seconds: float) -> None:
        """Let so many of the exchange's seconds pass."""
        await asyncio.sleep(seconds / self.speed)

    def elapsed(self, since: datetime) -> float:
        """How many of the exchange's seconds have passed since a moment."""
        return (now() - since).total_seconds() * self.speed


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def ist(at: datetime) -> str:
    """Write a moment as REST answers and callbacks do: `2025-01-15 18:14:07`, in IST."""
    return at.astimezone(IST).strftime(_FORMAT)


def ist_or_none(at: datetime | None) -> str | None:
    """Write a moment that may not have come yet."""
    return None if at is None else ist(at)


def ist_with_weekday(at: datetime) -> str:
    """Write a moment as applets do in `Created`: `Tue, 25 Aug 2026 12:07:08`, in IST."""
    return format_datetime(at.astimezone(IST)).rpartition(" ")[0]


def read_ist(text: str) -> datetime:
    """Read what `ist` writes.

    Raises:
        ValueError: If it is something else.
    """
    return datetime.strptime(text, _FORMAT).replace(tzinfo=IST)
