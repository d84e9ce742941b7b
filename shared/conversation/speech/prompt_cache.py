"""The prompt cache: openings and prompts as audio, made before they are needed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial

from loguru import logger
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.action_checks import texts_of_keys
from shared.bot.persona import Persona
from shared.conversation.speech.playback import PrerenderedSpeech
from shared.conversation.speech.synthesis import synthesise
from shared.deadlines import cancel
from shared.languages.catalogue import prompts_in
from shared.languages.prompts import Prompts

PATIENCE_SECS = 5.0  # of a start-up whose TTS doesn't answer; the making goes on behind it
RETRY_SECS = 30.0  # until the next attempt, when a TTS has failed; then twice as long
MAX_RETRY_SECS = 600.0
MAX_SPEECHES = 1_000  # kept; one of four seconds takes 64 kB

MakeTTS = Callable[[Persona], FrameProcessor]
Key = tuple[str, str, str, int]


class PromptCache:
    """Prerendered speech of this process, by text, language, voice and sample rate.

    Args:
        voices: Make the TTS that speaks for a persona; the next is tried when one fails. They
            block, and are called in a thread.
    """

    def __init__(self, *voices: MakeTTS) -> None:
        self._voices = voices
        self._ready: OrderedDict[Key, PrerenderedSpeech] = OrderedDict()
        self._from_fallback: set[Key] = set()  # said by the fallback, until the first TTS can
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
            from_fallback: Another TTS said it, and it is to be made again.
        """
        key = _key(speech.text, persona, speech.sample_rate)
        self._ready[key] = speech
        (self._from_fallback.add if from_fallback else self._from_fallback.discard)(key)
        self._news.set()
        if len(self._ready) > MAX_SPEECHES:
            self._from_fallback.discard(self._ready.popitem(last=False)[0])

    async def prepare(
        self, personas: Iterable[Persona], sample_rate: int, *, wait: bool = True
    ) -> None:
        """Make openings and prompts of these personas, waiting for `PATIENCE_SECS` at most.

        What fails is logged and tried again now and then, and meanwhile said live.

        Args:
            personas: Who says them.
            sample_rate: Hz.
            wait: Whether to wait at all.
        """
        wanted: set[Key] = set()
        for persona in personas:
            texts = texts_of(persona)
            self.warm(persona, texts, sample_rate, until_made=True)
            wanted |= {_key(text, persona, sample_rate) for text in texts}
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECS if wait else 0):
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

        What the fallback has said is ready, and made again when the first TTS works.

        Args:
            persona: Who says them.
            texts: What to say.
            sample_rate: Hz.
            until_made: Try again and again when the TTS fails.
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
                logger.log(level, "the TTS gave no sound for some prompts; they will be said live")
                warned = True
            if not until_made or all(map(self._is_made, keys.values())):
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, MAX_RETRY_SECS)

    async def _try_all(self, persona: Persona, keys: Mapping[str, Key], sample_rate: int) -> None:
        """Have the first TTS say what it hasn't said yet, and the fallback what neither has."""
        for voice in self._voices:
            fallback = voice is not self._voices[0]
            is_said = self._ready.__contains__ if fallback else self._is_made
            if left := [text for text, key in keys.items() if not is_said(key)]:
                keep = partial(self.keep, persona, from_fallback=fallback)
                try:
                    tts = await asyncio.to_thread(voice, persona)
                    await synthesise(tts, left, sample_rate, keep)
                except Exception:  # noqa: BLE001  # whatever a provider raises, calls can go on
                    logger.exception("making prompts failed; they will be said live")

    def _is_made(self, key: Key) -> bool:
        """Whether the first TTS has said it."""
        return key in self._ready and key not in self._from_fallback


def texts_of(persona: Persona, *, opening: bool = True) -> list[str]:
    """All that a persona may have to say without a provider."""
    texts = (persona.opening if opening else "", *prompts_of(persona), *texts_of_keys(persona.keys))
    return [text for text in texts if text]


def prompts_of(persona: Persona) -> Prompts:
    """The persona's own prompts, or those of its language."""
    return persona.prompts or prompts_in(persona.language)


def _key(text: str, persona: Persona, sample_rate: int) -> Key:
    """All that makes a speech sound as it does."""
    return text, persona.language, persona.voice, sample_rate
