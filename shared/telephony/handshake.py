"""Wait, with limited patience, for the `start` message that says which call this is."""

import asyncio
from collections.abc import Awaitable, Callable

from shared.telephony.audio import DEFAULT_SAMPLE_RATE, SAMPLE_RATES
from shared.telephony.codec import parse
from shared.telephony.errors import HandshakeTimeout, SampleRateMismatch, UnexpectedMessage
from shared.telephony.messages import Connected, Start, Unknown

HANDSHAKE_TIMEOUT = 5.0  # seconds; Exotel itself gives up on us after 10


async def read_start(
    receive: Callable[[], Awaitable[str | bytes]], timeout: float = HANDSHAKE_TIMEOUT
) -> Start:
    """Read messages until `start`, which normally is the second one.

    `connected` may be missing or repeated, and events that we don't know are skipped.

    Args:
        receive: Returns the next websocket message; raises when the peer is gone.
        timeout: Seconds for the whole handshake.

    Raises:
        HandshakeTimeout: If `start` doesn't come in time.
        MalformedMessage: If something else than a message of the protocol comes.
        UnexpectedMessage: If another message comes before `start`.
    """
    try:
        async with asyncio.timeout(timeout):
            while True:
                match parse(await receive()):
                    case Start() as start:
                        return start
                    case Connected() | Unknown():
                        continue
                    case other:
                        raise UnexpectedMessage(type(other).__name__.lower(), "start")
    except TimeoutError as error:
        raise HandshakeTimeout(timeout) from error


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
