"""The answering machine detector alone: which frames it passes on, and how it ends a call."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest
from pipecat.audio.dtmf.types import KeypadEntry
from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    InputAudioRawFrame,
    InputDTMFFrame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    LLMContextFrame,
    LLMMessagesAppendFrame,
    TranscriptionFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.tests.utils import SleepFrame, run_test

from shared.conversation.answering_machine import (
    detection_window,
    detector,
    evidence,
    voicemail_drop,
)
from shared.conversation.answering_machine.detector import Ask, MachineDetector
from shared.conversation.answering_machine.machine_answered import deal_with, detect_machines
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AfterHello, AtOnce, WhenSpokenTo
from shared.conversation.llm_gate import LLMGate
from shared.languages.english.prompts import ENGLISH
from shared.languages.machine_phrases import AnsweredBy
from shared.records.session_record import Ending
from shared.settings.values import Voicemail
from tests.support.answer_corpus import SCREENS
from tests.support.caller_frames import final, interim, start, stop

RATE = 8_000
MAILBOX = "Please leave a message after the tone."
PERHAPS = "You have reached Meera, who is out today."
PERSON = "Hello? Hello, who is this? I can't hear you."
ANYBODY = "Good morning, Sunrise stores in Pune."
MESSAGE = "Please call us back."


class Actor(CallControl):
    """Says nothing, and keeps what it was to do."""

    def __init__(self) -> None:
        super().__init__(IdentityFilter(), ENGLISH, lambda _: None, lambda _: None)
        self.did: list[str] = []
        self.speaks_for = 0.0

    async def say(self, text: str, *, remembered: bool = True) -> None:
        self.did.append(text)

    async def heard(self) -> bool:
        await asyncio.sleep(self.speaks_for)
        return True

    async def interrupt(self) -> None:
        self.did.append("interrupt")


class Patient(Opener):
    """An opener whose moment never comes by itself."""

    def __init__(self) -> None:
        super().__init__(WhenSpokenTo(60.0, lambda: None))
        self.did: list[str] = []

    def keep_waiting(self) -> None:
        self.did.append("keep waiting")

    def wait_for_announcement(self) -> None:
        self.did.append("hear out")

    async def cancel(self) -> None:
        self.did.append("call off")


class HasSpoken(Patient):
    """An opener who has said it."""

    @property
    def waits(self) -> bool:
        return False


@dataclass
class LLMBehindTest:
    """Gives one answer, and keeps the questions."""

    answer: AnsweredBy | None = None
    asked: list[str] = field(default_factory=list)

    async def __call__(self, words: str) -> AnsweredBy | None:
        self.asked.append(words)
        return self.answer


@dataclass
class Rung:
    """A call that was placed, as far as a detector lives it."""

    ringing: bool = False
    ask: Ask | None = None
    message: str | None = None
    call_control: Actor = field(default_factory=Actor)
    opener: Patient = field(default_factory=Patient)
    prepared: list[str] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    passed: Sequence[Frame] = ()
    detector: MachineDetector | None = None

    async def hears(self, *frames: Frame) -> "Rung":
        self.detector = MachineDetector(
            self.call_control,
            self.opener,
            ringing=self.ringing,
            ask=self.ask,
            deal=partial(
                deal_with,
                call_control=self.call_control,
                message=self.message,
                prepare=self.prepared.append,
                leave=self.endings.append,
            ),
        )
        self.passed, _ = await run_test(self.detector, frames_to_send=[*frames, pause(0.1)])
        return self

    @property
    def words(self) -> list[str]:
        return [f.text for f in self.passed if isinstance(f, TranscriptionFrame)]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No machine here needs the time that machines need."""
    monkeypatch.setattr(detection_window, "PAUSE_SECS", 0.2)
    monkeypatch.setattr(evidence, "CERTAIN_SECS", 0.0)
    monkeypatch.setattr(evidence, "END_SECS", 0.04)
    monkeypatch.setattr(evidence, "WORDS_SECS", 0.04)
    monkeypatch.setattr(detector, "LOOK_SECS", 0.01)
    monkeypatch.setattr(detector, "MONOLOGUE_SECS", 0.4)
    monkeypatch.setattr(detector, "BEFORE_BEEP_SECS", 0.3)
    monkeypatch.setattr(voicemail_drop, "QUIET_SECS", 0.4)
    monkeypatch.setattr(voicemail_drop, "AFTER_BEEP_SECS", 0.05)


