"""The table of what each connect mode implies, held against the README's table of modes."""

import re
from pathlib import Path

import pytest

from shared.conversation.greeting.policy import WhenSpokenTo, opening_policy_for
from shared.settings.settings import Settings
from shared.telephony.connect_mode import ConnectMode, traits_of

README = Path(__file__).parents[4] / "README.md"


def readme_table() -> dict[str, dict[ConnectMode, str]]:
    """The README's table of modes: by the first cell of each row, a cell for each mode."""
    text = README.read_text(encoding="utf-8")
    found = re.search(r"^\| `EXOTEL_CONNECT_MODE` \| `two-numbers`.*?\n\n", text, re.M | re.S)
    assert found
    header, _, *rows = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in found[0].split("\n")[:-2]
    ]
    modes = [ConnectMode(cell.split("`")[1]) for cell in header[1:]]
    return {row[0]: dict(zip(modes, row[1:], strict=True)) for row in rows}


TABLE = readme_table()

every_mode = pytest.mark.parametrize("mode", ConnectMode)


def test_the_readme_has_every_connect_mode() -> None:
    assert set(TABLE["who is rung first"]) == set(ConnectMode)
    assert "`two-numbers` (default)" in README.read_text(encoding="utf-8")
    assert Settings.parse({}).exotel_connect_mode is ConnectMode.TWO_NUMBERS


@every_mode
def test_the_readme_says_whose_leg_is_rung_first(mode: ConnectMode) -> None:
    first = "your ExoPhone, then the person" if mode.traits.exophone_first else "the person"
    assert TABLE["who is rung first"][mode] == first


@every_mode
def test_the_readme_names_the_settings_that_a_connect_mode_needs(mode: ConnectMode) -> None:
    needs = TABLE["needs on the account"][mode]
    assert ("`EXOTEL_FLOW_ID`" in needs) is mode.traits.dial_names_flow
    assert ("`PUBLIC_URL`" in needs) is mode.traits.dial_names_socket


@every_mode
@pytest.mark.parametrize("event", ["answered", "ringing"])
def test_the_readme_says_which_events_exotel_reports(mode: ConnectMode, event: str) -> None:
    assert (event in TABLE["Exotel tells"][mode]) is (event in mode.traits.reports)


@every_mode
def test_the_readme_says_when_the_socket_opens_and_so_who_speaks_first(mode: ConnectMode) -> None:
    on_answer = mode.traits.opens_on_answer
    opens = "on answer" if on_answer else "before the person is dialled"
    assert TABLE["the socket opens"][mode] == opens
    policy = opening_policy_for(mode, passed=0.0, ring_secs=None, on_nobody=lambda: None)
    assert isinstance(policy, WhenSpokenTo) is not on_answer
    greeted = "after a moment for their hello" if on_answer else "after the person's first words"
    assert TABLE["greeting"][mode] == greeted
    assert ("greet on answer" in TABLE["cannot"][mode]) is not on_answer


@every_mode
def test_the_readme_says_which_call_sid_the_socket_has(mode: ConnectMode) -> None:
    sid = "another than the dial's" if mode.traits.socket_has_own_sid else "the dial's"
    assert TABLE["call SID in the bot"][mode] == sid


@every_mode
def test_the_readme_says_whether_a_transfer_is_possible(mode: ConnectMode) -> None:
    transfer = TABLE["transfer to a person"][mode]
    assert transfer.startswith("by the flow") is mode.traits.flow_goes_on
    assert transfer.startswith("no:") is not mode.traits.flow_goes_on


@every_mode
def test_the_readme_says_where_the_ringing_can_be_limited(mode: ConnectMode) -> None:
    assert ("`time_out`" in TABLE["cannot"][mode]) is not mode.traits.takes_time_out


@every_mode
def test_the_callee_is_the_second_leg_where_our_exophone_is_the_first(mode: ConnectMode) -> None:
    field, leg = ("To", 1) if mode.traits.exophone_first else ("From", 0)
    assert (mode.traits.callee_field, mode.traits.callee_leg) == (field, leg)


def test_an_inbound_call_has_no_connect_mode_and_its_flow_goes_on() -> None:
    traits = traits_of(None)
    assert traits.flow_goes_on
    assert traits.opens_on_answer
    assert not (traits.exophone_first or traits.socket_has_own_sid or traits.reports)
