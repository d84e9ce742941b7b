"""The barge-in strategy alone, on a virtual clock: what begins a turn and what pauses the bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    FunctionCallCancelFrame,
    FunctionCallFromLLM,
    FunctionCallResultFrame,
    FunctionCallsStartedFrame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    STTMetadataFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameDirection
from pipecat.turns.types import ProcessFrameResult
from pipecat.utils.asyncio.task_manager import TaskManager
from pipecat.utils.base_object import BaseObject
from pipecat.utils.text.base_text_aggregator import TextType

from shared.bot.turn_settings import TurnSettings
from shared.conversation.speech.playout import OVERLAP_SECS, Playout
from shared.conversation.turns.barge_in import (
    LONG_SECS,
    MAX_WORDS_SECS,
    VOICE_SECS,
    WORDLESS_SECS,
    WORDS_SECS,
    BargeIn,
)
from shared.conversation.turns.take_back import TakeBack
from shared.telephony.stream.pausable_output import PauseSpeechFrame, ResumeSpeechFrame
from tests.support.virtual_time import in_virtual_time, now

PAUSE, RESUME, TURN, FORGET = "hold", "resume", "turn", "forget the words"
AWHILE = 10.0
PROTECTED = TurnSettings().uninterruptible_secs


@dataclass
class Line:
    """A caller and a bot, as the strategy hears them."""

    strategy: BargeIn
    playout: Playout
    take_back: TakeBack
    voiced: bool = False
    did: list[str] = field(default_factory=list)

    async def hears(self, frame: Frame) -> bool:
        """Give it a frame; tells whether the strategies behind it see it too."""
        return await self.strategy.process_frame(frame) is ProcessFrameResult.CONTINUE

    async def voice(self, secs: float | None = None) -> None:
        """A voice, which goes on if nobody says how long it lasts."""
        self.voiced = True
        await self.hears(VADUserStartedSpeakingFrame(start_secs=0.1))
        if secs is not None:
            await asyncio.sleep(secs)
            await self.quiet()

    async def quiet(self) -> None:
        self.voiced = False
        await self.hears(VADUserStoppedSpeakingFrame(stop_secs=0.1))

    async def words(self, text: str) -> bool:
        return await self.hears(InterimTranscriptionFrame(text, "", ""))

    async def final(self, text: str) -> bool:
        return await self.hears(TranscriptionFrame(text, "", ""))

    async def bot_talks(self) -> None:
        await self.hears(BotStartedSpeakingFrame())

    async def bot_says(self, text: str) -> None:
        """It takes as many tenths of a second as the text has letters."""
        self.playout.follow(TTSStartedFrame())
        self.playout.follow(AggregatedTextFrame(text, TextType.SENTENCE))
        self.playout.follow(TTSAudioRawFrame(bytes(1_600 * len(text)), 8_000, 1))
        await self.bot_talks()

    async def bot_stops(self) -> None:
        await self.hears(BotStoppedSpeakingFrame())


@asynccontextmanager
async def line(turn_settings: TurnSettings = TurnSettings()) -> AsyncIterator[Line]:  # noqa: B008
    playout = Playout()
    take_back = TakeBack()
    strategy = BargeIn(turn_settings, lambda: called.voiced, playout, take_back)
    called = Line(strategy, playout, take_back)
    await BaseObject.setup(strategy, TaskManager())

    async def turn(*_: object) -> None:
        called.did.append(TURN)
        await strategy.handle_user_turn_started()  # as the controller does, at once

    async def push(_: object, frame: Frame, direction: FrameDirection) -> None:
        assert direction is FrameDirection.DOWNSTREAM
        assert isinstance(frame, PauseSpeechFrame | ResumeSpeechFrame)
        called.did.append(PAUSE if isinstance(frame, PauseSpeechFrame) else RESUME)

    async def forget(*_: object) -> None:
        called.did.append(FORGET)

    strategy.add_event_handler("on_user_turn_started", turn)
    strategy.add_event_handler("on_push_frame", push)
    strategy.add_event_handler("on_reset_aggregation", forget)
    yield called
    await strategy.cleanup()
    await asyncio.sleep(0)
    assert not strategy.task_manager.current_tasks()


@asynccontextmanager
async def talking(turn_settings: TurnSettings = TurnSettings()) -> AsyncIterator[Line]:  # noqa: B008
    """A line on which the bot talks, and the crackling after the answer is over."""
    async with line(turn_settings) as called:
        await called.bot_talks()
        await asyncio.sleep(PROTECTED)
        yield called


@in_virtual_time
async def test_any_voice_begins_a_turn_when_the_bot_is_silent() -> None:
    async with line() as caller:
        await caller.voice()
        assert caller.did == [TURN]


@pytest.mark.parametrize("text", ["hello", "hmm"])
@in_virtual_time
async def test_any_transcript_begins_a_turn_when_the_bot_is_silent(text: str) -> None:
    async with line() as caller:
        assert not await caller.words(text)
        assert caller.did == [TURN]


@in_virtual_time
async def test_an_empty_transcript_or_another_frame_begins_no_turn() -> None:
    async with line() as caller:
        assert await caller.words(" ")
        assert await caller.hears(InputAudioRawFrame(bytes(640), 8_000, 1))
        assert caller.did == []


@in_virtual_time
async def test_a_barge_in_pauses_the_bot_at_the_voice_and_stops_it_at_the_words() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(0.3)
        assert caller.did == [PAUSE]
        assert not await caller.words("stop")
        assert caller.did == [PAUSE, TURN]
        await caller.quiet()
        await asyncio.sleep(AWHILE)
        assert caller.did == [PAUSE, TURN]  # nobody resumes what was interrupted


@in_virtual_time
async def test_a_cough_pauses_the_bot_until_no_transcript_can_come_any_more() -> None:
    async with talking() as caller:
        await caller.voice(0.5)
        await asyncio.sleep(WORDS_SECS - 0.01)
        assert caller.did == [PAUSE]
        await asyncio.sleep(0.02)
        assert caller.did == [PAUSE, RESUME]
        await asyncio.sleep(AWHILE)
        assert caller.did == [PAUSE, RESUME]


@pytest.mark.parametrize(
    ("latency", "secs"),
    [(0.1, WORDS_SECS), (0.6, 0.6), (3.0, MAX_WORDS_SECS)],
)
@in_virtual_time
async def test_a_barge_in_waits_for_words_for_as_long_as_the_stt_takes(
    latency: float, secs: float
) -> None:
    async with talking() as caller:
        await caller.hears(STTMetadataFrame(service_name="stt", ttfs_p99_latency=latency))
        await caller.voice(0.5)
        await asyncio.sleep(secs - 0.01)
        assert caller.did == [PAUSE]
        await asyncio.sleep(0.02)
        assert caller.did == [PAUSE, RESUME]


@in_virtual_time
async def test_a_backchannel_lets_the_bot_go_on_at_once_and_is_forgotten() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(0.2)
        assert not await caller.final("Hmm.")
        assert caller.did == [PAUSE, RESUME, FORGET]
        await caller.quiet()
        await asyncio.sleep(AWHILE)
        assert caller.did == [PAUSE, RESUME, FORGET]


@in_virtual_time
async def test_a_long_voice_is_an_interruption_even_without_words() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(LONG_SECS - 0.01)
        assert caller.did == [PAUSE]
        await asyncio.sleep(0.02)
        assert caller.did == [PAUSE, TURN]


@in_virtual_time
async def test_a_long_voice_without_words_is_a_tv_to_an_stt_that_sends_interims() -> None:
    async with talking() as caller:
        await caller.voice(0.3)
        await caller.words("hmm")  # so it does send them
        caller.did.clear()
        await caller.voice()
        await asyncio.sleep(WORDLESS_SECS - 0.01)
        assert caller.did == [PAUSE]
        await asyncio.sleep(0.02)
        assert caller.did == [PAUSE, RESUME]
        await asyncio.sleep(AWHILE)
        assert caller.did == [PAUSE, RESUME]
        await caller.words("hello, are you there")  # it was somebody after all
        assert caller.did == [PAUSE, RESUME, TURN]


@in_virtual_time
async def test_a_wordless_voice_that_begins_again_and_again_pauses_the_bot_no_longer() -> None:
    async with talking() as caller:
        await caller.voice(0.3)
        await caller.words("hmm")
        caller.did.clear()
        began = now()
        while now() - began < WORDLESS_SECS:
            assert RESUME not in caller.did
            await caller.voice(0.2)
            await asyncio.sleep(WORDS_SECS / 2)
        assert RESUME in caller.did


@pytest.mark.parametrize(
    ("first", "then", "did"),
    [("sounds", "sounds good", [PAUSE, RESUME]), ("i", "i want it", [PAUSE, TURN])],
)
@in_virtual_time
async def test_the_first_word_of_an_assent_is_no_barge_in_yet(
    first: str, then: str, did: list[str]
) -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(0.3)
        await caller.words(first)
        assert caller.did == [PAUSE]
        await caller.final(then)
        assert [each for each in caller.did if each != FORGET] == did


@in_virtual_time
async def test_a_long_voice_that_pauses_at_that_very_moment_is_an_interruption_later() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(LONG_SECS - 0.01)
        caller.voiced = False  # the detector isn't sure yet
        await asyncio.sleep(0.1)
        assert caller.did == [PAUSE]
        caller.voiced = True
        await asyncio.sleep(0.06)
        assert caller.did == [PAUSE, TURN]


@in_virtual_time
async def test_a_backchannel_recognised_while_it_lasts_leaves_no_task_behind() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(0.3)
        await caller.words("hmm")
        assert caller.did == [PAUSE, RESUME, FORGET]
        await caller.quiet()
        await asyncio.sleep(AWHILE)
        caller.voiced = True  # and nobody has been told yet
        await asyncio.sleep(0.1)
        assert caller.did == [PAUSE, RESUME, FORGET]
        assert not caller.strategy.task_manager.current_tasks()


@in_virtual_time
async def test_a_second_voice_in_a_barge_ins_pause_prolongs_it() -> None:
    async with talking() as caller:
        await caller.voice(0.3)
        await asyncio.sleep(WORDS_SECS / 2)
        await caller.voice(0.3)
        await asyncio.sleep(WORDS_SECS / 2)
        assert RESUME not in caller.did
        await asyncio.sleep(WORDS_SECS)
        assert caller.did[-1] == RESUME
        assert caller.did.count(RESUME) == 1


@in_virtual_time
async def test_how_long_a_voice_must_last_for_a_barge_in_is_a_turn_setting() -> None:
    async with talking(TurnSettings(min_interruption_secs=0.4)) as caller:
        await caller.voice(0.35)
        await asyncio.sleep(AWHILE)
        assert caller.did == []
        await caller.voice()
        await asyncio.sleep(0.39)
        assert caller.did == []
        await asyncio.sleep(0.02)
        assert caller.did == [PAUSE]
        await asyncio.sleep(LONG_SECS - 0.4)
        assert caller.did == [PAUSE, TURN]


@in_virtual_time
async def test_how_many_words_a_barge_in_takes_is_a_turn_setting() -> None:
    async with talking(TurnSettings(min_words=2)) as caller:
        await caller.voice(0.3)
        await caller.words("hmm stop")
        assert caller.did == [PAUSE, FORGET]
        await caller.words("stop it")
        assert caller.did == [PAUSE, FORGET, TURN]


@in_virtual_time
async def test_a_transcript_without_a_voice_is_the_bots_own_echo() -> None:
    async with talking() as caller:
        assert not await caller.words("we are open from nine")
        assert caller.did == []
        assert not await caller.final("we are open from nine")
        assert caller.did == [FORGET]


@in_virtual_time
async def test_a_barge_ins_words_may_come_a_while_after_their_voice() -> None:
    async with talking() as caller:
        await caller.voice(0.5)
        await asyncio.sleep(VOICE_SECS - 0.6)
        await caller.words("stop")
        assert caller.did == [PAUSE, RESUME, TURN]
        await caller.voice(0.5)
        await asyncio.sleep(VOICE_SECS)
        await caller.words("stop")
        assert caller.did == [PAUSE, RESUME, TURN, PAUSE, RESUME, FORGET]


@in_virtual_time
async def test_crackling_at_the_start_of_a_call_is_no_barge_in() -> None:
    async with line() as caller:
        await caller.bot_talks()
        await caller.voice(PROTECTED / 2)
        await asyncio.sleep(AWHILE)
        assert caller.did == []
        await caller.voice()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert caller.did == [PAUSE]


@in_virtual_time
async def test_only_the_first_words_of_the_bot_are_protected_from_barge_in() -> None:
    async with line() as caller:
        await caller.bot_talks()
        await caller.bot_stops()
        await caller.bot_talks()
        await caller.voice(0.1)
        assert caller.did == [PAUSE]


@in_virtual_time
async def test_a_voice_begins_a_turn_when_the_bot_has_finished() -> None:
    async with talking() as caller:
        await caller.bot_stops()
        await caller.voice()
        assert caller.did == [TURN]


@in_virtual_time
async def test_a_voice_that_goes_on_while_the_bot_thinks_takes_the_turn_back() -> None:
    turn_settings = TurnSettings(min_interruption_secs=0.3)
    async with talking(turn_settings) as caller:
        await caller.bot_stops()
        await caller.strategy.handle_user_turn_stopped()
        await caller.voice(0.2)  # a breath
        await asyncio.sleep(AWHILE)
        assert caller.did == []
        await caller.voice()
        await asyncio.sleep(0.31)
        assert caller.did == [PAUSE]  # what is about to be said isn't, until there are words
        await caller.words("and on Sunday")
        assert caller.did == [PAUSE, TURN]


@in_virtual_time
async def test_whoever_goes_on_before_the_bots_first_answer_takes_the_turn_back() -> None:
    async with line() as caller:
        await caller.voice(1.0)
        caller.take_back.turn_ended("my number is")
        await caller.strategy.handle_user_turn_stopped()
        await asyncio.sleep(0.8)
        await caller.voice()
        await asyncio.sleep(0.3)
        assert caller.did == [TURN, PAUSE]
        await caller.words("nine")
        assert caller.did == [TURN, PAUSE, TURN]
        assert caller.take_back.text == "my number is"


@in_virtual_time
async def test_a_noise_before_the_bots_answer_only_delays_it() -> None:
    async with line() as caller:
        await caller.voice(1.0)
        await caller.strategy.handle_user_turn_stopped()
        await caller.voice(0.3)
        await asyncio.sleep(AWHILE)
        assert caller.did == [TURN, PAUSE, RESUME]


@in_virtual_time
async def test_a_voice_while_a_tool_works_takes_the_turn_back_without_words() -> None:
    async with line() as caller:
        await caller.voice(1.0)
        await caller.strategy.handle_user_turn_stopped()
        call = FunctionCallFromLLM("book", "1", {}, LLMContext())
        await caller.hears(FunctionCallsStartedFrame([call]))
        await caller.voice()
        await asyncio.sleep(0.01)
        assert caller.did == [TURN, TURN]


@pytest.mark.parametrize("end", [FunctionCallResultFrame("book", "1", {}, {}), None])
@in_virtual_time
async def test_a_tool_that_has_ended_is_no_reason_to_take_the_turn_back(
    end: FunctionCallResultFrame | None,
) -> None:
    async with line() as caller:
        await caller.voice(1.0)
        await caller.strategy.handle_user_turn_stopped()
        call = FunctionCallFromLLM("book", "1", {}, LLMContext())
        await caller.hears(FunctionCallsStartedFrame([call]))
        await caller.hears(end or FunctionCallCancelFrame("book", "1"))
        await caller.voice()
        await asyncio.sleep(0.01)
        assert caller.did == [TURN, PAUSE]


@in_virtual_time
async def test_after_its_answer_any_voice_begins_a_turn_at_once() -> None:
    async with talking(TurnSettings(min_interruption_secs=0.3)) as caller:
        await caller.bot_stops()
        await caller.strategy.handle_user_turn_stopped()
        await caller.bot_talks()
        await caller.bot_stops()
        await caller.voice()
        assert caller.did == [TURN]


@in_virtual_time
async def test_a_backchannel_resumes_nothing_that_was_not_paused() -> None:
    async with talking() as caller:
        await caller.final("hmm")
        assert caller.did == [FORGET]


@in_virtual_time
async def test_any_final_transcript_takes_the_turn_back_while_the_bot_thinks() -> None:
    async with talking() as caller:
        await caller.bot_stops()
        await caller.strategy.handle_user_turn_stopped()
        await caller.final("hmm")
        assert caller.did == [TURN]


@pytest.mark.parametrize("after", [0.05, 0.4, 0.9, 2.0])
@pytest.mark.parametrize("bot", ["thinks", "talks"])
@in_virtual_time
async def test_a_noise_with_a_transcript_begins_no_turn_and_costs_no_answer(
    bot: str, after: float
) -> None:
    async with line() as caller:
        await caller.voice(0.8)
        await caller.final("what are your opening hours")
        await caller.strategy.handle_user_turn_stopped()
        if bot == "talks":
            await caller.bot_talks()
        caller.did.clear()
        await asyncio.sleep(after)
        for noise in ("the", "the", "and so"):
            assert not await caller.words(noise)
        await asyncio.sleep(AWHILE)
        assert caller.did == []


@in_virtual_time
async def test_first_words_of_a_voice_take_the_turn_back_while_the_bot_thinks() -> None:
    async with line(TurnSettings(min_interruption_secs=5)) as caller:
        await caller.voice(0.8)
        await caller.final("what are your opening hours")
        await caller.strategy.handle_user_turn_stopped()
        caller.did.clear()
        await caller.voice(0.5)
        await caller.words("on")
        assert caller.did == [TURN]


ASSENT = (
    *("yes", "Okay.", "right", "I see", "Yeah, yeah.", "got it", "sure", "uh-huh, okay", "ok sir"),
    *("जी", "ठीक है", "हाँ जी", "अच्छा ठीक है।", "haan", "theek hai", "ji haan", "sahi hai", "bilkul"),
)
STATEMENT = "We are open from nine to five, and on Saturdays until noon."
QUESTION = "Shall I book that for you?"


@pytest.mark.parametrize("text", ASSENT)
@in_virtual_time
async def test_assent_to_a_statement_is_a_backchannel_and_no_barge_in(text: str) -> None:
    async with talking() as caller:
        await caller.bot_says(STATEMENT)
        await asyncio.sleep(1)
        await caller.voice(0.4)
        assert not await caller.words(text)
        assert not await caller.final(text)
        assert caller.did == [PAUSE, RESUME, FORGET]


@pytest.mark.parametrize("text", ASSENT)
@pytest.mark.parametrize("before", [0.8, 0.35, 0.15])
@in_virtual_time
async def test_assent_over_the_end_of_a_question_is_a_turn_and_no_backchannel(
    text: str, before: float
) -> None:
    async with talking() as caller:
        await caller.bot_says(QUESTION)
        await asyncio.sleep(len(QUESTION) / 10 - before)
        await caller.voice(0.3)
        await caller.final(text)
        assert caller.did == [PAUSE, TURN]


@pytest.mark.parametrize("text", ["no", "yes but not on Monday", "नहीं", "wait", "okay, what is it"])
@in_virtual_time
async def test_more_than_assent_to_a_statement_is_a_barge_in(text: str) -> None:
    async with talking() as caller:
        await caller.bot_says(STATEMENT)
        await asyncio.sleep(1)
        await caller.voice(0.4)
        await caller.final(text)
        assert caller.did == [PAUSE, TURN]


@in_virtual_time
async def test_a_yes_at_the_beginning_of_a_question_is_a_backchannel() -> None:
    async with talking() as caller:
        await caller.bot_says(QUESTION)
        await asyncio.sleep(len(QUESTION) / 10 - OVERLAP_SECS - 0.5)
        await caller.voice(0.3)
        await caller.final("yes")
        assert caller.did == [PAUSE, RESUME, FORGET]


@in_virtual_time
async def test_a_backchannel_over_the_end_of_a_question_does_not_answer_it() -> None:
    async with talking() as caller:
        await caller.bot_says(QUESTION)
        await asyncio.sleep(len(QUESTION) / 10 - 0.3)
        await caller.voice(0.2)
        await caller.final("hmm")
        assert caller.did == [PAUSE, RESUME, FORGET]


@in_virtual_time
async def test_a_call_that_ends_in_a_barge_ins_pause_leaves_no_task_behind() -> None:
    async with talking() as caller:
        await caller.voice()
        await asyncio.sleep(0.2)
        assert caller.did == [PAUSE]
