"""The client of Exotel's REST API: places a call, once, and asks for the record of calls."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote, unquote_plus

import httpx

from shared.telephony.errors import DetailsUnavailable, OutcomeUnknown
from shared.telephony.form import Form
from shared.telephony.rest.call_details import CallDetails, read_details
from shared.telephony.rest.connect_request import Account, Dial, fields
from shared.telephony.rest.responses import Answer, PlacedCall, describe, read_object, read_placed
from shared.telephony.timestamps import format_ist

TIMEOUT = 35.0  # seconds for a whole request; Exotel tries its routes before it answers
MAX_ANSWER_SIZE = 256 * 1024  # bytes; a page of a hundred calls is about 100 kB
SHORTEST_SECRET = 8  # characters; what is shorter is a test's, and could be part of any word
PAGE_SIZE = 100  # calls; Exotel's maximum
MAX_PAGES = 20


class ExotelAPI:
    """One account's REST API.

    Nothing is ever sent twice, and no redirect is followed: a second request could ring the
    person a second time.

    Args:
        timeout: Seconds for a whole request, from the connection to the last byte.
        transport: Instead of the network; for tests.
    """

    def __init__(
        self,
        account: Account,
        *,
        timeout: float = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._account = account
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=f"{account.api_url.rstrip('/')}/v1/Accounts/{quote(account.sid, safe='')}/",
            auth=httpx.BasicAuth(account.api_key, account.api_token),
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=None,  # httpx's are per operation; ours is for the whole request
            # A kept connection that Exotel has just closed would make a dial fail in doubt, and a
            # limited pool would make it wait.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            transport=transport,
        )

    async def connect(self, dial: Dial) -> PlacedCall:
        """Ask Exotel to place a call; returns when it has a route, before anybody answers.

        Whoever cancels this doesn't know the outcome either.

        Raises:
            RateLimited: If Exotel takes no more requests for now.
            CallRejected: If Exotel refuses the call: nobody's phone rings.
            OutcomeUnknown: If Exotel's answer doesn't come, or doesn't say. Never dial again for
                that: Exotel answers 500 or 504, or too late, for calls that ring all the same.
        """
        try:
            answer = await self._ask("POST", "Calls/connect.json", data=fields(self._account, dial))
        except _NoAnswer as error:
            raise OutcomeUnknown(str(error)) from error
        return read_placed(answer)

    async def call(self, call_sid: str) -> CallDetails | None:
        """Exotel's record of a call, legs included; None if there is none.

        Raises:
            DetailsUnavailable: If its answer doesn't come or can't be read.
        """
        path = f"Calls/{quote(call_sid, safe='')}.json"
        answer = await self._details(path, {"details": "true"})
        if answer.status == 404:
            return None
        found = read_details(_read(answer).section("Call"))
        if found is None:
            raise DetailsUnavailable(f"Exotel answered {answer.status} without naming a call")
        return found

    async def calls(self, call_sids: Sequence[str]) -> list[CallDetails]:
        """Exotel's records of these calls, at most a hundred of them, without their legs.

        Raises:
            DetailsUnavailable: If its answer doesn't come or can't be read.
        """
        query = {"Sid": ",".join(call_sids), "PageSize": str(PAGE_SIZE)}
        page = _read(await self._details("Calls.json", query))
        return [found for entry in page.sections("Calls") if (found := read_details(entry))]

    async def recent_calls(self, since: datetime, until: datetime) -> list[CallDetails]:
        """Every call made between two moments, the oldest first, without their legs.

        Args:
            since: Aware, and at most a month before `until`: Exotel refuses more.
            until: Aware.

        Raises:
            DetailsUnavailable: If an answer doesn't come or can't be read, or if there are more
                calls than can be listed. Half a list is never returned: a call that isn't in it
                would look as if it had never been placed.
        """
        calls: list[CallDetails] = []
        query = {
            "DateCreated": f"gte:{format_ist(since)};lte:{format_ist(until)}",
            "PageSize": str(PAGE_SIZE),
            "SortBy": "DateCreated:asc",
        }
        for _ in range(MAX_PAGES):
            page = _read(await self._details("Calls.json", query))
            if not page.has_list("Calls"):
                raise DetailsUnavailable("Exotel answered without a list of calls")
            entries = page.sections("Calls")
            calls += [found for entry in entries if (found := read_details(entry))]
            next_page = page.section("Metadata").text("NextPageUri")
            if not (entries and next_page):
                return calls
            query["After"] = _cursor(next_page)
        raise DetailsUnavailable(
            f"there are more than {MAX_PAGES * PAGE_SIZE} calls: ask for a shorter time"
        )

    async def aclose(self) -> None:
        """Give up the connections; nothing can be asked any more."""
        await self._http.aclose()

    async def _details(self, path: str, query: dict[str, str]) -> Answer:
        try:
            return await self._ask("GET", path, params=query)
        except _NoAnswer as error:
            raise DetailsUnavailable(str(error)) from error

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request and read its answer, both once."""
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._http.stream(method, path, params=params, data=data) as response,
            ):
                body = bytearray()
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > MAX_ANSWER_SIZE:
                        break
        except TimeoutError as error:
            raise _NoAnswer(f"no answer from Exotel within {self._timeout:g} s") from error
        except httpx.HTTPError as error:
            # A request that was never sent counts as a doubt too: the safe side.
            unreachable = "; check EXOTEL_API_URL" if isinstance(error, httpx.ConnectError) else ""
            what = f"no answer from Exotel: {type(error).__name__}{unreachable}"
            raise _NoAnswer(what) from error
        text = body[:MAX_ANSWER_SIZE].decode("utf-8", "replace")
        token = self._account.api_token
        if len(token) >= SHORTEST_SECRET:  # an error page can repeat the request that it is about
            text = text.replace(token, "***")
        return Answer(response.status_code, text, response.headers.get("Retry-After", ""))


class _NoAnswer(Exception):
    """Exotel's answer didn't come, or not whole."""


def _read(answer: Answer) -> Form:
    form = read_object(answer.body)
    if answer.status != 200 or form is None or "RestException" in form:
        raise DetailsUnavailable(describe(answer))
    return form


def _cursor(next_page: str) -> str:
    """The cursor of the next page; only that, so that no answer can send us to another host."""
    found = re.search(r"[?&]After=([^&#]+)", next_page, re.IGNORECASE)
    if not found:
        raise DetailsUnavailable("Exotel names a next page that can't be found")
    return unquote_plus(found[1])
