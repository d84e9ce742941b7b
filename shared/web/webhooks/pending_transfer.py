"""The transfer that a flow is to carry out when it asks."""

import asyncio

from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.records.transfer_record import TransferRecord

ANSWER_SECS = 0.7  # Exotel waits for longer, but the caller hears nothing meanwhile
POLL_SECS = (0.0, 0.1, 0.1, 0.2)  # before each look: a decision may be on its way to the disk


async def find_pending_transfer(store: Store, call_sid: str) -> TransferRecord | None:
    """The decision that a call is to be transferred, if that is what comes next.

    It is in the store before the socket closes; should it be late, it is waited for a little. When
    the store fails, this process still knows what it has decided itself. Of other calls nobody
    knows then, and nobody is rung: most callers have finished, and those who were promised a
    person have the fallback URL of the Connect applet as a second try.

    Raises:
        StoreError: If nobody knows.
    """
    remembered = store.transfers.recall(call_sid)
    try:
        async with asyncio.timeout(ANSWER_SECS):
            for pause in POLL_SECS:
                await asyncio.sleep(pause)
                decided = await store.transfers.find(call_sid) or remembered
                if decided and await _is_the_last_word(store, decided):
                    return decided
        return None
    except (StoreError, TimeoutError) as error:
        if remembered:
            return remembered
        raise StoreError(str(error) or f"no answer within {ANSWER_SECS:g} s") from error


async def _is_the_last_word(store: Store, decided: TransferRecord) -> bool:
    """Whether the bot hasn't had the caller again since, on another stream."""
    if not decided.stream_sid:
        return True
    calls = await store.with_sid(decided.call_sid)
    streams = {call.stream_sid for call in calls if call.stream_call_sid == decided.call_sid}
    return streams <= {decided.stream_sid}
