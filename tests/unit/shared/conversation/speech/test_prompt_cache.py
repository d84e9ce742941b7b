"""Prompts are made into sound by a TTS or its fallback, once each, with retries until it works."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    Frame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.utils.text.base_text_aggregator import TextType

from shared.bot.actions import Say
from shared.bot.persona import Persona
from shared.conversation.speech import prompt_cache as module
from shared.conversation.speech.prompt_cache import (
    MAX_RETRY_SECS,
    PATIENCE_SECS,
    RETRY_SECS,
    PromptCache,
    prompts_of,
    texts_of,
)
from shared.conversation.speech.synthesis import SYNTHESIS_SECS
from shared.languages.english.prompts import ENGLISH
from shared.languages.hindi.prompts import HINDI
from tests.support.virtual_time import in_virtual_time, now

MEERA = Persona("", "Hello Meera.", keys={"1": Say("We are open.")})
A, B, C = "Text one.", "Text two.", "Text three."


@pytest.fixture(autouse=True)
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A virtual clock doesn't wait for threads."""

    async def here(function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    monkeypatch.setattr(asyncio, "to_thread", here)


class Normalizer(FrameProcessor):
    def __init__(self, voice: "Voice") -> None:
        super().__init__()
        self._mine = voice

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, TTSSpeakFrame):
            self._mine.asked.append(frame.text)
            if self._mine.can_say(frame.text):
                await self.push_frame(AggregatedTextFrame(frame.text, TextType.SENTENCE))
                await self.push_frame(TTSStartedFrame())
                await self.push_frame(TTSAudioRawFrame(self._mine.sound * 800, 8_000, 1))
                await self.push_frame(TTSStoppedFrame())


class Voice:
    """Makes speakers, and knows what they can say.

    Args:
        can_say: Whether it has a sound for a text.
        sound: Two bytes by which it is known.
    """

    def __init__(self, can_say: Callable[[str], bool], sound: bytes = b"\x01\x00") -> None:
        self.can_say = can_say
        self.sound = sound
        self.asked: list[str] = []
        self.made = 0
        self.breaks = False

    def __call__(self, persona: Persona) -> FrameProcessor:
        self.made += 1
        if self.breaks:
            raise ConnectionError("no voice today")
        return Normalizer(self)


def works(_: str) -> bool:
    return True


def fails(_: str) -> bool:
    return False


def ready(prompt_cache: PromptCache, *texts: str) -> list[str]:
    return [text for text in texts if prompt_cache.get(text, MEERA, 8_000)]


def test_a_personas_texts_are_its_opening_its_prompts_and_what_its_keys_say() -> None:
    assert texts_of(MEERA) == ["Hello Meera.", *ENGLISH, "We are open."]
    assert texts_of(MEERA, opening=False) == [*ENGLISH, "We are open."]
    assert texts_of(Persona("")) == list(ENGLISH)


def test_prompts_are_the_personas_own_or_its_languages() -> None:
    assert prompts_of(Persona("", language="hi-IN")) is HINDI
    assert prompts_of(Persona("", language="hi-IN", prompts=ENGLISH)) is ENGLISH


@in_virtual_time
async def test_prompts_that_are_prepared_are_in_the_cache() -> None:
    voice = Voice(works)
    prompt_cache = PromptCache(voice)
    await prompt_cache.prepare([MEERA], 8_000)
    texts = texts_of(MEERA)
    assert ready(prompt_cache, *texts) == texts
    assert voice.asked == texts
    assert voice.made == 1
    await prompt_cache.close()


@in_virtual_time
async def test_the_fallback_tts_makes_the_prompts_that_the_first_has_no_sound_for(
    log: list[str],
) -> None:
    first, fallback = Voice(lambda text: text == A), Voice(works, b"\x02\x00")
    prompt_cache = PromptCache(first, fallback)
    task = prompt_cache.warm(MEERA, [A, B, C], 8_000)
    assert task
    await task
    assert ready(prompt_cache, A, B, C) == [A, B, C]
    assert fallback.asked == [B, C]
    speech = prompt_cache.get(B, MEERA, 8_000)
    assert speech
    assert speech.audio[:2] == fallback.sound
    assert not any("no sound" in line for line in log)


