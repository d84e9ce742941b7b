"""The opening policy: who speaks first in a call, the bot or the person."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.telephony.connect_mode import ConnectMode

RING_SECS = 45.0  # for which Exotel rings when nobody told it; its documents say 30
DIAL_SECS = 15.0  # from the open socket until the person's phone rings


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The opening begins with the call: the person rang us."""


@dataclass(frozen=True, slots=True)
class AfterHello:
    """The person has just answered: they may say hello first, and the opening answers it.

    Args:
        passed: Seconds since the answer, when the pipeline starts.
    """

    passed: float = 0.0


@dataclass(frozen=True, slots=True)
class WhenSpokenTo:
    """The person is still being dialled: nothing is said until there are words of theirs.

    A voice is not enough: ringback, caller tunes and line noise pass for one.

    Args:
        ring_secs: Seconds from the start of the stream, after which nobody will answer.
        on_nobody: Called once, when they have passed without a word.
    """

    ring_secs: float
    on_nobody: Callable[[], None]


OpeningPolicy = AtOnce | AfterHello | WhenSpokenTo


def opening_policy_for(
    mode: ConnectMode | None,
    *,
    passed: float,
    ring_secs: int | None,
    on_nobody: Callable[[], None],
) -> OpeningPolicy:
    """Who speaks first: whoever rang us is greeted at once, whoever we rang may say hello.

    Args:
        mode: How the call was dialled; None if it came in.
        passed: Seconds since the socket opened.
        ring_secs: For which the phone rings, if anybody told Exotel.
        on_nobody: Called when nobody answers.
    """
    if mode is None:
        return AtOnce()
    if mode.traits.opens_on_answer:
        return AfterHello(passed)
    return WhenSpokenTo((ring_secs or RING_SECS) + DIAL_SECS, on_nobody)
