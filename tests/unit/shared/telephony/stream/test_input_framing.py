"""Input frames of 40 ms, whatever the size of Exotel's media messages."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from pipecat.frames.frames import InputAudioRawFrame
from pipecat.transports.base_input import BaseInputTransport
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams

from shared.bot import Caller, Persona
from shared.telephony.stream.input_framing import FramingInput
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Say, WaitForBot
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.bots import running_bot
from tests.support.capacity import a_line

MAX_PAYLOAD = 100_000  # bytes, as documented
# Milliseconds of sound in a message, and Hz.
SIZES = (
    (20, 8_000),
    (100, 8_000),
    (260, 8_000),
    (300, 8_000),
    (1_000, 8_000),
    (300, 16_000),
    (300, 24_000),
)
ODD = (321, 641, 4_801, MAX_PAYLOAD // 8)  # bytes; those of one message split a sample or a frame
BOT = WaitForBot(quiet=0.4, timeout=6.0)
STEPS = (Pause(0.5), Say("yes.wav"), BOT, Say("opening_hours.wav"), BOT, HangUp())
LISTENS = Persona(instructions="You answer a test call.")


async def answer(caller: Caller) -> Persona:
    return LISTENS


class Kept(FramingInput):
    """Keeps what enters the pipeline."""

    def __init__(self) -> None:
        super().__init__(None, None, FastAPIWebsocketParams())
        self.frames: list[InputAudioRawFrame] = []


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async def keep(self: Kept, frame: InputAudioRawFrame) -> None:
        self.frames.append(frame)

    monkeypatch.setattr(BaseInputTransport, "push_audio_frame", keep)


async def framed(pieces: list[bytes], rate: int) -> list[InputAudioRawFrame]:
    line = Kept()
    for piece in pieces:
        await line.push_audio_frame(InputAudioRawFrame(piece, rate, 1))
    return line.frames


@given(
    sizes=st.lists(st.integers(1, 4_000), max_size=30),
    rate=st.sampled_from([8_000, 16_000, 24_000]),
)
def test_every_input_frame_lasts_forty_milliseconds_and_no_audio_is_lost(
    sizes: list[int], rate: int
) -> None:
    sound = bytes(number % 251 for number in range(2 * sum(sizes)))
    pieces, at = [], 0
    for size in sizes:
        pieces.append(sound[at : at + 2 * size])
        at += 2 * size
    frames = asyncio.run(framed(pieces, rate))
    length = rate // 25 * 2
    assert {len(frame.audio) for frame in frames} <= {length}
    assert {(frame.sample_rate, frame.num_channels) for frame in frames} <= {(rate, 1)}
    heard = b"".join(frame.audio for frame in frames)
    assert sound.startswith(heard)
    assert len(sound) - len(heard) < length


async def test_the_longest_media_message_is_cut_into_input_frames_too() -> None:
    frames = await framed([bytes(MAX_PAYLOAD)], 8_000)
    assert len(frames) == MAX_PAYLOAD // 640


def profiles() -> dict[str, tuple[str, Profile]]:
    live = Profile()
    by_time = {
        f"{ms} ms at {rate} Hz": (f"?sample-rate={rate}", replace(live, frame_ms=ms))
        for ms, rate in SIZES
    }
    by_size = {f"{size} bytes": ("", replace(live, payload_bytes=size)) for size in ODD}
    return by_time | by_size


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reports() -> AsyncIterator[Mapping[str, CallReport]]:
    async with (
        run_providers(reply=lambda messages: "I see.") as providers,
        running_bot(providers.env, answer=answer, personas=(LISTENS,)) as bot,
    ):

        async def call(query: str, profile: Profile) -> CallReport:
            async with a_line():
                return await place_call(bot.url + query, STEPS, profile=profile)

        calls = [call(*how) for how in profiles().values()]
        yield dict(zip(profiles(), await asyncio.gather(*calls), strict=True))


@pytest.mark.parametrize("name", profiles())
def test_a_short_word_and_a_question_are_answered_at_any_message_size(
    reports: Mapping[str, CallReport], name: str
) -> None:
    report = reports[name]
    assert [turn.response is not None for turn in report.turns] == [True] * 2
    assert report.ended_by == "caller"
