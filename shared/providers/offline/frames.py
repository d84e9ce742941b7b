"""The frame by which the scripted LLM tells the offline STT what to listen for."""

from dataclasses import dataclass

from pipecat.frames.frames import SystemFrame

from shared.providers.offline.grammar import Phrase


@dataclass
class ExpectPhrasesFrame(SystemFrame):
    """Travels upstream to the recogniser, which then hears these phrases and no others.

    A system frame, because an interruption must not drop it.
    """

    phrases: tuple[Phrase, ...]
