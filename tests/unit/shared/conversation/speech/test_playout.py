"""The playout knows what the caller has heard, and so whether a question is open."""

import asyncio

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSTextFrame,
)
from pipecat.utils.text.base_text_aggregator import TextType

from shared.conversation.speech.playback import PREPARED
from shared.conversation.speech.playout import OVERLAP_SECS, Playout
from shared.telephony.stream.pausable_output import PauseSpeechFrame, ResumeSpeechFrame
from tests.support.virtual_time import in_virtual_time, now

SECS_PER_LETTER = 0.06


def says(playout: Playout, *texts: str) -> None:
    """The TTS announces each text, and its sound follows at once."""
    playout.follow(TTSStartedFrame())
    for text in texts:
        playout.follow(AggregatedTextFrame(text, TextType.SENTENCE))
        playout.follow(sound(len(text) * SECS_PER_LETTER))
        for word in text.split():
            playout.follow(TTSTextFrame(word, TextType.WORD))


def sound(secs: float) -> TTSAudioRawFrame:
    return TTSAudioRawFrame(bytes(round(8_000 * secs) * 2), 8_000, 1)


QUESTION = "Shall I book that for you?"
STATEMENT = "We are open from nine to five, Monday to Friday, and on Saturdays until noon."
QUESTION_SECS = len(QUESTION) * SECS_PER_LETTER
STATEMENT_SECS = len(STATEMENT) * SECS_PER_LETTER


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "क्या मैं आपके लिए बुक कर दूँ?",
        "Kya main book kar doon?",
        "Please say yes or no.",
        "Tell me when you are ready.",
        "अपना नाम बताइए।",
        "Aap apna naam bataiye.",
        "Would you like me to book it.",
        "So that is Monday at five, right.",
        "Which one do you prefer",
        "क्या मैं बुक कर दूँ।",
        "आपको कौन सा समय ठीक रहेगा।",
        "तो सोमवार ठीक है ना।",
        "Main book kar doon.",
        "Aapka naam kya hai.",
    ],
)
@in_virtual_time
async def test_a_question_is_open_at_the_end_of_its_playout(text: str) -> None:
    playout = Playout()
    says(playout, text)
    secs = len(text) * SECS_PER_LETTER
    assert playout.asks(now() + secs - OVERLAP_SECS / 2)
    assert playout.asks(now() + secs + 1)


@pytest.mark.parametrize(
    "text",
    [
        *(STATEMENT, "हम सुबह दस बजे से शाम सात बजे तक खुले हैं।", "I say it as it is.", "Hm."),
        *(
            "What we do is clean teeth.",
            "When you come, bring it.",
            "Do come early.",
            "You are right.",
        ),
        *("क्या बात है, बहुत अच्छा।", "कृपया थोड़ा इंतज़ार करें।", "Hum nau baje khulte hain."),
    ],
)
@in_virtual_time
async def test_a_statements_playout_asks_nothing(text: str) -> None:
    playout = Playout()
    says(playout, text)
    for at in (0.0, 0.5, 2.0, 30.0):
        assert not playout.asks(now() + at)


@in_virtual_time
async def test_a_question_is_not_open_before_the_playout_of_its_last_words() -> None:
    playout = Playout()
    says(playout, STATEMENT, QUESTION)
    ends_at = now() + STATEMENT_SECS + QUESTION_SECS
    assert not playout.asks(now() + 1)
    assert not playout.asks(ends_at - OVERLAP_SECS - 0.1)
    assert playout.asks(ends_at - OVERLAP_SECS + 0.1)


@in_virtual_time
async def test_a_question_stays_open_while_the_playout_of_more_goes_on() -> None:
    playout = Playout()
    says(playout, QUESTION, STATEMENT)
    assert not playout.asks(now())
    assert playout.asks(now() + QUESTION_SECS)
    assert playout.asks(now() + QUESTION_SECS + STATEMENT_SECS)


@in_virtual_time
async def test_each_sentence_of_a_prompt_has_its_own_time_of_playout() -> None:
    playout = Playout()
    started = TTSStartedFrame()
    started.metadata[PREPARED] = f"{STATEMENT} {QUESTION}"
    playout.follow(started)
    playout.follow(sound(STATEMENT_SECS + QUESTION_SECS))
    assert not playout.asks(now() + STATEMENT_SECS - OVERLAP_SECS)
    assert playout.asks(now() + STATEMENT_SECS + QUESTION_SECS - 0.3)


@in_virtual_time
async def test_a_question_in_two_pieces_of_tts_is_one() -> None:
    playout = Playout()
    says(playout, "Shall I book", "that for you?")
    assert playout.asks(now() + QUESTION_SECS - 0.3)


@in_virtual_time
async def test_the_playout_of_paused_speech_is_as_much_later() -> None:
    playout = Playout()
    says(playout, STATEMENT, QUESTION)
    await asyncio.sleep(1)
    playout.follow(PauseSpeechFrame())
    await asyncio.sleep(2)
    playout.follow(ResumeSpeechFrame())
    ends_at = now() - 3 + STATEMENT_SECS + QUESTION_SECS
    assert not playout.asks(ends_at - OVERLAP_SECS + 0.1)
    assert playout.asks(ends_at + 2 - OVERLAP_SECS + 0.1)


@in_virtual_time
async def test_an_interruption_ends_the_playout_of_a_question() -> None:
    playout = Playout()
    says(playout, QUESTION)
    await asyncio.sleep(1)
    playout.follow(InterruptionFrame())
    assert not playout.asks(now() + 5)
    says(playout, STATEMENT)
    assert not playout.asks(now() + STATEMENT_SECS)
