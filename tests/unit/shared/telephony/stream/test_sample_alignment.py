"""Alignment of 16-bit samples in payloads that split or lose bytes."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.stream.sample_alignment import SampleAligner

HUM = (3_000 * np.sin(np.arange(4_000) / 7)).astype("<i2").tobytes()  # half a second
NOISE = np.random.default_rng(1).integers(-20, 20, 4_000).astype("<i2").tobytes()  # a quiet line


def through(pieces: Iterable[bytes]) -> bytes:
    aligner = SampleAligner()
    return b"".join(aligner.feed(piece) for piece in pieces)


def packets(sound: bytes, size: int = 320) -> list[bytes]:
    return [sound[i : i + size] for i in range(0, len(sound), size)]


@pytest.mark.parametrize("sound", [HUM, NOISE, bytes(8_000)], ids=["hum", "noise", "silence"])
@given(cuts=st.lists(st.integers(0, 8_000), max_size=30))
def test_samples_are_neither_lost_nor_shifted_however_they_are_cut(
    sound: bytes, cuts: list[int]
) -> None:
    edges = [0, *sorted(cuts), len(sound)]
    assert through(sound[a:b] for a, b in pairwise(edges)) == sound


@pytest.mark.parametrize("sound", [HUM, NOISE], ids=["hum", "noise"])
@pytest.mark.parametrize(
    "stray", [b"\x00", b"\x7f", HUM[:319], HUM[1:320]], ids=["zero", "byte", "cut", "headless"]
)
def test_a_stray_byte_does_not_shift_the_samples_after_it(sound: bytes, stray: bytes) -> None:
    assert through([stray, *packets(sound)]).endswith(sound)


def test_a_stray_byte_in_silence_is_found_at_the_next_speech_sample() -> None:
    assert through([b"\x01", *packets(bytes(3_200)), *packets(HUM)]).endswith(HUM)


def test_nothing_but_whole_samples_comes_out() -> None:
    aligner = SampleAligner()
    for size in (1, 2, 0, 3, 5, 321, 319, 1):
        assert len(aligner.feed(bytes(size))) % 2 == 0
