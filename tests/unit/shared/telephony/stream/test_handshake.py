"""The handshake of Exotel's stream: connected, start, limits before start and the sample rate."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from shared.telephony.errors import (
    HandshakeTimeout,
    MalformedStart,
    ProtocolError,
    SampleRateMismatch,
    UnexpectedMessage,
)
from shared.telephony.stream.codec import dump
from shared.telephony.stream.handshake import MAX_SKIPPED, agree_sample_rate, read_start
from shared.telephony.stream.messages import (
    Clear,
    Connected,
    Dtmf,
    Mark,
    Media,
    Message,
    Start,
    Stop,
    Unknown,
)

START = Start(stream_sid="s1", call_sid="c1")


def saying(*messages: Message | str) -> Callable[[], Awaitable[str | bytes]]:
    """A peer that says these things and is silent then."""
    queue = [m if isinstance(m, str) else dump(m) for m in messages]

    async def receive() -> str:
        return queue.pop(0) if queue else await asyncio.Event().wait() and ""

    return receive


async def test_connected_then_start_completes_the_handshake() -> None:
    assert await read_start(saying(Connected(), START)) == START


async def test_the_handshake_skips_unknown_events_and_needs_no_connected_event() -> None:
    assert await read_start(saying(START)) == START
    assert await read_start(saying(Connected(), Connected(), Unknown("hello"), START)) == START


async def test_the_handshake_with_a_silent_peer_times_out() -> None:
    with pytest.raises(HandshakeTimeout, match=r"no 'start' within 0\.05 s"):
        await read_start(saying(Connected()), timeout=0.05)


@pytest.mark.parametrize(
    "early",
    [
        Media(b""),
        Media(bytes(100_000)),
        Dtmf("5"),
        Mark("m"),
        Clear(),
        Stop("stopped"),
        "[1, 2]",
        "hello",
        "",
        '{"event":"media","media":null}',
    ],
    ids=lambda early: str(early)[:20],
)
async def test_the_handshake_skips_what_comes_before_start(early: Message | str) -> None:
    assert await read_start(saying(early, Connected(), early, START)) == START


@pytest.mark.parametrize("count", [1, 250, MAX_SKIPPED - 2])
async def test_media_may_begin_five_seconds_before_the_handshake_s_start(count: int) -> None:
    early = [Media(bytes(320))] * count
    assert await read_start(saying(Connected(), *early, START)) == START


@pytest.mark.parametrize("early", [Connected(), Media(b""), "nonsense"], ids=str)
async def test_the_handshake_refuses_too_many_messages_before_start(early: Message | str) -> None:
    with pytest.raises(UnexpectedMessage, match="received .+ while waiting for 'start'"):
        await read_start(saying(*[early] * (MAX_SKIPPED + 1)))


async def test_the_handshake_refuses_too_many_bytes_before_start() -> None:
    with pytest.raises(UnexpectedMessage, match="received a 'media' while waiting for 'start'"):
        await read_start(saying(*[Media(bytes(100_000))] * 10))


@pytest.mark.parametrize(
    ("said", "received"),
    [(Media(b""), "a 'media'"), ("[]", "a malformed message: a JSON list instead of an object")],
)
async def test_a_peer_of_another_protocol_fails_the_handshake_and_is_told_so(
    said: Message | str, received: str
) -> None:
    with pytest.raises(HandshakeTimeout) as refusal:
        await read_start(saying(said), timeout=0.05)
    assert str(refusal.value) == f"no 'start' within 0.05 s but {received}"


@pytest.mark.parametrize("body", ["null", "{}", '{"stream_sid":"s"}'])
async def test_the_handshake_refuses_a_start_without_a_call_sid_at_once(body: str) -> None:
    with pytest.raises(MalformedStart):
        await read_start(saying(f'{{"event":"start","start":{body}}}', START))


@pytest.mark.parametrize(
    ("streamed", "configured", "agreed"),
    [
        (None, None, 8_000),
        (8_000, None, 8_000),
        (16_000, None, 16_000),
        (24_000, 24_000, 24_000),
        (None, 16_000, 16_000),
    ],
)
def test_the_call_runs_at_the_sample_rate_of_the_handshake(
    streamed: int | None, configured: int | None, agreed: int
) -> None:
    assert agree_sample_rate(replace(START, sample_rate=streamed), configured) == agreed


@pytest.mark.parametrize(
    ("streamed", "configured"), [(16_000, 8_000), (8_000, 16_000), (44_100, None)]
)
def test_a_contradicting_sample_rate_fails_the_handshake_with_a_hint(
    streamed: int, configured: int | None
) -> None:
    with pytest.raises(SampleRateMismatch, match=rf"{streamed} Hz.*\?sample-rate=") as caught:
        agree_sample_rate(replace(START, sample_rate=streamed), configured)
    assert isinstance(caught.value, ProtocolError)
    assert len(str(caught.value)) <= 120  # it is the reason of a websocket close
