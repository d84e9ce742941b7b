"""PocketSphinx's recognizer on recordings: accepted phrases and refused audio."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr

from shared.providers.offline.grammar import Phrase
from shared.providers.offline.script import QUESTIONS, Step

if TYPE_CHECKING:
    from shared.providers.offline.recognizer import Recognizer

QUIET = 10 ** (
    -12 / 20
)  # takes the recordings, at -24 dBFS, to speech about 35 dB below full scale

AT_THE_MENU = [
    "opening_hours",
    "opening_hours_woman",
    "opening_hours_saturday",
    "hesitant_opening_hours",
    "book_appointment",
    "book_appointment_british",
    "book_appointment_scottish",
    "hesitant_book_appointment",
    "talk_to_an_agent",
    "repeat_that",
    "repeat_that_noisy",
    "hello",
    "wait_stop",
    "goodbye",
]
INTENDED = [
    *((name, Step.MENU) for name in AT_THE_MENU),
    *((name, Step.DAY) for name in ("monday", "tuesday")),
    *((name, Step.CONFIRM) for name in ("yes", "yes_please", "no", "no_thanks", "that_is_right")),
]


@pytest.mark.parametrize("loudness", [1.0, QUIET], ids=["normal", "quiet"])
@pytest.mark.parametrize(("name", "step"), INTENDED)
def test_the_stt_recognizer_accepts_an_expected_phrase(
    recognizer: "Recognizer",
    recording: Callable[[str], bytes],
    transcripts: dict[str, str],
    name: str,
    step: Step,
    loudness: float,
) -> None:
    samples = np.frombuffer(recording(name), np.int16) * loudness
    pcm = samples.astype(np.int16).tobytes()
    hearing = recognizer.recognize(pcm, 8_000, QUESTIONS[step].phrases)
    assert hearing.accepted
    assert hearing.text == transcripts[name].replace(",", "")


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("name", ["joke", "tell_me_a_story"])
def test_the_stt_recognizer_refuses_an_unexpected_phrase(
    recognizer: "Recognizer", recording: Callable[[str], bytes], name: str, step: Step
) -> None:
    assert not recognizer.recognize(recording(name), 8_000, QUESTIONS[step].phrases).accepted


def test_the_stt_recognizer_refuses_a_phrase_of_another_step(
    recognizer: "Recognizer", recording: Callable[[str], bytes]
) -> None:
    for name in ("monday", "tuesday", "yes", "no"):
        assert not recognizer.recognize(
            recording(name), 8_000, QUESTIONS[Step.MENU].phrases
        ).accepted


@pytest.mark.parametrize("pcm", [b"", bytes(3_200), bytes(16_000)])
def test_the_stt_recognizer_takes_silence_for_no_phrase(
    recognizer: "Recognizer", pcm: bytes
) -> None:
    assert not recognizer.recognize(pcm, 8_000, list(Phrase)).accepted


def test_the_stt_recognizer_accepts_nothing_where_nothing_is_expected(
    recognizer: "Recognizer", recording: Callable[[str], bytes]
) -> None:
    assert not recognizer.recognize(recording("goodbye"), 8_000, []).accepted


def test_the_stt_recognizer_refuses_a_fragment_of_a_phrase(
    recognizer: "Recognizer", recording: Callable[[str], bytes]
) -> None:
    start_only = recording("book_appointment")[: int(0.9 * 16_000)]
    assert not recognizer.recognize(start_only, 8_000, [Phrase.BOOK]).accepted


@pytest.mark.parametrize("sample_rate", [16_000, 24_000])
def test_the_stt_recognizer_accepts_other_sample_rates(
    recognizer: "Recognizer", recording: Callable[[str], bytes], sample_rate: int
) -> None:
    samples = np.frombuffer(recording("opening_hours"), np.int16)
    pcm = soxr.resample(samples, 8_000, sample_rate).tobytes()
    assert recognizer.recognize(pcm, sample_rate, QUESTIONS[Step.MENU].phrases).accepted


def test_the_stt_recognizer_keeps_nothing_of_earlier_utterances(
    recognizer: "Recognizer", recording: Callable[[str], bytes]
) -> None:
    phrases = QUESTIONS[Step.MENU].phrases
    first = recognizer.recognize(recording("opening_hours"), 8_000, phrases)
    recognizer.recognize(recording("goodbye_noisy"), 8_000, list(Phrase))
    again = recognizer.recognize(recording("opening_hours"), 8_000, phrases)
    assert again.text == first.text
    assert again.score == pytest.approx(first.score, abs=1.0)
