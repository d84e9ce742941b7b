"""The web app that both bots are: sockets that take calls, webhooks, and what monitoring asks."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from loguru import logger

from shared.bot.persona import Answer, Persona
from shared.providers.health import ProviderHealth
from shared.records.lost_calls import LostCalls
from shared.records.reconcile_schedule import Pace
from shared.records.store import Store
from shared.runtime.capacity import CallRegistry
from shared.runtime.overload import Load
from shared.runtime.resources import choose_providers, open_switchboard
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.auth import may_enter, token_key
from shared.web.failed_attempts import FailedAttempts
from shared.web.health import add_gauges, monitoring
from shared.web.lost_paths import find_lost_paths
from shared.web.public_address import TrustedProxies
from shared.web.sockets import sockets
from shared.web.webhooks.passthru import transfers
from shared.web.webhooks.status import add_webhooks


def build_app(
    settings: Settings,
    *,
    answer: Answer,
    personas: Sequence[Persona],
    direction: Direction,
    faults: Sequence[str] = (),
    pace: Pace | None = None,
) -> FastAPI:
    """Build the app that takes one bot's calls.

    Args:
        settings: Of this process.
        answer: The bot's decision: who answers a caller.
        personas: Those known beforehand: their openings are made at start-up, and the first of
            them answers when `answer` fails.
        direction: Who rings whom.
        faults: What else has been found to be wrong with the settings.
        pace: When calls without an end are looked at; as `Pace` has it unless given.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    providers = choose_providers(settings, personas, [*settings.faults(), *faults])

    @asynccontextmanager
    async def board(app: FastAPI) -> AsyncIterator[None]:
        app.state.board = await open_switchboard(
            providers,
            app.state.registry,
            answer=answer,
            personas=personas,
            direction=direction,
            store=app.state.store,
        )
        logger.info("ready for {} calls", settings.max_calls)
        try:
            yield
        finally:
            await app.state.board.equipment.repertoire.close()

    health = providers.health.values()
    app = build_office(settings, direction=direction, pace=pace, providers=health)
    app.include_router(sockets(settings, board))
    return app


def build_office(
    settings: Settings,
    *,
    direction: Direction,
    pace: Pace | None = None,
    providers: Collection[ProviderHealth] = (),
) -> FastAPI:
    """Build an app that takes no calls: the store, Exotel's webhooks and what monitoring asks.

    Args:
        settings: Of this process.
        direction: Who rings whom.
        pace: When calls without an end are looked at.
        providers: Those that calls use.
    """
    registry = CallRegistry(settings.max_calls)
    load = Load(registry)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        store = app.state.store = await Store.open(url, pace, token_key=token_key(settings))
        watching = [
            asyncio.create_task(load.watch(), name="watch the load"),
            asyncio.create_task(LostCalls(store).watch(), name="watch for lost calls"),
        ]
        try:
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            await store.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.registry = registry
    app.state.attempts = FailedAttempts()
    app.state.may_enter = may_enter(settings)
    add_webhooks(app, settings, registry, direction)
    app.include_router(transfers(settings, registry))
    app.add_middleware(TrustedProxies, trusted_hosts=settings.forwarded_allow_ips)
    find_lost_paths(app, settings)

    app.include_router(monitoring(registry, providers, direction))
    add_gauges(app, registry, load, providers)
    return app
