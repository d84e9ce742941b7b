"""The playout of the bot's speech: what the caller hears now, and whether it is a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipecat.frames.frames import (
    AggregatedTextFrame,
    AggregatedTextProgressFrame,
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSTextFrame,
)

from shared.clock import loop_time
from shared.conversation.speech.playback import PREPARED
from shared.languages.questions import is_question
from shared.telephony.stream.audio import seconds
from shared.telephony.stream.pausable_output import PauseSpeechFrame, ResumeSpeechFrame

# Seconds before its end, from which on a question is understood: people answer into its last words.
OVERLAP_SECS = 1.0

_SENTENCE = re.compile(r"[^.!?।…]+[.!?।…]*\s*")


@dataclass(slots=True)
class _Piece:
    """A text that the TTS was given at once, and its sound; both times by the loop's clock."""

    text: str
    begins_at: float
    ends_at: float

    def sentences(self) -> Iterator[tuple[str, float]]:
        """Each sentence, and when it will have been heard, estimated from the letters before."""
        secs_per_letter = (self.ends_at - self.begins_at) / len(self.text)
        for sentence in _SENTENCE.finditer(self.text):
            yield sentence[0], self.begins_at + secs_per_letter * sentence.end()


class Playout:
    """The speech on its way to the caller since they spoke last."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._ends_at = 0.0
        self._held_at: float | None = None

    def asks(self, at: float) -> bool:
        """Whether what somebody began to say at this moment may be the answer to a question.

        Args:
            at: Seconds of the loop's clock.
        """
        return any(
            ends_at <= at + OVERLAP_SECS and is_question(sentence)
            for piece in self._pieces
            for sentence, ends_at in piece.sentences()
        )

    def follow(self, frame: Frame) -> None:
        """Follow the frames on their way to the transport's output."""
        match frame:
            case TTSAudioRawFrame():
                self._extend(seconds(len(frame.audio), frame.sample_rate))
            case AggregatedTextProgressFrame() | TTSTextFrame():  # words of what was announced
                pass
            case AggregatedTextFrame():
                self._announce(frame.text)
            case TTSStartedFrame():
                self._announce(frame.metadata.get(PREPARED, ""))
            case InterruptionFrame():
                self._pieces.clear()
                self._ends_at, self._held_at = loop_time(), None
            case PauseSpeechFrame():
                self._held_at = loop_time()
            case ResumeSpeechFrame() if self._held_at is not None:
                self._postpone(loop_time() - self._held_at)

    def _announce(self, text: str) -> None:
        """Begin a piece behind all that has been sent."""
        begins_at = max(self._ends_at, loop_time())
        if text:
            self._pieces.append(_Piece(text, begins_at, begins_at))

    def _extend(self, secs: float) -> None:
        self._ends_at = max(self._ends_at, loop_time()) + secs
        if self._pieces:
            self._pieces[-1].ends_at = self._ends_at

    def _postpone(self, secs: float) -> None:
        """Move all that is still to be heard: the output was silent for so long."""
        held_at, self._held_at = self._held_at or 0.0, None
        self._ends_at += secs
        for piece in self._pieces:
            if piece.ends_at > held_at:
                piece.begins_at, piece.ends_at = piece.begins_at + secs, piece.ends_at + secs
