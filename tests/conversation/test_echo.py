"""What may be the bot's own voice coming back: by loudness and by time, on a virtual clock."""

import asyncio

import numpy as np
import pytest
from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
)
from pipecat.processors.frame_processor import FrameDirection
from pipecat.tests.utils import SleepFrame, run_test

from shared.conversation.echo import DELAY_SECS, FORGETTING, LOSS, Echo
from tests.conversation.virtual_time import in_virtual_time

RATE = 8_000
LOUD, SOFT = 0.01, 0.0001  # power, from 0 to 1


def sound(power: float, secs: float = 1.0, rate: int = RATE) -> TTSAudioRawFrame:
    level = round(np.sqrt(power) * 32_768)
    return TTSAudioRawFrame(np.full(round(secs * rate), level, "<i2").tobytes(), rate, 1)


class Said(Echo):
    """An echo that has been told what was said, outside of any pipeline."""

    async def push_frame(
        self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM
    ) -> None:
        pass

    def hears(self, frame: TTSAudioRawFrame) -> "Said":
        self._follow(frame)
        return self


@in_virtual_time
async def test_a_silent_bot_has_no_echo() -> None:
    assert not Said().covers(0.0)


@in_virtual_time
async def test_what_is_fainter_than_its_echo_may_be_is_covered() -> None:
    echo = Said().hears(sound(LOUD))
    assert echo.covers(LOUD * LOSS * 0.9)
    assert not echo.covers(LOUD * LOSS * 1.1)


@in_virtual_time
async def test_it_covers_until_the_sound_must_have_come_back() -> None:
    echo = Said().hears(sound(LOUD, 1.0)).hears(sound(LOUD, 1.0))
    await asyncio.sleep(2.0 + DELAY_SECS - 0.01)
    assert echo.covers(0.0)
    await asyncio.sleep(0.02)
    assert not echo.covers(0.0)


@in_virtual_time
async def test_a_pause_of_the_bots_is_no_part_of_what_it_says_later() -> None:
    echo = Said().hears(sound(LOUD, 1.0))
    await asyncio.sleep(60)
    echo.hears(sound(LOUD, 1.0))
    await asyncio.sleep(1.0 + DELAY_SECS + 0.01)
    assert not echo.covers(0.0)


@in_virtual_time
async def test_its_loudest_moment_counts_and_not_the_mean() -> None:
    quiet, loud = sound(SOFT, 0.9).audio, sound(LOUD, 0.1).audio
    echo = Said().hears(TTSAudioRawFrame(quiet + loud, RATE, 1))
    assert echo.covers(LOUD * LOSS * 0.9)


@in_virtual_time
async def test_it_forgets_slowly_how_loud_it_was() -> None:
    echo = Said().hears(sound(LOUD)).hears(sound(SOFT, 10.0))
    assert echo.covers(LOUD * LOSS * FORGETTING**10 * 0.9)
    assert not echo.covers(LOUD * LOSS * FORGETTING**10 * 1.1)


@pytest.mark.parametrize("audio", [b"", b"\x00", bytes(100)])
@in_virtual_time
async def test_a_snippet_is_no_sound_to_measure(audio: bytes) -> None:
    assert not Said().hears(TTSAudioRawFrame(audio, RATE, 1)).covers(0.0)


@in_virtual_time
async def test_it_passes_everything_on_and_an_interruption_ends_the_echo_soon() -> None:
    echo = Echo()
    frames = [
        sound(LOUD, 30.0),
        SleepFrame(sleep=1.0),
        InterruptionFrame(),
        SleepFrame(sleep=DELAY_SECS - 0.1),
    ]
    down, _ = await run_test(echo, frames_to_send=frames)
    assert [type(frame) for frame in down] == [TTSAudioRawFrame, InterruptionFrame]
    assert echo.covers(0.0)
    await asyncio.sleep(0.2)
    assert not echo.covers(0.0)
