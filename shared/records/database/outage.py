"""The outage of a database, and its log lines: often enough and no more."""

import time
from math import inf

from loguru import logger

EVERY_SECS = 60.0
DAMAGED = "malformed"  # in SQLite's words
REASONS = 20  # that are told apart; more are a reason that changes its words


class Outage:
    """The state of one database, as its users find it.

    Attributes:
        on: It failed when it was used last.
        watching: Before it is open, whoever opens it says what is wrong.
    """

    def __init__(self) -> None:
        self.on = False
        self.watching = False
        self._failed_at = -inf
        self._told: dict[str, float] = {}  # when, by reason
        self._over_is_news = False
        self._for_good = False

    def note_failure(self, why: str) -> None:
        """Note that it has failed, and log it at once and then once a minute.

        A damaged file heals by no transaction that happens to miss the damage.
        """
        if not self.watching:
            return
        self._for_good |= DAMAGED in why
        self.on = True
        self._failed_at = now = time.monotonic()
        if now - self._told.get(why, -inf) < EVERY_SECS:
            return
        if len(self._told) >= REASONS:
            self._told.clear()
        self._told[why] = now
        self._over_is_news = True
        logger.error("the database fails: {}", why)

    def note_success(self, since: float) -> None:
        """Note that it has worked, for somebody who began at `since` by the monotonic clock.

        Who began before it failed doesn't know of that.
        """
        if since < self._failed_at or self._for_good:
            return
        self.on = False
        if self._over_is_news:
            self._over_is_news = False
            logger.info("the database works again")
