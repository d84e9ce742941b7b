"""The account at this Exotel: its credentials, its number, and what it may do."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a developer gets from Exotel's dashboard; everything here is made up.

    `exophone_flow` is the flow that answers calls to the ExoPhone; if there is but one flow,
    it need not be named. `internal_number` is what `To` holds when a dynamic URL is asked, as seen
    live on two accounts: a number of Exotel's that means nothing to anybody.
    """

    sid: str = "exotel-simulator"
    api_key: str = "simulated-key"
    api_token: str = field(default="simulated-token", repr=False)
    exophone: str = "08047112233"
    exophone_flow: str | None = None
    internal_number: str = "09513886363"
    tenant_id: str = "1409"
    kyc: bool = True  # without it every call is refused, as TRAI wants it
    voice_ai: bool = True  # StreamUrl is a feature that Exotel switches on for each account
    max_streams: int = 100  # sockets at once; a further one is throttled
