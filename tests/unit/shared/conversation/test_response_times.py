"""A response time runs from the caller's last word to the first sound of an answer."""

from collections.abc import Sequence

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStartedSpeakingFrame,
    Frame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSTextFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.utils.text.base_text_aggregator import TextType

from shared.conversation.response_times import ResponseTimes
from shared.conversation.speech.playback import PREPARED
from shared.languages.english.prompts import ENGLISH
from shared.languages.hindi.prompts import HINDI
from shared.records.session_record import SessionRecord
from shared.telephony.direction import Direction

ANSWER = "We open at nine."
START = 1_000.0
EXCUSES = {*ENGLISH.excuses, *HINDI.excuses}


def live(text: str) -> list[Frame]:
    """What a TTS makes."""
    return [
        AggregatedTextFrame(text, TextType.SENTENCE),
        TTSStartedFrame(),
        TTSAudioRawFrame(b"", 8_000, 1),
        TTSTextFrame(text.split()[0], TextType.WORD),
    ]


def prepared(text: str) -> list[Frame]:
    """What was sound before."""
    started, audio = TTSStartedFrame(), TTSAudioRawFrame(b"", 8_000, 1)
    started.metadata[PREPARED] = text
    audio.metadata[PREPARED] = True
    return [started, audio]


def times(*events: tuple[float, Sequence[Frame]]) -> list[float]:
    """The responses to a caller who stops talking at second 0, given what happens when."""
    record = SessionRecord("c1", "s1", Direction.INBOUND)
    now = START
    measured = ResponseTimes(record, EXCUSES.__contains__, lambda: now)
    measured.follow(VADUserStartedSpeakingFrame())
    measured.follow(VADUserStoppedSpeakingFrame(stop_secs=0.2, timestamp=START + 0.2))
    for secs, frames in events:
        now = START + secs
        for frame in frames:
            measured.follow(frame)
    return [round(each, 3) for each in record.response_secs]


def spoken(frames: list[Frame]) -> list[Frame]:
    """The bot begins to speak with this."""
    return [*frames, BotStartedSpeakingFrame()]


@pytest.mark.parametrize("say", [live, prepared])
def test_a_response_time_is_from_the_last_word_to_the_first_sound(say: type) -> None:
    assert times((0.8, spoken(say(ANSWER)))) == [0.8]


@pytest.mark.parametrize("say", [live, prepared])
@pytest.mark.parametrize("line", sorted(EXCUSES))
def test_an_apology_has_no_response_time(say: type, line: str) -> None:
    assert times((0.5, spoken(say(line)))) == []


@pytest.mark.parametrize("say", [live, prepared])
def test_a_response_time_includes_the_filler_before_the_answer(say: type) -> None:
    assert times((3.0, spoken(say(ENGLISH.one_moment))), (5.5, spoken(live(ANSWER)))) == [5.5]


def test_a_response_time_includes_a_filler_without_a_pause_behind_it() -> None:
    assert times((3.0, spoken(prepared(ENGLISH.one_moment))), (3.4, live(ANSWER))) == [3.4]


def test_a_filler_that_overtakes_the_tts_does_not_hide_the_response_time() -> None:
    announced, *sound = live(ANSWER)
    one_moment = spoken(prepared(ENGLISH.one_moment))
    assert times((1.0, [announced]), (3.0, one_moment), (4.5, spoken(sound))) == [4.5]


def test_a_response_is_timed_once() -> None:
    begins = spoken(live(ANSWER))
    assert times((0.8, begins), (1.0, live("And on Saturdays.")), (4.0, begins)) == [0.8]


def test_speech_before_the_callers_turn_is_over_has_no_response_time() -> None:
    caller = [VADUserStartedSpeakingFrame()]
    assert times((0.1, caller), (0.8, spoken(live(ANSWER)))) == []


def test_a_response_time_begins_anew_when_the_caller_goes_on_after_an_apology() -> None:
    again = [
        VADUserStartedSpeakingFrame(),
        VADUserStoppedSpeakingFrame(stop_secs=0.2, timestamp=START + 10.2),
    ]
    assert times(
        (2.0, spoken(prepared(ENGLISH.sorry))), (10.2, again), (11.0, spoken(live(ANSWER)))
    ) == [1.0]
