"""Openings as sound: made at start-up, so that the bot's first word needs no provider."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from loguru import logger
from pipecat.frames.frames import EndFrame, Frame, TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor

from shared.conversation.first_word import AfterHello, FirstWord, WhenSpokenTo
from shared.conversation.opener import Opener
from shared.conversation.persona import Persona
from shared.conversation.running import run
from shared.conversation.speech import (
    PreparedSpeaker,
    SpeakPreparedFrame,
    Speech,
    SpeechRecorder,
)

SYNTHESIS_SECS = 15.0  # for one opening, connecting included
PATIENCE_SECS = 5.0  # of a start-up whose voice doesn't answer; the making goes on behind it
MAX_OPENINGS = 500  # kept; one of four seconds takes 64 kB

Key = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Greeting:
    """How one call begins.

    Args:
        speaker: Who stands between the voice and the line.
        first_frames: What the pipeline is given to do first.
        opener: Who says the opening later, if it doesn't begin with the call.
    """

    speaker: list[FrameProcessor]
    first_frames: list[Frame] = field(default_factory=list)
    opener: Opener | None = None


class Openings:
    """The openings of this process, by text, language, voice and sample rate.

    Args:
        voice: Makes the TTS service that speaks for a persona. Blocks; it is called in a thread.
    """

    def __init__(self, voice: Callable[[Persona], FrameProcessor]) -> None:
        self._voice = voice
        self._making: asyncio.Future[list[None]] | None = None
        self._ready: OrderedDict[Key, Speech] = OrderedDict()

    def get(self, persona: Persona, sample_rate: int) -> Speech | None:
        """The persona's opening at this rate in Hz, if it has been made or said before."""
        key = _key(persona, sample_rate)
        if key in self._ready:
            self._ready.move_to_end(key)
        return self._ready.get(key)

    def greet(self, persona: Persona, sample_rate: int, first_word: FirstWord) -> Greeting:
        """How a call begins, with the persona's opening at this rate in Hz.

        An opening that isn't ready when it is to be said is said by the call's own voice. One that
        begins with the call is then kept for the next; one that waits is meanwhile made ready.
        """
        match first_word:
            case WhenSpokenTo():
                return self._greet_later(persona, sample_rate, first_word)
            case AfterHello() if persona.opening:
                return self._greet_later(persona, sample_rate, first_word)
        ready = self.get(persona, sample_rate)
        if ready or not persona.opening:
            return Greeting([PreparedSpeaker(ready)])
        recorder = SpeechRecorder(persona.opening, sample_rate, partial(self.keep, persona))
        return Greeting([recorder, PreparedSpeaker()], [TTSSpeakFrame(persona.opening)])

    def keep(self, persona: Persona, speech: Speech) -> None:
        """Have the opening ready for the next call; the one unused for longest makes room."""
        self._ready[_key(persona, speech.sample_rate)] = speech
        if len(self._ready) > MAX_OPENINGS:
            self._ready.popitem(last=False)

    async def prepare(self, personas: Iterable[Persona], sample_rate: int) -> None:
        """Make the openings of these personas, and wait for them for `PATIENCE_SECS` at most.

        One that fails is logged, and will be said live.
        """
        making = [self._prepare(persona, sample_rate) for persona in personas if persona.opening]
        if making:
            self._making = asyncio.gather(*making)
            await asyncio.wait({self._making}, timeout=PATIENCE_SECS)

    def _greet_later(
        self, persona: Persona, sample_rate: int, first_word: AfterHello | WhenSpokenTo
    ) -> Greeting:
        if not persona.opening:
            return Greeting([PreparedSpeaker()], opener=Opener(first_word))
        say = partial(self._frame, persona, sample_rate)
        ready = self.get(persona, sample_rate)
        prepare = None if ready else partial(self._prepare, persona, sample_rate)
        return Greeting([PreparedSpeaker()], opener=Opener(first_word, say, prepare))

    def _frame(self, persona: Persona, sample_rate: int) -> Frame:
        ready = self.get(persona, sample_rate)
        return SpeakPreparedFrame(ready) if ready else TTSSpeakFrame(persona.opening)

    async def _prepare(self, persona: Persona, sample_rate: int) -> None:
        try:
            speech = await self._synthesise(persona, sample_rate)
        except Exception:  # noqa: BLE001  # whatever a provider's code raises, calls can go on
            logger.exception("making an opening failed; it will be said live")
            return
        if speech:
            self.keep(persona, speech)
        else:
            logger.warning("the voice gave no sound for an opening; it will be said live")

    async def _synthesise(self, persona: Persona, sample_rate: int) -> Speech | None:
        made: list[Speech] = []
        tts = await asyncio.to_thread(self._voice, persona)
        recorder = SpeechRecorder(persona.opening, sample_rate, made.append)
        worker = PipelineWorker(
            Pipeline([tts, recorder]),
            params=PipelineParams(audio_out_sample_rate=sample_rate),
            enable_rtvi=False,
            enable_turn_tracking=False,
            idle_timeout_secs=None,
        )
        await worker.queue_frames([TTSSpeakFrame(persona.opening), EndFrame()])
        loop = asyncio.get_running_loop()
        too_late: asyncio.Future[str] = loop.create_future()
        timer = loop.call_later(SYNTHESIS_SECS, too_late.set_result, "too slow")
        await run(worker, too_late)
        timer.cancel()
        return made[0] if made else None


def _key(persona: Persona, sample_rate: int) -> Key:
    """All that makes an opening sound as it does."""
    return persona.opening, persona.language, persona.voice, sample_rate
