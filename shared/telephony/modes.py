"""The three ways in which Exotel connects a person with a bot."""

from enum import StrEnum


class ConnectMode(StrEnum):
    """How a dialled call reaches our socket."""

    TWO_NUMBERS = "two-numbers"  # our ExoPhone is rung first, its flow opens the socket
    FLOW = "flow"  # the person is rung first, a flow of App Bazaar opens the socket
    VOICE_AI = "voice-ai"  # the person is rung first, Exotel opens the socket by itself
