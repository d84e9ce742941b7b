"""Codings of telephone networks: how much of a sound is left, and what a lost packet becomes."""

import numpy as np
import pytest

from benchmarks.hearing.codecs import G711_A_LAW, G711_MU_LAW, GSM, codecs, coded, with_losses

TONE = 0.3 * np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000)


@pytest.mark.parametrize(("codec", "least_db"), [(G711_MU_LAW, 30), (G711_A_LAW, 30), (GSM, 5)])
def test_a_coded_tone_is_still_that_tone(codec: str, least_db: float) -> None:
    if codec not in codecs():
        pytest.skip("libgsm is not installed")
    error = coded(TONE, codec) - TONE
    assert 10 * np.log10(np.mean(TONE**2) / np.mean(error**2)) > least_db


def test_a_law_codes_a_faint_sound_in_even_steps() -> None:
    faint = np.array([0.0, 0.0005, 0.001, -0.001])
    assert coded(faint, G711_A_LAW) == pytest.approx(faint, abs=0.0005)


def test_a_lost_packet_is_the_one_before_it_only_fainter() -> None:
    heard = with_losses(TONE, 0.2, seed=1).reshape(-1, 160)
    sent = TONE.reshape(-1, 160)
    lost = [n for n in range(1, 50) if not np.array_equal(heard[n], sent[n])]
    assert 2 <= len(lost) <= 20
    assert all(np.allclose(heard[n], heard[n - 1] / 2) for n in lost)
    assert np.array_equal(with_losses(TONE, 0.0, seed=1), TONE)
