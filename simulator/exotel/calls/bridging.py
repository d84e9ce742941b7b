"""Two people on the phone with each other, which no bot hears."""

import asyncio

from simulator.exotel.calls.calls import Call
from simulator.exotel.calls.people import Answers, Reached
from simulator.exotel.exotel import Exchange


async def talk(
    exchange: Exchange, call: Call, reached: Reached, *, at_most: float | None = None
) -> None:
    """Let them talk, for as long as whoever was reached wants to and the call may last."""
    wanted = reached.talks if isinstance(reached, Answers) else reached.records
    secs = wanted if at_most is None else min(wanted, at_most)
    exchange.transcript.note("talking", call.sid, call.legs[-1].number, secs=secs)
    try:
        async with asyncio.timeout_at(call.deadline):
            await exchange.clock.sleep(secs)
    except TimeoutError:
        exchange.transcript.note("time is up", call.sid, call.number)
