"""The faults of REST: what goes wrong, and with which requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from simulator.exotel.behaviour import Share

Garbage = Literal["html", "empty", "truncated", "no-sid", "exception"]


@dataclass(frozen=True, slots=True)
class Delay:
    """Answers so many seconds late, whatever the exchange's speed; the call is placed at once.

    With `rings` false no call comes of it, and the late answer is 504.
    """

    seconds: float = 60.0
    rings: bool = True


@dataclass(frozen=True, slots=True)
class Http:
    """Answers an error; `rings` says whether the call is placed nevertheless.

    `body` replaces the RestException that `message` and `code` would make.
    """

    status: int
    message: str = "simulated error"
    code: int | str | None = None
    body: str | None = None
    retry_after: int | None = None  # seconds
    rings: bool = False


@dataclass(frozen=True, slots=True)
class CutConnection:
    """Cuts the TCP connection without an answer, before the call is placed or after."""

    rings: bool = True


@dataclass(frozen=True, slots=True)
class Garbage200:
    """Answers 200 with something else than a call."""

    kind: Garbage = "html"
    rings: bool = True


Fault = Delay | Http | CutConnection | Garbage200


@dataclass(frozen=True, slots=True)
class Mix:
    """Each of the faults for its share of the requests; all is well with the rest."""

    faults: Mapping[Fault, Share]


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """The first fault for the first request about a number or a call, and so on; then none."""

    faults: Sequence[Fault | None]


Faulty = Fault | Mix | RoundRobin | None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Refuses with 429 what goes beyond so many Connect requests in a real minute."""

    per_minute: int = 200


@dataclass(slots=True)
class Faults:
    """What is wrong with this Exotel; may be changed at any time.

    `connect` is for all requests to dial, unless `numbers` has the person's number in E.164.
    `details` is for single calls, `listing` for the list of calls, `streams` for ActiveStreams.
    """

    connect: Faulty = None
    numbers: dict[str, Faulty] = field(default_factory=dict)
    details: Faulty = None
    listing: Faulty = None
    streams: Faulty = None
    rate_limit: RateLimit | None = None

    def of_number(self, number: str) -> Faulty:
        """What is wrong with dialling a number."""
        return self.numbers.get(number, self.connect)


def choose(faulty: Faulty, nth: int, random: Random) -> Fault | None:
    """Decide what happens to the n-th request, from 0, about the same thing."""
    match faulty:
        case Mix(faults):
            drawn = random.random()
            for fault, share in faults.items():
                drawn -= share
                if drawn < 0:
                    return fault
            return None
        case RoundRobin(faults):
            return faults[nth] if nth < len(faults) else None
        case _:
            return faulty


# As seen live or documented, unless a comment says otherwise.
KNOWN: dict[str, Fault] = {
    "bad-request": Http(400, "The 'From' parameter is invalid."),
    "bad-credentials": Http(401, "Authentication failed. Verify your API key and token."),
    "no-balance": Http(402, "Insufficient balance."),  # its words are a guess
    "no-kyc": Http(
        403,
        "Your account is not yet KYC compliant. This is mandatory by TRAI guidelines"
        " to connect outbound voice calls.",
    ),
    "no-feature": Http(403, "Voice streaming is not enabled for this account."),  # a guess
    "bad-ip": Http(403, "IP address not whitelisted."),  # a guess
    "dnd": Http(403, "Call to this number is blocked: it is on the NDNC registry."),  # a guess
    "not-found": Http(404, "Not Found"),
    "rate-limit": Http(429, "Rate limit exceeded. Max 200 requests per minute.", retry_after=30),
    "server-error": Http(500, "Internal Server Error"),
    "server-error-but-rings": Http(500, "Internal Server Error", rings=True),
    "unavailable": Http(503, "Service Unavailable; ", code=35008),
    "gateway-timeout": Http(504, body="<html><body>504 Gateway Time-out</body></html>"),
    "gateway-timeout-but-rings": Http(504, "Gateway Time-out", rings=True),
    "slow": Delay(5.0),
    "timeout": Delay(60.0, rings=False),
    "timeout-but-rings": Delay(60.0),
    "cut": CutConnection(rings=False),
    "cut-but-rings": CutConnection(),
    "html": Garbage200("html"),
    "empty": Garbage200("empty"),
    "truncated": Garbage200("truncated"),
    "no-sid": Garbage200("no-sid"),
    "exception-200": Garbage200("exception"),
}
