"""The response times of a call; an apology is no response, and the wait goes on."""

import time
from collections.abc import Callable

from pipecat.frames.frames import (
    AggregatedTextFrame,
    AggregatedTextProgressFrame,
    BotStartedSpeakingFrame,
    Frame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSTextFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)

from shared.conversation.speech.playback import PREPARED
from shared.records.session_record import SessionRecord


class ResponseTimes:
    """Notes in a record the seconds from the caller's last word to the bot's first.

    Args:
        record: Of the call.
        is_excuse: Tells of what the bot says whether it is said in place of an answer.
        clock: Seconds since the epoch, as the frames have them.
    """

    def __init__(
        self,
        record: SessionRecord,
        is_excuse: Callable[[str], bool],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._record = record
        self._is_excuse = is_excuse
        self._clock = clock
        self._waiting_since: float | None = None
        # By whether the sound was there before: a line of ours may overtake what a TTS is making.
        self._excuses = {True: False, False: False}
        self._excused = False  # what was heard last is an excuse
        self._put_off = False  # so the answer's first sound comes while the bot speaks already

    def follow(self, frame: Frame) -> None:
        """Take note of a frame that goes down the pipeline."""
        match frame:
            case VADUserStartedSpeakingFrame():
                self._waiting_since = None
                self._put_off = False
            case VADUserStoppedSpeakingFrame():
                self._waiting_since = frame.timestamp - frame.stop_secs
            case AggregatedTextProgressFrame() | TTSTextFrame():  # words of what is announced
                pass
            case AggregatedTextFrame(text=text):
                self._excuses[False] = self._is_excuse(text)
            case TTSStartedFrame() if PREPARED in frame.metadata:
                self._excuses[True] = self._is_excuse(frame.metadata[PREPARED])
            case TTSAudioRawFrame():
                self._excused = self._excuses[PREPARED in frame.metadata]
                if self._put_off and not self._excused:
                    self._note()
            case BotStartedSpeakingFrame():
                if self._excused:
                    self._put_off = True
                else:
                    self._note()

    def _note(self) -> None:
        if self._waiting_since is not None:
            self._record.response_secs.append(self._clock() - self._waiting_since)
        self._waiting_since = None
        self._put_off = False
