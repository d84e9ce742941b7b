"""Stream profiles: the Exotel seen live, the one documented, and the odd ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Omittable = Literal["account_sid", "from", "to", "stream_sid", "media_format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything about Exotel's end of a call that may differ; the defaults were seen live."""

    # Who calls whom. SIDs are drawn for each call unless given.
    from_number: str = "09876543210"
    to_number: str = "08047112233"
    account_sid: str = "exotel-simulator"
    call_sid: str | None = None
    stream_sid: str | None = None
    custom_parameters: Mapping[str, str] | Literal[""] | None = None  # None: the key is absent
    custom_field: str = ""  # arrives as a key of custom_parameters without a value

    # The upgrade
    user_agent: str = "Go-http-client/1.1"
    handshake_timeout: float = 10.0  # seconds
    handshake_retries: int = 1
    keeps_query: bool = True  # False: the query string is not part of the upgrade request
    reads_underscore_rate: bool = False  # `sample_rate=` in the URL means `sample-rate=`
    ping_interval: float | None = None  # seconds; None: never pings, only answers

    # The shape of messages
    pretty: bool = False  # indented JSON
    binary: bool = False  # JSON in binary frames
    integers: bool = False  # sequence_number and chunk as numbers
    camel_case: bool = False
    sends_connected: bool = True
    encoding: str = "base64"
    bit_rate: str = "128kbps"
    rate_style: Literal["text", "number", "hertz"] = "text"  # "8000", 8000, "8000Hz"
    leg_sid: bool = False
    omits: frozenset[Omittable] = field(default_factory=frozenset)  # left out of `start`
    extras: bool = False  # unknown keys in every message, and an unknown event after `start`
    sequence_gap_every: int = 0  # a sequence number is skipped after so many messages

    # The caller's sound on its way up
    frame_ms: int = 20  # a multiple of 20
    payload_bytes: int | None = None  # fixed size instead; an odd one splits samples
    jitter: float = 0.0  # seconds; messages are held back up to this long, then come at once
    noise_dbfs: float | None = -60.0  # line noise; None: digital silence
    answer_burst: float = 0.0  # seconds of loud line noise right after the answer
    echo_db: float | None = None  # of the bot's own voice, against what is played; None: no echo
    seed: int | None = None

    # The bot's sound on its way down
    mark_delay: float | None = 0.0  # seconds between played and echoed; None: never echoed
    marks_on_clear: Literal["returned", "dropped", "late"] = "returned"
    max_message: int | None = None  # bytes of audio; a longer message is answered with 1009
    drains_on_close: bool = False  # what is buffered is still played when the bot closes

    # Keys
    dtmf: Literal["nested", "flat", "never"] = "nested"
    dtmf_duration: str = "100"

    # The end
    sends_stop: bool = True
    stop_event: Literal["stop", "closed"] = "stop"
    stop_count: int = 1
    media_after_stop: int = 0  # frames
    closes_after_stop: bool = True  # False: waits for the bot to close
    stream_cap: float = 3_600.0  # seconds; Exotel ends the stream itself, reason "stopped"
    inbound_clear_at: float | None = None  # seconds; Exotel sends a `clear` of its own

    def __post_init__(self) -> None:
        """Refuse frames the 20 ms clock cannot make."""
        if self.frame_ms < 20 or self.frame_ms % 20:
            raise ValueError(f"frame_ms must be a multiple of 20, not {self.frame_ms}")


LIVE = Profile()
DOCUMENTED = Profile(
    from_number="+919876543210",
    to_number="+918047112233",
    encoding="audio/x-raw",
    bit_rate="16",
    frame_ms=100,
    custom_parameters={"key1": "value1"},
)

PROFILES: dict[str, Profile] = {
    "live": LIVE,
    "documented": DOCUMENTED,
    "integers": Profile(integers=True, encoding="raw", bit_rate="128"),
    "leg-sid": Profile(
        leg_sid=True,
        rate_style="number",
        from_number="+919876543210",
        to_number="+918047112233",
        custom_field="voice/1b4e28ba",
    ),
    "hertz": replace(LIVE, rate_style="hertz"),
    "camel-case": replace(LIVE, camel_case=True),
    "empty-parameters": replace(LIVE, custom_parameters={}),
    "blank-parameters": replace(LIVE, custom_parameters=""),
    "custom-field": replace(LIVE, custom_field="order-4711"),
    "no-connected": replace(LIVE, sends_connected=False),
    "no-account": replace(LIVE, omits=frozenset({"account_sid"})),
    "no-from": replace(LIVE, omits=frozenset({"from"})),
    "no-media-format": replace(LIVE, omits=frozenset({"media_format"})),
    "extras": replace(LIVE, extras=True),
    "pretty": replace(LIVE, pretty=True),
    "binary": replace(LIVE, binary=True),
    "no-query": replace(LIVE, keeps_query=False),
    "frames-100ms": replace(LIVE, frame_ms=100),
    "odd-bytes": replace(LIVE, payload_bytes=321),
    "jitter": replace(LIVE, jitter=0.3),
    "sequence-gaps": replace(LIVE, sequence_gap_every=50),
    "silent-line": replace(LIVE, noise_dbfs=None),
    "noisy-answer": replace(LIVE, answer_burst=1.5),
    "echo": replace(LIVE, echo_db=-25.0),
    "marks-never": replace(LIVE, mark_delay=None),
    "marks-late": replace(LIVE, mark_delay=2.0),
    "clear-drops-marks": replace(LIVE, marks_on_clear="dropped"),
    "clear-returns-marks-late": replace(LIVE, marks_on_clear="late"),
    "strict-size": replace(LIVE, max_message=100_000),
    "drains": replace(LIVE, drains_on_close=True),
    "dtmf-flat": replace(LIVE, dtmf="flat"),
    "dtmf-never": replace(LIVE, dtmf="never"),
    "no-stop": replace(LIVE, sends_stop=False),
    "closed-event": replace(LIVE, stop_event="closed"),
    "double-stop": replace(LIVE, stop_count=2),
    "media-after-stop": replace(LIVE, media_after_stop=25),
    "stop-without-close": replace(LIVE, closes_after_stop=False),
    "inbound-clear": replace(LIVE, inbound_clear_at=1.0),
}
