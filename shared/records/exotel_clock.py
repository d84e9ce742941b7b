"""The correction of Exotel's times by our clock: theirs may be seconds off, or a day."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.records.call_events import StatusReported
from shared.records.call_record import CallRecord

CLOCKS = timedelta(seconds=30)  # by which two clocks may differ without anybody's minding
BEGINS = timedelta(minutes=5)  # in which a call that we dial has begun at Exotel


def by_our_clock(call: CallRecord, told: StatusReported) -> StatusReported:
    """The same news with times that can be compared with ours.

    Nothing of a call can have happened before we dialled it, nor after we heard of it. Times that
    claim so by more than `CLOCKS` are of a clock that is off, and are moved by as much as that is;
    what is left of the claim is cut off. An end that makes no sense even then is when it was told.
    """
    heard_at = told.heard_at
    if heard_at is None:
        return told
    shift = _shift(call, told, heard_at)
    at = heard_at if told.at == heard_at else told.at + shift
    ended_at = told.ended_at and told.ended_at + shift
    if ended_at and not _between(call.created_at, ended_at, heard_at):
        ended_at = at

    def cut(moment: datetime) -> datetime:
        return max(call.created_at, min(moment, heard_at))

    return replace(told, at=cut(at), ended_at=ended_at and cut(ended_at))


def _shift(call: CallRecord, told: StatusReported, heard_at: datetime) -> timedelta:
    """By how much Exotel's times have to be moved, if one of them is impossible."""
    if told.began_at and not _between(call.created_at, told.began_at, call.created_at + BEGINS):
        return call.created_at - told.began_at
    if not _between(call.created_at, told.at, heard_at):
        return heard_at - told.at
    return timedelta(0)


def _between(first: datetime, at: datetime, last: datetime) -> bool:
    return first - CLOCKS <= at <= last + CLOCKS
