import wave
from pathlib import Path

import numpy as np
import pytest

from simulator.audio import UnreadableAudio, read_wav, write_wav
from simulator.recording import RECORDINGS, find_recording, load_recording, speech_bounds, words_of

NOISE = np.random.default_rng(1)


def burst(level: float, noise: float) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """Make 0.5 s of noise, 0.4 s of something louder, and 0.7 s of noise."""
    sound = NOISE.standard_normal(12_800) * noise
    sound[4_000:7_200] += NOISE.standard_normal(3_200) * level
    return sound.astype(np.int16)


def write(path: Path, width: int, channels: int, rate: int) -> None:
    """Write a second of a 200 Hz tone at half of full scale."""
    tone = np.sin(np.arange(rate) * 2 * np.pi * 200 / rate) / 2
    scaled = np.rint(tone * (1 << 8 * width - 1)).astype("<i4")
    frames = np.repeat(scaled + 128 if width == 1 else scaled, channels)
    with wave.open(str(path), "wb") as wav:
        wav.setparams((channels, width, rate, 0, "NONE", ""))
        wav.writeframes(frames.view(np.uint8).reshape(-1, 4)[:, :width].tobytes())


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
def test_any_pcm_wav_is_read(tmp_path: Path, width: int, channels: int, rate: int) -> None:
    path = tmp_path / "tone.wav"
    write(path, width, channels, rate)
    samples = read_wav(path, 8_000)
    assert abs(len(samples) - 8_000) <= 1
    assert np.abs(samples[1_000:7_000]).max() == pytest.approx(16_384, rel=0.03)


def test_channels_of_different_length_are_written_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "both.wav"
    write_wav(path, 8_000, b"\x01\x00" * 3, b"\x02\x00")
    with wave.open(str(path)) as wav:
        assert wav.readframes(9) == b"\x01\x00\x02\x00\x01\x00\x00\x00\x01\x00\x00\x00"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a wav file at all", None])
def test_what_is_not_a_recording_is_said_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "bad.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableAudio, match=r"bad\.wav"):
        read_wav(path, 8_000)


@pytest.mark.parametrize(("level", "noise"), [(3_000, 0), (3_000, 30), (3_000, 300), (300, 3)])
def test_speech_is_found_in_silence_and_in_noise(level: float, noise: float) -> None:
    onset, end = speech_bounds(burst(level, noise), 8_000)
    assert onset == pytest.approx(0.5, abs=0.03)
    assert end == pytest.approx(0.9, abs=0.03)


def test_a_click_is_not_speech() -> None:
    sound = burst(3_000, 3)
    sound[12_000:12_040] = 20_000
    assert speech_bounds(sound, 8_000)[1] == pytest.approx(0.9, abs=0.03)


def test_sound_without_any_quiet_is_speech_throughout() -> None:
    assert speech_bounds(np.full(8_000, 5_000, np.int16), 8_000) == (0.0, 1.0)


def test_our_recordings_are_found_by_name_and_have_words() -> None:
    recording = load_recording("opening_hours.wav", 8_000)
    assert recording.text == "what are your opening hours"
    assert 0 < recording.onset < recording.end < len(recording.samples) / 8_000
    assert load_recording("opening_hours.wav", 8_000) is recording


def test_another_file_is_taken_as_it_is_named(tmp_path: Path) -> None:
    assert find_recording(tmp_path / "x.wav") == tmp_path / "x.wav"
    assert find_recording("x.wav") == Path("x.wav")
    assert find_recording("yes.wav") == RECORDINGS / "yes.wav"
    assert words_of(tmp_path / "pay_my_bill.wav") == "pay my bill"


def test_a_table_beside_a_recording_says_what_is_spoken_in_it_and_when(tmp_path: Path) -> None:
    write_wav(tmp_path / "bill.wav", 8_000, burst(9_000, 3_000).tobytes())
    table = "file\tbegins\tends\ttext\nbill.wav\t0.25\t0.75\tpay my bill\n"
    (tmp_path / "transcripts.tsv").write_text(table, encoding="utf-8")
    recording = load_recording(tmp_path / "bill.wav", 8_000)
    assert (recording.text, recording.onset, recording.end) == ("pay my bill", 0.25, 0.75)


@pytest.mark.parametrize("table", ["", "name\nbill.wav\n", "file\tbegins\tends\nbill.wav\n"])
def test_a_table_that_says_nothing_of_a_recording_is_no_harm(tmp_path: Path, table: str) -> None:
    write_wav(tmp_path / "bill.wav", 8_000, burst(9_000, 30).tobytes())
    (tmp_path / "transcripts.tsv").write_text(table, encoding="utf-8")
    recording = load_recording(tmp_path / "bill.wav", 8_000)
    assert recording.text == "bill"
    assert recording.onset == pytest.approx(0.5, abs=0.03)
