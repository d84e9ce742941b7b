"""Drawn hearing sets: their kinds, pauses and sounds; the splits have nothing in common."""

import wave
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmarks.hearing.draw import SEEDS, draw
from benchmarks.hearing.kinds import OF_THE_LINE, Kind
from benchmarks.hearing.known import known_recording
from benchmarks.hearing.texts.drafts import PAUSES_SECS, STANDARD, drafts
from benchmarks.hearing.texts.slots import SLOT
from benchmarks.hearing.texts.texts import LANGUAGES, REPORT, SPLITS, WORK, Texts, texts_of
from benchmarks.hearing.utterance import Utterance, read_utterances
from benchmarks.hearing.voices.voices import VOICES, Voice
from simulator.caller.recording import load_recording
from simulator.speech import Ear

EVERY_KIND = 24  # utterances: one or two of each
NOISE_RMS = 40  # of 32,768: the line's


def works_everywhere(voice: Voice) -> bool:
    return voice.name.startswith("espeak-ng")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small set in the voices that need no package of the system."""
    with pytest.MonkeyPatch.context() as patch:
        few = tuple(filter(works_everywhere, VOICES))
        patch.setattr("benchmarks.hearing.voices.voices.VOICES", few)
        made = tmp_path_factory.mktemp("work")
        draw(WORK, made, count=EVERY_KIND)
        yield made


@pytest.fixture(scope="module")
def drawn(folder: Path) -> list[Utterance]:
    return read_utterances(folder)


def test_a_set_has_every_kind_of_utterance(drawn: list[Utterance]) -> None:
    assert {utterance.kind for utterance in drawn} == set(Kind) - set(OF_THE_LINE)


def test_the_sounds_are_as_a_telephone_has_them(folder: Path, drawn: list[Utterance]) -> None:
    for utterance in drawn:
        with wave.open(str(folder / f"{utterance.name}.wav")) as file:
            assert file.getparams()[:3] == (1, 2, 8_000)
            assert file.getnframes() / 8_000 >= utterance.end > utterance.begin


def test_the_simulator_s_caller_knows_when_the_words_are(
    folder: Path, drawn: list[Utterance]
) -> None:
    for utterance in drawn:
        recording = load_recording(folder / f"{utterance.name}.wav", 8_000)
        assert recording.onset == pytest.approx(utterance.begin, abs=0.001)
        assert recording.end == pytest.approx(utterance.end, abs=0.001)


def test_a_drawn_pause_is_silent_and_exactly_as_long_as_it_says(
    folder: Path, drawn: list[Utterance]
) -> None:
    clean = [u for u in drawn if u.pauses and (u.noise, u.fault) == ("none", "none")]
    assert clean
    for utterance in clean:
        sound = load_recording(folder / f"{utterance.name}.wav", 8_000).samples.astype(float)
        for before, after, pause in zip(
            utterance.pieces, utterance.pieces[1:], utterance.pauses, strict=False
        ):
            assert PAUSES_SECS[0] - 0.01 <= pause <= PAUSES_SECS[1] + 0.01
            middle = sound[int((before.end + 0.05) * 8_000) : int((after.begin - 0.05) * 8_000)]
            assert np.sqrt(np.mean(middle**2)) < NOISE_RMS


def test_every_piece_before_a_pause_is_transcribed_by_itself(
    folder: Path, drawn: list[Utterance]
) -> None:
    spoken = [utterance for utterance in drawn if utterance.text]
    known = {utterance.name: known_recording(folder, utterance) for utterance in spoken}
    ear = Ear(known.values())
    found, wanted = [], []
    for utterance in spoken:
        pcm = known[utterance.name].pcm
        for piece in utterance.pieces:
            cut = pcm[2 * int((piece.begin - 0.05) * 8_000) : 2 * int((piece.end + 0.2) * 8_000)]
            found.append(ear.hear(cut, 8_000))
            wanted.append(piece.text)
    assert sum(a == b for a, b in zip(found, wanted, strict=True)) >= 0.97 * len(wanted)


def test_the_same_seed_draws_the_same_texts() -> None:
    one, other = (list(drafts(REPORT, EVERY_KIND, Random(7))) for _ in range(2))
    assert one == other
    assert one != list(drafts(REPORT, EVERY_KIND, Random(8)))


@pytest.mark.parametrize("split", SPLITS)
def test_a_set_of_usual_size_is_large_enough_in_every_respect(split: str) -> None:
    drawn = list(drafts(split, STANDARD, Random(SEEDS.get(split, 1))))
    over = [draft for draft in drawn if draft.kind in (Kind.NOISE, Kind.ASSENT)]
    assert len(drawn) >= 300
    assert sum(bool(draft.pauses) for draft in drawn) >= 120
    assert sum(d.language == "hi-IN" and d.kind is not Kind.NOISE for d in drawn) >= 50
    assert len(over) >= 60
    assert sum(len(draft.digits) == 10 and bool(draft.pauses) for draft in drawn) >= 20
    fitting = [d.expected for d in drawn if d.kind in texts_of(WORK, "en-IN")[0].asked]
    assert 0.5 < sum(kind is not None for kind in fitting) / len(fitting) < 0.8


def test_a_set_of_numbers_has_nothing_but_ten_digits_with_pauses() -> None:
    drawn = list(drafts(REPORT, 60, Random(1), numbers=True))
    assert len(drawn) == 60
    assert all(len(draft.digits) == 10 and draft.pauses for draft in drawn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_splits_have_no_words_of_their_templates_in_common(language: str) -> None:
    work, report = (texts_of(split, language)[0] for split in (WORK, REPORT))

    def templates(texts: Texts) -> set[str]:
        said = texts.said.values()
        return {spoken for some in said for spoken, _ in some if SLOT.sub("", spoken).strip(" |")}

    assert templates(work) and not templates(work) & templates(report)
    for kind in work.asked:
        assert not set(work.asked[kind]) & set(report.asked[kind])
    assert not {*work.unspecific, *work.long} & {*report.unspecific, *report.long}


def test_the_splits_have_no_voice_in_common() -> None:
    def names(split: str) -> set[str]:
        return {voice.name for voice in VOICES if voice.split == split}

    assert not names(WORK) & names(REPORT)
