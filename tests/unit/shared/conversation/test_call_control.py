"""Call control's speech, hang-ups and transfers, with a TTS and a line that take notes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    EndWorkerFrame,
    Frame,
    InterruptionFrame,
    LLMRunFrame,
    OutputTransportMessageFrame,
    TextFrame,
    TTSSpeakFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.bot.actions import Action, HangUp
from shared.conversation.call_control import CallControl, Summarise
from shared.conversation.speech.playback import PlayPromptFrame, PrerenderedSpeech
from shared.conversation.speech.playout_marks import MARK_SECS, UNSAID_SECS
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from shared.telephony.stream.pausable_output import PauseSpeechFrame, ResumeSpeechFrame
from shared.telephony.stream.serializer import MarkPlayedFrame
from tests.support.pipeline import Stage, on_stage, settle
from tests.support.virtual_time import in_virtual_time

TALK_SECS = 2.0  # for a text to be said and played
NUMBERS = ("+918047112233",)
LINES = tuple(ENGLISH)


class Line(FrameProcessor):
    """Plays what is prepared, and tells of the marks when it is played.

    Args:
        echoes: Whether marks come back.
    """

    def __init__(self, echoes: bool) -> None:
        super().__init__()
        self._echoes = echoes
        self._busy: asyncio.Task[None] | None = None

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        match frame:
            case PlayPromptFrame():
                await self.push_frame(BotStartedSpeakingFrame(), FrameDirection.UPSTREAM)
                await asyncio.sleep(TALK_SECS)
                await self.push_frame(BotStoppedSpeakingFrame(), FrameDirection.UPSTREAM)
            case OutputTransportMessageFrame(message={"mark": {"name": name}}) if self._echoes:
                await self.push_frame(MarkPlayedFrame(mark=name), FrameDirection.UPSTREAM)
        await self.push_frame(frame, direction)


class Voice(FrameProcessor):
    """Takes what it is to say; says it as the line does, if it works.

    Attributes:
        then: Where its sound goes.
    """

    def __init__(self, works: bool) -> None:
        super().__init__()
        self.asked: list[TTSSpeakFrame] = []
        self.then: FrameProcessor | None = None
        self.makes_for = 0.0  # seconds, all that it is given
        self._works = works

    async def queue_frame(
        self,
        frame: Frame,
        direction: FrameDirection = FrameDirection.DOWNSTREAM,
        callback: object = None,
    ) -> None:
        if isinstance(frame, TTSSpeakFrame):
            self.asked.append(frame)
            frame = PlayPromptFrame(PrerenderedSpeech(frame.text, b"", 8_000), False)
        if self._works and self.then:
            if self.makes_for:
                self.makes_for += 0.001  # one after the other
                asyncio.get_running_loop().call_later(
                    self.makes_for, asyncio.ensure_future, self.then.queue_frame(frame)
                )
            else:
                await self.then.queue_frame(frame)


@dataclass
class Call:
    call_control: CallControl
    voice: Voice
    stage: Stage
    endings: list[Ending]
    handed: list[tuple[str, tuple[str, ...], str]]
    expected: list[ExpectedAnswer]

    @property
    def said(self) -> list[str]:
        """What the line was given, prepared or live."""
        return [frame.speech.text for frame in self.stage.of(PlayPromptFrame)]

    @property
    def live(self) -> list[str]:
        return [frame.text for frame in self.voice.asked]


@dataclass(frozen=True)
class Setting:
    prepared: tuple[str, ...] = LINES
    echoes: bool = True
    works: bool = True
    hands_over: bool | None = True
    transfer_targets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    has_transfer_number: bool = True
    failure: Exception | None = None
    summarise: Summarise | None = None


@asynccontextmanager
async def called(setting: Setting = Setting()) -> AsyncIterator[Call]:
    endings: list[Ending] = []
    handed: list[tuple[str, tuple[str, ...], str]] = []
    expected: list[ExpectedAnswer] = []
    voice = Voice(setting.works)

    async def transfer_call(reason: str, to: tuple[str, ...], summary: str) -> bool:
        handed.append((reason, to, summary))
        if setting.failure:
            raise setting.failure
        return bool(setting.hands_over)

    def ready(text: str) -> PrerenderedSpeech | None:
        return PrerenderedSpeech(text, b"", 8_000) if text in setting.prepared else None

    call_control = CallControl(
        voice,
        ENGLISH,
        ready,
        endings.append,
        None if setting.hands_over is None else transfer_call,
        setting.transfer_targets,
        has_transfer_number=setting.has_transfer_number,
        summarise=setting.summarise,
        expect=expected.append,
    )
    voice.then = call_control
    async with on_stage(call_control, Line(setting.echoes)) as stage:
        yield Call(call_control, voice, stage, endings, handed, expected)


@pytest.mark.parametrize("remembered", [True, False])
@in_virtual_time
async def test_a_cached_prompt_is_said_without_the_tts(remembered: bool) -> None:
    async with called() as call:
        await call.call_control.say(ENGLISH.hello, remembered=remembered)
        await asyncio.sleep(TALK_SECS + 1)
        (frame,) = call.stage.of(PlayPromptFrame)
        assert frame.speech.text == ENGLISH.hello
        assert frame.remembered is remembered
        assert call.live == []


@pytest.mark.parametrize("remembered", [True, False])
@in_virtual_time
async def test_a_text_that_is_not_cached_is_said_by_the_tts(remembered: bool) -> None:
    async with called() as call:
        await call.call_control.say("We are open.", remembered=remembered)
        (frame,) = call.voice.asked
        assert frame.text == "We are open."
        assert frame.append_to_context is remembered


@in_virtual_time
async def test_call_control_knows_which_prompts_need_no_tts() -> None:
    async with called() as call:
        assert call.call_control.is_ready(ENGLISH.hello)
        assert not call.call_control.is_ready("We are open.")


@pytest.mark.parametrize("echoes", [True, False])
@pytest.mark.parametrize(
    ("goodbye", "said"),
    [("", [ENGLISH.goodbye]), ("Bye, Meera.", ["Bye, Meera."]), (None, [])],
)
@in_virtual_time
async def test_a_hang_up_waits_until_the_goodbye_has_been_heard(
    goodbye: str | None, said: list[str], echoes: bool
) -> None:
    async with called(Setting(echoes=echoes)) as call:
        await call.call_control.hang_up(goodbye, Ending.SILENCE)
        assert call.call_control.leaving
        if said:
            await asyncio.sleep(TALK_SECS - 0.1)
            assert call.endings == []
        await asyncio.sleep(0.2)
        assert call.endings == ([Ending.SILENCE] if echoes else [])
        await asyncio.sleep(MARK_SECS + 0.5)
        assert call.endings == [Ending.SILENCE]
        assert call.said == said
        assert call.live == [text for text in said if text not in LINES]


@in_virtual_time
async def test_a_hang_up_without_a_reason_is_the_bots() -> None:
    async with called() as call:
        await call.call_control.hang_up()
        await asyncio.sleep(TALK_SECS + 1)
        assert call.endings == [Ending.BOT_HUNG_UP]


@in_virtual_time
async def test_two_hang_ups_say_goodbye_once() -> None:
    async with called() as call:
        await call.call_control.hang_up()
        await call.call_control.hang_up("And goodbye again.")
        assert await call.call_control.transfer("an invoice")
        await asyncio.sleep(10)
        assert call.said == [ENGLISH.goodbye]
        assert call.endings == [Ending.BOT_HUNG_UP]
        assert call.handed == []


@in_virtual_time
async def test_an_interruption_cancels_the_goodbye_which_may_come_again() -> None:
    async with called() as call:
        await call.call_control.hang_up()
        await asyncio.sleep(TALK_SECS / 2)
        await call.stage.plays(InterruptionFrame())
        assert not call.call_control.leaving
        await asyncio.sleep(10)
        assert call.endings == []
        await call.call_control.hang_up("Bye then.")
        await asyncio.sleep(10)
        assert call.endings == [Ending.BOT_HUNG_UP]


@in_virtual_time
async def test_a_retired_call_control_says_no_goodbye() -> None:
    async with called() as call:
        call.call_control.retired = True
        assert call.call_control.leaving
        await call.call_control.hang_up()
        await asyncio.sleep(10)
        assert call.said == call.endings == []


@in_virtual_time
async def test_a_goodbye_that_the_tts_never_says_becomes_the_cached_prompt(
    log: list[str],
) -> None:
    async with called(Setting(works=False)) as call:
        await call.call_control.hang_up("Bye, Meera.")
        await asyncio.sleep(UNSAID_SECS - 0.1)
        assert call.said == []
        await asyncio.sleep(TALK_SECS + 0.2)
        assert call.said == [ENGLISH.goodbye]
        assert call.endings == [Ending.BOT_HUNG_UP]
        assert any("the last words weren't said" in line for line in log)


@in_virtual_time
async def test_without_a_tts_or_a_cached_goodbye_the_bot_just_hangs_up() -> None:
    async with called(Setting(works=False, prepared=())) as call:
        await call.call_control.hang_up("Bye, Meera.")
        await asyncio.sleep(UNSAID_SECS + 0.1)
        assert call.endings == [Ending.BOT_HUNG_UP]
        assert call.live == ["Bye, Meera."]


@in_virtual_time
async def test_heard_is_false_after_an_interruption() -> None:
    async with called() as call:
        await call.call_control.say(ENGLISH.hello)
        hearing = asyncio.create_task(call.call_control.heard())
        await asyncio.sleep(TALK_SECS / 2)
        await call.stage.plays(InterruptionFrame())
        assert not await hearing


@in_virtual_time
async def test_heard_without_marks_is_heard_after_a_while() -> None:
    async with called(Setting(echoes=False)) as call:
        await call.call_control.say(ENGLISH.hello)
        hearing = asyncio.create_task(call.call_control.heard())
        await asyncio.sleep(TALK_SECS + MARK_SECS - 0.1)
        assert not hearing.done()
        await asyncio.sleep(0.3)
        assert hearing.done()
        assert hearing.result()


@in_virtual_time
async def test_a_mark_of_live_tts_comes_behind_its_sound() -> None:
    async with called() as call:
        await call.call_control.say("We are open.")
        assert await call.call_control.heard()
        kinds = [type(frame) for frame in call.stage.down]
        assert kinds == [PlayPromptFrame, OutputTransportMessageFrame]


@in_virtual_time
async def test_a_transfer_is_decided_when_its_announcement_was_heard() -> None:
    async def summarise() -> str:
        await asyncio.sleep(TALK_SECS / 2)  # meanwhile the caller listens
        return "Meera has an invoice."

    async with called(Setting(summarise=summarise)) as call:
        assert await call.call_control.transfer("an invoice", NUMBERS)
        assert call.call_control.leaving
        await asyncio.sleep(TALK_SECS - 0.1)
        assert call.said == []
        assert call.handed == []
        await asyncio.sleep(0.2)
        assert call.said == [ENGLISH.connecting]
        assert call.handed == [("an invoice", NUMBERS, "Meera has an invoice.")]
        assert call.endings == [Ending.TRANSFERRED]
        await asyncio.sleep(10)
        assert call.said == [ENGLISH.connecting]


@in_virtual_time
async def test_a_transfer_may_have_no_summary_and_an_announcement_of_its_own() -> None:
    async with called() as call:
        await call.call_control.transfer("an invoice", announcement="One second.")
        await asyncio.sleep(10)
        assert call.live == ["One second."]
        assert call.handed == [("an invoice", (), "")]


@in_virtual_time
async def test_without_a_way_to_a_person_there_is_no_transfer() -> None:
    async with called(Setting(hands_over=None)) as call:
        assert not call.call_control.can_transfer(NUMBERS)
        assert not await call.call_control.transfer("an invoice")
        await asyncio.sleep(10)
        assert not call.call_control.leaving
        assert call.said == call.endings == []


@in_virtual_time
async def test_a_transfer_that_fails_is_told_and_the_call_goes_on() -> None:
    async with called(Setting(hands_over=False)) as call:
        assert call.call_control.can_transfer()
        assert await call.call_control.transfer("an invoice")
        await asyncio.sleep(10)
        assert call.said == [ENGLISH.connecting, ENGLISH.no_agent]
        assert call.endings == []
        assert not call.call_control.leaving


@in_virtual_time
async def test_an_interruption_cancels_a_transfer() -> None:
    async with called() as call:
        await call.call_control.transfer("an invoice")
        await asyncio.sleep(TALK_SECS / 2)
        await call.stage.plays(InterruptionFrame())
        await asyncio.sleep(10)
        assert call.handed == []
        assert call.endings == []
        assert not call.call_control.leaving


@in_virtual_time
async def test_a_pipelines_own_end_waits_for_the_mark_behind_its_last_words() -> None:
    async with called() as call:
        await call.call_control.say(ENGLISH.hello)
        await call.stage.plays(EndWorkerFrame())
        await call.call_control.queue_frame(EndWorkerFrame())
        await asyncio.sleep(TALK_SECS - 0.1)
        assert call.endings == []
        await asyncio.sleep(0.2)
        assert call.endings == [Ending.BOT_HUNG_UP]
        assert call.said == [ENGLISH.hello]
        assert not call.stage.of(EndWorkerFrame)


@in_virtual_time
async def test_an_interruption_stops_the_llm_the_tts_and_a_pending_hang_up() -> None:
    async with called() as call:
        await call.call_control.hang_up()
        await settle()
        await call.call_control.interrupt()
        await settle()
        assert not call.call_control.leaving
        assert any(isinstance(frame, InterruptionFrame) for frame in call.stage.up)
        assert call.stage.of(InterruptionFrame)
        await asyncio.sleep(10)
        assert call.endings == []


@in_virtual_time
async def test_the_llm_is_rerun_by_a_frame_that_goes_upstream() -> None:
    async with called() as call:
        await call.call_control.rerun_llm()
        await settle()
        assert [type(frame) for frame in call.stage.up] == [LLMRunFrame]


@in_virtual_time
async def test_call_control_passes_other_frames_on() -> None:
    async with called() as call:
        await call.stage.plays(TextFrame("hello"))
        assert [frame.text for frame in call.stage.of(TextFrame)] == ["hello"]


@in_virtual_time
async def test_a_tools_action_is_handled_by_the_keypad() -> None:
    done: list[Action] = []

    async def act(_: object, action: Action) -> None:
        done.append(action)

    async with called() as call:
        call.call_control.add_event_handler("on_action", act)
        await call.call_control.act(HangUp("Bye."))
        assert done == [HangUp("Bye.")]


@in_virtual_time
async def test_a_cached_goodbye_waits_for_what_the_tts_is_still_making() -> None:
    async with called() as call:
        call.voice.makes_for = 1.0
        await call.call_control.hang_up()
        await asyncio.sleep(0.9 + TALK_SECS)
        assert call.said == []
        await asyncio.sleep(0.2)
        assert call.said == [ENGLISH.goodbye]


@in_virtual_time
async def test_a_cached_goodbye_waits_for_a_hung_tts_until_the_timeout_only() -> None:
    async with called(Setting(works=False)) as call:
        await call.call_control.hang_up()
        await asyncio.sleep(UNSAID_SECS + TALK_SECS + 0.1)
        assert call.said == [ENGLISH.goodbye]
        assert call.endings == [Ending.BOT_HUNG_UP]


@in_virtual_time
async def test_without_a_configured_number_a_transfer_needs_numbers_of_its_own() -> None:
    async with called(Setting(has_transfer_number=False)) as call:
        assert not call.call_control.can_transfer()
        assert not await call.call_control.transfer("an invoice")
        assert call.call_control.can_transfer(NUMBERS)
        assert await call.call_control.transfer("an invoice", NUMBERS)


@in_virtual_time
async def test_a_transfer_to_a_bad_phone_number_is_refused_at_once() -> None:
    async with called() as call:
        with pytest.raises(ValueError):
            await call.call_control.transfer("an invoice", ("call me",))
        assert not call.call_control.leaving


@in_virtual_time
async def test_a_transfer_that_raises_gets_an_apology_and_the_call_goes_on(log: list[str]) -> None:
    secret = RuntimeError(NUMBERS[0])
    async with called(Setting(failure=secret)) as call:
        await call.call_control.transfer("an invoice")
        await asyncio.sleep(10)
        assert call.said == [ENGLISH.connecting, ENGLISH.sorry]
        assert call.endings == []
        assert not call.call_control.leaving
        (error,) = [line for line in log if line.startswith("ERROR")]
        assert NUMBERS[0] not in error
        log.clear()


@in_virtual_time
async def test_a_mark_sent_before_a_pause_goes_out_again_behind_the_resumed_speech() -> None:
    async with called(Setting(echoes=False)) as call:
        await call.call_control.say(ENGLISH.hello)
        hearing = asyncio.create_task(call.call_control.heard())
        await asyncio.sleep(TALK_SECS + 0.1)
        await call.stage.plays(PauseSpeechFrame())
        (mark,) = call.stage.of(OutputTransportMessageFrame)
        await call.call_control.queue_frame(MarkPlayedFrame(mark=mark.message["mark"]["name"]))
        await settle()
        assert not hearing.done()  # the line has dropped it unplayed
        await call.stage.plays(ResumeSpeechFrame())
        marks = call.stage.of(OutputTransportMessageFrame)
        assert [frame.message for frame in marks] == [mark.message] * 2
        await call.call_control.queue_frame(MarkPlayedFrame(mark=mark.message["mark"]["name"]))
        await settle()
        assert hearing.done()
        assert await hearing


@in_virtual_time
async def test_a_pipelines_own_end_waits_for_no_tts() -> None:
    async with called(Setting(works=False)) as call:
        await call.call_control.queue_frame(EndWorkerFrame())
        await asyncio.sleep(0.1)
        assert call.endings == [Ending.BOT_HUNG_UP]


@in_virtual_time
async def test_a_mark_is_behind_live_tts_also_after_a_cached_prompt() -> None:
    async with called() as call:
        call.voice.makes_for = 1.0
        await call.call_control.say(ENGLISH.hello)
        await call.call_control.say("We are open.")
        assert await call.call_control.heard()
        kinds = [type(frame) for frame in call.stage.down]
        assert kinds == [PlayPromptFrame, PlayPromptFrame, OutputTransportMessageFrame]


@in_virtual_time
async def test_a_tool_tells_what_kind_of_answer_is_expected() -> None:
    async with called() as call:
        call.call_control.expects("otp", 8)
        call.call_control.expects("phone_number")
        with pytest.raises(ValueError, match="'phone' is no kind of answer; there are open, "):
            call.call_control.expects("phone")
    assert call.expected == [
        ExpectedAnswer(AnswerKind.OTP, frozenset({8})),
        ExpectedAnswer(AnswerKind.PHONE_NUMBER),
    ]
