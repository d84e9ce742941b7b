"""The stages of a response that a caller waits for, and what can become due."""

from enum import Enum, StrEnum, auto


class Stage(Enum):
    """Whose work a response waits for."""

    STT = auto()
    LLM = auto()
    TOOL = auto()  # of the bot's; it has its own limit
    TTS = auto()


class Audio(Enum):
    """How much of a response the TTS has sent to the caller."""

    NONE = auto()
    FLOWING = auto()
    STALLED = auto()  # the TTS is late with the rest, or there is no more


class Due(StrEnum):
    """What to do about a silence."""

    FALLBACK = "trying another provider"  # if there is one
    FILLER = "asking them to wait"
    REPROMPT = "asking them to say it again"
    APOLOGY = "saying that it went wrong"
    GIVE_UP = "giving up"  # the call ends, or a person takes over
