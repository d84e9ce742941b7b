"""The calls of an exchange: their legs, their streams, their callbacks, and how they stand."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Literal

from simulator.caller.report import CallReport
from simulator.exotel.clock import now
from simulator.exotel.numbers import national
from simulator.exotel.rest.connect_request import EventType, Mode, Order
from simulator.stream.messages import new_sid

Status = Literal["in-progress", "completed", "failed", "busy", "no-answer", "canceled"]
StreamStatus = Literal["completed", "failed", "cancelled"]


@dataclass(slots=True, kw_only=True, eq=False)
class Leg:
    """One phone that was dialled for a call; `status` is empty until the leg is over."""

    number: str  # E.164
    status: Status | Literal[""] = ""
    answered_by: Literal["NA", "HUMAN", "MACHINE"] = "NA"
    dialled_at: datetime = field(default_factory=now)
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    def end(self, status: Status) -> None:
        """Note how the leg ended; only the first end counts."""
        if not self.status:
            self.status, self.ended_at = status, now()

    @property
    def on_call_secs(self) -> int:
        """Seconds on the phone, a begun one counting as whole."""
        return _whole_seconds(self.answered_at, self.ended_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One websocket to a bot, once it is over, or the attempt at one.

    `disconnected_by` and `detailed_status` are spelled as Passthru spells them.
    """

    url: str
    sid: str = ""
    status: StreamStatus
    disconnected_by: Literal["bot", "user", "NA"]
    seconds: float = 0.0
    error: str = ""
    detailed_status: str = ""
    recorded: bool = False
    report: CallReport | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """One status callback: what it says, and the bot's answer to each attempt.

    An answer is an HTTP status, or None where none came. A lost callback has no attempts.
    """

    event: EventType
    url: str
    content_type: str
    fields: Mapping[str, object]
    body: bytes
    lost: bool = False
    sent_at: datetime | None = None
    answers: list[int | None] = field(default_factory=list)
    attempted: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def taken(self) -> bool:
        """Whether the bot has answered it with success."""
        return any(answer is not None and 200 <= answer < 300 for answer in self.answers)


@dataclass(slots=True, kw_only=True, eq=False)
class Call:
    """One call object of Exotel's, with a SID of its own.

    `fields` is the form as received. A call in mode `incoming` reaches the ExoPhone. When it was
    two-numbers that rang it, `parent` is the call that REST asked for, and that one's `incoming`
    leads back here.
    """

    order: Order
    exophone: str
    fields: Mapping[str, str] = field(default_factory=dict)
    sid: str = field(default_factory=new_sid)
    parent: "Call | None" = None
    incoming: "Call | None" = None
    status: Status = "in-progress"
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    answered_at: datetime | None = None  # by the person
    ended_at: datetime | None = None
    deadline: float | None = None  # on the event loop's clock; TimeLimit
    legs: list[Leg] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    callbacks: list[Delivery] = field(default_factory=list)
    recorded: bool = False
    told: asyncio.Event = field(default_factory=asyncio.Event, repr=False)  # the first callback

    @property
    def mode(self) -> Mode:
        """Which of Connect's three ways, or `incoming`."""
        return self.order.mode

    @property
    def number(self) -> str:
        """The person's number in E.164."""
        return self.order.person

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.ended_at is not None

    @property
    def report(self) -> CallReport | None:
        """What the person lived on the last socket that was opened, once it is closed."""
        streams = self.incoming.streams if self.incoming else self.streams
        return next((stream.report for stream in reversed(streams) if stream.report), None)

    @property
    def from_number(self) -> str:
        """`From` as Exotel tells it afterwards."""
        return national(self.order.from_number)

    @property
    def to_number(self) -> str:
        """`To` as Exotel tells it afterwards: the ExoPhone, unless two numbers were given."""
        return national(self.order.to_number)

    @property
    def direction(self) -> str:
        """The direction as REST and callbacks spell it."""
        return "inbound" if self.mode == "incoming" else "outbound-api"

    @property
    def duration(self) -> int:
        """Seconds from beginning to end."""
        return _whole_seconds(self.created_at, self.ended_at)

    @property
    def conversation_secs(self) -> int:
        """Seconds from the person's answer to the end."""
        return _whole_seconds(self.answered_at, self.ended_at)

    @property
    def recording_url(self) -> str | None:
        """Where the recording would be, once there is one."""
        if not (self.recorded and self.answered_at and self.over):
            return None
        return f"https://recordings.exotel.com/exotelrecordings/simulator/{self.sid}.mp3"

    def end(self, status: Status) -> None:
        """Note how the call ended; legs still up end with it, well."""
        self.status = status
        self.ended_at = self.updated_at = now()
        for leg in self.legs:
            leg.end("completed" if leg.answered_at else "canceled")


def _whole_seconds(begin: datetime | None, end: datetime | None) -> int:
    """Count begun seconds, as bills do."""
    return ceil((end - begin).total_seconds()) if begin and end else 0
