"""The choices of this Exotel, where nobody knows for certain how the real one does it."""

from dataclasses import dataclass
from typing import Literal

Share = float  # of 1, of all cases; drawn with the exchange's seed


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Where documents and captures disagree or are silent; the defaults are the likelier ones.

    Times are seconds. `origination_secs`, `ring_secs` and `settle_secs` shrink with the speed
    of the exchange; timeouts of requests to the bot do not.
    """

    # REST
    origination_secs: float = 0.3  # before the 200: Exotel finds a route first
    ring_secs: float = 30.0  # a phone rings so long, unless TimeOut says otherwise
    settle_secs: float = 120.0  # after the end until EndTime, Duration and Price are known
    calling_hours: tuple[int, int] | None = None  # (9, 21): refused outside, by IST
    active_streams_json: bool = False  # whether there is /ActiveStreams.json too
    completed_whatever_leg_2: bool = False  # two-numbers: Status is that of leg 1, always

    # The start message
    same_sid: bool = True  # False: `call_sid` is another than the Sid that REST gave
    custom_field_in_start: bool = True  # as a key of custom_parameters, without a value
    two_numbers_to: Literal["person", "exophone"] = "person"  # `to`, where the ExoPhone is rung

    # Flows
    sends_credentials: bool = True  # `https://user:password@` becomes Basic authorization
    dynamic_url_timeout: float = 5.0
    passthru_timeout: float = 15.0
    stream_fields: Literal["bracketed", "json"] = "bracketed"  # Stream[Status]=… or Stream={…}
    passthru_after_hangup: bool = True  # whether Passthru runs if the caller has hung up
    after_crash: Literal["next applet", "hang up"] = "next applet"  # the socket broke: 1006
