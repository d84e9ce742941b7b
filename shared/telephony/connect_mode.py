"""How a dialled call is connected, and what becomes of it when a machine answers."""

from enum import StrEnum


class ConnectMode(StrEnum):
    """How a dialled call reaches our socket."""

    TWO_NUMBERS = "two-numbers"  # our ExoPhone is rung first, its flow opens the socket
    FLOW = "flow"  # the person is rung first, a flow of App Bazaar opens the socket
    VOICE_AI = "voice-ai"  # the person is rung first, Exotel opens the socket by itself


class Voicemail(StrEnum):
    """What to do when a mailbox answers a call that we placed."""

    HANG_UP = "hang-up"
    LEAVE_MESSAGE = "leave-message"  # the persona's; without one it hangs up
    IGNORE = "ignore"  # talk with it as with a person, and don't listen for machines at all
