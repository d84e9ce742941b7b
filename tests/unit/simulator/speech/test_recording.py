"""Recordings recognised by their sound, and the synthetic voice of the simulated TTS."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.speech import (
    Ear,
    Recording,
    UnusableRecording,
    read_recordings,
    read_transcripts,
    sentences,
    speak,
    voice,
)
from simulator.speech.recording import frame_levels, read_recording, samples
from tests.support.provider_clients import RATE, RECORDINGS, line_noise, recordings

Sound = NDArray[np.float32]
CALLER = recordings()
EAR = Ear(CALLER)
STORY = "Once upon a time there was a telephone. It rang and rang, day and night. Nobody came."


def to_pcm(sound: Sound) -> bytes:
    return (np.clip(sound, -1, 32767 / 32768) * 32768).astype("<i2").tobytes()


def noisy(sound: Sound, ratio_db: float) -> Sound:
    speech = np.mean(np.square(sound[np.abs(sound) > 0.01]))
    level = np.sqrt(speech / 10 ** (ratio_db / 10))
    return sound + np.random.default_rng(3).normal(0, level, len(sound)).astype(np.float32)


def mu_law(sound: Sound) -> Sound:
    coded = np.round(np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log(256) * 127) / 127
    decoded: Sound = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    return decoded


@pytest.mark.parametrize("said", CALLER, ids=lambda said: f"{said.text[:24]}-{len(said.pcm)}")
def test_a_recording_is_transcribed(said: Recording) -> None:
    assert EAR.hear(said.pcm, said.rate) == said.text


@pytest.mark.parametrize(
    "line",
    [
        lambda sound: sound * 0.02,
        lambda sound: sound * 4,
        mu_law,
        lambda sound: noisy(sound, 20),
        lambda sound: noisy(sound, 10),
    ],
    ids=["faint", "clipped", "mu-law", "noise 20 dB", "noise 10 dB"],
)
def test_a_recording_on_a_noisy_line_is_transcribed(line: Callable[[Sound], Sound]) -> None:
    heard = [EAR.hear(to_pcm(line(samples(said.pcm))), said.rate) for said in CALLER]
    assert heard == [said.text for said in CALLER]


def test_a_recording_shifted_by_a_byte_is_not_transcribed() -> None:
    assert not any(EAR.hear(b"\0" + said.pcm, said.rate) for said in CALLER)


def test_a_recording_at_the_wrong_sample_rate_is_not_transcribed() -> None:
    assert not any(EAR.hear(said.pcm, 2 * said.rate) for said in CALLER)


def test_silence_and_noise_have_no_transcript() -> None:
    for pcm in (b"", b"\0", bytes(2 * RATE), line_noise(3, 0.001), line_noise(3, 0.1)):
        assert EAR.hear(pcm, RATE) == ""


def test_recordings_are_not_taken_for_each_other() -> None:
    for said in CALLER:
        others = [other for other in CALLER if other.text != said.text]
        assert Ear(others).hear(said.pcm, said.rate) == ""


def test_several_recordings_are_transcribed_in_order_and_with_repetitions() -> None:
    first, second = CALLER[0], CALLER[2]
    words = EAR.words(first.pcm + second.pcm + first.pcm, RATE)
    assert " ".join(word.text for word in words) == f"{first.text} {second.text} {first.text}"
    assert [word.start for word in words] == sorted(word.start for word in words)


def test_words_cut_off_in_a_recording_are_not_transcribed() -> None:
    said = speak("We are open from nine to five.", RATE)
    middle = 2 * int(RATE * said.words[3].end)
    assert Ear([said]).hear(said.pcm[:middle], RATE) == "We are open from"


def test_a_recording_cut_in_two_is_transcribed_once() -> None:
    said = CALLER[0]
    for cut in range(12800, 32000, 3200):
        heard = f"{EAR.hear(said.pcm[:cut], RATE)} {EAR.hear(said.pcm[cut:], RATE)}"
        assert len(heard.split()) <= len(said.words)
        assert set(heard.split()) >= {"what", "hours"}


def test_simulated_tts_speaks_a_text_always_alike_and_another_differently() -> None:
    assert voice(STORY, RATE) == voice(STORY, RATE)
    known = Ear([speak("It rang and rang, night and day.", RATE)])
    assert known.hear(voice("It rang and rang, day and night.", RATE), RATE) == ""


def test_sentences_of_simulated_tts_are_recognised_in_a_longer_text() -> None:
    known = Ear([speak(sentence, RATE) for sentence in sentences(STORY)])
    assert known.hear(voice(STORY, RATE), RATE) == STORY
    assert known.hear(voice(sentences(STORY)[1], RATE), RATE) == sentences(STORY)[1]


def test_simulated_tts_is_the_same_at_every_sample_rate() -> None:
    said = speak("Goodbye, and thank you for calling.", 24000)
    assert Ear([said]).hear(voice(said.text, RATE), RATE) == said.text


def test_simulated_tts_is_as_loud_and_as_slow_as_a_person() -> None:
    said = speak(STORY, RATE)
    sound = samples(said.pcm)
    levels = frame_levels(sound, RATE)
    assert 0.05 < np.sqrt(np.mean(np.square(sound))) < 0.2
    assert np.abs(sound).max() < 0.9
    assert levels[0] > 0.01
    assert levels.min() > 0.0003
    assert 0.05 < len(said.pcm) / 2 / RATE / len(STORY) < 0.09
    for word in said.words:
        within = sound[int(word.start * RATE) : int(word.end * RATE)]
        assert frame_levels(within, RATE).min() > 0.005


def test_a_comma_is_a_pause_in_simulated_tts() -> None:
    words = {word.text: word for word in speak("Yes, of course.", RATE).words}
    assert words["of"].start - words["Yes,"].end > 0.1


def test_an_empty_text_is_no_tts_audio() -> None:
    assert voice("", RATE) == voice("  ", RATE) == b""
    assert speak("...", RATE).pcm


def test_no_word_of_a_recording_stretches_over_a_marked_pause() -> None:
    path = RECORDINGS / "hesitant_book_appointment.wav"
    said = read_recording(path, "i want to … book an appointment").words
    assert [word.text for word in said[2:4]] == ["to", "book"]
    assert said[3].start - said[2].end > 1
    assert all(word.end - word.start < 1 for word in said)


def test_a_file_that_is_no_recording_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(b"not a WAV at all")
    with pytest.raises(UnusableRecording, match=r"bad\.wav"):
        read_recordings({path: "hello"})
    with pytest.raises(UnusableRecording, match="file and text"):
        read_transcripts(path)
