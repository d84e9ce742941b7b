"""Recordings of the listening benchmark: their transcripts, pauses and trials."""

import wave

import pytest

from benchmarks.hearing.fixtures import ANSWERED, RECORDINGS, Fixture, Kind, fixtures, of_kind
from benchmarks.hearing.trials import trials
from simulator.caller.recording import load_recording
from simulator.speech import Ear, Recording, read_recordings
from simulator.speech.recording import read_recording

MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear(read_recordings({fixture.path: fixture.text for fixture in fixtures()}))


def on_the_line(fixture: Fixture) -> Recording:
    """The recording between two half seconds of silence."""
    known = read_recording(fixture.path, fixture.text)
    silence = bytes(known.rate)
    return Recording(silence + known.pcm + silence, known.rate, known.words)


def test_the_fixture_table_lists_every_recording() -> None:
    assert {f.path for f in fixtures()} == set(RECORDINGS.glob("*.wav"))


def test_the_recordings_are_small_and_as_a_telephone_has_them() -> None:
    assert sum(f.path.stat().st_size for f in fixtures()) < MOST_BYTES
    for fixture in fixtures():
        with wave.open(str(fixture.path)) as file:
            assert file.getparams()[:3] == (1, 2, 8_000)


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.path.stem)
def test_every_fixture_recording_is_transcribed(fixture: Fixture, ear: Ear) -> None:
    said = on_the_line(fixture)
    assert ear.hear(said.pcm, said.rate).split() == fixture.text.replace("…", "").split()


@pytest.mark.parametrize(
    "fixture", of_kind(Kind.NUMBER) + of_kind(Kind.PAUSE), ids=lambda fixture: fixture.path.stem
)
def test_before_a_pause_only_the_utterance_so_far_is_transcribed(
    fixture: Fixture, ear: Ear
) -> None:
    before, after = (part.split() for part in fixture.text.split("…"))
    said = read_recording(fixture.path, fixture.text)
    middle = (said.words[len(before) - 1].end + said.words[len(before)].start) / 2
    size = 2 * round(middle * said.rate)
    silence = bytes(said.rate)
    assert ear.hear(said.pcm[:size] + silence, said.rate).split() == before
    assert ear.hear(silence + said.pcm[size:], said.rate).split() == after


@pytest.mark.parametrize(
    "fixture", of_kind(Kind.NUMBER) + of_kind(Kind.PAUSE), ids=lambda fixture: fixture.path.stem
)
def test_a_pause_in_a_recording_lasts_as_long_as_its_name_says(fixture: Fixture) -> None:
    before = len(fixture.text.split("…")[0].split())
    words = read_recording(fixture.path, fixture.text).words
    secs = int(fixture.path.stem.rpartition("_")[2]) / 1_000
    assert secs - 0.05 <= words[before].start - words[before - 1].end <= secs + 0.2


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_utterance_that_awaits_an_answer_is_in_one_trial(kind: Kind) -> None:
    said = [step for trial in trials(kind) for step in trial.steps if "Say(" in repr(step)]
    assert len(said) == len(of_kind(kind)) > 0


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ANSWERED])
def test_every_kind_of_barge_in_and_noise_has_trials(kind: Kind) -> None:
    assert all(trial.kind is kind for trial in trials(kind))
    assert len(list(trials(kind))) >= max(len(of_kind(kind)), 2)


def test_speech_is_found_where_it_is_in_a_recording() -> None:
    recording = load_recording(RECORDINGS / "yes_slt.wav", 8_000)
    assert recording.onset == pytest.approx(0.06, abs=0.03)
    assert recording.end > 0.25
