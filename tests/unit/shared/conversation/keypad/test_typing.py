"""Numbers typed on DTMF keys, on a virtual clock: what the LLM is told, what menu keys still do."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import pytest
from pipecat.audio.dtmf.types import KeypadEntry
from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    InputDTMFFrame,
    InterruptionFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.utils.text.base_text_aggregator import TextType

from shared.bot.actions import Action, Collect, HangUp, Say, Transfer
from shared.conversation.bot_words import BotWords
from shared.conversation.call_control import CallControl
from shared.conversation.keypad.asked_keys import AskedKeys
from shared.conversation.keypad.keypad import Keypad
from shared.languages.spoken_digits import MASK
from tests.support.caller_frames import final, interim, start
from tests.support.keypad_notes import Decides, Notes, told
from tests.support.pipeline import Stage, on_stage, settle
from tests.support.virtual_time import in_virtual_time

MOBILE = "Please type your ten digit mobile number on the keys."
NUMBER, PIN = "9876543210", "2468"
MENU: Mapping[str, Action] = {
    "9": HangUp("Bye."),
    "1": Say("Hours."),
    "2": Say("Prices."),
    "0": Transfer("pressed 0"),
}
BYE, HOURS = ["interrupt", "hang up Bye."], ["interrupt", "say Hours."]
QUESTIONS = {
    MOBILE: NUMBER,
    "Please type your PIN.": "921010",
    "Please enter your PIN code.": "100119",
    "Type the OTP that we have sent you, please.": "901234",
    "Please type your date of birth as DDMMYYYY.": "12091990",
    "Kindly enter the amount, then press hash.": "9000#",
    "What is your mobile number?": NUMBER,
    "अपना दस अंकों का मोबाइल नंबर टाइप कीजिए।": NUMBER,
    "Apna mobile number keypad par type kijiye.": NUMBER,
}


@dataclass
class Phone:
    """A keypad at work, and somebody's fingers on it."""

    stage: Stage
    notes: Notes

    async def press(self, keys: str, gap: float = 0.3) -> None:
        for place, key in enumerate(keys):
            if place:
                await asyncio.sleep(gap)
            await self.stage.plays(InputDTMFFrame(KeypadEntry(key)))

    async def bot_says(self, *sentences: str) -> None:
        for sentence in sentences:
            await self.stage.plays(AggregatedTextFrame(sentence, TextType.SENTENCE))

    async def told(self, after: float = 8.0) -> list[str]:
        await asyncio.sleep(after)
        return told(self.stage.down)


@asynccontextmanager
async def a_phone(keys: Mapping[str, Action] = MENU) -> AsyncIterator[Phone]:
    notes = Notes()
    asked = AskedKeys(notes.prompts)
    pad = notes.keypad = Keypad(cast(CallControl, notes), keys, asked)
    async with on_stage(pad, BotWords(asked)) as stage:
        yield Phone(stage, notes)


@pytest.mark.parametrize("question", QUESTIONS)
@in_virtual_time
async def test_dtmf_keys_that_answer_a_question_do_no_action_of_the_menu(
    question: str,
) -> None:
    async with a_phone() as phone:
        await phone.bot_says(question)
        await phone.press(QUESTIONS[question])
        assert await phone.told() == [f"DTMF: {QUESTIONS[question]}"]
        assert phone.notes.done == []


@pytest.mark.parametrize("key", MENU)
@pytest.mark.parametrize("said", ["", "How can I help you?", "What is your name?"])
@in_virtual_time
async def test_where_no_number_was_asked_for_a_menu_key_is_obeyed_at_once(
    key: str, said: str
) -> None:
    async with a_phone() as phone:
        await phone.bot_says(said)
        await phone.press(key)
        assert len(phone.notes.done) == 2
        assert await phone.told() == []


@in_virtual_time
async def test_when_the_number_has_been_typed_a_menu_key_is_obeyed_again() -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press(NUMBER)
        assert await phone.told() == [f"DTMF: {NUMBER}"]
        await phone.press("9")
        assert phone.notes.done == BYE


@in_virtual_time
async def test_when_the_number_has_been_spoken_a_menu_key_is_obeyed_again() -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.stage.plays(final("it's 98765 43210"))
        await phone.press("9")
        assert phone.notes.done == BYE


