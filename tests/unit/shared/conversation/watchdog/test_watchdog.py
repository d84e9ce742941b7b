"""The watchdog's fallbacks, fillers, retries and apologies, on a virtual clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import httpx
import pytest
from pipecat.frames.frames import (
    ErrorFrame,
    FunctionCallCancelFrame,
    FunctionCallFromLLM,
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    FunctionCallResultProperties,
    FunctionCallsStartedFrame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    TextFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.aggregators.llm_response_universal import UserTurnStoppedMessage
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.ai_service import AIService
from pipecat.utils.errors import ErrorCategory

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.opening import Opener
from shared.conversation.speech.playback import PREPARED, PrerenderedSpeech
from shared.conversation.speech.playout import Playout
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.pending_response import FALLBACK_SECS, RETRY_SECS
from shared.conversation.watchdog.recovery import PROMPT_SECS, Recovery
from shared.conversation.watchdog.response_timer import ResponseTimer
from shared.conversation.watchdog.service_errors import SAME_FAILURE_SECS
from shared.conversation.watchdog.watchdog import ResponseWatchdog
from shared.languages.english.prompts import ENGLISH
from shared.providers.failover import FallbackService, parts
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.selection import Services
from shared.records.session_record import Ending
from tests.support.pipeline import Stage, on_stage, settle
from tests.support.virtual_time import in_virtual_time, now

OPENING = "Hello, this is the clinic."
LAST_RESORT = PrerenderedSpeech("The last resort.", b"", 8_000)
LOOK = 0.25  # seconds within which the watchdog looks again
LONG = 20.0
LINE_LASTS = 1.0  # seconds


class Actor(CallControl):
    """Notes what it is to do, and does as much of it as the watchdog sees of the real one."""

    def __init__(self, prepared: bool, can_transfer: bool) -> None:
        async def transfer_call(reason: str, to: tuple[str, ...], summary: str) -> bool:
            return True

        ready = PrerenderedSpeech("", b"", 8_000) if prepared else None
        super().__init__(
            IdentityFilter(),
            ENGLISH,
            lambda _: ready,
            lambda _: None,
            transfer_call if can_transfer else None,
        )
        self.did: list[str] = []
        self.watchdog: ResponseWatchdog | None = None
        self.left = False

    @property
    def leaving(self) -> bool:
        return self.left

    async def say(self, text: str, *, remembered: bool = True) -> None:
        self.did.append(text)
        assert remembered == (text == OPENING)  # the LLM needn't know of the others
        assert self.watchdog
        if self.is_ready(text):
            await self.watchdog.queue_frame(sound(LINE_LASTS, prepared=True))

    async def say_speech(self, speech: PrerenderedSpeech, *, remembered: bool = False) -> None:
        self.did.append(speech.text)

    async def hang_up(self, goodbye: str | None = "", ending: Ending = Ending.BOT_HUNG_UP) -> None:
        self.did.append(f"hang up: {goodbye}, {ending}")
        self.left = True

    async def transfer(self, reason: str, to: tuple[str, ...] = (), announcement: str = "") -> bool:
        self.did.append("transfer")
        self.left = True
        return True

    async def interrupt(self) -> None:
        self.did.append("interrupt")
        assert self.watchdog
        await self.watchdog.queue_frame(InterruptionFrame())

    async def rerun_llm(self) -> None:
        self.did.append("ask again")


@dataclass
class Call:
    watchdog: ResponseWatchdog
    call_control: Actor
    services: Services
    stage: Stage
    failures: list[str]

    @property
    def did(self) -> list[str]:
        return self.call_control.did

    async def asks(self, text: str = "What are your hours?") -> None:
        await self.watchdog.on_user_turn_stopped(None, None, UserTurnStoppedMessage(text, ""))
        await settle()

    async def answered(self, secs: float = 1.0) -> None:
        await self.stage.plays(LLMFullResponseStartFrame(), sound(secs), LLMFullResponseEndFrame())

    async def fails(
        self,
        kind: str,
        category: ErrorCategory | None = None,
        exception: Exception | None = None,
    ) -> None:
        service = parts(getattr(self.services, kind))[-1]
        error = ErrorFrame("it failed", exception=exception, processor=service, category=category)
        await self.watchdog.on_service_error(None, error)
        await settle()

    async def talks(self, secs: float) -> None:
        await self.stage.plays(VADUserStartedSpeakingFrame())
        await asyncio.sleep(secs)
        await self.stage.plays(VADUserStoppedSpeakingFrame())


@dataclass(frozen=True)
class Setting:
    opening: str = ""
    fallbacks: tuple[str, ...] = ()
    prepared: bool = True
    can_transfer: bool = False
    opener: Opener | None = None


def sound(secs: float, *, prepared: bool = False) -> TTSAudioRawFrame:
    frame = TTSAudioRawFrame(bytes(round(secs * 8_000) * 2), 8_000, 1)
    if prepared:
        frame.metadata[PREPARED] = True
    return frame


@asynccontextmanager
async def guarded(setting: Setting = Setting()) -> AsyncIterator[Call]:
    def service(kind: str) -> FrameProcessor:
        return (
            FallbackService(AIService(), AIService()) if kind in setting.fallbacks else AIService()
        )

    failures: list[str] = []
    services = Services(stt=service("stt"), llm=service("llm"), tts=service("tts"))
    call_control = Actor(setting.prepared, setting.can_transfer)
    timer = ResponseTimer()
    watchdog = ResponseWatchdog(
        timer,
        Recovery(
            timer,
            call_control,
            services,
            LAST_RESORT,
            failures.append,
            opening=setting.opening,
        ),
        Playout(),
        AudioWatchdog(lambda: 0),
        opener=setting.opener,
        unanswered="[digits]".__eq__,
    )
    call_control.watchdog = watchdog
    async with on_stage(watchdog) as stage:
        yield Call(watchdog, call_control, services, stage, failures)


@in_virtual_time
async def test_the_watchdog_does_nothing_when_all_is_well() -> None:
    async with guarded() as call:
        await asyncio.sleep(LONG)
        await call.asks()
        await asyncio.sleep(1)
        await call.answered()
        await asyncio.sleep(LONG)
        assert call.did == []
        assert call.failures == []


@in_virtual_time
async def test_the_watchdog_passes_other_frames_on() -> None:
    async with guarded() as call:
        await call.stage.plays(TextFrame("hello"))
        assert [frame.text for frame in call.stage.of(TextFrame)] == ["hello"]


@in_virtual_time
async def test_an_llm_that_hangs_gets_a_filler_an_apology_and_then_a_hang_up() -> None:
    async with guarded() as call:
        await call.asks()
        await asyncio.sleep(FILLER_SECS - 0.1)
        assert call.did == []
        await asyncio.sleep(LOOK)
        assert call.did == [ENGLISH.one_moment]
        await asyncio.sleep(LINE_LASTS + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment, "interrupt", ENGLISH.sorry]
        await asyncio.sleep(LONG)
        await call.asks()
        await asyncio.sleep(LONG)
        assert call.did[3:] == [
            ENGLISH.one_moment,
            "interrupt",
            f"hang up: {ENGLISH.giving_up}, {Ending.FAILURE}",
        ]


@in_virtual_time
async def test_an_llm_that_hangs_is_replaced_by_its_fallback() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await asyncio.sleep(FALLBACK_SECS + LOOK)
        assert call.did == ["interrupt", "ask again"]
        assert call.failures == ["llm"]


@in_virtual_time
async def test_a_tts_that_hangs_is_replaced_by_its_fallback() -> None:
    async with guarded(Setting(fallbacks=("tts",), opening=OPENING)) as call:
        await asyncio.sleep(FALLBACK_SECS + LOOK)
        assert call.did == ["interrupt", OPENING]
        assert call.failures == ["tts"]


@in_virtual_time
async def test_an_opening_that_is_heard_is_no_longer_waited_for() -> None:
    async with guarded(Setting(opening=OPENING)) as call:
        await asyncio.sleep(1)
        await call.stage.plays(sound(2.0))
        await asyncio.sleep(LONG)
        assert call.did == []
        await call.asks()
        await call.fails("llm")
        await asyncio.sleep(RETRY_SECS + LOOK)
        assert call.did == ["interrupt", "ask again"]  # not the opening


@in_virtual_time
async def test_an_opening_that_fails_gets_a_retry_by_the_same_tts() -> None:
    async with guarded(Setting(opening=OPENING, prepared=False)) as call:
        failing = asyncio.create_task(call.fails("tts"))
        await asyncio.sleep(RETRY_SECS - 0.1)
        assert call.did == []
        await failing
        assert call.did == ["interrupt", OPENING]


@pytest.mark.parametrize("kind", ["llm", "tts"])
@in_virtual_time
async def test_an_llm_or_tts_that_fails_gets_a_retry_and_then_an_apology(kind: str) -> None:
    async with guarded() as call:
        await call.asks()
        await call.fails(kind)
        await call.fails(kind)
        assert call.did == ["interrupt", "ask again", "interrupt", ENGLISH.sorry]
        assert call.failures == [kind, kind]


@in_virtual_time
async def test_the_fallback_llm_is_asked_at_once() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await call.fails("llm")
        assert call.did == ["interrupt", "ask again"]


@in_virtual_time
async def test_the_same_failure_reported_twice_gets_no_apology() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await call.fails("llm")
        await asyncio.sleep(SAME_FAILURE_SECS / 2)
        await call.fails("llm")
        assert call.did == ["interrupt", "ask again"]
        await asyncio.sleep(SAME_FAILURE_SECS * 2)
        await call.fails("llm")
        assert call.did[2:] == ["interrupt", ENGLISH.sorry]


@in_virtual_time
async def test_an_llms_missing_answer_gets_a_retry_without_a_pause() -> None:
    async with guarded() as call:
        await call.asks()
        asked_at = now()
        await call.fails("llm", exception=NoAnswer())
        assert call.did == ["interrupt", "ask again"]
        await call.fails("llm", exception=NoAnswer())  # another one, however soon
        assert call.did[2:] == ["interrupt", ENGLISH.sorry]
        assert now() - asked_at < RETRY_SECS
        assert call.failures == ["llm", "llm"]


@in_virtual_time
async def test_an_llms_missing_answer_gets_a_retry_however_late_it_comes() -> None:
    async with guarded() as call:
        await call.asks()
        await asyncio.sleep(FALLBACK_SECS + LOOK)
        await call.fails("llm", exception=NoAnswer())
        assert call.did == ["interrupt", "ask again"]
        await call.fails("llm", exception=NoAnswer())
        assert call.did[2:] == ["interrupt", ENGLISH.sorry]


@in_virtual_time
async def test_an_llm_that_has_said_goodbye_gets_no_retry() -> None:
    async with guarded() as call:
        await call.asks()
        call.call_control.left = True
        await call.fails("llm", exception=NoAnswer())
        assert call.did == call.failures == []


@in_virtual_time
async def test_a_tool_that_fails_is_the_bots_own_affair() -> None:
    async with guarded() as call:
        await call.asks()
        await call.fails("llm", ErrorCategory.APPLICATION)
        await asyncio.sleep(RETRY_SECS)
        assert call.did == call.failures == []


@in_virtual_time
async def test_the_watchdog_ignores_the_errors_of_other_processors() -> None:
    async with guarded() as call:
        await call.asks()
        await call.watchdog.on_service_error(
            None, ErrorFrame("it failed", processor=IdentityFilter())
        )
        await asyncio.sleep(RETRY_SECS)
        assert call.did == call.failures == []


@in_virtual_time
async def test_an_llm_failure_that_nobody_waits_behind_is_only_counted() -> None:
    async with guarded() as call:
        await call.fails("llm")
        await asyncio.sleep(LONG)
        assert call.did == []
        assert call.failures == ["llm"]


@in_virtual_time
async def test_an_stt_that_fails_is_replaced_by_its_fallback_at_once() -> None:
    async with guarded(Setting(fallbacks=("stt",))) as call:
        stt = cast(FallbackService, call.services.stt)
        first = stt.strategy.active_service
        await call.fails("stt")
        await call.fails("stt")  # the same one
        assert stt.strategy.active_service is not first
        assert call.did == []
        assert call.failures == ["stt", "stt"]


@pytest.mark.parametrize("kind", ["stt", "llm", "tts"])
@in_virtual_time
async def test_the_fallback_takes_over_at_once_from_a_service_whose_key_is_refused(
    kind: str,
) -> None:
    """The switcher reports as its own what has put a service out of use for good."""
    async with guarded(Setting(fallbacks=(kind,))) as call:
        switcher = cast(FallbackService, getattr(call.services, kind))
        first = switcher.strategy.active_service
        await first.set_usable(False)
        error = ErrorFrame("refused", processor=switcher, category=ErrorCategory.UNKNOWN)
        await call.watchdog.on_service_error(None, error)
        assert switcher.strategy.active_service is not first
        assert call.failures == [kind]


@in_virtual_time
async def test_an_llms_answer_is_a_failure_when_the_caller_goes_on_after_a_filler() -> None:
    async with guarded() as call:
        await call.asks()
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.failures == []
        await asyncio.sleep(LINE_LASTS)
        await call.stage.plays(InterruptionFrame())
        assert call.failures == ["llm"]


@in_virtual_time
async def test_a_caller_whom_the_stt_does_not_understand_gets_a_reprompt() -> None:
    async with guarded() as call:
        await call.talks(1.0)
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.again]
        assert call.failures == ["stt"]


@in_virtual_time
async def test_an_stt_out_of_use_gets_an_apology() -> None:
    async with guarded() as call:
        await call.services.stt.set_usable(False)
        await call.talks(1.0)
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == ["interrupt", ENGLISH.sorry]


@in_virtual_time
async def test_an_empty_turn_waits_for_no_answer() -> None:
    async with guarded() as call:
        await call.asks("")
        await asyncio.sleep(LONG)
        assert call.did == []


@in_virtual_time
async def test_a_turn_that_wants_no_answer_gets_no_reprompt_and_no_filler() -> None:
    async with guarded() as call:
        await call.talks(1.0)
        await call.asks("[digits]")
        await asyncio.sleep(LONG)
        assert call.did == []


@in_virtual_time
async def test_an_answer_already_begun_gets_a_filler_though_the_turn_wants_none() -> None:
    async with guarded() as call:
        await call.stage.plays(LLMFullResponseStartFrame())
        await call.asks("[digits]")
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]


class Waiting(Opener):
    """Its moment has not come."""

    def __init__(self, waits: bool) -> None:
        self._waiting = waits

    @property
    def waits(self) -> bool:
        return self._waiting


@pytest.mark.parametrize("waits", [True, False])
@in_virtual_time
async def test_a_voice_before_the_opening_gets_no_reprompt(waits: bool) -> None:
    async with guarded(Setting(opener=Waiting(waits))) as call:
        await call.talks(1.0)
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == ([] if waits else [ENGLISH.again])


@in_virtual_time
async def test_a_second_llm_failure_is_a_transfer_where_a_person_can_take_over() -> None:
    async with guarded(Setting(can_transfer=True)) as call:
        for _ in range(2):
            await call.asks()
            await call.fails("llm")
            await call.fails("llm")
            await asyncio.sleep(LONG)
        assert call.did[-1] == "transfer"


@in_virtual_time
async def test_a_tts_that_fails_without_cached_prompts_leaves_the_last_resort() -> None:
    async with guarded(Setting(opening=OPENING, prepared=False)) as call:
        await call.fails("tts")
        await call.fails("tts")
        assert call.did[-2:] == [LAST_RESORT.text, f"hang up: None, {Ending.FAILURE}"]
        assert ENGLISH.sorry not in call.did


@in_virtual_time
async def test_a_tts_that_is_heard_again_is_trusted_again() -> None:
    async with guarded(Setting(prepared=False)) as call:
        await call.asks()
        await call.fails("tts")
        await call.answered()
        await call.asks()
        await asyncio.sleep(1.0 + FILLER_SECS + LOOK)
        assert call.did[-1] == ENGLISH.one_moment


@in_virtual_time
async def test_a_cached_prompt_does_not_prove_that_the_tts_works() -> None:
    async with guarded(Setting(prepared=False)) as call:
        await call.asks()
        await call.fails("tts")
        await call.stage.plays(sound(1.0, prepared=True))
        await asyncio.sleep(1.0 + FILLER_SECS + LOOK)
        assert LAST_RESORT.text in call.did


@in_virtual_time
async def test_a_prompt_is_played_to_its_end_before_a_fallback_interrupts() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await call.stage.plays(sound(1.0, prepared=True))
        failing = asyncio.create_task(call.fails("llm"))
        await asyncio.sleep(0.9)
        assert call.did == []
        await failing
        assert call.did == ["interrupt", "ask again"]


@in_virtual_time
async def test_a_fallback_waits_only_so_long_for_a_long_prompt() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await call.stage.plays(sound(30.0, prepared=True))
        failing = asyncio.create_task(call.fails("llm"))
        await asyncio.sleep(PROMPT_SECS + 0.1)
        assert failing.done()
        assert call.did == ["interrupt", "ask again"]


@in_virtual_time
async def test_an_interruption_before_the_retry_cancels_it() -> None:
    async with guarded() as call:
        await call.asks()
        failing = asyncio.create_task(call.fails("llm"))
        await asyncio.sleep(RETRY_SECS / 2)
        await call.stage.plays(InterruptionFrame())
        await failing
        assert call.did == []


@in_virtual_time
async def test_the_watchdogs_own_interruption_ends_no_wait_and_a_callers_does() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        await call.fails("llm")
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == ["interrupt", "ask again", ENGLISH.one_moment]
        await call.stage.plays(InterruptionFrame())
        await asyncio.sleep(LONG)
        assert call.did == ["interrupt", "ask again", ENGLISH.one_moment]


@in_virtual_time
async def test_a_tool_that_takes_long_gets_a_filler() -> None:
    async with guarded() as call:
        await call.asks()
        await call.answered(0.5)
        await call.stage.plays(FunctionCallsStartedFrame(function_calls=[]))
        await asyncio.sleep(0.5 + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]


@in_virtual_time
async def test_a_long_tool_gets_fillers_now_and_then_and_no_fallback() -> None:
    async with guarded(Setting(fallbacks=("llm", "tts"))) as call:
        await call.asks()
        await call.stage.plays(FunctionCallsStartedFrame(function_calls=[]))
        await asyncio.sleep(2 * (FILLER_SECS + LINE_LASTS + LOOK))
        assert call.did == [ENGLISH.one_moment] * 2


def called(*ids: str) -> FunctionCallsStartedFrame:
    calls = [FunctionCallFromLLM("look_up", each, {}, None) for each in ids]
    return FunctionCallsStartedFrame(function_calls=calls)


def works(id_: str = "1", *, until_words: bool = True) -> FunctionCallInProgressFrame:
    return FunctionCallInProgressFrame("look_up", id_, {}, cancel_on_interruption=until_words)


def told(id_: str = "1", *, is_final: bool = True) -> FunctionCallResultFrame:
    properties = FunctionCallResultProperties(is_final=is_final)
    return FunctionCallResultFrame("look_up", id_, {}, {"found": 1}, properties=properties)


async def says_and_calls(call: Call, secs: float, *ids: str) -> None:
    """The LLM says so much before its tools: that they are called is told ahead of that."""
    await call.asks()
    await call.stage.plays(
        called(*ids), LLMFullResponseStartFrame(), TTSStartedFrame(), sound(secs)
    )
    await call.stage.plays(LLMFullResponseEndFrame(), *map(works, ids))


@pytest.mark.parametrize("secs", [0.5, 2.0, 6.0])
@in_virtual_time
async def test_words_before_a_tool_are_no_answer(secs: float) -> None:
    async with guarded() as call:
        await says_and_calls(call, secs, "1")
        await asyncio.sleep(secs + FILLER_SECS - 0.1)
        assert call.did == []
        await asyncio.sleep(0.1 + LOOK)
        assert call.did == [ENGLISH.one_moment]
        await asyncio.sleep(LINE_LASTS + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment] * 2
        await call.stage.plays(told())
        await call.answered()
        await asyncio.sleep(LONG)
        assert call.did == [ENGLISH.one_moment] * 2


@in_virtual_time
async def test_of_several_tools_the_last_is_waited_for() -> None:
    async with guarded() as call:
        await says_and_calls(call, 1.0, "1", "2")
        await call.stage.plays(told("1"))
        await asyncio.sleep(1.0 + FILLER_SECS + LOOK)
        await call.stage.plays(told("2", is_final=False))
        await asyncio.sleep(LINE_LASTS + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment] * 2
        await call.stage.plays(told("2"))
        await asyncio.sleep(LONG)
        assert ENGLISH.sorry in call.did  # it was the LLM's turn


@in_virtual_time
async def test_what_a_tool_says_is_no_answer_and_the_fillers_go_on() -> None:
    async with guarded() as call:
        await says_and_calls(call, 0.5, "1")
        await asyncio.sleep(1.0)
        await call.stage.plays(TTSStartedFrame(), sound(1.0))  # "I am looking."
        await asyncio.sleep(1.0 + 3 * (FILLER_SECS + LINE_LASTS + LOOK))
        assert call.did == [ENGLISH.one_moment] * 3


@in_virtual_time
async def test_a_slow_llm_after_a_slow_tool_has_a_filler_of_its_own() -> None:
    async with guarded() as call:
        await says_and_calls(call, 0.5, "1")
        await asyncio.sleep(0.5 + FILLER_SECS + LOOK)
        await call.stage.plays(told(), LLMFullResponseStartFrame())
        await asyncio.sleep(LINE_LASTS + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment] * 2
        await call.answered()
        await asyncio.sleep(LONG)
        assert call.did == [ENGLISH.one_moment] * 2


@in_virtual_time
async def test_a_tool_that_an_interruption_cancels_is_waited_for_no_more() -> None:
    async with guarded() as call:
        await call.asks()
        await call.stage.plays(called("1"), LLMFullResponseStartFrame(), sound(2.0))
        cancelled = FunctionCallCancelFrame("look_up", "1")
        await call.stage.plays(InterruptionFrame(), cancelled, works())
        await asyncio.sleep(LONG)
        assert call.did == []


@in_virtual_time
async def test_a_tool_that_outlives_an_interruption_gets_no_filler_behind_it() -> None:
    async with guarded() as call:
        await call.asks()
        await call.stage.plays(called("1"), sound(0.5), LLMFullResponseEndFrame())
        await call.stage.plays(works(until_words=False))
        await asyncio.sleep(0.5 + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]
        await call.stage.plays(InterruptionFrame())
        await call.asks("And where are you?")
        await call.answered()
        await asyncio.sleep(LONG)
        assert call.did == [ENGLISH.one_moment]
        await call.stage.plays(told(), LLMFullResponseStartFrame())
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment] * 2


@in_virtual_time
async def test_a_tool_cancelled_at_its_timeout_leaves_the_llm_time_of_its_own() -> None:
    async with guarded() as call:
        await says_and_calls(call, 0.5, "1")
        await asyncio.sleep(LONG)
        count = len(call.did)
        assert call.did == [ENGLISH.one_moment] * count
        await call.stage.plays(FunctionCallCancelFrame("look_up", "1", run_llm=True))
        await call.answered()
        await asyncio.sleep(LONG)
        assert len(call.did) == count


def too_busy(after: str = "") -> Exception:
    request = httpx.Request("POST", "http://127.0.0.1/")
    response = httpx.Response(429, headers={"retry-after": after} if after else {}, request=request)
    return httpx.HTTPStatusError("too many requests", request=request, response=response)


@in_virtual_time
async def test_an_llms_rate_limit_delays_the_retry_and_the_caller_hears_a_filler() -> None:
    async with guarded() as call:
        await call.asks()
        asked_at = now()
        await call.fails("llm", exception=too_busy("2"))
        assert now() - asked_at == pytest.approx(2.0, abs=0.1)
        assert call.did == ["interrupt", "ask again"]
        await call.fails("llm", exception=too_busy("2"))
        assert call.did[2:] == [ENGLISH.one_moment, "interrupt", "ask again"]
        assert now() - asked_at < FILLER_SECS + LINE_LASTS + FILLER_SECS
        await call.answered()
        await asyncio.sleep(LONG)
        assert call.did[5:] == []


@in_virtual_time
async def test_an_llms_rate_limit_that_lasts_gets_an_apology_in_time() -> None:
    async with guarded() as call:
        await call.asks()
        asked_at = now()
        while ENGLISH.sorry not in call.did:
            await call.fails("llm", exception=too_busy("2"))
        assert call.did.count("ask again") == 2
        assert now() - asked_at < FILLER_SECS + LINE_LASTS + FILLER_SECS


@in_virtual_time
async def test_retries_under_a_rate_limit_without_retry_after_become_rarer() -> None:
    async with guarded() as call:
        await call.asks()
        asked_at = now()
        while ENGLISH.sorry not in call.did:
            await call.fails("llm", exception=too_busy())
        assert 3 <= call.did.count("ask again") <= 6
        assert now() - asked_at < FILLER_SECS + LINE_LASTS + FILLER_SECS


@pytest.mark.parametrize("after", ["6", "30", "86400"])
@in_virtual_time
async def test_a_retry_that_would_come_too_late_is_an_apology_at_once(after: str) -> None:
    async with guarded() as call:
        await call.asks()
        asked_at = now()
        await call.fails("llm", exception=too_busy(after))
        assert call.did == ["interrupt", ENGLISH.sorry]
        assert now() - asked_at < 0.1


@in_virtual_time
async def test_a_fallback_waits_for_its_own_rate_limit_alone() -> None:
    async with guarded(Setting(fallbacks=("llm",))) as call:
        await call.asks()
        asked_at = now()
        await call.fails("llm", exception=too_busy("30"))
        assert call.did == ["interrupt", "ask again"]
        await asyncio.sleep(2 * SAME_FAILURE_SECS)
        await call.fails("llm", exception=too_busy("2"))
        assert call.did[2:] == ["interrupt", "ask again"]
        assert now() - asked_at == pytest.approx(2.4, abs=0.1)


@in_virtual_time
async def test_a_turn_that_comes_before_the_retry_is_answered_once() -> None:
    async with guarded() as call:
        await call.asks()
        failing = asyncio.create_task(call.fails("llm", exception=too_busy("2")))
        await asyncio.sleep(1.0)
        await call.stage.plays(InterruptionFrame())
        await call.asks("And on Sunday?")
        await failing
        assert call.did == []


@pytest.mark.parametrize(("run_llm", "waits"), [(False, False), (True, True), (None, True)])
@in_virtual_time
async def test_after_a_tool_that_wants_no_llm_run_nothing_is_waited_for(
    run_llm: bool | None, waits: bool
) -> None:
    async with guarded() as call:
        await call.asks()
        result = FunctionCallResultFrame(
            function_name="hang_up",
            tool_call_id="1",
            arguments={},
            result={},
            properties=FunctionCallResultProperties(run_llm=run_llm),
        )
        await call.stage.plays(FunctionCallsStartedFrame(function_calls=[]), result)
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert bool(call.did) is waits


@in_virtual_time
async def test_a_call_with_its_goodbye_said_gets_no_filler() -> None:
    async with guarded() as call:
        call.call_control.left = True
        await call.asks()
        await asyncio.sleep(LONG)
        assert call.did == []


@in_virtual_time
async def test_bot_audio_that_goes_upstream_does_not_delay_the_filler() -> None:
    async with guarded() as call:
        await call.asks()
        await call.watchdog.queue_frame(sound(30.0), FrameDirection.UPSTREAM)
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]


@in_virtual_time
async def test_a_goodbye_just_before_the_filler_prevents_it() -> None:
    async with guarded() as call:
        await call.asks()
        await asyncio.sleep(FILLER_SECS - 0.02)
        call.call_control.left = True
        await asyncio.sleep(LONG)
        assert call.did == []


@in_virtual_time
async def test_an_answer_without_a_sound_gets_a_filler_though_a_prompt_was_heard() -> None:
    async with guarded() as call:
        await call.asks()
        await call.stage.plays(sound(1.0, prepared=True))
        await call.stage.plays(LLMFullResponseStartFrame(), LLMFullResponseEndFrame())
        await asyncio.sleep(1.0 + FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]


@in_virtual_time
async def test_an_llm_that_fails_gets_its_apology_from_the_tts() -> None:
    async with guarded(Setting(prepared=False)) as call:
        await call.asks()
        await call.fails("llm")
        await call.fails("llm")
        assert call.did[-1] == ENGLISH.sorry


@in_virtual_time
async def test_the_filler_does_not_wait_for_sound_cut_off_by_an_interruption() -> None:
    async with guarded() as call:
        await call.asks()
        await call.answered(30.0)
        await call.stage.plays(InterruptionFrame())
        await call.asks()
        await asyncio.sleep(FILLER_SECS + LOOK)
        assert call.did == [ENGLISH.one_moment]


@in_virtual_time
async def test_a_tts_that_breaks_off_is_retried_though_the_end_comes_before_its_error() -> None:
    async with guarded() as call:
        await call.asks()
        await call.stage.plays(
            LLMFullResponseStartFrame(), TTSStartedFrame(), sound(0.1), LLMFullResponseEndFrame()
        )
        await call.fails("tts")
        await asyncio.sleep(RETRY_SECS)
        assert call.did == ["interrupt", "ask again"]
