"""Barge-in: a caller's sound while the bot talks is an interruption, or none.

It makes the bot pause, which is what people do; within a second it is clear whether there were
words in it. If not, the bot goes on where it stopped, and nothing is lost.
"""

import asyncio
from collections.abc import Callable, Coroutine
from math import inf
from typing import Any

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    FunctionCallCancelFrame,
    FunctionCallResultFrame,
    FunctionCallsStartedFrame,
    InterimTranscriptionFrame,
    STTMetadataFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.turns.types import ProcessFrameResult
from pipecat.turns.user_start import BaseUserTurnStartStrategy

from shared.bot.turn_settings import TurnSettings
from shared.clock import loop_time
from shared.conversation.speech.playout import Playout
from shared.conversation.turns.take_back import TakeBack
from shared.languages.backchannels import assents, may_assent, meant
from shared.telephony.stream.pausable_output import PauseSpeechFrame, ResumeSpeechFrame

LONG_SECS = 1.4  # of voice without a pause: nobody hums for so long
# Of a pause without a word, from an STT that sends words while they are said: it is a TV, or
# somebody else in the room. Deepgram's first words come within a second.
WORDLESS_SECS = 1.2
POLL_SECS = 0.05  # while a voice pauses
VOICE_SECS = 4.0  # before words, in which there must have been a voice: else they are an echo's
# Seconds after the voice detector's "over", for words to come; what a slower STT hears comes late.
WORDS_SECS = 0.25
MAX_WORDS_SECS = 1.0


