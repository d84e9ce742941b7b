"""The delivery of status callbacks: late, twice, in any order, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.exotel.behaviour import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """What happens to status callbacks on their way; by default each arrives once, in order.

    Seconds shrink with the speed of the exchange, but not `timeout`. Shares are drawn for each
    callback; `True` is all of them.
    """

    lost: Share = 0.0
    doubled: Share = 0.0  # the copy is sent at the same time
    late: float = 0.0  # seconds after what they tell
    reordered: bool = False  # all of a call come at its end, the last one first
    before_answer: bool = False  # the first one comes before REST has answered
    timeout: float = 15.0  # seconds for the bot to answer
    retries: tuple[float, ...] = (300.0, 900.0)  # seconds before each, after any answer but 2xx

    content_type: Literal["multipart/form-data", "application/json"] | None = None  # None: as asked
    # Documented: extended fields need StatusCallbackEvents, From and To, and a mode without Url.
    extended: Literal["documented", "always", "never"] = "documented"
    # The spelling of a status: {"no-answer": "no_answer", "completed": None} or alike; None is
    # null in JSON and empty in a form.
    spelling: Mapping[str, str | None] = field(default_factory=dict)
    leg_spelling: Mapping[str, str | None] = field(default_factory=dict)
