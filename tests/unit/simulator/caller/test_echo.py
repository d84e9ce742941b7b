"""Echo on a simulated phone line: the bot's own speech comes back to it."""

import numpy as np
import pytest

from simulator.caller.echo import ECHO_SECS, Echo
from simulator.caller.uplink import Uplink
from simulator.stream.profiles import Profile

FRAME = np.full(160, 10_000, np.int16).tobytes()
LATER = round(ECHO_SECS / 0.02)


def returned(echo: Echo, played: list[bytes]) -> list[bytes]:
    frames = []
    for frame in played:
        frames.append(echo.onto(bytes(320)))
        echo.hear(frame)
    return frames


def test_an_echo_comes_later_and_fainter_than_the_playout() -> None:
    frames = returned(Echo(-20.0), [FRAME] + [b""] * LATER)
    assert frames[:LATER] == [bytes(320)] * LATER
    assert np.frombuffer(frames[LATER], np.int16).tolist() == [1_000] * 160


def test_a_silent_earpiece_returns_no_echo() -> None:
    assert returned(Echo(-20.0), [b""] * 20) == [bytes(320)] * 20


def test_the_echo_is_mixed_with_what_the_caller_says() -> None:
    echo = Echo(-20.0)
    returned(echo, [FRAME] * LATER)
    own = np.full(160, 32_000, np.int16).tobytes()
    assert np.frombuffer(echo.onto(own), np.int16).max() == 32_767


def test_a_half_frame_has_an_echo_of_half_a_frame() -> None:
    frames = returned(Echo(-20.0), [FRAME[:160]] + [b""] * LATER)
    assert np.frombuffer(frames[LATER], np.int16).tolist() == [1_000] * 80 + [0] * 80


@pytest.mark.parametrize(("db", "loudest"), [(-20.0, 1_000), (None, 0)])
def test_only_a_line_with_echo_returns_it(db: float | None, loudest: int) -> None:
    uplink = Uplink(8_000, Profile(noise_dbfs=None, echo_db=db))
    for _ in range(2 * LATER):
        uplink.tick()
        uplink.hear(FRAME)
    assert np.frombuffer(uplink.said, np.int16).max() == loudest
