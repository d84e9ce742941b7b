"""The list of calls: its filters, and its pages."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from simulator.exotel.calls.calls import Call
from simulator.exotel.clock import read_ist
from simulator.exotel.numbers import e164
from simulator.exotel.rest.errors import Refusal

PAGE_SIZE, MAX_PAGE_SIZE = 50, 100
MAX_SIDS = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list; the cursors are empty where there is nothing before or after."""

    calls: Sequence[Call]
    total: int
    size: int
    before: str
    after: str


def page_of(calls: Iterable[Call], query: Mapping[str, str]) -> Page:
    """Filter, sort and cut the calls as a query asks.

    Raises:
        Refusal: With 400, if the query makes no sense.
    """
    found = sorted(_filtered(calls, query), key=lambda call: (call.created_at, call.sid))
    if not query.get("SortBy", "DateCreated:desc").endswith(":asc"):
        found.reverse()
    size = _page_size(query)
    sids = [call.sid for call in found]
    first = 0
    if "After" in query:
        first = _position(sids, query["After"]) + 1
    elif "Before" in query:
        first = max(_position(sids, query["Before"]) - size, 0)
    page = found[first : first + size]
    more = first + size < len(found)
    return Page(
        calls=page,
        total=len(found),
        size=size,
        before=_cursor(page[0].sid) if first and page else "",
        after=_cursor(page[-1].sid) if more else "",
    )


def page_uri(path: str, query: Mapping[str, str], **cursor: str) -> str | None:
    """Write the address of another page with the same filters; None without its cursor."""
    if not all(cursor.values()):
        return None
    kept = {name: value for name, value in query.items() if name not in ("After", "Before")}
    return f"{path}?{urlencode(kept | cursor)}"


def _filtered(calls: Iterable[Call], query: Mapping[str, str]) -> list[Call]:
    sids = _listed(query, "Sid")
    if len(sids) > MAX_SIDS:
        raise Refusal(400, f"The 'Sid' parameter takes at most {MAX_SIDS} SIDs.")
    wanted = {
        "Sid": sids,
        "Status": _listed(query, "Status"),
        "Direction": _listed(query, "Direction"),
        "From": {e164(number) for number in _listed(query, "From")},
        "To": {e164(number) for number in _listed(query, "To")},
        "PhoneNumber": {e164(number) for number in _listed(query, "PhoneNumber")},
    }
    return [
        call
        for call in calls
        if _in_range(call, query.get("DateCreated", ""))
        and all(not values or _facts(call)[name] in values for name, values in wanted.items())
    ]


def _facts(call: Call) -> dict[str, str]:
    return {
        "Sid": call.sid,
        "Status": call.status,
        "Direction": call.direction,
        "From": e164(call.from_number),
        "To": e164(call.to_number),
        "PhoneNumber": e164(call.exophone),
    }


def _in_range(call: Call, text: str) -> bool:
    """Compare whole seconds, which is all that Exotel keeps: `gte:…;lte:…`."""
    created = call.created_at.replace(microsecond=0)
    for part in filter(None, text.split(";")):
        comparison, _, moment = part.partition(":")
        try:
            at = read_ist(moment)
        except ValueError as error:
            raise Refusal(400, "The 'DateCreated' parameter is invalid.") from error
        match comparison:
            case "gte" if created < at:
                return False
            case "lte" if created > at:
                return False
            case "gte" | "lte":
                continue
            case _:
                raise Refusal(400, "The 'DateCreated' parameter is invalid.")
    return True


def _listed(query: Mapping[str, str], name: str) -> set[str]:
    return set(filter(None, query.get(name, "").split(",")))


def _page_size(query: Mapping[str, str]) -> int:
    text = query.get("PageSize", str(PAGE_SIZE))
    if not text.isdecimal() or not 0 < int(text) <= MAX_PAGE_SIZE:
        raise Refusal(400, "The 'PageSize' parameter is invalid.")
    return int(text)


def _cursor(sid: str) -> str:
    return urlsafe_b64encode(sid.encode()).decode()


def _position(sids: list[str], cursor: str) -> int:
    try:
        return sids.index(urlsafe_b64decode(cursor).decode())
    except ValueError as error:
        raise Refusal(400, "The cursor is invalid.") from error