@pytest.mark.parametrize("gap", [0.05, 0.3, 0.8, 1.2, 2.0])
@pytest.mark.parametrize("question", ["", MOBILE, "Please type your customer number."])
@in_virtual_time
async def test_typed_digits_are_one_number_however_fast_they_come(
    question: str, gap: float
) -> None:
    number = NUMBER if question or gap < 1.5 else NUMBER.replace("9", "8")
    async with a_phone({}) as phone:
        await phone.bot_says(question)
        await phone.press(number, gap if question else min(gap, 1.6))
        assert await phone.told() == [f"DTMF: {number}"]


@pytest.mark.parametrize("place", [1, 3, 5, 9])
@in_virtual_time
async def test_a_long_pause_between_digits_parts_no_number_that_was_asked_for(place: int) -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press(NUMBER[:place])
        assert await phone.told(after=4.0) == []
        await phone.press(NUMBER[place:])
        assert await phone.told() == [f"DTMF: {NUMBER}"]
        assert phone.notes.done == []


@in_virtual_time
async def test_typed_digits_that_stay_incomplete_are_told_to_the_llm_all_the_same() -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press("98765")
        assert await phone.told() == ["DTMF: 98765"]
        await phone.bot_says("That was too short. Please type it again.")
        await phone.press(NUMBER)
        assert (await phone.told())[1:] == [f"DTMF: {NUMBER}"]


@pytest.mark.parametrize("after", [0.1, 0.9, 1.5, 3.0])
@in_virtual_time
async def test_the_hash_key_ends_a_typed_number_and_nothing_else(after: float) -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press(NUMBER)
        await asyncio.sleep(after)
        await phone.press("#")
        (number,) = await phone.told(after=0.1)
        assert number.startswith(f"DTMF: {NUMBER}")
        assert len(phone.stage.of(InterruptionFrame)) == 1


@in_virtual_time
async def test_digits_typed_on_before_the_bot_has_answered_are_the_same_number() -> None:
    async with a_phone({}) as phone:
        await phone.press("987")
        assert await phone.told(after=3.0) == ["DTMF: 987"]
        await phone.press("654")
        assert await phone.told() == ["DTMF: 987", "DTMF: 987654"]
        await phone.bot_says("Thank you.")
        await phone.press("2")
        assert (await phone.told())[2:] == ["DTMF: 2"]


@in_virtual_time
async def test_a_whole_number_typed_again_is_told_to_the_llm_again() -> None:
    async with a_phone({}) as phone:
        await phone.bot_says(MOBILE)
        await phone.press(NUMBER)
        assert await phone.told(after=3.0) == [f"DTMF: {NUMBER}"]
        await phone.press(NUMBER)
        assert await phone.told() == [f"DTMF: {NUMBER}"] * 2


@pytest.mark.parametrize(
    ("keys", "number"), [(NUMBER, NUMBER), ("14", "14"), ("129", "129"), ("1#", "")]
)
@in_virtual_time
async def test_a_quick_run_that_begins_with_a_menu_key_is_a_number(keys: str, number: str) -> None:
    async with a_phone() as phone:
        await phone.press(keys)
        assert await phone.told() == ([f"DTMF: {number}"] if number else [])
        called_off = phone.stage.of(InterruptionFrame)  # what the first key began
        assert bool(called_off) is bool(number)


@pytest.mark.parametrize(
    ("question", "keys", "done", "numbers"),
    [
        ("Enter your PIN, or press 0 for a person.", "0", "transfer", []),
        ("Enter your PIN, or press 0 for a person.", "0246", "", ["DTMF: 0246"]),
        ("Please enter your PIN. Press 9 to end the call.", "9", "hang up", []),
        ("What is your mobile number?", "0", "transfer", []),
        ("Please type your mobile number.", "9", "", ["DTMF: 9"]),
        ("How many people? Type it on the keys.", "2", "", ["DTMF: 2"]),
    ],
)
@in_virtual_time
async def test_a_menu_key_alone_is_obeyed_where_the_question_leaves_it_open(
    question: str, keys: str, done: str, numbers: list[str]
) -> None:
    async with a_phone() as phone:
        await phone.bot_says(question)
        await phone.press(keys)
        assert await phone.told() == numbers
        assert phone.notes.done[-1:] == [act for act in phone.notes.done if done and done in act]