class BargeIn(BaseUserTurnStartStrategy):
    """Begins the caller's turns: at any sound when the bot is silent, at words when it talks.

    Args:
        turn_settings: What counts as wanting to say something.
        voiced: Tells whether a voice is heard at this very moment.
        playout: What the caller hears of the bot.
        take_back: Told when a turn begins.
    """

    def __init__(
        self,
        turn_settings: TurnSettings,
        voiced: Callable[[], bool],
        playout: Playout,
        take_back: TakeBack,
    ) -> None:
        super().__init__()
        self._settings = turn_settings
        self._voiced = voiced
        self._playout = playout
        self._take_back = take_back
        self._tools: set[str] = set()  # that are at work, by their call's id
        self._talking = False  # the bot
        self._thinking = False
        self._heard_at = -inf  # when a voice was last heard
        self._awaits_words = False  # whether its words haven't come yet
        self._talks_since = inf
        self._first_words = True  # of the bot, in this call
        self._words_secs = WORDS_SECS
        self._has_interims = False  # the STT sends words while they are said
        self._pausing = False
        self._paused_at = 0.0
        self._watch: asyncio.Task[None] | None = None

    async def cleanup(self) -> None:
        """Stop watching."""
        await self._stop_watching()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def handle_user_turn_started(self) -> None:
        """Stop watching: the turn is the caller's."""
        voice_at = self._heard_at - self._settings.start_secs
        self._take_back.turn_started(voice_at if self._has_a_voice else loop_time())
        self._pausing = False
        await self._stop_watching()

    async def handle_user_turn_stopped(self) -> None:
        """Note that an answer is being made from now on."""
        self._thinking = True

    async def process_frame(self, frame: Frame) -> ProcessFrameResult:
        """Follow both sides, and begin a turn when it is the caller's."""
        self._take_back.follow(frame)
        match frame:
            case STTMetadataFrame():
                self._words_secs = min(max(WORDS_SECS, frame.ttfs_p99_latency), MAX_WORDS_SECS)
            case BotStartedSpeakingFrame():
                self._talking, self._talks_since = True, loop_time()
            case BotStoppedSpeakingFrame():
                self._talking = self._thinking = self._first_words = False
            case FunctionCallsStartedFrame():
                self._tools |= {call.tool_call_id for call in frame.function_calls}
            case FunctionCallResultFrame() | FunctionCallCancelFrame():
                self._tools.discard(frame.tool_call_id)
            case VADUserStartedSpeakingFrame():
                return await self._hear_a_voice()
            case VADUserStoppedSpeakingFrame() if self._pausing:
                await self._watch_for(self._wait_for_words())
            case VADUserStoppedSpeakingFrame():
                await self._stop_watching()
            case TranscriptionFrame() if frame.text.strip():
                said = await self._hear_words(frame.text)
                self._awaits_words &= self._voiced()
                return said
            case InterimTranscriptionFrame() if frame.text.strip():
                self._has_interims = True
                return await self._hear_first_words(frame.text)
        return ProcessFrameResult.CONTINUE

    async def _hear_a_voice(self) -> ProcessFrameResult:
        self._heard_at, self._awaits_words = loop_time(), True
        if not (self._talking or self._thinking):
            return await self._begin()
        protected = (
            self._talking
            and self._first_words
            and loop_time() - self._talks_since < self._settings.uninterruptible_secs
        )
        if not protected:
            await self._watch_for(self._wait_for_more())
        return ProcessFrameResult.CONTINUE

    async def _hear_first_words(self, text: str) -> ProcessFrameResult:
        """Judge words that may never be confirmed: without a voice of their own they are a noise.

        One that comes while the answer to the words before is being made must not cost that answer.
        """
        silent = not (self._talking or self._thinking)
        if silent or (self._awaits_words and not may_assent(text)):
            return await self._hear_words(text)
        return ProcessFrameResult.STOP

    async def _hear_words(self, text: str) -> ProcessFrameResult:
        if not self._talking or (self._has_a_voice and self._wants_the_turn(text)):
            return await self._begin()
        if not meant(text) or assents(text):
            await self._resume()
        await self.trigger_reset_aggregation()  # type: ignore[no-untyped-call]  # Pipecat's
        return ProcessFrameResult.STOP

    @property
    def _has_a_voice(self) -> bool:
        """Whether somebody has spoken of late: else the words are an echo's."""
        return self._voiced() or loop_time() - self._heard_at < VOICE_SECS

    def _wants_the_turn(self, text: str) -> bool:
        """Whether words over the bot's own are more than a listener's; assent answers questions."""
        if assents(text):
            return self._playout.asks(self._heard_at)
        return meant(text) >= self._settings.min_words

    async def _begin(self) -> ProcessFrameResult:
        await self.trigger_user_turn_started()
        return ProcessFrameResult.STOP

    async def _wait_for_more(self) -> None:
        """Hold the bot's speech if the voice goes on, and take a long one for an interruption.

        Speech that the caller doesn't hear yet is held as well: they may go on with their turn. But
        a tool must do nothing meanwhile.
        """
        await asyncio.sleep(self._settings.min_interruption_secs)
        if not self._voiced():
            return
        if self._tools and not self._talking:
            await self._begin()
            return
        self._paused_at = self._paused_at if self._pausing else loop_time()
        self._pausing = True
        await self.push_frame(PauseSpeechFrame())
        if self._has_interims:
            await asyncio.sleep(self._until_wordless)
            return await self._resume()
        await asyncio.sleep(LONG_SECS - self._settings.min_interruption_secs)
        # In a pause nobody knows yet whether it is the end, when `_wait_for_words` takes over; and
        # the detector tells nobody that a voice goes on.
        while not self._voiced():  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECS)
        await self._begin()

    async def _wait_for_words(self) -> None:
        await asyncio.sleep(min(self._words_secs, self._until_wordless))
        await self._resume()

    @property
    def _until_wordless(self) -> float:
        """Seconds until a pause without words is over, however often a voice began anew."""
        secs = WORDLESS_SECS if self._has_interims else inf
        return max(self._paused_at + secs - loop_time(), 0.0)

    async def _resume(self) -> None:
        """Have the bot go on where it paused: the sound was no interruption."""
        if self._pausing:
            self._pausing = False
            await self.push_frame(ResumeSpeechFrame())

    async def _watch_for(self, what: Coroutine[Any, Any, None]) -> None:
        await self._stop_watching()
        self._watch = self.create_task(what, "watch a voice")

    async def _stop_watching(self) -> None:
        watch, self._watch = self._watch, None
        if watch and watch is not asyncio.current_task():
            await self.cancel_task(watch)
