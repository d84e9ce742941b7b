"""REST's gate: credentials, the rate limit, and what the account is allowed."""

import asyncio
import secrets
from base64 import b64decode
from collections import deque
from math import ceil

from starlette.requests import Request

from simulator.exotel.clock import IST, now
from simulator.exotel.exotel import Exchange
from simulator.exotel.rest.connect_request import Order
from simulator.exotel.rest.errors import Refusal
from simulator.exotel.rest.faults import KNOWN, Http

WINDOW = 60.0  # seconds


class Admission:
    """Refuses requests; it remembers those of the last minute."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._recent: deque[float] = deque()

    def check_credentials(self, request: Request) -> None:
        """Compare Basic credentials: the API key and the token, and the account in the path.

        Raises:
            Refusal: With 401 or 404.
        """
        account = self._exchange.account
        if not secrets.compare_digest(
            _credentials(request), f"{account.api_key}:{account.api_token}".encode()
        ):
            raise _refusal("bad-credentials")
        if request.path_params["account"] != account.sid:
            raise _refusal("not-found")

    def check_rate(self) -> None:
        """Count a Connect request.

        Raises:
            Refusal: With 429, if there were too many in the last minute.
        """
        limit = self._exchange.faults.rate_limit
        at = asyncio.get_running_loop().time()
        while self._recent and self._recent[0] <= at - WINDOW:
            self._recent.popleft()
        if limit and len(self._recent) >= limit.per_minute:
            message = f"Rate limit exceeded. Max {limit.per_minute} requests per minute."
            wait = ceil(self._recent[0] + WINDOW - at)
            raise Refusal(429, message, retry_after=wait)
        self._recent.append(at)

    def check_account(self, order: Order) -> None:
        """See whether the account may place this call, now.

        Raises:
            Refusal: With 403.
        """
        account, hours = self._exchange.account, self._exchange.behaviour.calling_hours
        if not account.kyc:
            raise _refusal("no-kyc")
        if order.mode == "voice-ai" and not account.voice_ai:
            raise _refusal("no-feature")
        if hours and not hours[0] <= now().astimezone(IST).hour < hours[1]:
            message = f"Calls are allowed from {hours[0]}:00 to {hours[1]}:00 only."
            raise Refusal(403, message)


def _credentials(request: Request) -> bytes:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return b64decode(encoded, validate=True)
    except ValueError:
        return b""


def _refusal(name: str) -> Refusal:
    known = KNOWN[name]
    assert isinstance(known, Http)
    return Refusal(known.status, known.message)
