"""Transcripts as the conversation gets them: nothing that was said once is in them twice."""

from math import inf

from pipecat.frames.frames import (
    BotStoppedSpeakingFrame,
    Frame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.clock import loop_time
from shared.languages.word_split import bare_words

SAME_SECS = 3.0  # between two finals; later, and when the bot has spoken, they answer two questions


class RepeatedTranscripts(FrameProcessor):
    """Sits behind the STT and drops a final transcript that comes again.

    Some services send one twice, or once more with all that follows. Whoever really says a thing
    twice is heard to speak twice: words for which there was no voice since the last final are no
    news as far as they are the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []  # the words of the last final
        self._said_at = -inf
        self._speaking = False
        self._spoke = True  # since then
        self._answered = False

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take note of voices, which come from behind, and pass on what is new."""
        await super().process_frame(frame, direction)
        match frame:
            case VADUserStartedSpeakingFrame():
                self._speaking = self._spoke = True
            case VADUserStoppedSpeakingFrame():
                self._speaking = False
            case BotStoppedSpeakingFrame():
                self._answered = True
            case TranscriptionFrame() if frame.text.strip():
                frame.text = self._news(frame.text)
                if not frame.text:
                    return
        await self.push_frame(frame, direction)

    def _news(self, text: str) -> str:
        """What of a final hasn't been said before."""
        words, now = bare_words(text), loop_time()
        voiced = self._spoke or self._speaking
        answered = self._answered and now - self._said_at > SAME_SECS
        same = bool(self._said) and words[: len(self._said)] == self._said
        news = _without(len(self._said), text) if same and not (voiced or answered) else text
        self._said, self._said_at = words, now
        self._spoke = self._answered = False
        return news


def _without(count: int, text: str) -> str:
    """The text without its first words."""
    pieces = text.split()
    while pieces and (count or not bare_words(pieces[0])):
        count -= len(bare_words(pieces.pop(0)))
    return " ".join(pieces)
