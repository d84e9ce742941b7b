"""Openings are kept by all that makes them sound different, and only if they were said whole."""

from collections.abc import Sequence

from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.tests.utils import SleepFrame, run_test

from shared.conversation.first_word import AfterHello, AtOnce, WhenSpokenTo
from shared.conversation.greeting import MAX_OPENINGS, Openings
from shared.conversation.persona import Persona
from shared.conversation.speech import PreparedSpeaker, Speech, SpeechRecorder

HELLO = Persona(instructions="", opening="Hello there.")
SPEECH = Speech("Hello there.", bytes(16_000), 8_000)


def no_voice(persona: Persona) -> FrameProcessor:
    raise AssertionError("nothing is to be made")


def test_an_opening_is_kept_by_text_language_voice_and_rate() -> None:
    openings = Openings(no_voice)
    openings.keep(HELLO, SPEECH)
    assert openings.get(HELLO, 8_000) is SPEECH
    assert openings.get(HELLO, 16_000) is None
    for other in (
        Persona("", "Hello you."),
        Persona("", "Hello there.", language="hi-IN"),
        Persona("", "Hello there.", voice="another"),
    ):
        assert openings.get(other, 8_000) is None


def test_the_opening_that_is_used_least_makes_room() -> None:
    openings = Openings(no_voice)
    openings.keep(HELLO, SPEECH)
    personas = [Persona("", f"Hello {number}.") for number in range(MAX_OPENINGS)]
    for persona in personas:
        assert openings.get(HELLO, 8_000) is SPEECH
        openings.keep(persona, SPEECH)
    assert openings.get(personas[0], 8_000) is None
    assert openings.get(personas[-1], 8_000) is SPEECH


def test_a_call_begins_with_what_is_ready_or_has_it_said_live() -> None:
    openings = Openings(no_voice)
    greeting = openings.greet(HELLO, 8_000, AtOnce())
    assert [type(p) for p in greeting.speaker] == [SpeechRecorder, PreparedSpeaker]
    assert [f.text for f in greeting.first_frames if isinstance(f, TTSSpeakFrame)] == [
        "Hello there."
    ]
    openings.keep(HELLO, SPEECH)
    greeting = openings.greet(HELLO, 8_000, AtOnce())
    assert [type(p) for p in greeting.speaker] == [PreparedSpeaker]
    assert greeting.first_frames == []
    assert openings.greet(Persona(""), 8_000, AtOnce()).first_frames == []


def test_an_opening_that_waits_is_no_first_frame() -> None:
    openings = Openings(no_voice)
    for first_word in (AfterHello(), WhenSpokenTo(30.0, lambda: None)):
        greeting = openings.greet(HELLO, 8_000, first_word)
        assert [type(p) for p in greeting.speaker] == [PreparedSpeaker]
        assert greeting.first_frames == []
        assert greeting.opener


def test_without_an_opening_only_words_are_waited_for() -> None:
    openings = Openings(no_voice)
    assert not openings.greet(Persona(""), 8_000, AfterHello()).opener
    assert openings.greet(Persona(""), 8_000, WhenSpokenTo(30.0, lambda: None)).opener


def test_words_begin_where_their_letters_do() -> None:
    assert list(SPEECH.words()) == [("Hello", 0.0), ("there.", 0.5)]


async def recorded(frames: Sequence[Frame]) -> list[Speech]:
    kept: list[Speech] = []
    await run_test(SpeechRecorder("Hello.", 8_000, kept.append), frames_to_send=frames)
    return kept


def sound(size: int) -> TTSAudioRawFrame:
    return TTSAudioRawFrame(b"\x01" * size, 8_000, 1)


async def test_what_is_said_whole_is_kept_once() -> None:
    kept = await recorded(
        [TTSStartedFrame(), sound(320), sound(640), TTSStoppedFrame(), sound(10), TTSStoppedFrame()]
    )
    assert kept == [Speech("Hello.", b"\x01" * 960, 8_000)]


async def test_what_is_interrupted_is_not_kept() -> None:
    frames = [TTSStartedFrame(), sound(320), SleepFrame(), InterruptionFrame(), SleepFrame()]
    assert await recorded([*frames, sound(320), TTSStoppedFrame()]) == []


async def test_silence_is_not_kept() -> None:
    assert await recorded([TTSStartedFrame(), TTSStoppedFrame()]) == []
