"""What a bot can do in a call without its LLM: the values that keys and tools hand to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Say `text`; what stands in a persona's keys is sound before it is needed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the LLM `text` as if the caller had said it, and let it answer."""

    text: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Say goodbye and hang up when it has been heard; "" says the line for it."""

    goodbye: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand the caller over to a person.

    Args:
        reason: For that person, and for the record.
        to: Whom to ring, in E.164; empty takes TRANSFER_NUMBERS.
        announcement: What is said before; "" says the line for it.
    """

    reason: str = ""
    to: tuple[str, ...] = ()
    announcement: str = ""


@dataclass(frozen=True, slots=True)
class Collect:
    """Ask for several keys.

    Args:
        ask: What is said first, such as "Enter your PIN, then press hash".
        then: Called with the keys, typed or said, without the one that ended them ("" if there
            were none), and decides what to do next.
        length: After so many keys it needs no other end; 0 is no limit.
        terminator: The key that ends them; "" if none does.
        secs: Without a key, after which they are complete.
    """

    ask: str
    then: Callable[[str], Awaitable["Action | None"]]
    length: int = 0
    terminator: str = "#"
    secs: float = 5.0


Action = Say | Tell | HangUp | Transfer | Collect