def pause(secs: float) -> Frame:
    return SleepFrame(sleep=secs)


def sound(hertz: float, secs: float) -> list[Frame]:
    """A tone in pieces of 20 ms; 0 Hz is silence."""
    wave = 0.2 * np.sin(2 * np.pi * hertz * np.arange(round(secs * RATE)) / RATE)
    pcm, size = (wave * 32_767).astype("<i2").tobytes(), RATE // 50 * 2
    return [InputAudioRawFrame(pcm[at : at + size], RATE, 1) for at in range(0, len(pcm), size)]


BEEP = [*sound(1_000, 0.3), *sound(0, 0.1)]
# A call screen asks, and the opening is said to its end.
HEARD_OUT = [final(SCREENS[0]), pause(0.05), BotStartedSpeakingFrame(), BotStoppedSpeakingFrame()]


async def test_a_voicemail_is_hung_up_on_as_soon_as_it_says_that_it_is_one() -> None:
    call = await Rung().hears(interim(MAILBOX))
    assert call.endings == [Ending.VOICEMAIL]
    assert call.call_control.did == ["interrupt"]
    assert call.opener.did == ["hear out", "call off"]
    assert call.call_control.leaving


@pytest.mark.parametrize(
    ("words", "ringing"),
    [
        ("Hello, his phone is switched off, I am his wife.", False),
        ("Hello, his phone is switched off, I am his wife.", True),
        ("You can leave your name and number with me.", False),
        ("Press what? One?", False),
        ("हैलो, उनका फोन स्विच ऑफ है, मैं उनकी पत्नी बोल रही हूं।", True),
    ],
)
async def test_a_person_who_uses_machine_phrases_is_left_alone(
    words: str, *, ringing: bool
) -> None:
    llm = LLMBehindTest(AnsweredBy.NOBODY)
    begin = " ".join(words.split()[:5])
    call = await Rung(ask=llm, ringing=ringing).hears(
        start(), interim(begin), pause(0.1), stop(), final(words), pause(0.2)
    )
    assert call.words == [words]
    assert call.endings == call.call_control.did == []


async def test_an_answering_machine_is_not_hung_up_on_while_it_talks() -> None:
    off = "The number you are calling is switched off"
    call = await Rung().hears(
        start(), interim(off), pause(0.4), final(f"{off}, I am his wife."), stop(), pause(0.4)
    )
    assert call.endings == []
    call = await Rung().hears(start(), final(f"{off}."), pause(0.4))
    assert call.endings == []
    call = await Rung().hears(start(), final(f"{off}."), stop(), pause(0.2))
    assert call.endings == [Ending.NO_ANSWER]


async def test_what_the_llm_takes_for_a_voicemail_may_still_be_a_person() -> None:
    llm = LLMBehindTest(AnsweredBy.MAILBOX)
    call = await Rung(ask=llm).hears(
        start(), interim(PERHAPS), pause(0.1), final(f"{PERHAPS} Who is this?"), stop(), pause(0.3)
    )
    assert llm.asked == [PERHAPS]
    assert call.endings == []


async def test_a_voicemails_words_that_come_in_pieces_are_put_together() -> None:
    call = await Rung().hears(final("Please leave a message after"), final("the tone."))
    assert call.endings == [Ending.VOICEMAIL]


async def test_once_it_is_a_voicemail_no_audio_transcript_or_dtmf_passes() -> None:
    key = InputDTMFFrame(button=KeypadEntry.ONE)
    call = await Rung().hears(
        final("Hello."),
        final(MAILBOX),
        pause(0.2),
        *sound(300, 0.1),
        interim("Bye"),
        final("Bye."),
        key,
    )
    assert call.words == ["Hello.", MAILBOX]
    kinds = (InputAudioRawFrame, InputDTMFFrame, InterimTranscriptionFrame)
    assert not [frame for frame in call.passed if isinstance(frame, kinds)]


async def test_once_it_is_a_voicemail_the_llm_is_asked_nothing() -> None:
    call = await Rung().hears(final(MAILBOX))
    assert call.detector
    question = LLMContextFrame(LLMContext())
    passed, _ = await run_test(call.detector.gate, frames_to_send=[question])
    assert question not in passed
    passed, _ = await run_test(LLMGate(), frames_to_send=[question])
    assert question in passed


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ("For English, press 1.", Ending.MENU),
        ("The number you are calling is switched off.", Ending.NO_ANSWER),
    ],
)
@pytest.mark.parametrize("message", ["", MESSAGE])
async def test_a_machine_that_takes_no_message_is_hung_up_on(
    words: str, ending: Ending, message: str
) -> None:
    call = await Rung(message=message).hears(final(words), pause(0.5))
    assert call.endings == [ending]
    assert call.call_control.did == ["interrupt"]


