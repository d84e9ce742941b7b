"""The opener behind a real user aggregator: which frames go down the pipeline, and when."""

import asyncio
import time
from collections.abc import Callable

import pytest
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    Frame,
    InterruptionFrame,
    LLMContextFrame,
    TTSSpeakFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMUserAggregator,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.tests.utils import SleepFrame, run_test
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import (
    UserTurnStrategies,
    default_user_turn_start_strategies,
)

from shared.bot.persona import Persona
from shared.conversation.greeting import hello_timer
from shared.conversation.greeting.greeting import greet
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AfterHello, WhenSpokenTo
from shared.conversation.speech.playback import PlayPromptFrame, PrerenderedSpeech
from shared.conversation.speech.prompt_cache import PromptCache
from tests.support.caller_frames import final, interim, start, stop

MEERA = Persona("", "Hello Meera.")
SPEECH = PrerenderedSpeech("Hello Meera.", bytes(16_000), 8_000)
HELLO_SECS, PAUSE_SECS, LONGEST_SECS, OVERLAP_SECS = 0.3, 0.1, 0.6, 0.3
AWHILE = HELLO_SECS + PAUSE_SECS + 0.3


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here needs the time that people need."""
    monkeypatch.setattr(hello_timer, "HELLO_SECS", HELLO_SECS)
    monkeypatch.setattr(hello_timer, "PAUSE_SECS", PAUSE_SECS)
    monkeypatch.setattr(hello_timer, "LONGEST_SECS", LONGEST_SECS)
    monkeypatch.setattr(hello_timer, "OVERLAP_SECS", OVERLAP_SECS)


def pause(secs: float) -> Frame:
    return SleepFrame(sleep=secs)


def ringing(ring_secs: float, on_nobody: Callable[[], None] = lambda: None) -> WhenSpokenTo:
    return WhenSpokenTo(ring_secs, on_nobody)


async def listened(first: Opener, *frames: Frame) -> tuple[list[Frame], LLMContext]:
    """What a listener with this opener hands on of these frames, and the context it leaves."""
    context = LLMContext()
    strategies = UserTurnStrategies(
        start=[first, *default_user_turn_start_strategies()],
        stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.1)],
    )
    user_aggregator = LLMUserAggregator(
        context, params=LLMUserAggregatorParams(user_turn_strategies=strategies)
    )
    down, _ = await run_test(user_aggregator, frames_to_send=frames)
    return list(down), context


def kinds(frames: list[Frame], *wanted: type[Frame]) -> list[type[Frame]]:
    return [type(frame) for frame in frames if isinstance(frame, wanted)]


def opener(waits_for: AfterHello | WhenSpokenTo) -> Opener:
    return Opener(waits_for, lambda: PlayPromptFrame(SPEECH))


async def test_a_hello_stands_in_the_context_and_the_opening_alone_answers_it() -> None:
    frames, context = await listened(
        opener(AfterHello()),
        start(),
        pause(0.2),
        stop(),
        final("hello"),
        pause(AWHILE),
    )
    assert kinds(frames, PlayPromptFrame, InterruptionFrame, LLMContextFrame) == [PlayPromptFrame]
    assert context.get_messages() == [{"role": "user", "content": "hello"}]


async def test_noise_before_the_opening_begins_no_turn() -> None:
    frames, context = await listened(
        opener(AfterHello()), start(), pause(0.2), stop(), pause(AWHILE)
    )
    assert kinds(frames, PlayPromptFrame, InterruptionFrame) == [PlayPromptFrame]
    assert context.get_messages() == []


async def test_the_opening_speaks_over_a_noise_that_does_not_stop() -> None:
    frames, _ = await listened(opener(AfterHello()), start(), pause(LONGEST_SECS + 0.3))
    assert kinds(frames, PlayPromptFrame, InterruptionFrame) == [PlayPromptFrame]


async def test_who_says_more_than_a_hello_over_the_opening_is_heard_out() -> None:
    frames, context = await listened(
        opener(AfterHello()),
        start(),
        pause(LONGEST_SECS + 0.1),
        BotStartedSpeakingFrame(),
        pause(OVERLAP_SECS + 0.1),
        interim("who is"),
        pause(0.1),
        stop(),
        final("who is this"),
        pause(0.4),
    )
    assert kinds(frames, PlayPromptFrame, InterruptionFrame, LLMContextFrame) == [
        PlayPromptFrame,
        InterruptionFrame,
        LLMContextFrame,
    ]
    assert context.get_messages() == [{"role": "user", "content": "who is this"}]


async def test_what_is_said_after_the_opening_has_begun_is_a_turn() -> None:
    frames, context = await listened(
        opener(AfterHello()),
        pause(HELLO_SECS + 0.2),
        BotStartedSpeakingFrame(),
        pause(OVERLAP_SECS + 0.1),
        start(),
        pause(0.2),
        stop(),
        final("what are your opening hours"),
        pause(0.4),
    )
    assert kinds(frames, PlayPromptFrame, InterruptionFrame, LLMContextFrame) == [
        PlayPromptFrame,
        InterruptionFrame,
        LLMContextFrame,
    ]
    assert context.get_messages() == [{"role": "user", "content": "what are your opening hours"}]


async def test_a_dtmf_key_pressed_into_the_opening_is_a_turn() -> None:
    frames, context = await listened(
        opener(AfterHello()),
        pause(HELLO_SECS + 0.2),
        BotStartedSpeakingFrame(),
        InterruptionFrame(),
        pause(0.1),
        final("DTMF: 1#"),
        pause(0.4),
    )
    assert kinds(frames, LLMContextFrame) == [LLMContextFrame]
    assert context.get_messages() == [{"role": "user", "content": "DTMF: 1#"}]


async def test_a_callee_still_being_dialled_gets_no_opening_before_they_speak() -> None:
    ringback = [start(), pause(0.2), stop(), pause(0.2)] * 3
    frames, _ = await listened(
        opener(ringing(30.0)),
        *ringback,
        start(),
        interim("hel"),
        pause(0.2),
        stop(),
        pause(PAUSE_SECS + 0.2),
    )
    assert kinds(frames, VADUserStoppedSpeakingFrame, PlayPromptFrame, InterruptionFrame) == [
        *[VADUserStoppedSpeakingFrame] * 4,
        PlayPromptFrame,
    ]


async def test_an_opening_that_is_called_off_is_never_said() -> None:
    first = opener(AfterHello())
    assert first.waits

    async def cancel() -> None:
        await asyncio.sleep(HELLO_SECS / 2)
        await first.cancel()

    listening = listened(first, pause(AWHILE + 0.3))
    (frames, _), _ = await asyncio.gather(listening, cancel())
    assert not first.waits
    assert kinds(frames, PlayPromptFrame) == []


async def test_an_opening_nobody_answered_is_reported_once_after_the_ring_time() -> None:
    told: list[float] = []
    began = time.monotonic()
    frames, _ = await listened(
        opener(ringing(0.6, lambda: told.append(time.monotonic() - began))),
        start(),
        pause(0.2),
        stop(),
        pause(1.0),
    )
    (secs,) = told
    assert 0.6 <= secs < 1.1
    assert kinds(frames, PlayPromptFrame) == []


async def test_an_opener_whose_call_ends_while_it_rings_reports_nobody_later() -> None:
    told: list[None] = []
    await listened(opener(ringing(0.3, lambda: told.append(None))))
    await asyncio.sleep(0.4)
    assert told == []


async def test_without_an_opening_the_first_words_are_answered() -> None:
    frames, context = await listened(
        Opener(ringing(30.0)),
        start(),
        pause(0.2),
        stop(),
        pause(0.2),
        start(),
        interim("who"),
        pause(0.2),
        stop(),
        final("who is this"),
        pause(0.4),
    )
    assert kinds(frames, InterruptionFrame, LLMContextFrame) == [InterruptionFrame, LLMContextFrame]
    assert context.get_messages() == [{"role": "user", "content": "who is this"}]


async def test_an_opening_that_could_not_be_prerendered_is_said_live(log: list[str]) -> None:
    def no_voice(persona: Persona) -> FrameProcessor:
        raise ConnectionError("no voice today")

    greeting = greet(PromptCache(no_voice), MEERA, 8_000, AfterHello())
    assert greeting.opener
    frames, _ = await listened(greeting.opener, pause(AWHILE))
    assert [f.text for f in frames if isinstance(f, TTSSpeakFrame)] == [MEERA.opening]
    (error,) = [line for line in log if line.startswith("ERROR")]
    assert "they will be said live" in error
    log.clear()
