"""The opening policy of a call: who speaks first, by how it was dialled."""

import pytest

from shared.conversation.greeting.policy import (
    DIAL_SECS,
    RING_SECS,
    AfterHello,
    AtOnce,
    OpeningPolicy,
    WhenSpokenTo,
    opening_policy_for,
)
from shared.telephony.connect_mode import ConnectMode


def nobody() -> None:
    """Nobody has answered."""


def policy(mode: ConnectMode | None, ring_secs: int | None = None) -> OpeningPolicy:
    return opening_policy_for(mode, passed=0.5, ring_secs=ring_secs, on_nobody=nobody)


def test_a_caller_who_rang_us_gets_the_opening_at_once() -> None:
    assert policy(None) == AtOnce()


@pytest.mark.parametrize(
    "mode", [mode for mode in ConnectMode if mode is not ConnectMode.TWO_NUMBERS]
)
def test_a_callee_whom_we_rang_may_say_hello_before_the_opening(mode: ConnectMode) -> None:
    assert policy(mode) == AfterHello(0.5)


@pytest.mark.parametrize(("ring_secs", "rings"), [(None, RING_SECS), (20, 20.0)])
def test_the_opening_waits_for_a_callee_still_being_dialled_until_it_has_rung(
    ring_secs: int | None, rings: float
) -> None:
    assert policy(ConnectMode.TWO_NUMBERS, ring_secs) == WhenSpokenTo(rings + DIAL_SECS, nobody)
