"""The end of the caller's turn: by its sound, the silence behind it, and what was said."""

import asyncio

from pipecat.audio.turn.base_turn_analyzer import BaseTurnAnalyzer, EndOfTurnState
from pipecat.frames.frames import (
    Frame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.turns.types import ProcessFrameResult
from pipecat.turns.user_stop import (
    SpeechTimeoutUserTurnStopStrategy,
    TurnAnalyzerUserTurnStopStrategy,
)

from shared.bot.turn_settings import TurnSettings
from shared.clock import loop_time
from shared.languages.answers.completeness import Completeness, completeness

# Seconds of silence after the voice detector's own, at which the model is asked. It knows more with
# every moment of silence, and at the first the words are still on their way.
MODEL_CHECKS_SECS = (0.08, 0.2, 0.4)
POLL_SECS = 0.02  # while the caller is silent
WHOLE_SECS = 0.15  # of silence that end a whole answer, whatever the model thinks
EMPTY_SECS = 0.4  # after the STT should have understood something: it was a noise
VOICE_SECS = 4.0  # from the end of a voice until its transcript; a later one is of another voice
SETTLE_SECS = 0.5  # at most, for an interruption to reach every processor
EXTENDABLE_PART = 0.4  # of the patience with what is open, for what is whole and may go on


class HybridUserTurnStop(TurnAnalyzerUserTurnStopStrategy):
    """Pipecat's strategy, with its model asked again in the silence, and held back by the words.

    Args:
        turn_analyzer: Judges by the sound.
        turn_settings: How patient the bot is.
    """

    def __init__(self, turn_analyzer: BaseTurnAnalyzer, turn_settings: TurnSettings) -> None:
        super().__init__(turn_analyzer=turn_analyzer)
        self._settings = turn_settings
        self._words: list[str] = []
        self._in_turn = False  # of the caller's
        self._began = 0.0
        self._settled = True
        self._quiet_since: float | None = None
        self._watch: asyncio.Task[None] | None = None
        self._stop_secs_warned = True  # about a `stop_secs` that isn't Pipecat's; ours is measured

    async def process_frame(self, frame: Frame) -> ProcessFrameResult:
        """Follow voice, silence and words."""
        match frame:
            case TranscriptionFrame() if not self._in_turn:  # a murmur while the bot talks
                return ProcessFrameResult.CONTINUE
            case TranscriptionFrame() if frame.text.strip():
                self._words.append(frame.text)
                self._timeout_expired = False  # else Pipecat ends the turn, however patient we are
            case VADUserStartedSpeakingFrame():
                await self._stop_watching()
                self._quiet_since = None
            case VADUserStoppedSpeakingFrame():
                await self._stop_watching()
                self._quiet_since = loop_time()
        return await super().process_frame(frame)

    async def handle_user_turn_started(self) -> None:
        """Watch for its end; words may begin a turn when the voice they are of is over."""
        quiet_since = self._quiet_since
        self._began, self._settled = loop_time(), False
        await super().handle_user_turn_started()  # type: ignore[no-untyped-call]  # Pipecat's
        self._in_turn = True
        if quiet_since is not None and self._began - quiet_since < VOICE_SECS:
            self._quiet_since = quiet_since
            await self._wait_for_the_end()

    async def handle_user_turn_stopped(self) -> None:
        """Wait for the next one."""
        self._in_turn = False
        await super().handle_user_turn_stopped()  # type: ignore[no-untyped-call]  # Pipecat's

    async def interruption_arrived(self, *_: object) -> None:
        """Handle the turn's interruption, once it has reached every processor.

        From now on the LLM's context knows how far the bot had come; an answer that is asked for
        sooner would not.
        """
        self._settled = True

    async def cleanup(self) -> None:
        """Stop watching."""
        await self._stop_watching()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def _handle_vad_user_stopped_speaking(self, frame: VADUserStoppedSpeakingFrame) -> None:
        """What Pipecat does, but for asking the model at once."""
        self._vad_user_speaking = False
        self._stop_secs = frame.stop_secs
        if self._in_turn:
            await self._wait_for_the_end()

    async def _wait_for_the_end(self) -> None:
        self._vad_stopped = True
        if self._timeout_task:
            await self.task_manager.cancel_task(self._timeout_task)
        words = self._timeout_handler(max(0.0, self._words_secs - self._silent()))
        self._timeout_task = self.task_manager.create_task(words, "wait for words")
        self._watch = self.task_manager.create_task(self._look_again(), "look again")

    @property
    def _words_secs(self) -> float:
        """Seconds after the voice detector's end of the voice, in which words of it may come."""
        return self._stt_timeout - self._stop_secs

    async def _reset(self) -> None:
        self._words.clear()
        self._quiet_since = None
        await self._stop_watching()
        await super()._reset()  # type: ignore[no-untyped-call]

    async def _look_again(self) -> None:
        """Ask the model now and then, and nobody any more when patience is at its end."""
        looks = [*MODEL_CHECKS_SECS]
        while self._watch is asyncio.current_task():
            next_look = looks[0] - self._silent() if looks else POLL_SECS
            await asyncio.sleep(min(max(next_look, 0.0), POLL_SECS))
            if looks and self._silent() > looks[0] - 1e-3:
                looks.pop(0)
                if self._turn_complete:
                    continue
                state, _ = await self._turn_analyzer.analyze_end_of_turn()
                self._turn_complete = state is EndOfTurnState.COMPLETE
            await self._maybe_trigger_user_turn_stopped()
            waited = min(self._silent(), loop_time() - self._began)
            if not self._words and waited > self._stt_timeout + EMPTY_SECS:
                await self.trigger_user_turn_stopped()

    async def _maybe_trigger_user_turn_stopped(self) -> None:
        if self._quiet_since is not None and self._words:
            settling = not self._settled and loop_time() - self._began < SETTLE_SECS
            if settling or self._silent() < self._patience():
                return
            self._turn_complete = True
        await super()._maybe_trigger_user_turn_stopped()  # type: ignore[no-untyped-call]

    def _silent(self) -> float:
        return loop_time() - self._quiet_since if self._quiet_since is not None else 0.0

    def _patience(self) -> float:
        """Seconds of silence that end the turn, by all that is known of it now."""
        match completeness(" ".join(self._words)):
            case Completeness.OPEN:
                return self._settings.incomplete_secs
            case Completeness.EXTENDABLE:
                return self._settings.incomplete_secs * EXTENDABLE_PART
            case _ if self._turn_complete:
                return 0.0
            case Completeness.WHOLE:
                return min(WHOLE_SECS, self._settings.endpointing_secs)
        return self._settings.endpointing_secs

    async def _stop_watching(self) -> None:
        watch, self._watch = self._watch, None  # it ends by itself, should it miss its cancellation
        if watch and watch is not asyncio.current_task():
            await self.task_manager.cancel_task(watch)


class TimeoutUserTurnStop(SpeechTimeoutUserTurnStopStrategy):
    """Pipecat's strategy, without its advice about `stop_secs` to every single call."""

    @property
    def _stop_secs_warned(self) -> bool:
        return True

    @_stop_secs_warned.setter
    def _stop_secs_warned(self, warned: bool) -> None:
        pass