def voice_of(prompt_cache: PromptCache, text: str) -> bytes:
    speech = prompt_cache.get(text, MEERA, 8_000)
    return speech.audio[:2] if speech else b""


@in_virtual_time
async def test_the_first_tts_makes_all_prompts_again_when_it_works_again() -> None:
    first, fallback = Voice(fails), Voice(works, b"\x02\x00")
    prompt_cache = PromptCache(first, fallback)
    await prompt_cache.prepare([MEERA], 8_000)
    await asyncio.sleep(SYNTHESIS_SECS)
    assert voice_of(prompt_cache, MEERA.opening) == fallback.sound
    first.can_say = works
    await asyncio.sleep(2 * RETRY_SECS)
    assert {voice_of(prompt_cache, text) for text in texts_of(MEERA)} == {first.sound}
    assert fallback.asked == texts_of(MEERA)  # once
    made = first.made
    await asyncio.sleep(10 * RETRY_SECS)
    assert first.made == made


@in_virtual_time
async def test_a_start_waits_for_no_tts_once_its_fallback_has_made_all_prompts(
    log: list[str],
) -> None:
    first = Voice(works)
    first.breaks = True
    prompt_cache = PromptCache(first, Voice(works))
    began = now()
    await prompt_cache.prepare([MEERA], 8_000)
    assert now() - began < 1.0
    assert ready(prompt_cache, *texts_of(MEERA)) == texts_of(MEERA)
    await prompt_cache.close()
    log.clear()


