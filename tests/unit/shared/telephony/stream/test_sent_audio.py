"""Playout of sent audio, moment by moment, on a virtual clock."""

import asyncio

import numpy as np
import pytest

from shared.telephony.stream.sent_audio import KEPT_SECS, SentAudio
from tests.support.virtual_time import in_virtual_time, now

RATE = 8_000


def piece(value: int, secs: float = 0.2, rate: int = RATE) -> bytes:
    return np.full(round(secs * rate), value, "<i2").tobytes()


def values(pcm: bytes) -> list[int]:
    """The values in it, without repetitions, and how long each lasts in milliseconds."""
    samples = np.frombuffer(pcm, "<i2")
    edges = [0, *(np.flatnonzero(np.diff(samples)) + 1).tolist()]
    return [int(samples[edge]) for edge in edges] if len(samples) else []


def secs_of(pcm: bytes, value: int) -> float:
    return float((np.frombuffer(pcm, "<i2") == value).sum() / RATE)


async def playing(*pieces: bytes) -> SentAudio:
    await asyncio.sleep(10)
    sent = SentAudio()
    for each in pieces:
        sent.add(each, RATE)
    return sent


@in_virtual_time
async def test_audio_just_sent_has_had_no_playout() -> None:
    sent = await playing(piece(1), piece(2))
    assert values(sent.played(0.5, now())) == [0]
    assert len(sent.played(0.5, now())) == RATE


@in_virtual_time
async def test_playout_takes_its_time_one_piece_after_the_other() -> None:
    sent = await playing(piece(1), piece(2))
    await asyncio.sleep(0.3)
    played = sent.played(1.0, now())
    assert values(played) == [0, 1, 2]
    assert (secs_of(played, 1), secs_of(played, 2)) == pytest.approx((0.2, 0.1), abs=0.001)


@in_virtual_time
async def test_silence_takes_playout_time_too() -> None:
    sent = await playing(piece(1))
    await asyncio.sleep(0.5)
    sent.add(piece(2), RATE)
    await asyncio.sleep(0.2)
    played = sent.played(1.0, now())
    assert values(played) == [0, 1, 0, 2]
    assert secs_of(played[RATE // 5 * 2 :], 0) > 0.29
    await asyncio.sleep(0.1)
    assert values(sent.played(0.2, now())) == [2, 0]


@in_virtual_time
async def test_cleared_audio_has_no_playout_and_what_comes_then_follows() -> None:
    sent = await playing(piece(1, 1.0))
    await asyncio.sleep(0.4)
    sent.cut()
    await asyncio.sleep(0.1)
    sent.add(piece(2, 1.0), RATE)
    await asyncio.sleep(0.2)
    played = sent.played(1.0, now())
    assert values(played) == [0, 1, 0, 2]
    assert (secs_of(played, 1), secs_of(played, 2)) == pytest.approx((0.4, 0.2), abs=0.001)


@in_virtual_time
async def test_playout_of_long_ago_is_forgotten() -> None:
    sent = await playing(*(piece(n, 1.0) for n in range(1, 100)))
    await asyncio.sleep(99)
    assert len(sent.last(10**9)) <= (KEPT_SECS + 99) * RATE * 2
    sent.add(piece(100), RATE)
    assert len(sent.last(10**9)) <= (KEPT_SECS + 0.3) * RATE * 2
    await asyncio.sleep(600)
    assert values(sent.played(KEPT_SECS, now())) == [0]


@in_virtual_time
async def test_playout_until_a_past_moment_can_be_asked_for() -> None:
    sent = await playing(piece(1), piece(2), piece(3))
    await asyncio.sleep(1.0)
    assert values(sent.played(0.3, now() - 0.7)) == [1, 2]
    assert values(sent.played(0.3, now() - 0.5)) == [2, 3]


@in_virtual_time
async def test_before_any_audio_was_sent_there_is_no_playout() -> None:
    assert SentAudio().played(1.0, now()) == b""