async def test_a_person_who_answers_is_left_alone_by_machine_detection() -> None:
    llm = LLMBehindTest()
    call = await Rung(ask=llm).hears(
        start(), interim("Hello"), *sound(300, 0.1), stop(), final(PERSON), pause(0.2)
    )
    assert call.words == [PERSON]
    assert call.endings == call.call_control.did == call.opener.did == []
    assert not call.call_control.leaving
    assert llm.asked == []


async def test_the_llm_classifies_whoever_says_more_than_hello() -> None:
    llm = LLMBehindTest()
    call = await Rung(ask=llm).hears(start(), interim("Good"), stop(), final(ANYBODY))
    assert llm.asked == [ANYBODY]
    assert call.endings == []


async def test_a_hello_is_not_worth_a_question_to_the_llm() -> None:
    llm = LLMBehindTest(AnsweredBy.MAILBOX)
    call = await Rung(ask=llm).hears(final("Hello? Yes, Meera here."))
    assert llm.asked == []
    assert call.endings == []


async def test_what_only_sounds_like_a_voicemail_is_for_the_llm_to_judge() -> None:
    llm = LLMBehindTest(AnsweredBy.MAILBOX)
    call = await Rung(ask=llm).hears(interim(PERHAPS), pause(0.1))
    assert llm.asked == [PERHAPS]
    assert call.endings == [Ending.VOICEMAIL]


async def test_the_llm_classifies_an_answer_three_times_at_most() -> None:
    llm = LLMBehindTest()
    await Rung(ask=llm).hears(*[final(ANYBODY), pause(0.02)] * 6)
    assert len(llm.asked) == 3


@pytest.mark.parametrize(("secs", "endings"), [(0.6, [Ending.VOICEMAIL]), (0.1, [])])
async def test_without_an_llm_a_voicemail_must_talk_for_longer_than_people_do(
    secs: float, endings: list[Ending]
) -> None:
    call = await Rung().hears(start(), pause(secs), stop(), final(PERHAPS))
    assert call.endings == endings


async def test_who_has_heard_the_bot_out_is_no_answering_machine() -> None:
    call = await Rung().hears(
        BotStartedSpeakingFrame(), pause(0.05), BotStoppedSpeakingFrame(), final(MAILBOX)
    )
    assert call.words == [MAILBOX]
    assert call.endings == []


async def test_who_talks_on_after_an_interruption_may_still_be_a_voicemail() -> None:
    call = await Rung().hears(
        BotStartedSpeakingFrame(),
        pause(0.05),
        InterruptionFrame(),
        pause(0.05),
        BotStoppedSpeakingFrame(),
        final(MAILBOX),
    )
    assert call.endings == [Ending.VOICEMAIL]


async def test_behind_the_detection_window_nobody_is_taken_for_a_voicemail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detection_window, "WINDOW_SECS", 0.2)
    call = await Rung().hears(pause(0.3), final(MAILBOX))
    assert call.endings == []


async def test_an_operator_is_not_the_callee_and_the_opening_goes_on_waiting() -> None:
    hold = "The person you are calling is on another call."
    call = await Rung(ringing=True).hears(interim("The person you"), final(hold), final("Hello?"))
    assert call.opener.did == ["keep waiting", "keep waiting"]
    assert call.words == ["Hello?"]
    assert call.endings == []


@pytest.mark.parametrize("screen", SCREENS[::5])
async def test_a_call_screen_is_heard_out_and_answered(screen: str) -> None:
    llm = LLMBehindTest(AnsweredBy.MAILBOX)
    call = await Rung(ask=llm).hears(final(screen), final("Thanks. One moment please, " * 2))
    assert call.opener.did[0] == "hear out"
    assert call.words[0] == screen
    assert call.endings == llm.asked == []
    assert call.detector
    assert call.detector.person_may_come()
    notes = [f for f in call.passed if isinstance(f, LLMMessagesAppendFrame)]
    assert [note.run_llm for note in notes] == [False]


