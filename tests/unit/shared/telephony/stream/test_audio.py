"""Sizes of media messages that Exotel accepts, and the duration of their audio."""

import pytest

from shared.telephony.stream.audio import (
    PACKET_SIZE,
    SAMPLE_RATES,
    message_chunks,
    pad_to_packet,
    seconds,
)


@pytest.mark.parametrize(("rate", "size"), [(8_000, 3_200), (16_000, 3_200), (24_000, 3_840)])
def test_a_media_message_is_as_short_as_exotel_allows(rate: int, size: int) -> None:
    assert message_chunks(rate) * rate // 100 * 2 == size


@pytest.mark.parametrize("rate", SAMPLE_RATES)
def test_a_media_message_is_a_whole_number_of_packets(rate: int) -> None:
    assert message_chunks(rate) * rate // 100 * 2 % PACKET_SIZE == 0


@pytest.mark.parametrize(("given", "padded"), [(0, 0), (1, 320), (320, 320), (321, 640)])
def test_the_last_packet_of_a_media_message_is_filled_with_silence(given: int, padded: int) -> None:
    pcm = pad_to_packet(b"\x01" * given)
    assert len(pcm) == padded
    assert pcm.rstrip(b"\x00") == b"\x01" * given


def test_the_duration_of_audio_follows_from_its_bytes() -> None:
    assert seconds(3_200, 8_000) == 0.2
