"""The length of the messages in which a simulated Exotel sends its sound, sampled over the suite.

Seen live are 20 ms, documented are 100, and nothing forbids more: a bot must not care. So each call
of the suite takes one of them, by the name of its test and its place in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from zlib import crc32

import pytest

from simulator.caller import line
from simulator.caller.uplink import Uplink
from simulator.stream.profiles import Profile

SIZES = (20, 100, 200, 100)  # ms; twice what is documented
# Tests that say which they mean.
OWN = ("tests/unit/simulator/", "tests/unit/shared/telephony/stream/test_input_framing.py")


class Sampler:
    """Chooses for one call after the other."""

    def __init__(self) -> None:
        self._test = ""
        self._calls = 0

    def begin(self, test: str) -> None:
        """Take note of the test that comes next, by its node id."""
        self._test = test
        self._calls = 0

    def uplink(self, rate: int, profile: Profile) -> Uplink:
        """An uplink of messages of the length that is this call's turn."""
        if self._test.startswith(OWN) or profile.payload_bytes:
            return Uplink(rate, profile)
        ms = SIZES[(crc32(self._test.encode()) + self._calls) % len(SIZES)]
        self._calls += 1
        print(f"call {self._calls} of this test: messages of {ms} ms")  # noqa: T201  # if it fails
        return Uplink(rate, replace(profile, frame_ms=ms))


SAMPLER = Sampler()


@contextmanager
def sampled_sizes() -> Iterator[None]:
    """Have all calls of this process sampled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line, "Uplink", SAMPLER.uplink)
        yield
