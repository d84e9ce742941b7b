"""The end of the caller's turn: by what was said, its sound, and the silence behind it."""

import asyncio
from collections.abc import Callable

from pipecat.audio.turn.base_turn_analyzer import BaseTurnAnalyzer
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    STTMetadataFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameProcessorSetup
from pipecat.turns.types import ProcessFrameResult
from pipecat.turns.user_stop import BaseUserTurnStopStrategy

from shared.bot.turn_settings import TurnSettings
from shared.clock import loop_time
from shared.conversation.turns.caller_pace import CallerPace
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.conversation.turns.patience import Patience
from shared.conversation.turns.take_back import TakeBack
from shared.conversation.turns.turn_sound import TurnSound
from shared.languages.answers.completeness import Completeness, completeness

# Seconds of silence after which the model is asked, once: it hears the end of a sentence in how it
# was said, and takes any long silence for one. Of 160 recorded sentences at 8 kHz and as many that
# were cut off it told 74 in 100 pairs apart after 0.2 s, and 63 after 0.5 s.
MODEL_SECS = 0.2
POLL_SECS = 0.02  # while the caller is silent
ROUNDING = 1e-3  # seconds
EMPTY_SECS = 0.4  # after the STT should have understood something: it was a noise
VOICE_SECS = 4.0  # from the end of a voice until its transcript; a later one is of another voice
SETTLE_SECS = 0.5  # at most, for an interruption to reach every processor


