"""An exchange served on a loopback port, inside the event loop of whoever needs it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from secrets import randbits
from socket import socket
from ssl import SSLContext

import httpx
from starlette.applications import Starlette

from simulator.exotel.account import Account
from simulator.exotel.behaviour import Behaviour
from simulator.exotel.callbacks.callbacks import Callbacks
from simulator.exotel.calls.people import NoAnswer, Person
from simulator.exotel.clock import Clock
from simulator.exotel.exotel import Exchange
from simulator.exotel.flows.flows import Flow
from simulator.exotel.rest.faults import Faults
from simulator.exotel.rest.routes import Api
from simulator.exotel.transcript import OnHappening, Transcript
from simulator.http_server import listen_at, serving
from simulator.stream.profiles import Profile


@asynccontextmanager
async def run_exchange(
    *,
    account: Account | None = None,
    people: Mapping[str, Person] | None = None,
    default_person: Person | None = None,
    flows: Mapping[str, Flow] | None = None,
    faults: Faults | None = None,
    callbacks: Callbacks | None = None,
    behaviour: Behaviour | None = None,
    profile: Profile | None = None,
    speed: float = 1.0,
    seed: int | None = None,
    transcript: Path | None = None,
    on_happening: OnHappening | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[Exchange]:
    """Serve Exotel's REST while the context lasts, and make the calls it is asked for.

    Args:
        account: Credentials, ExoPhone, features.
        people: Who is at a number, in E.164.
        default_person: Who is at all other numbers; nobody answers unless given.
        flows: The flows of App Bazaar by id.
        faults: What is wrong with REST.
        callbacks: How status callbacks arrive.
        behaviour: What nobody knows for certain about Exotel.
        profile: How its sockets look; numbers and SIDs are those of the call.
        speed: How much faster than real the waits of the exchange are: ringing, origination,
            callbacks, details that settle, two people talking. Sound, what the bot has to
            answer in time, `Delay` and TimeLimit stay real.
        seed: Makes `Mix` and the lost and doubled callbacks the same each time; SIDs never are.
        transcript: A file that JSON lines about everything are added to.
        on_happening: Called with each of the same things as it happens.
        host: The address to listen at.
        port: 0 takes any that is free.

    Raises:
        OSError: If the port or the transcript cannot be opened.
        Exception: At the end, what `Exchange.idle` would have raised.
    """
    with Transcript(transcript, on_happening) as notes:
        async with httpx.AsyncClient(verify=_tls(), trust_env=False, limits=_NO_LIMITS) as http:
            listener = listen_at(host, port)
            url = f"http://{host}:{listener.getsockname()[1]}"
            exchange = Exchange(url, http, notes)
            exchange.account = account or Account()
            exchange.people.update(people or {})
            exchange.default_person = default_person or NoAnswer()
            exchange.flows.update(flows or {})
            exchange.faults = faults or Faults()
            exchange.callbacks = callbacks or Callbacks()
            exchange.behaviour = behaviour or Behaviour()
            exchange.profile = profile or Profile()
            exchange.clock = Clock(speed)
            exchange.seed = randbits(32) if seed is None else seed
            async with _open(exchange, listener):
                yield exchange


@asynccontextmanager
async def _open(exchange: Exchange, listener: socket) -> AsyncIterator[None]:
    async with serving(Starlette(routes=Api(exchange).routes()), listener):
        try:
            yield
        finally:
            await exchange.close()
    exchange.check()


_NO_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100)


@lru_cache(maxsize=1)
def _tls() -> SSLContext:
    """Read the certificates of the world once: that is most of what a start takes."""
    return httpx.create_ssl_context()
