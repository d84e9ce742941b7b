"""A call control that only takes notes, the code behind a question, and what the LLM is told."""

import asyncio
from dataclasses import dataclass, field

from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    LLMMessagesAppendFrame,
    TranscriptionFrame,
)
from pipecat.processors.frame_processor import FrameDirection

from shared.bot.actions import Action
from shared.conversation.keypad.keypad import Keypad
from shared.languages.english.prompts import ENGLISH


@dataclass
class Notes:
    """A call control that only notes what it is to do."""

    done: list[str] = field(default_factory=list)
    prompts = ENGLISH
    can_transfer: bool = True
    question_secs: float = 0.0
    leaving: bool = False
    keypad: Keypad | None = None

    async def say(self, text: str, *, remembered: bool = True) -> None:
        self.done.append(f"say {text}")

    async def heard(self) -> bool:
        await asyncio.sleep(self.question_secs)
        return True

    async def hang_up(self, goodbye: str) -> None:
        self.done.append(f"hang up {goodbye}")

    async def transfer(self, reason: str, to: tuple[str, ...], announcement: str) -> bool:
        self.done.append(f"transfer {reason} {to} {announcement}")
        return self.can_transfer

    async def interrupt(self) -> None:
        """As the real one does: the interruption comes by a little later."""
        self.leaving = False
        self.done.append("interrupt")
        assert self.keypad
        await self.keypad.queue_frame(InterruptionFrame(), FrameDirection.UPSTREAM)


class Decides:
    """Takes what has been collected, and decides what comes next."""

    def __init__(self, *following: Action | None) -> None:
        self.told: list[str] = []
        self._following = list(following)

    async def __call__(self, digits: str) -> Action | None:
        self.told.append(digits)
        return self._following.pop(0) if self._following else None


def told(frames: list[Frame]) -> list[str]:
    """What the LLM gets to know."""
    found: list[str] = []
    for frame in frames:
        match frame:
            case TranscriptionFrame(text=text):
                found.append(text)
            case LLMMessagesAppendFrame(messages=[{"role": "user", "content": str(text)}]):
                assert frame.run_llm
                found.append(text)
    return found
