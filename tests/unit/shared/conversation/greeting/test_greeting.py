"""Openings: taken from the prompt cache or said live and captured, at once or after a hello."""

from collections.abc import Sequence
from dataclasses import replace

from pipecat.frames.frames import (
    AggregatedTextFrame,
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.tests.utils import SleepFrame, run_test
from pipecat.utils.text.base_text_aggregator import TextType

from shared.bot.persona import Persona
from shared.conversation.greeting.greeting import greet
from shared.conversation.greeting.policy import AfterHello, AtOnce, WhenSpokenTo
from shared.conversation.speech.playback import PrerenderedSpeech, SpeechCapture
from shared.conversation.speech.prompt_cache import MAX_SPEECHES, PromptCache

HELLO = Persona(instructions="", opening="Hello there.")
SPEECH = PrerenderedSpeech("Hello there.", bytes(16_000), 8_000)


def no_voice(persona: Persona) -> FrameProcessor:
    raise AssertionError("nothing is to be made")


def test_an_opening_is_cached_by_text_language_voice_and_rate() -> None:
    prompt_cache = PromptCache(no_voice)
    prompt_cache.keep(HELLO, SPEECH)
    assert prompt_cache.get("Hello there.", HELLO, 8_000) is SPEECH
    assert prompt_cache.get("Hello there.", HELLO, 16_000) is None
    assert prompt_cache.get("Hello you.", HELLO, 8_000) is None
    for other in (Persona("", language="hi-IN"), Persona("", voice="another")):
        assert prompt_cache.get("Hello there.", other, 8_000) is None


def test_the_least_recently_used_opening_makes_room_in_the_prompt_cache() -> None:
    prompt_cache = PromptCache(no_voice)
    prompt_cache.keep(HELLO, SPEECH)
    texts = [f"Hello {number}." for number in range(MAX_SPEECHES)]
    for text in texts:
        assert prompt_cache.get("Hello there.", HELLO, 8_000) is SPEECH
        prompt_cache.keep(HELLO, replace(SPEECH, text=text))
    assert prompt_cache.get(texts[0], HELLO, 8_000) is None
    assert prompt_cache.get(texts[-1], HELLO, 8_000)


def test_an_opening_is_played_from_the_prompt_cache_or_said_live() -> None:
    prompt_cache = PromptCache(no_voice)
    greeting = greet(prompt_cache, HELLO, 8_000, AtOnce())
    assert type(greeting.capture) is SpeechCapture
    assert [f.text for f in greeting.first_frames if isinstance(f, TTSSpeakFrame)] == [
        "Hello there."
    ]
    prompt_cache.keep(HELLO, SPEECH)
    greeting = greet(prompt_cache, HELLO, 8_000, AtOnce())
    assert not greeting.capture and not greeting.first_frames
    assert greet(prompt_cache, Persona(""), 8_000, AtOnce()).first_frames == []


async def test_an_opening_that_waits_is_no_first_frame() -> None:
    prompt_cache = PromptCache(no_voice)
    prompt_cache.keep(HELLO, SPEECH)
    for opening_policy in (AfterHello(), WhenSpokenTo(30.0, lambda: None)):
        greeting = greet(prompt_cache, HELLO, 8_000, opening_policy)
        assert not greeting.capture and not greeting.first_frames
        assert greeting.opener


def test_without_an_opening_only_a_call_that_rings_has_an_opener() -> None:
    prompt_cache = PromptCache(no_voice)
    assert not greet(prompt_cache, Persona(""), 8_000, AfterHello()).opener
    assert greet(prompt_cache, Persona(""), 8_000, WhenSpokenTo(30.0, lambda: None)).opener


def test_words_of_an_opening_begin_where_their_letters_do() -> None:
    assert list(SPEECH.words()) == [("Hello", 0.0), ("there.", 0.5)]


async def recorded(frames: Sequence[Frame]) -> list[PrerenderedSpeech]:
    kept: list[PrerenderedSpeech] = []
    recorder = SpeechCapture(8_000, kept.append)
    recorder.expect("Hello.")
    text = AggregatedTextFrame("Hello.", TextType.SENTENCE)
    await run_test(recorder, frames_to_send=[text, *frames])
    return kept


def sound(size: int) -> TTSAudioRawFrame:
    return TTSAudioRawFrame(b"\x01" * size, 8_000, 1)


async def test_an_opening_that_the_tts_says_whole_is_kept_once() -> None:
    kept = await recorded(
        [TTSStartedFrame(), sound(320), sound(640), TTSStoppedFrame(), sound(10), TTSStoppedFrame()]
    )
    assert kept == [PrerenderedSpeech("Hello.", b"\x01" * 960, 8_000)]


async def test_an_opening_that_is_interrupted_is_not_kept() -> None:
    frames = [TTSStartedFrame(), sound(320), SleepFrame(), InterruptionFrame(), SleepFrame()]
    assert await recorded([*frames, sound(320), TTSStoppedFrame()]) == []


async def test_a_silent_opening_is_not_kept() -> None:
    assert await recorded([TTSStartedFrame(), TTSStoppedFrame()]) == []
