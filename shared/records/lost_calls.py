"""Lost calls: their process has died; a living one finds them, and ends their records."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from loguru import logger

from shared.records.call_events import SocketLost
from shared.records.call_record import CallRecord
from shared.records.database.transactions import StoreError
from shared.records.store import Store


@dataclass(frozen=True, slots=True)
class _Seen:
    """The latest sight of a call: `looks` in a row have seen these beats."""

    beats: int
    looks: int = 1


class LostCalls:
    """Looks, again and again, at the calls that are on the sockets of all processes.

    A call is lost when its beats have stood still for `ReconcileSchedule.still` looks. Its end is
    the last beat: counted from its beginning, and not read from a clock that may have been set
    meanwhile. Several processes may look at once; they find the same.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, _Seen] = {}

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(self._store.schedule.beat)
            try:
                await self.look()
            except StoreError:  # which the database says itself
                self._seen.clear()  # nobody could beat either
            except Exception:  # noqa: BLE001  # nobody would notice that it has stopped
                logger.exception("lost calls can't be looked for; it is tried again")

    async def look(self) -> None:
        """Look once, and end the calls that have been without a sign of life for long enough.

        Raises:
            StoreError: If the database can't be used.
        """
        seen = {}
        for call, beats in await self._store.on_sockets():
            before = self._seen.get(call.call_id, _Seen(beats, 0))
            now = _Seen(beats, before.looks + 1 if before.beats == beats else 1)
            if now.looks < self._store.schedule.still:
                seen[call.call_id] = now
            else:
                await self._end(call, beats)
        self._seen = seen

    async def _end(self, call: CallRecord, beats: int) -> None:
        assert call.opened_at
        lived = timedelta(seconds=beats * self._store.schedule.beat)
        logger.warning("call {} has lost its process: its record ends here", call.call_id)
        try:
            await self._store.apply_event(
                call.call_id, SocketLost(call.opened_at + lived, call.stream_sid)
            )
        except KeyError:  # deleted meanwhile
            return
