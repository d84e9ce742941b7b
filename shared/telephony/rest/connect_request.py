"""A dial, checked against Exotel's limits and written as the fields of Exotel's connect request."""

import re
from dataclasses import dataclass, field
from typing import Literal

from shared.telephony.connect_mode import ConnectMode
from shared.telephony.errors import InvalidDial

MAX_TIME_LIMIT = 14_400  # seconds
MAX_TIME_OUT = 300  # seconds; Exotel names no limit, but no network rings for longer
MAX_CUSTOM_FIELD = 128  # characters
MAX_STREAM_URL = 599  # characters, query string included; documented as "less than 600"


@dataclass(frozen=True, slots=True)
class Account:
    """Our account at Exotel.

    Attributes:
        sid: The account's name, as in Exotel's URLs.
        exophone: Our number, sent to Exotel as it was written here.
        api_url: `https://api.exotel.com`, or `https://api.in.exotel.com` for Mumbai.
    """

    sid: str
    api_key: str
    api_token: str = field(repr=False)
    exophone: str
    api_url: str


@dataclass(frozen=True, slots=True)
class Dial:
    """One call to place.

    Args:
        number: The person to ring, in E.164.
        custom_field: Comes back in Exotel's callbacks and applets.
        flow_id: The flow of App Bazaar that takes the call; for a flow only.
        stream_url: The socket that Exotel opens on answer; for voice AI only.
        status_callback: Where Exotel reports how the call goes; "" asks for no report.
        time_limit: Seconds after which Exotel ends the call.
        time_out: Seconds that each phone rings; not for voice AI.
        record: Whether Exotel records the call.
        recording_channels: Both voices together, or one on each side.

    Raises:
        InvalidDial: If Exotel would refuse it; names the field as Exotel does.
    """

    number: str = field(repr=False)
    mode: ConnectMode
    custom_field: str = ""
    flow_id: str = ""
    stream_url: str = field(default="", repr=False)
    status_callback: str = field(default="", repr=False)
    time_limit: int | None = None
    time_out: int | None = None
    record: bool | None = None
    recording_channels: Literal["single", "dual"] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", self.number):
            raise InvalidDial(
                self.mode.traits.callee_field, "is not a number in E.164, like +91 and ten digits"
            )
        if len(self.custom_field) > MAX_CUSTOM_FIELD:
            raise InvalidDial("CustomField", f"is longer than {MAX_CUSTOM_FIELD} characters")
        if self.status_callback and not re.fullmatch(r"https?://[^\s/]\S*", self.status_callback):
            raise InvalidDial("StatusCallback", "is not an https:// URL")
        if self.recording_channels not in (None, "single", "dual"):
            raise InvalidDial("RecordingChannels", "is neither single nor dual")
        _check_secs("TimeLimit", self.time_limit, MAX_TIME_LIMIT)
        _check_secs("TimeOut", self.time_out, MAX_TIME_OUT)
        self._check_mode()

    def _check_mode(self) -> None:
        traits = self.mode.traits
        if traits.dial_names_flow and not re.fullmatch(r"[A-Za-z0-9]{1,32}", self.flow_id):
            raise InvalidDial("Url", "needs the flow's id, the number in its App Bazaar address")
        if self.flow_id and not traits.dial_names_flow:
            raise InvalidDial("Url", f"a flow has no part in {self.mode}")
        if traits.dial_names_socket and not re.fullmatch(r"wss?://[^\s/]\S*", self.stream_url):
            raise InvalidDial("StreamUrl", "is not a wss:// URL")
        if len(self.stream_url) > MAX_STREAM_URL:
            raise InvalidDial("StreamUrl", f"is longer than {MAX_STREAM_URL} characters")
        if self.stream_url and not traits.dial_names_socket:
            raise InvalidDial("StreamUrl", f"a stream has no part in {self.mode}")
        if self.time_out is not None and not traits.takes_time_out:
            raise InvalidDial("TimeOut", f"Exotel doesn't take it in {self.mode}")


def fields(account: Account, dial: Dial) -> dict[str, str]:
    """The dial as Exotel wants it: fields in TitleCase, `From` being whoever is rung first."""
    traits = dial.mode.traits
    written = {"CallerId": account.exophone, "CallType": "trans"}
    written |= {"From": account.exophone, traits.callee_field: dial.number}
    if traits.dial_names_flow:
        # The host and the http are the same for every region: a name for the flow, not a place.
        written["Url"] = f"http://my.exotel.com/{account.sid}/exoml/start_voice/{dial.flow_id}"
    if traits.dial_names_socket:
        written |= {"StreamUrl": dial.stream_url, "StreamType": "bidirectional"}
    optional = {
        "TimeLimit": dial.time_limit,
        "TimeOut": dial.time_out,
        "Record": None if dial.record is None else str(dial.record).lower(),
        "RecordingChannels": dial.recording_channels,
        "CustomField": dial.custom_field or None,
        "StatusCallback": dial.status_callback or None,
    }
    written |= {name: str(value) for name, value in optional.items() if value is not None}
    if dial.status_callback:
        events = enumerate(traits.reports)
        written |= {f"StatusCallbackEvents[{index}]": event for index, event in events}
    return written


def _check_secs(name: str, secs: int | None, most: int) -> None:
    if secs is not None and not 1 <= secs <= most:
        raise InvalidDial(name, f"{secs} is not between 1 and {most} seconds")
