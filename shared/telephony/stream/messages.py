"""Exotel's media-stream messages, both ways, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Bytes; a larger one closes its socket with 1009. Exotel takes and sends payloads of 100,000 bytes.
MAX_MESSAGE_SIZE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Connected:
    """The socket is open; `Start` follows."""


@dataclass(frozen=True, slots=True)
class Start:
    """The call behind the socket; comes once.

    Args:
        stream_sid: Exotel's name for this socket's stream.
        call_sid: Exotel's name for the call.
        account_sid: The tenant's name, or "" when Exotel leaves it out.
        from_number: As Exotel writes it: `+91…`, or national with a leading 0; "" if absent.
        to_number: Likewise.
        custom_parameters: From the applet's URL or the API's CustomField, which arrives as a key
            with an empty value.
        sample_rate: Hz, or None when Exotel doesn't say.
        leg_sid: Seen on some accounts; "" elsewhere.
    """

    stream_sid: str
    call_sid: str
    account_sid: str = ""
    from_number: str = ""
    to_number: str = ""
    custom_parameters: Mapping[str, str] = field(default_factory=dict)
    sample_rate: int | None = None
    leg_sid: str = ""
    sequence_number: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A piece of audio: 16-bit little-endian mono PCM at the stream's rate, of any length."""

    audio: bytes = field(repr=False)
    stream_sid: str = ""
    chunk: int | None = None
    timestamp_ms: int | None = None
    sequence_number: int | None = None


@dataclass(frozen=True, slots=True)
class Dtmf:
    """The caller pressed a key."""

    digit: str
    duration_ms: int | None = None
    stream_sid: str = ""
    sequence_number: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Sent by us: a checkpoint in the audio. Sent by Exotel: it has been played up to there."""

    name: str
    stream_sid: str = ""
    sequence_number: int | None = None


@dataclass(frozen=True, slots=True)
class Clear:
    """Sent by us: drop the audio that isn't played yet."""

    stream_sid: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """The stream is over: `callended` when the caller hung up, `stopped` when the applet ended."""

    reason: str = ""
    call_sid: str = ""
    account_sid: str = ""
    stream_sid: str = ""
    sequence_number: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event this version doesn't know; harmless."""

    event: str
    sequence_number: int | None = None


Message = Connected | Start | Media | Dtmf | Mark | Clear | Stop | Unknown
