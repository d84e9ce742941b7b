"""The correlation of an incoming leg with our call: by CustomField, SID, or number and time."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from uuid import uuid4

from loguru import logger

from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.store import Store
from shared.telephony.direction import Direction
from shared.telephony.phone_numbers import e164

CALL_ID = re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])")

# Exotel may open the socket before it answers our request, and only the answer has the call's SID.
POLL_SECS = (0.0, 0.3, 0.7, 1.0)  # before each look


def new_call_id() -> str:
    """Our name for a call: 32 hexadecimal digits, which survive any encoding."""
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class IncomingLeg:
    """A call that reaches us, as Exotel describes it.

    Args:
        call_sid: Exotel's name for it.
        from_number: As Exotel writes it.
        to_number: Likewise.
        custom: CustomField and the parameters of the applet's URL, wherever they turned up.
            CustomField arrives as a key without a value, as the value of some key, or inside of a
            query string.
        direction: "incoming" or "outbound-dial", where Exotel says.
    """

    call_sid: str
    from_number: str = ""
    to_number: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    direction: str = ""


async def correlate(store: Store, leg: IncomingLeg, direction: Direction) -> CallRecord | None:
    """The call of ours that this is, or None if there is none or more than one: never a guess.

    An inbound call is known only by its SID, when Exotel connects it a second time: somebody who
    rings back while we are still dialling them is not the call that we dialled.

    Raises:
        StoreError: If the database can't be used.
    """
    if direction is Direction.INBOUND:
        return next(iter(await store.with_sid(leg.call_sid)), None)
    if named := await _by_custom_field(store, leg):
        return named
    fitting: list[CallRecord] = []
    for pause in POLL_SECS:
        await asyncio.sleep(pause)
        known = await store.with_sid(leg.call_sid)
        if len(known) == 1:
            return known[0]
        fitting = [c for c in await store.awaiting_a_socket() if _fits(c, leg)]
        if len(fitting) < 2 or all(call.status is not Status.DIALLING for call in fitting):
            break
    if len(fitting) > 1:
        logger.warning("{} dialled calls fit call {}: none is taken", len(fitting), leg.call_sid)
    return fitting[0] if len(fitting) == 1 else None


def named_in(leg: IncomingLeg) -> list[str]:
    """The words that may be ids of ours in what came with a call, each once."""
    words = unquote(" ".join([*leg.custom.keys(), *leg.custom.values()])).lower()
    return list(dict.fromkeys(CALL_ID.findall(words)))


async def _by_custom_field(store: Store, leg: IncomingLeg) -> CallRecord | None:
    found = [await store.find(call_id) for call_id in named_in(leg)]
    ours = [call for call in found if call and call.direction is Direction.OUTBOUND]
    if len(ours) != 1 or ours[0].stream_call_sid not in ("", leg.call_sid):
        return None
    return ours[0]


def _fits(call: CallRecord, leg: IncomingLeg) -> bool:
    """Whether a dial may be behind this call, by numbers and SIDs; the time is right already."""
    if call.status.over:
        return False
    numbers = {e164(leg.from_number), e164(leg.to_number)}
    if call.traits.socket_has_own_sid:
        # The call on the socket is our own ExoPhone's, rung by Exotel in our ExoPhone's name; it
        # isn't known whether Exotel then names the person too.
        return call.number in numbers or numbers - {""} == {e164(call.exophone)}
    rung_by_them = leg.direction.startswith("in")
    return not rung_by_them and call.number in numbers and call.call_sid in ("", leg.call_sid)
