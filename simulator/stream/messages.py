"""The messages Exotel sends to a bot, in every spelling seen so far."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from simulator.stream.profiles import Profile

_CAMEL = {
    "stream_sid": "streamSid",
    "call_sid": "callSid",
    "account_sid": "accountSid",
    "leg_sid": "legSid",
    "sequence_number": "sequenceNumber",
    "media_format": "mediaFormat",
    "sample_rate": "sampleRate",
    "bit_rate": "bitRate",
    "custom_parameters": "customParameters",
}
_EXTRA = {"x_region": "mum-1", "x_nested": {"a": [1, None, True]}}
_SEQUENCE, _CHUNK, _TIMESTAMP, _PAYLOAD = "<sequence>", "<chunk>", "<timestamp>", "<payload>"


class Wire:
    """Writes one stream's messages; holds its SIDs and its counters."""

    def __init__(self, profile: Profile, rate: int, url_parameters: dict[str, str]) -> None:
        self.call_sid = profile.call_sid or new_sid()
        self.stream_sid = profile.stream_sid or new_sid()
        self._profile = profile
        self._rate = rate
        self._url_parameters = url_parameters
        self._sequence = 0
        self._written = 0
        self._chunk = 0
        self._media_template = self._template()

    def connected(self) -> str:
        """Write the first message of a socket."""
        return self._dump({"event": "connected"})

    def start(self) -> str:
        """Write who calls whom, and in what format they will be heard."""
        start: dict[str, Any] = {
            "stream_sid": self.stream_sid,
            "call_sid": self.call_sid,
            "account_sid": self._profile.account_sid,
            "from": self._profile.from_number,
            "to": self._profile.to_number,
            "media_format": self._media_format(),
        }
        if self._profile.leg_sid:
            start["leg_sid"] = new_sid()
        parameters = self._custom_parameters()
        if parameters is not None:
            start["custom_parameters"] = parameters
        for key in self._profile.omits:
            del start[key]
        return self._dump(self._numbered("start", {"start": start}))

    def media(self, payload: bytes, timestamp_ms: int) -> str:
        """Write a piece of the caller's sound that ends `timestamp_ms` into the stream."""
        self._chunk += 1
        values = (self._next_sequence(), self._chunk, timestamp_ms, b64encode(payload).decode())
        return self._media_template % values

    def mark(self, name: str) -> str:
        """Give a mark back: what was sent before it has been heard."""
        return self._dump(self._numbered("mark", {"mark": {"name": name}}))

    def dtmf(self, digit: str) -> str:
        """Write a pressed key."""
        if self._profile.dtmf == "flat":
            return self._dump(self._numbered("dtmf", {"digit": digit}))
        key = {"digit": digit, "duration": self._profile.dtmf_duration}
        return self._dump(self._numbered("dtmf", {"dtmf": key}))

    def clear(self) -> str:
        """Write the undocumented `clear` in Exotel's direction of travel."""
        return self._dump(self._numbered("clear", {}))

    def unknown(self) -> str:
        """Write an event no documentation knows."""
        return self._dump(self._numbered("network_quality", {"network_quality": {"mos": 4.1}}))

    def stop(self, reason: str) -> str:
        """Write the end of the stream: `callended` by the caller, `stopped` by Exotel."""
        stop = {
            "call_sid": self.call_sid,
            "account_sid": self._profile.account_sid,
            "reason": reason,
        }
        return self._dump(self._numbered(self._profile.stop_event, {"stop": stop}))

    def _numbered(self, event: str, content: dict[str, Any]) -> dict[str, Any]:
        sequence = self._next_sequence()
        number = sequence if self._profile.integers else str(sequence)
        head = {"event": event, "stream_sid": self.stream_sid, "sequence_number": number}
        return head | content

    def _next_sequence(self) -> int:
        self._written += 1
        every = self._profile.sequence_gap_every
        self._sequence += 2 if every and self._written % every == 0 else 1
        return self._sequence

    def _media_format(self) -> dict[str, Any]:
        rate: dict[str, str | int] = {
            "text": str(self._rate),
            "number": self._rate,
            "hertz": f"{self._rate}Hz",
        }
        return {
            "encoding": self._profile.encoding,
            "sample_rate": rate[self._profile.rate_style],
            "bit_rate": self._profile.bit_rate,
        }

    def _custom_parameters(self) -> Mapping[str, str] | str | None:
        parameters = dict(self._profile.custom_parameters or {}) | self._url_parameters
        if self._profile.custom_field:
            parameters[self._profile.custom_field] = ""
        return parameters or self._profile.custom_parameters

    def _template(self) -> str:
        """Write a `media` message once, so that each of the 50 a second is one `%`."""
        text = self._dump(
            {
                "event": "media",
                "stream_sid": self.stream_sid,
                "sequence_number": _SEQUENCE,
                "media": {"chunk": _CHUNK, "timestamp": _TIMESTAMP, "payload": _PAYLOAD},
            }
        ).replace("%", "%%")
        number = "%d" if self._profile.integers else '"%d"'
        for mark in (_SEQUENCE, _CHUNK):
            text = text.replace(f'"{mark}"', number)
        return text.replace(_TIMESTAMP, "%d").replace(_PAYLOAD, "%s")

    def _dump(self, message: dict[str, Any]) -> str:
        if self._profile.extras:
            message = message | _EXTRA
        if self._profile.camel_case:
            message = _renamed(message, lambda key: _CAMEL.get(key, key))
        if self._profile.pretty:
            return json.dumps(message, indent=2)
        return json.dumps(message, separators=(",", ":"))


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {rename(key): _renamed(item, rename) for key, item in value.items()}
    return value


def new_sid() -> str:
    """Draw a SID as seen live: 32 characters, hex with a tail that is not."""
    return uuid4().hex[:28] + "k18l"
