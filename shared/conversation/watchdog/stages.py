"""The stages of a response that a caller waits for, and what can become due."""

from enum import Enum, StrEnum, auto


class Stage(Enum):
    """Whose work a response waits for."""

    STT = auto()
    LLM = auto()
    TOOL = auto()  # of the bot's; it has its own limit
    TTS = auto()


class Audio(Enum):
    """The sound of a response that has gone to the caller so far."""

    NONE = auto()
    FLOWING = auto()
    STALLED = auto()  # the TTS is late with the rest, or there is no more


class Due(StrEnum):
    """The action that is due when a silence has become too long."""

    FALLBACK = "trying another provider"  # if there is one
    FILLER = "asking them to wait"
    REPROMPT = "asking them to say it again"
    APOLOGY = "saying that it went wrong"
    GIVE_UP = "giving up"  # the call ends, or a person takes over
