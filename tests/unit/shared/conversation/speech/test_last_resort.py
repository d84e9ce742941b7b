"""The recorded apology that needs no TTS, at every rate and in every language."""

import numpy as np
import pytest

from shared.conversation.speech.last_resort import last_resort
from shared.languages.english.prompts import ENGLISH
from shared.languages.hindi.prompts import HINDI
from shared.telephony.stream.audio import SAMPLE_RATES, seconds


@pytest.mark.parametrize("language", ["en-IN", "hi-IN"])
@pytest.mark.parametrize("rate", SAMPLE_RATES)
def test_the_last_resort_is_as_long_and_as_loud_at_every_rate(language: str, rate: int) -> None:
    speech, usual = last_resort(language, rate), last_resort(language, 8_000)
    assert speech.sample_rate == rate
    secs = seconds(len(speech.audio), rate)
    assert 2.0 < secs < 15.0
    assert secs == pytest.approx(seconds(len(usual.audio), 8_000), abs=0.01)
    samples = np.frombuffer(speech.audio, "<i2").astype(float)
    assert 300 < np.sqrt((samples**2).mean()) < 10_000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-IN", ENGLISH.giving_up),
        ("hi-IN", HINDI.giving_up),
        ("HI", HINDI.giving_up),
        ("ta-IN", ENGLISH.giving_up),
    ],
)
def test_the_last_resort_is_in_the_personas_language_or_in_english(
    language: str, text: str
) -> None:
    speech = last_resort(language, 8_000)
    assert speech.text == text
    base = "hi-IN" if text == HINDI.giving_up else "en-IN"
    assert speech.audio == last_resort(base, 8_000).audio


def test_the_last_resort_is_another_recording_in_another_language() -> None:
    assert last_resort("hi-IN", 8_000).audio != last_resort("en-IN", 8_000).audio


def test_the_last_resort_is_read_from_disk_once() -> None:
    assert last_resort("en-IN", 8_000) is last_resort("en-IN", 8_000)