async def test_whoever_comes_behind_a_call_screen_is_answered() -> None:
    call = await Rung(opener=HasSpoken()).hears(
        *HEARD_OUT,
        final("Thanks, stay on the line."),
        pause(0.1),
        final("Hello?"),
    )
    assert call.words[-1] == "Hello?"
    assert call.endings == []
    assert call.detector
    assert not call.detector.person_may_come()
    assert call.detector.gate.unanswered("Thanks, stay on the line.")
    assert not call.detector.gate.unanswered("Hello?")


async def test_behind_a_call_screen_there_may_be_a_voicemail() -> None:
    call = await Rung(opener=HasSpoken()).hears(*HEARD_OUT, pause(0.05), final(MAILBOX))
    assert call.endings == [Ending.VOICEMAIL]


async def test_a_call_screens_beep_is_no_voicemails() -> None:
    call = await Rung().hears(start(), final(SCREENS[0]), pause(0.4), stop(), *BEEP)
    assert call.endings == []


async def test_a_beep_into_a_persons_words_is_no_voicemails() -> None:
    call = await Rung().hears(start(), final(PERSON), pause(0.4), stop(), *BEEP)
    assert call.endings == []


async def test_a_beep_after_a_speech_is_a_voicemails() -> None:
    call = await Rung().hears(start(), pause(0.4), stop(), *BEEP)
    assert call.endings == [Ending.VOICEMAIL]


async def test_a_beep_of_the_line_is_no_voicemails() -> None:
    call = await Rung().hears(start(), pause(0.1), stop(), *BEEP, pause(0.3), *BEEP)
    assert call.endings == []


async def test_the_voicemail_message_is_said_after_the_beep() -> None:
    call = Rung(message=MESSAGE)
    await call.hears(final(MAILBOX), pause(0.2), *BEEP, pause(0.3))
    assert call.call_control.did == ["interrupt", MESSAGE]
    assert call.endings == [Ending.MESSAGE_LEFT]


async def test_without_a_beep_silence_is_enough_for_the_voicemail_message() -> None:
    call = await Rung(message=MESSAGE).hears(final(MAILBOX), *sound(0, 0.5), pause(0.3))
    assert call.call_control.did == ["interrupt", MESSAGE]
    assert call.endings == [Ending.MESSAGE_LEFT]


async def test_while_the_voicemails_greeting_goes_on_no_message_is_said() -> None:
    call = await Rung(message=MESSAGE).hears(final(MAILBOX), *sound(300, 0.5), pause(0.3))
    assert call.call_control.did == ["interrupt"]
    assert call.prepared == [MESSAGE]
    assert call.endings == []


async def test_a_voicemails_greeting_without_an_end_is_spoken_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voicemail_drop, "GREETING_SECS", 0.2)
    call = await Rung(message=MESSAGE).hears(final(MAILBOX), *sound(300, 0.5), pause(0.5))
    assert call.call_control.did == ["interrupt", MESSAGE]


async def test_a_beep_into_the_voicemail_message_has_it_said_again() -> None:
    call = Rung(message=MESSAGE)
    call.call_control.speaks_for = 0.4
    await call.hears(
        final(MAILBOX), *sound(0, 0.5), pause(0.2), *BEEP, pause(0.6), *BEEP, pause(0.2)
    )
    assert call.call_control.did == ["interrupt", MESSAGE, "interrupt", MESSAGE]
    assert call.endings == [Ending.MESSAGE_LEFT]


@pytest.mark.parametrize(
    ("setting", "opening_policy", "listens"),
    [
        (Voicemail.HANG_UP, AfterHello(), True),
        (Voicemail.LEAVE_MESSAGE, WhenSpokenTo(30.0, lambda: None), True),
        (Voicemail.IGNORE, AfterHello(), False),
        (Voicemail.HANG_UP, AtOnce(), False),
    ],
)
def test_answering_machines_are_looked_for_in_calls_that_we_placed_only(
    setting: Voicemail, opening_policy: AfterHello | WhenSpokenTo | AtOnce, listens: bool
) -> None:
    detector = detect_machines(
        setting,
        opening_policy,
        Actor(),
        None,
        ask=None,
        message=MESSAGE,
        prepare=lambda _: None,
        leave=lambda _: None,
    )
    assert (detector is not None) is listens


@pytest.mark.parametrize(("message", "warned"), [("", True), (None, False), (MESSAGE, False)])
async def test_leaving_a_voicemail_message_without_a_text_is_warned_of(
    message: str | None, *, warned: bool, log: list[str]
) -> None:
    await Rung(message=message).hears(final(MAILBOX), pause(0.2))
    assert any(line.startswith("WARNING hanging up on a mailbox") for line in log) is warned
