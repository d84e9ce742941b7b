"""What the bot can say without a provider: openings and lines, made into sound beforehand."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from loguru import logger
from pipecat.frames.frames import TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.action_checks import texts_of_keys
from shared.bot.persona import Persona
from shared.conversation.runner import run
from shared.conversation.speech.playback import PrerenderedSpeech, SpeechCapture
from shared.deadlines import cancel
from shared.languages.catalogue import prompts_in
from shared.languages.prompts import Prompts
from shared.providers.health import missed, worked

SYNTHESIS_SECS = 10.0  # for one text, connecting included
PATIENCE_SECS = 5.0  # of a start-up whose voice doesn't answer; the making goes on behind it
RETRY_SECS = 30.0  # until the next attempt, when a voice has failed; then twice as long
MAX_RETRY_SECS = 600.0
MAX_SPEECHES = 1_000  # kept; one of four seconds takes 64 kB

Voice = Callable[[Persona], FrameProcessor]
Key = tuple[str, str, str, int]


class PromptCache:
    """Speeches of this process, by text, language, voice and sample rate.

    Args:
        voices: Make the TTS service that speaks for a persona; the next is tried when one fails.
            They block, and are called in a thread.
    """

    def __init__(self, *voices: Voice) -> None:
        self._voices = voices
        self._ready: OrderedDict[Key, PrerenderedSpeech] = OrderedDict()
        self._from_fallback: set[Key] = set()  # said by a fallback voice, until the first one can
        self._making: set[asyncio.Task[None]] = set()
        self._under_way: set[Key] = set()
        self._news = asyncio.Event()  # something more is ready

    def get(self, text: str, persona: Persona, sample_rate: int) -> PrerenderedSpeech | None:
        """The text as the persona says it at this rate in Hz, if that has been made before."""
        key = _key(text, persona, sample_rate)
        if key in self._ready:
            self._ready.move_to_end(key)
        return self._ready.get(key)

    def keep(
        self, persona: Persona, speech: PrerenderedSpeech, *, from_fallback: bool = False
    ) -> None:
        """Have the speech ready from now on; the one unused for longest makes room.

        Args:
            persona: Who says it.
            speech: The sound.
            from_fallback: Another voice said it, and it is to be made again.
        """
        key = _key(speech.text, persona, speech.sample_rate)
        self._ready[key] = speech
        (self._from_fallback.add if from_fallback else self._from_fallback.discard)(key)
        self._news.set()
        if len(self._ready) > MAX_SPEECHES:
            self._from_fallback.discard(self._ready.popitem(last=False)[0])

    async def prepare(
        self, personas: Iterable[Persona], sample_rate: int, *, only_begin: bool = False
    ) -> None:
        """Make openings and lines of these personas, waiting for `PATIENCE_SECS` at most.

        What fails is logged and tried again now and then, and meanwhile said live.
        """
        wanted: set[Key] = set()
        for persona in personas:
            texts = texts_of(persona)
            self.warm(persona, texts, sample_rate, until_made=True)
            wanted |= {_key(text, persona, sample_rate) for text in texts}
        with suppress(TimeoutError):
            async with asyncio.timeout(0 if only_begin else PATIENCE_SECS):
                while wanted - self._ready.keys():
                    self._news.clear()
                    await self._news.wait()

    def warm(
        self,
        persona: Persona,
        texts: Iterable[str],
        sample_rate: int,
        *,
        until_made: bool = False,
    ) -> "asyncio.Task[None] | None":
        """Begin to make what of these texts isn't ready, nor being made; None if there is none.

        What a fallback voice has said is ready, and made again when the first one works.

        Args:
            persona: Who says them.
            texts: What to say.
            sample_rate: Hz.
            until_made: Try again and again when the voice fails.
        """
        keys = {text: _key(text, persona, sample_rate) for text in texts if text}
        for key in keys.values():
            if key in self._ready:
                self._ready.move_to_end(key)  # what a call may need is not to be forgotten
        missing = {
            text: key
            for text, key in keys.items()
            if not (self._is_made(key) or key in self._under_way)
        }
        if not missing:
            return None
        under_way = set(missing.values())
        self._under_way |= under_way
        make = self._make(persona, missing, sample_rate, until_made=until_made)
        task = asyncio.create_task(make, name="make speeches")
        self._making.add(task)
        task.add_done_callback(self._making.discard)
        task.add_done_callback(lambda _: self._under_way.difference_update(under_way))
        return task

    async def close(self) -> None:
        """Stop making."""
        await asyncio.gather(*map(cancel, self._making))

    async def _make(
        self, persona: Persona, keys: Mapping[str, Key], sample_rate: int, *, until_made: bool
    ) -> None:
        warned, pause = False, RETRY_SECS
        while True:
            await self._try_all(persona, keys, sample_rate)
            if not warned and keys.values() - self._ready.keys():
                level = "WARNING" if until_made else "DEBUG"  # in a call, the answers show it too
                logger.log(level, "the voice gave no sound for some lines; they will be said live")
                warned = True
            if not until_made or all(map(self._is_made, keys.values())):
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, MAX_RETRY_SECS)

    async def _try_all(self, persona: Persona, keys: Mapping[str, Key], sample_rate: int) -> None:
        """Have the first voice say what it hasn't said yet, and the others what nobody has."""
        for voice in self._voices:
            fallback = voice is not self._voices[0]
            is_said = self._ready.__contains__ if fallback else self._is_made
            if left := [text for text, key in keys.items() if not is_said(key)]:
                keep = partial(self.keep, persona, from_fallback=fallback)
                try:
                    tts = await asyncio.to_thread(voice, persona)
                    await _synthesise(tts, left, sample_rate, keep)
                except Exception:  # noqa: BLE001  # whatever a provider raises, calls can go on
                    logger.exception("making speeches failed; they will be said live")

    def _is_made(self, key: Key) -> bool:
        """Whether the first voice has said it."""
        return key in self._ready and key not in self._from_fallback


