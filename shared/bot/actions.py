"""Actions that a bot does without asking its LLM; keys and tools return them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Say `text`; that of a persona's keys is made into sound beforehand."""

    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the LLM `text` as if the caller had said it, and let it answer."""

    text: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Say goodbye and hang up when it has been heard; "" says the prompt for it."""

    goodbye: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Transfer the caller to a person.

    Args:
        reason: For that person, and for the record.
        to: Whom to ring, in E.164; empty takes TRANSFER_NUMBERS.
        announcement: What is said before; "" says the prompt for it.
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
        secs: Seconds without a key, after which they are complete.
    """

    ask: str
    then: Callable[[str], Awaitable["Action | None"]]
    length: int = 0
    terminator: str = "#"
    secs: float = 5.0


Action = Say | Tell | HangUp | Transfer | Collect