class HybridUserTurnStop(BaseUserTurnStopStrategy):
    """Ends a turn when there has been as much silence as its words and its sound deserve.

    Silence counts from the end of the voice itself, not from when the voice detector is sure of it.

    Args:
        turn_settings: How patient the bot is.
        expected: What the bot has asked for.
        take_back: Tells of a turn that goes on.
        silence_secs: Tells, when the voice detector is sure of a silence, how long it is.
        turn_analyzer: Judges by the sound; None where nobody does.
    """

    def __init__(
        self,
        turn_settings: TurnSettings,
        expected: ExpectedAnswers,
        take_back: TakeBack,
        silence_secs: Callable[[], float],
        turn_analyzer: BaseTurnAnalyzer | None = None,
    ) -> None:
        super().__init__()
        self._pace = CallerPace()
        self._patience = Patience(turn_settings, self._pace)
        self._expected = expected
        self._take_back = take_back
        self._silence_secs = silence_secs
        self._sound = TurnSound(turn_analyzer)
        self._stt_secs = 0.0  # from the end of a voice until its transcript, as a rule
        self._in_turn = False  # of the caller's
        self._began = 0.0
        self._settled = True
        self._voiced = False
        self._quiet_since: float | None = None
        self._voiceless = False  # by the voice detector: the STT hears fainter voices
        self._pause = 0.0  # before the latest voice
        self._watch: asyncio.Task[None] | None = None
        self._before = ""  # words of the turn that goes on
        self._words: list[str] = []
        self._words_whole = False  # all that was said is transcribed
        self._interim = ""  # words of which the final transcript is to come

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Prepare for the line's sample rate."""
        await super().setup(setup)
        self._sound.set_sample_rate(setup.audio_in_sample_rate)

    async def cleanup(self) -> None:
        """Stop watching."""
        await self._stop_watching()
        await self._sound.cleanup()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def process_frame(self, frame: Frame) -> ProcessFrameResult:
        """Follow voice, silence and words."""
        match frame:
            case InputAudioRawFrame():
                self._sound.hear(frame.audio, voiced=self._voiced)
            case STTMetadataFrame():
                self._stt_secs = frame.ttfs_p99_latency
            case VADUserStartedSpeakingFrame():
                await self._hear_voice(frame)
            case VADUserStoppedSpeakingFrame():
                await self._hear_silence()
            case TranscriptionFrame() if self._in_turn and frame.text.strip():
                await self._hear_words(frame)
            case InterimTranscriptionFrame() if frame.text.strip():
                self._words_whole, self._interim = False, frame.text
        return ProcessFrameResult.CONTINUE

    async def handle_user_turn_started(self) -> None:
        """Watch for its end; words may begin a turn when the voice they are of is over."""
        self._reset()
        self._before = self._take_back.text
        if self._before:
            self._expected.take_back()
            self._pace.went_on_after(self._pause)
        self._began, self._settled, self._in_turn = loop_time(), False, True
        if self._quiet_since is not None:
            if self._began - self._quiet_since < VOICE_SECS:
                await self._watch_silence()
            else:
                self._quiet_since = None

    async def handle_user_turn_stopped(self) -> None:
        """Wait for the next one."""
        self._in_turn, self._pause = False, 0.0
        self._reset()
        self._sound.forget()
        await self._stop_watching()

    async def interruption_arrived(self, *_: object) -> None:
        """Handle the turn's interruption, once it has reached every processor.

        From now on the LLM's context knows how far the bot had come; an answer that is asked for
        sooner would not.
        """
        self._settled = True

    def _reset(self) -> None:
        self._words.clear()
        self._before, self._interim, self._words_whole = "", "", False

    async def _hear_voice(self, frame: VADUserStartedSpeakingFrame) -> None:
        await self._stop_watching()
        self._sound.voice_started(frame.start_secs)
        self._pause = self._silence() - frame.start_secs
        if self._in_turn and (self._words or self._before):
            self._pace.went_on_after(self._pause)
        self._voiced, self._quiet_since, self._voiceless = True, None, False
        self._words_whole = False

    async def _hear_silence(self) -> None:
        self._voiced, self._voiceless = False, False
        self._quiet_since = loop_time() - self._silence_secs()
        if self._in_turn:
            await self._watch_silence()

    async def _hear_words(self, frame: TranscriptionFrame) -> None:
        self._words.append(frame.text)
        self._words_whole, self._interim = frame.finalized, ""
        if not self._voiced and (self._quiet_since is None or self._voiceless):
            self._quiet_since, self._voiceless = loop_time(), True  # too faint for the detector
            await self._watch_silence()
        await self._consider()

    async def _watch_silence(self) -> None:
        await self._stop_watching()
        self._watch = self.task_manager.create_task(self._follow_silence(), "follow a silence")

    async def _follow_silence(self) -> None:
        while self._watch is asyncio.current_task():
            until_model = MODEL_SECS - self._silence()
            await asyncio.sleep(until_model if ROUNDING < until_model < POLL_SECS else POLL_SECS)
            if self._silence() >= MODEL_SECS - ROUNDING and self._sound_decides():
                await self._sound.ask()
            await self._consider()

    def _sound_decides(self) -> bool:
        """Whether the model may decide anything, and hasn't yet; it takes 15 ms of a core."""
        if not self._sound.is_judged or self._sound.complete is not None:
            return False
        return self._completeness(self._interim) is Completeness.ANY

    async def _consider(self) -> None:
        """End the turn, if it is over by now."""
        if not self._in_turn or self._voiced or self._settling():
            return
        silence = self._silence()
        if not self._words:
            waited = min(silence, loop_time() - self._began)
            if waited > self._stt_secs + EMPTY_SECS:
                await self._end()
        elif not self._words_whole and silence < self._stt_secs:
            return  # some may still come
        elif silence >= self._patience.secs(self._completeness(), self._sound.complete) - ROUNDING:
            await self._end()

    async def _end(self) -> None:
        if self._words:
            self._expected.caller_said(self._text())
        await self.trigger_user_turn_stopped()

    def _completeness(self, interim: str = "") -> Completeness:
        return completeness(self._text(interim), self._expected.current)

    def _text(self, interim: str = "") -> str:
        return " ".join(filter(None, (self._before, *self._words, interim)))

    def _settling(self) -> bool:
        return not self._settled and loop_time() - self._began < SETTLE_SECS

    def _silence(self) -> float:
        return loop_time() - self._quiet_since if self._quiet_since is not None else 0.0

    async def _stop_watching(self) -> None:
        watch, self._watch = self._watch, None  # it ends by itself, should it miss its cancellation
        if watch and watch is not asyncio.current_task():
            await self.task_manager.cancel_task(watch)
