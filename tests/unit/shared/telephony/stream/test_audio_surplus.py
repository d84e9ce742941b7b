"""Audio that arrives faster than real time: allowed after a stall, but not without end."""

import asyncio
import base64
import json

import pytest

from shared.telephony.stream.audio import SAMPLE_RATES
from shared.telephony.stream.audio_surplus import MOST_SECS, Surplus
from shared.telephony.stream.messages import Start, Stop
from shared.telephony.stream.serializer import FLOODED, ExotelSerializer
from tests.support.virtual_time import in_virtual_time


@pytest.mark.parametrize("rate", SAMPLE_RATES)
@pytest.mark.parametrize("message_secs", [0.01, 0.02, 0.1, 0.3, 2.0])
def test_steady_media_is_never_ahead_of_real_time(rate: int, message_secs: float) -> None:
    @in_virtual_time
    async def lasts_an_hour() -> None:
        surplus = Surplus(rate)
        audio = bytes(round(rate * message_secs) * 2)
        for _ in range(min(2_000, round(3_600 / message_secs))):
            assert not surplus.is_too_much(audio)
            await asyncio.sleep(message_secs)

    lasts_an_hour()


@pytest.mark.parametrize("rate", SAMPLE_RATES)
def test_media_delayed_by_stalls_may_come_in_repeated_bursts(rate: int) -> None:
    @in_virtual_time
    async def stalls() -> None:
        surplus = Surplus(rate)
        for _ in range(20):
            await asyncio.sleep(9.5)
            for _ in range(95):
                assert not surplus.is_too_much(bytes(rate // 10 * 2))

    stalls()


@pytest.mark.parametrize("rate", SAMPLE_RATES)
@pytest.mark.parametrize("times", [1.5, 3, 10, 100])
def test_media_faster_than_real_time_is_soon_too_much(rate: int, times: float) -> None:
    @in_virtual_time
    async def talks() -> None:
        surplus = Surplus(rate)
        said = 0.0
        while not surplus.is_too_much(bytes(rate // 2 * 2)):
            said += 0.5
            await asyncio.sleep(0.5 / times)
        assert said - said / times == pytest.approx(MOST_SECS, abs=2)

    talks()


def test_a_long_silence_is_no_credit_for_a_later_media_flood() -> None:
    @in_virtual_time
    async def waits_and_talks() -> None:
        surplus = Surplus(8_000)
        surplus.is_too_much(bytes(320))
        await asyncio.sleep(1_000)
        assert surplus.is_too_much(bytes(round(16_000 * (MOST_SECS + 1))))

    waits_and_talks()


@in_virtual_time
async def test_a_media_flood_stops_the_stream_once_and_is_read_no_further() -> None:
    stops: list[Stop] = []
    serializer = ExotelSerializer(Start(stream_sid="s", call_sid="c"), 8_000, stops.append)
    payload = base64.b64encode(bytes(99_840)).decode()
    media = json.dumps({"event": "media", "media": {"payload": payload}})
    heard = [await serializer.deserialize(media) is not None for _ in range(30)]
    assert heard == [True] * 9 + [False] * 21
    assert stops == [Stop(reason=FLOODED)]
