"""The handshake: the messages up to `start`, which says which call a socket carries."""

import asyncio
from collections.abc import Awaitable, Callable

from shared.telephony.errors import (
    HandshakeTimeout,
    MalformedMessage,
    MalformedStart,
    SampleRateMismatch,
    UnexpectedMessage,
)
from shared.telephony.stream.audio import DEFAULT_SAMPLE_RATE, SAMPLE_RATES
from shared.telephony.stream.codec import parse
from shared.telephony.stream.messages import Connected, Start

HANDSHAKE_TIMEOUT = 5.0  # seconds; Exotel itself gives up on us after 10
# What may come before `start`: more than five seconds of sound in messages of 20 ms, at any rate.
MAX_SKIPPED = 1_000  # messages
MAX_SKIPPED_SIZE = 1024 * 1024  # bytes


async def read_start(
    receive: Callable[[], Awaitable[str | bytes]], timeout: float = HANDSHAKE_TIMEOUT
) -> Start:
    """Read messages until `start`, which normally is the second one.

    `connected` may be missing or repeated, and whatever else comes first is skipped: sound can
    overtake `start`, and nothing is lost with it.

    Args:
        receive: Returns the next websocket message; raises when the peer is gone.
        timeout: Seconds for the whole handshake.

    Raises:
        HandshakeTimeout: If `start` doesn't come in time.
        MalformedStart: If it makes no sense.
        UnexpectedMessage: If too much else comes before it.
    """
    size, received = 0, ""
    try:
        async with asyncio.timeout(timeout):
            for _ in range(MAX_SKIPPED):
                data = await receive()
                try:
                    message = parse(data)
                except MalformedStart:
                    raise
                except MalformedMessage as error:
                    received = f"a {error}"
                else:
                    if isinstance(message, Start):
                        return message
                    if not isinstance(message, Connected):
                        received = f"a {type(message).__name__.lower()!r}"
                size += len(data)
                if size > MAX_SKIPPED_SIZE:
                    break
    except TimeoutError as error:
        raise HandshakeTimeout(timeout, received) from error
    raise UnexpectedMessage(received or "only 'connected'", "start")


def agree_sample_rate(start: Start, configured: int | None) -> int:
    """The rate in Hz at which this call's whole pipeline runs, so that nothing is resampled.

    It is what Exotel says in `start`. When Exotel doesn't say, it is the configured one, or 8 kHz.

    Raises:
        SampleRateMismatch: If what Exotel says isn't a rate of Exotel's, or not the configured one.
    """
    accepted = SAMPLE_RATES if configured is None else (configured,)
    rate = start.sample_rate or configured or DEFAULT_SAMPLE_RATE
    if rate not in accepted:
        raise SampleRateMismatch(rate, accepted)
    return rate
