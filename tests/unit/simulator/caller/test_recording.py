"""WAV recordings for the simulated caller: formats, onset and end of speech, transcripts."""

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from simulator.caller.audio import UnreadableAudio, read_wav, write_wav
from simulator.caller.recording import (
    RECORDINGS,
    find_recording,
    load_recording,
    speech_bounds,
    words_of,
)

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
def test_a_recording_may_be_any_pcm_wav(
    tmp_path: Path, width: int, channels: int, rate: int
) -> None:
    path = tmp_path / "tone.wav"
    write(path, width, channels, rate)
    samples = read_wav(path, 8_000)
    assert abs(len(samples) - 8_000) <= 1
    assert np.abs(samples[1_000:7_000]).max() == pytest.approx(16_384, rel=0.03)


def riff(tag: int, bits: int, data: bytes, *, extra: bytes = b"", size: int | None = None) -> bytes:
    """A mono WAV of 8 kHz with that format, `extra` at the end of its header."""
    header = struct.pack("<HHIIHH", tag, 1, 8_000, 8_000 * bits // 8, bits // 8, bits) + extra
    odd = b"LIST" + struct.pack("<I", 3) + b"abc" + b"\0"
    stated = len(data) if size is None else size
    chunks = b"fmt " + struct.pack("<I", len(header)) + header + odd
    chunks += b"data" + struct.pack("<I", stated) + data
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def extensible(tag: int, bits: int) -> bytes:
    """The end of an extensible header: its size, valid bits, speakers, and the real format."""
    guid = tag.to_bytes(2, "little") + bytes.fromhex("000000001000800000aa00389b71")
    return struct.pack("<HHI", 22, bits, 4) + guid


HALF = {16: b"\x00\x40", 24: b"\x00\x00\x40", 32: b"\x00\x00\x00\x40"}  # of full scale
FLOATS = {32: struct.pack("<f", 0.5), 64: struct.pack("<d", 0.5)}


@pytest.mark.parametrize(
    "content",
    [
        *(riff(1, bits, half * 800) for bits, half in HALF.items()),
        *(riff(0xFFFE, bits, half * 800, extra=extensible(1, bits)) for bits, half in HALF.items()),
        *(riff(3, bits, half * 800, extra=b"\0\0") for bits, half in FLOATS.items()),
        *(riff(0xFFFE, n, half * 800, extra=extensible(3, n)) for n, half in FLOATS.items()),
        riff(1, 16, HALF[16] * 800, size=0xFFFFFFFF),  # written into a pipe
        riff(1, 24, HALF[24] * 800 + b"\x01"),  # cut off within a sample
    ],
)
def test_a_recording_of_common_editors_and_recorders_is_read(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "half.wav"
    path.write_bytes(content)
    assert read_wav(path, 8_000).tolist() == [16_384] * 800


def test_float_samples_beyond_full_scale_are_clipped(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    path.write_bytes(riff(3, 32, struct.pack("<3f", 2.0, -2.0, float("nan"))))
    assert read_wav(path, 8_000).tolist() == [32_767, -32_768, 0]


@pytest.mark.parametrize(
    ("name", "content", "command"),
    [
        (
            "me.mp3",
            b"ID3\x03" + bytes(200),
            "ffmpeg -i me.mp3 -ac 1 -ar 8000 -c:a pcm_s16le me.wav",
        ),
        ("me.m4a", b"\0\0\0\x20ftypM4A " + bytes(99), "-c:a pcm_s16le me.wav"),
        ("my voice.ogg", b"OggS" + bytes(99), "-i 'my voice.ogg'"),
        ("mulaw.wav", riff(7, 8, bytes(800)), "-c:a pcm_s16le mulaw-pcm.wav"),
        ("gsm.wav", riff(0x31, 0, bytes(800)), "-c:a pcm_s16le gsm-pcm.wav"),
        ("mp3.wav", b"\xff\xfb\x90" + bytes(200), "-c:a pcm_s16le mp3-pcm.wav"),
        ("half.wav", riff(3, 16, bytes(800)), "-c:a pcm_s16le half-pcm.wav"),
    ],
)
def test_an_unsupported_recording_is_refused_with_the_way_to_convert_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    with pytest.raises(UnreadableAudio) as refused:
        read_wav(Path(name), 8_000)
    assert command in str(refused.value)


def test_a_missing_recording_needs_no_conversion(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudio) as refused:
        read_wav(tmp_path / "none.wav", 8_000)
    assert str(refused.value).endswith("none.wav: No such file or directory")


def test_recording_channels_of_different_length_are_written_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "both.wav"
    write_wav(path, 8_000, b"\x01\x00" * 3, b"\x02\x00")
    with wave.open(str(path)) as wav:
        assert wav.readframes(9) == b"\x01\x00\x02\x00\x01\x00\x00\x00\x01\x00\x00\x00"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a wav file at all", None])
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, content: bytes | None) -> None:
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


def test_a_click_in_a_recording_is_not_speech() -> None:
    sound = burst(3_000, 3)
    sound[12_000:12_040] = 20_000
    assert speech_bounds(sound, 8_000)[1] == pytest.approx(0.9, abs=0.03)


def test_a_recording_without_any_quiet_is_speech_throughout() -> None:
    assert speech_bounds(np.full(8_000, 5_000, np.int16), 8_000) == (0.0, 1.0)


def test_bundled_recordings_are_found_by_name_and_have_transcripts() -> None:
    recording = load_recording("opening_hours.wav", 8_000)
    assert recording.text == "what are your opening hours"
    assert 0 < recording.onset < recording.end < len(recording.samples) / 8_000
    assert load_recording("opening_hours.wav", 8_000) is recording


def test_a_recording_of_one_s_own_is_taken_as_its_path_is_named(tmp_path: Path) -> None:
    assert find_recording(tmp_path / "x.wav") == tmp_path / "x.wav"
    assert find_recording("x.wav") == Path("x.wav")
    assert find_recording("yes.wav") == RECORDINGS / "yes.wav"
    assert words_of(tmp_path / "pay_my_bill.wav") == "pay my bill"


def test_a_transcript_table_tells_what_a_recording_says_and_when(tmp_path: Path) -> None:
    write_wav(tmp_path / "bill.wav", 8_000, burst(9_000, 3_000).tobytes())
    table = "file\tbegins\tends\ttext\nbill.wav\t0.25\t0.75\tpay my bill\n"
    (tmp_path / "transcripts.tsv").write_text(table, encoding="utf-8")
    recording = load_recording(tmp_path / "bill.wav", 8_000)
    assert (recording.text, recording.onset, recording.end) == ("pay my bill", 0.25, 0.75)


@pytest.mark.parametrize("table", ["", "name\nbill.wav\n", "file\tbegins\tends\nbill.wav\n"])
def test_a_transcript_table_without_the_recording_does_no_harm(tmp_path: Path, table: str) -> None:
    write_wav(tmp_path / "bill.wav", 8_000, burst(9_000, 30).tobytes())
    (tmp_path / "transcripts.tsv").write_text(table, encoding="utf-8")
    recording = load_recording(tmp_path / "bill.wav", 8_000)
    assert recording.text == "bill"
    assert recording.onset == pytest.approx(0.5, abs=0.03)
