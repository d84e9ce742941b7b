"""The connect modes: the ways in which a dialled call reaches our socket, and what each implies."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The facts about a call that follow from how it was connected.

    Attributes:
        exophone_first: Exotel rings our ExoPhone first, and the person as the second leg.
        socket_has_own_sid: The call on our socket is not the dialled one: it has another call SID,
            and Exotel may name no person in it.
        opens_on_answer: Our socket opens when the person picks up; else before they are dialled.
        flow_goes_on: A flow carries the call on when our socket closes, so a transfer is possible.
        dial_names_flow: The dial names a flow of App Bazaar, EXOTEL_FLOW_ID.
        dial_names_socket: The dial names our socket, which needs PUBLIC_URL and a token.
        takes_time_out: Exotel can be told for how long to ring.
        reports: The events that we ask Exotel to report. A flow can't be asked for any; like every
            dial it gets one callback at the end all the same.
    """

    exophone_first: bool = False
    socket_has_own_sid: bool = False
    opens_on_answer: bool = True
    flow_goes_on: bool = True
    dial_names_flow: bool = False
    dial_names_socket: bool = False
    takes_time_out: bool = True
    reports: tuple[str, ...] = ()

    @property
    def callee_field(self) -> str:
        """The field of the dial that holds the person's number; `From` is whoever is rung first."""
        return "To" if self.exophone_first else "From"

    @property
    def callee_leg(self) -> int:
        """The place of the person's leg in Exotel's list of legs, from 0."""
        return 1 if self.exophone_first else 0


class ConnectMode(StrEnum):
    """A way in which a dialled call reaches our socket."""

    TWO_NUMBERS = "two-numbers"  # our ExoPhone is rung first, its flow opens the socket
    FLOW = "flow"  # the person is rung first, a flow of App Bazaar opens the socket
    VOICE_AI = "voice-ai"  # the person is rung first, Exotel opens the socket by itself

    @property
    def traits(self) -> Traits:
        """The facts that the mode implies."""
        return _TRAITS[self]


# The only place where a mode is looked at for what it implies; README's table of modes is held
# against it.
_TRAITS = {
    ConnectMode.TWO_NUMBERS: Traits(
        exophone_first=True,
        socket_has_own_sid=True,
        opens_on_answer=False,
        reports=("terminal", "answered"),
    ),
    ConnectMode.FLOW: Traits(dial_names_flow=True),
    ConnectMode.VOICE_AI: Traits(
        flow_goes_on=False,
        dial_names_socket=True,
        takes_time_out=False,
        reports=("terminal", "answered", "ringing"),
    ),
}
_INBOUND = Traits()


def traits_of(mode: ConnectMode | None) -> Traits:
    """The traits of a mode; None is a call that came in, by a flow."""
    return mode.traits if mode else _INBOUND
