"""The bot's words, as they begin to reach the caller, for those who read what it asks for."""

from typing import Protocol

from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStoppedSpeakingFrame,
    Frame,
    InterruptionFrame,
    TTSTextFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor


class Reader(Protocol):
    """Somebody who reads what the bot says."""

    def bot_says(self, text: str) -> None:
        """Read what the caller begins to hear, in whatever pieces it comes."""

    def bot_pauses(self) -> None:
        """What the bot says next is another sentence."""


class BotWords(FrameProcessor):
    """Sits behind the transport's output, where a sentence comes by when it begins to be heard.

    Args:
        readers: Told of them.
    """

    def __init__(self, *readers: Reader) -> None:
        super().__init__()
        self._readers = readers

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Read what is said, and pass everything on."""
        await super().process_frame(frame, direction)
        match frame:
            case TTSTextFrame():  # of that kind, but words of it
                pass
            case AggregatedTextFrame(text=text):
                for reader in self._readers:
                    reader.bot_says(text)
            case InterruptionFrame() | BotStoppedSpeakingFrame():
                for reader in self._readers:
                    reader.bot_pauses()
        await self.push_frame(frame, direction)
