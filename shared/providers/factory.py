"""A factory of one vendor's service: made for a call, in one of the languages that it has."""

from collections.abc import Callable
from dataclasses import dataclass

from pipecat.processors.frame_processor import FrameProcessor
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.language_support import choose
from shared.settings.settings import Settings

TOOL_SECS = 20.0  # for a bot's own tool; Pipecat would wait for ever


@dataclass(frozen=True, slots=True)
class ServiceFactory:
    """The maker of one service, as a line of the catalogue names it.

    Args:
        make: Makes the service for one call. Blocks for some milliseconds: call it in a thread.
        languages: By Pipecat's codes; None for a service that takes any.
        voice_tags: The names of the tags that a TTS obeys; it would read any other aloud.
    """

    make: Callable[[Settings, Persona, Language], FrameProcessor]
    languages: frozenset[str] | None = None
    voice_tags: frozenset[str] = frozenset()

    def language(self, code: str) -> Language:
        """The service's language for a code such as `hi-IN`.

        Raises:
            UnknownLanguage: If it has none.
        """
        return Language(code) if self.languages is None else choose(code, self.languages)