async def _synthesise(
    tts: FrameProcessor,
    texts: Sequence[str],
    sample_rate: int,
    keep: Callable[[PrerenderedSpeech], None],
) -> None:
    """Have a voice say the texts, until it falls silent."""
    said = asyncio.Event()
    unsaid = set(texts)

    def note(speech: PrerenderedSpeech) -> None:
        worked(tts)
        keep(speech)
        unsaid.discard(speech.text)
        said.set()

    recorder = SpeechCapture(sample_rate, note)
    worker = PipelineWorker(
        Pipeline([tts, recorder]),
        params=PipelineParams(audio_out_sample_rate=sample_rate),
        enable_rtvi=False,
        enable_turn_tracking=False,
        idle_timeout_secs=None,
    )
    done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(run(worker, done), name="speak")
    for text in texts:
        recorder.expect(text)
    await worker.queue_frames([TTSSpeakFrame(text) for text in texts])
    try:
        with suppress(TimeoutError):
            while unsaid:
                said.clear()
                async with asyncio.timeout(SYNTHESIS_SECS):
                    await said.wait()
        if unsaid:
            missed(tts)
    finally:
        done.set_result("made")
        await running


def texts_of(persona: Persona, *, opening: bool = True) -> list[str]:
    """All that a persona may have to say without a provider."""
    texts = (persona.opening if opening else "", *prompts_of(persona), *texts_of_keys(persona.keys))
    return [text for text in texts if text]


def prompts_of(persona: Persona) -> Prompts:
    """The persona's own lines, or those of its language."""
    return persona.prompts or prompts_in(persona.language)


def _key(text: str, persona: Persona, sample_rate: int) -> Key:
    """All that makes a speech sound as it does."""
    return text, persona.language, persona.voice, sample_rate