@in_virtual_time
async def test_openings_push_no_prompts_out_of_the_cache(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX_SPEECHES", 40)
    voice = Voice(works)
    prompt_cache = PromptCache(voice)
    prompts = texts_of(MEERA, opening=False)
    for number in range(100):
        persona = replace(MEERA, opening=f"Hello number {number}.")
        making = prompt_cache.warm(persona, texts_of(persona), 8_000)
        assert making
        await making
    assert ready(prompt_cache, *prompts) == prompts
    assert len(voice.asked) == 100 + len(prompts)
    assert not ready(prompt_cache, "Hello number 0.")


@in_virtual_time
async def test_a_prompt_made_by_the_fallback_tts_is_made_again_at_the_next_call() -> None:
    first, fallback = Voice(fails), Voice(works, b"\x02\x00")
    prompt_cache = PromptCache(first, fallback)
    for heard in (fallback, fallback, first):
        if heard is first:
            first.can_say = works
        task = prompt_cache.warm(MEERA, [A], 8_000)
        assert task
        await task
        assert voice_of(prompt_cache, A) == heard.sound
    assert fallback.asked == [A]
    assert prompt_cache.warm(MEERA, [A], 8_000) is None


@in_virtual_time
async def test_the_fallback_tts_makes_all_prompts_when_the_first_breaks(log: list[str]) -> None:
    first, fallback = Voice(works), Voice(works)
    first.breaks = True
    prompt_cache = PromptCache(first, fallback)
    task = prompt_cache.warm(MEERA, [A], 8_000)
    assert task
    await task
    assert ready(prompt_cache, A) == [A]
    assert [line for line in log if line.startswith("ERROR")]
    log.clear()


@in_virtual_time
async def test_a_tts_that_works_needs_no_fallback() -> None:
    fallback = Voice(works)
    task = PromptCache(Voice(works), fallback).warm(MEERA, [A], 8_000)
    assert task
    await task
    assert fallback.made == 0


@in_virtual_time
async def test_prompts_that_fail_at_the_start_are_retried_until_they_are_made(
    log: list[str],
) -> None:
    voice = Voice(fails)
    prompt_cache = PromptCache(voice)
    began = now()
    await prompt_cache.prepare([MEERA], 8_000)
    assert now() - began == pytest.approx(PATIENCE_SECS)  # nobody waits for it
    await asyncio.sleep(2 * (SYNTHESIS_SECS + RETRY_SECS) + RETRY_SECS)
    assert voice.made == 3
    assert ready(prompt_cache, A, MEERA.opening) == []
    assert sum("no sound" in line for line in log) == 1
    voice.can_say = works
    await asyncio.sleep(SYNTHESIS_SECS + 4 * RETRY_SECS)
    assert ready(prompt_cache, *texts_of(MEERA)) == texts_of(MEERA)
    made = voice.made
    await asyncio.sleep(10 * RETRY_SECS)
    assert voice.made == made


@in_virtual_time
async def test_a_prompt_that_fails_for_a_call_gets_its_retry_at_the_next_call(
    log: list[str],
) -> None:
    voice = Voice(fails)
    prompt_cache = PromptCache(voice)
    task = prompt_cache.warm(MEERA, [A], 8_000)
    assert task
    await task
    await asyncio.sleep(10 * RETRY_SECS)
    assert voice.made == 1
    assert any("no sound" in line for line in log)
    voice.can_say = works
    again = prompt_cache.warm(MEERA, [A], 8_000)
    assert again
    await again
    assert ready(prompt_cache, A) == [A]


@in_virtual_time
async def test_no_prompt_is_made_twice() -> None:
    voice = Voice(works)
    prompt_cache = PromptCache(voice)
    first = prompt_cache.warm(MEERA, [A, A, B, ""], 8_000)
    second = prompt_cache.warm(MEERA, [A, C], 8_000)
    assert first
    assert second
    assert prompt_cache.warm(MEERA, [A, B, C], 8_000) is None
    await asyncio.gather(first, second)
    assert sorted(voice.asked) == sorted([A, B, C])
    assert prompt_cache.warm(MEERA, [A, B, C], 8_000) is None
    assert prompt_cache.warm(MEERA, [], 8_000) is None


@in_virtual_time
async def test_a_prompt_at_another_rate_is_another_sound() -> None:
    voice = Voice(works)
    prompt_cache = PromptCache(voice)
    for rate in (8_000, 16_000):
        task = prompt_cache.warm(MEERA, [A], rate)
        assert task
        await task
    assert voice.asked == [A, A]


@in_virtual_time
async def test_a_closed_prompt_cache_makes_nothing_any_more(log: list[str]) -> None:
    voice = Voice(fails)
    prompt_cache = PromptCache(voice)
    await prompt_cache.prepare([MEERA], 8_000)
    await prompt_cache.close()
    made = voice.made
    await asyncio.sleep(10 * RETRY_SECS)
    assert voice.made == made
    assert prompt_cache._making == set()
    assert prompt_cache._under_way == set()


@in_virtual_time
async def test_retries_of_a_dead_tts_become_rarer_and_never_end(log: list[str]) -> None:
    voice = Voice(fails)
    prompt_cache = PromptCache(voice)
    await prompt_cache.prepare([MEERA], 8_000)
    await asyncio.sleep(3 * 3_600)
    made = voice.made
    assert made < 30
    await asyncio.sleep(2 * MAX_RETRY_SECS)
    assert voice.made > made
    await prompt_cache.close()


@in_virtual_time
async def test_a_start_without_waiting_only_begins_to_make_prompts() -> None:
    voice = Voice(works)
    prompt_cache = PromptCache(voice)
    await prompt_cache.prepare([MEERA], 8_000, wait=False)
    assert ready(prompt_cache, MEERA.opening) == []
    await asyncio.sleep(1)
    assert ready(prompt_cache, MEERA.opening) == [MEERA.opening]
