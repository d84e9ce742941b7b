"""The open question for DTMF keys in the bot's latest words: what asks it, and what closes it."""

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStoppedSpeakingFrame,
    InterruptionFrame,
    TTSTextFrame,
)
from pipecat.utils.text.base_text_aggregator import TextType

from shared.conversation.bot_words import BotWords
from shared.conversation.keypad.asked_keys import AskedKeys
from shared.languages.english.prompts import ENGLISH
from tests.support.pipeline import on_stage
from tests.support.virtual_time import in_virtual_time

QUESTION = "Please type your ten digit mobile number on the keys."
STORY = "Our clinic was founded by two sisters from Pune, who had worked abroad for many years. "


def asked(*sentences: str) -> AskedKeys:
    keys = AskedKeys(ENGLISH)
    for sentence in sentences or (QUESTION,):
        keys.bot_says(sentence)
    return keys


def lengths(keys: AskedKeys) -> set[int] | None:
    return set(keys.expected.lengths) if keys.expected else None


def test_a_question_for_dtmf_in_pieces_is_put_together() -> None:
    assert lengths(asked("Please type your", "ten digit mobile number", "on the keys.")) == {10}


def test_a_question_for_dtmf_is_known_before_its_last_word() -> None:
    assert lengths(asked("Please type your ten digit mobile number on")) == {10}


@pytest.mark.parametrize(
    "said",
    [
        "We need it to find your booking.",
        "Take your time.",
        "Did you find it?",
        "Or press 0 for a person.",
        ENGLISH.still_there,
        ENGLISH.hello,
        ENGLISH.again,
    ],
)
def test_what_the_bot_says_beside_it_leaves_a_question_for_dtmf_open(said: str) -> None:
    assert lengths(asked(QUESTION, said)) == {10}


@pytest.mark.parametrize("said", ["Sure, take your time.", ENGLISH.still_there, "No hurry."])
def test_waiting_leaves_a_question_for_dtmf_open(said: str) -> None:
    keys = asked()
    keys.caller_says("one moment please")
    keys.bot_says(said)
    assert lengths(keys) == {10}


@pytest.mark.parametrize(
    "said",
    [
        "What is your name?",
        "Please tell me your name.",
        "Is Tuesday at five all right?",
        "Press 1 to be called back.",
        "क्या मंगलवार ठीक है?",
    ],
)
def test_another_question_takes_the_place_of_one_for_dtmf(said: str) -> None:
    keys = asked()
    keys.caller_says("I don't have one")
    keys.bot_says(said)
    assert keys.expected is None


def test_a_long_talk_about_something_else_closes_a_question_for_dtmf() -> None:
    keys = asked()
    keys.caller_says("who are you?")
    keys.bot_says(STORY * 2)
    assert keys.expected is None


@pytest.mark.parametrize("said", ["9876543210", "it's nine eight double seven 6 5 4 3 2 1"])
def test_a_spoken_number_answers_a_question_for_dtmf(said: str) -> None:
    keys = asked()
    keys.caller_says(said)
    assert keys.expected is None


@pytest.mark.parametrize("said", ["what?", "wait, it begins with 98", "one moment"])
def test_words_without_the_number_leave_a_question_for_dtmf_open(said: str) -> None:
    keys = asked()
    keys.caller_says(said)
    assert lengths(keys) == {10}


def test_dtmf_keys_answer_a_question_for_them() -> None:
    keys = asked()
    assert not keys.silent
    keys.answered()
    assert keys.expected is None
    assert keys.silent


def test_a_number_that_was_typed_can_be_asked_for_again() -> None:
    keys = asked()
    keys.answered()
    keys.bot_says("I could not find that. Please try again.")
    assert lengths(keys) == {10}


def test_the_hash_key_may_be_asked_for_in_a_sentence_of_its_own() -> None:
    keys = asked("Please type your PIN.", "When you are done, press hash.")
    assert keys.expected is not None
    assert keys.expected.by_hash


def test_the_offered_menu_keys_are_those_of_the_latest_words() -> None:
    keys = asked("Press 1 for sales.", "Or type your PIN.")
    assert keys.offered == {"1"}
    keys.caller_says("what?")
    keys.bot_says(QUESTION)
    assert keys.offered == set()


def test_a_question_cut_off_by_a_pause_is_no_part_of_the_next_sentence() -> None:
    keys = asked("Please type your ten digit")
    keys.bot_pauses()
    keys.bot_says("Hello?")
    assert keys.expected is None


@in_virtual_time
async def test_a_question_for_dtmf_is_read_from_the_bots_sentence_frames() -> None:
    keys = AskedKeys()
    async with on_stage(BotWords(keys)) as stage:
        await stage.plays(
            AggregatedTextFrame("Please type your PIN.", TextType.SENTENCE),
            TTSTextFrame("Please", text_type=TextType.WORD),
        )
        assert lengths(keys) == {4, 6}
        await stage.plays(
            BotStoppedSpeakingFrame(),
            AggregatedTextFrame("What is your", TextType.SENTENCE),
        )
        await stage.plays(InterruptionFrame())
        await stage.plays(AggregatedTextFrame("Mobile number?", TextType.SENTENCE))
    assert lengths(keys) == {10}