@in_virtual_time
async def test_a_typed_number_waits_until_the_bot_is_silent() -> None:
    class Silences(Notes):
        async def interrupt(self) -> None:
            await super().interrupt()
            assert self.keypad
            await self.keypad.queue_frame(BotStoppedSpeakingFrame())

    notes = Silences()
    asked = AskedKeys(notes.prompts)
    pad = notes.keypad = Keypad(cast(CallControl, notes), {}, asked)
    async with on_stage(pad, BotWords(asked)) as stage:
        phone = Phone(stage, notes)
        await phone.press("42")
        await stage.plays(BotStartedSpeakingFrame())
        assert await phone.told() == ["DTMF: 42"]
        kinds = [type(f) for f in stage.down]
        silent = kinds.index(BotStoppedSpeakingFrame)
        assert silent < kinds.index(TranscriptionFrame)
    assert notes.done == ["interrupt"]


@in_virtual_time
async def test_a_dtmf_key_interrupts_the_bot_in_the_middle_of_a_number_too() -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press("98")
        await phone.stage.plays(BotStartedSpeakingFrame())
        await phone.press("7")
        assert len(phone.stage.of(InterruptionFrame)) == 2


@in_virtual_time
async def test_spoken_digits_go_on_where_the_dtmf_keys_have_stopped() -> None:
    async with a_phone() as phone:
        await phone.bot_says(MOBILE)
        await phone.press("98765")
        await phone.stage.plays(final("and then 43210"))
        assert await phone.told() == ["DTMF: 98765", "and then 43210"]


@in_virtual_time
async def test_digits_typed_ahead_of_a_collection_are_for_it_alone() -> None:
    check = Decides()
    async with a_phone() as phone:
        assert phone.notes.keypad
        await phone.bot_says("Please type your PIN.")
        await phone.press(PIN[:2])
        await phone.notes.keypad.act(Collect("", check, length=4))
        await phone.press(PIN[2:])
        assert await phone.told() == []
        assert check.told == [PIN]


SPOKEN = [
    ("two four six eight", PIN),
    ("My PIN is 2468.", PIN),
    ("double two four six", "2246"),
    ("मेरा पिन दो चार छह आठ", PIN),
    ("२४६८", PIN),
    ("do char chhe aath", PIN),
    ("twenty four sixty eight", PIN),
]


@pytest.mark.parametrize(("said", "digits"), SPOKEN)
@pytest.mark.parametrize("length", [4, 0])
@in_virtual_time
async def test_spoken_digits_are_taken_for_a_collection(
    said: str, digits: str, length: int
) -> None:
    check = Decides(Say("Thank you."))
    async with a_phone() as phone:
        assert phone.notes.keypad
        await phone.notes.keypad.act(Collect("Your PIN?", check, length=length, secs=3.0))
        await phone.stage.plays(start(), interim(said), final(said))
        assert await phone.told() == [MASK]
        assert check.told == [digits]
        assert phone.notes.done[-1] == "say Thank you."


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("what?", "what?"),
        ("I don't have it", "I don't have it"),
        ("is it 2468?", f"is it {MASK}?"),
        ("no wait 2468 was the old one", f"no wait {MASK} was the old one"),
        ("मुझे पिन नहीं पता", "मुझे पिन नहीं पता"),
    ],
)
@in_virtual_time
async def test_a_transcript_that_answers_no_collection_reaches_the_llm_masked(
    said: str, heard: str
) -> None:
    check = Decides()
    async with a_phone() as phone:
        assert phone.notes.keypad
        await phone.notes.keypad.act(Collect("Your PIN?", check, length=4))
        await phone.stage.plays(start(), final(said))
        assert told(phone.stage.down) == [heard]
        assert check.told == []
        await phone.press(PIN)
        await settle()
        assert check.told == [PIN]


@in_virtual_time
async def test_a_pin_partly_spoken_and_partly_typed_as_dtmf_is_one() -> None:
    check = Decides()
    async with a_phone() as phone:
        assert phone.notes.keypad
        await phone.notes.keypad.act(Collect("Your PIN?", check, length=4))
        await phone.stage.plays(start(), final("two"), final("4"))
        await phone.press("68")
        await settle()
        assert check.told == [PIN]
        assert told(phone.stage.down) == [MASK] * 2


@in_virtual_time
async def test_an_utterance_begun_while_digits_were_collected_is_masked_when_it_ends() -> None:
    async with a_phone() as phone:
        assert phone.notes.keypad
        await phone.notes.keypad.act(Collect("Your PIN?", Decides(), length=4))
        await phone.stage.plays(VADUserStartedSpeakingFrame())
        await phone.press(PIN)
        await asyncio.sleep(2.0)
        await phone.stage.plays(final("2468, right?"))
        assert told(phone.stage.down) == [f"{MASK}, right?"]
        await phone.stage.plays(start(), final("at 10 on Monday"))
        assert told(phone.stage.down)[1:] == ["at 10 on Monday"]
