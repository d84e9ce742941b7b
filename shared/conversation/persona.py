"""Who is on the line, and who answers: the two values that a bot's one decision is about."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipecat.transcriptions.language import Language

from shared.calls.record import Direction
from shared.telephony.modes import ConnectMode


@dataclass(frozen=True, slots=True)
class Caller:
    """The call that a bot is about to take.

    Args:
        number: Of the person, in E.164 (`+919812345678`) however Exotel wrote it.
        called_number: The ExoPhone that the person rang, likewise.
        call_sid: Exotel's name for the call.
        direction: Who rang whom.
        custom_parameters: From the applet's URL; Exotel passes three at most.
        call_id: Our name for the call; "" when there is no record of it.
        mode: How the call was dialled; None when we didn't dial it.
        context: What POST /start was told about this call: any JSON value, or None.
    """

    number: str
    called_number: str
    call_sid: str = ""
    direction: Direction = Direction.INBOUND
    custom_parameters: Mapping[str, str] = field(default_factory=dict)
    call_id: str = ""
    mode: ConnectMode | None = None
    context: Any = None


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the bot is in one call.

    Args:
        instructions: The system prompt.
        opening: What the bot says first; "" lets the caller speak first.
        language: A code such as `en-IN` or `hi-IN`, for the ears and the voice.
        voice: The voice's id at the TTS provider; "" takes the configured one.

    Raises:
        ValueError: If the language is not a code that Pipecat knows.
    """

    instructions: str
    opening: str = ""
    language: str = "en-IN"
    voice: str = ""

    def __post_init__(self) -> None:
        """Refuse a language now that would make every call with it fail."""
        try:
            Language(self.language)
        except ValueError as error:
            raise ValueError(
                f"language {self.language!r} is no code such as en-IN, hi-IN or ta-IN"
            ) from error


Answer = Callable[[Caller], Awaitable[Persona]]
