"""The web app of both bots: sockets that take calls, webhooks, and monitoring."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from loguru import logger

from shared.bot.persona import Answer, Persona
from shared.providers.health import ProviderHealth
from shared.records.lost_calls import LostCalls
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.runtime.overload import OverloadGuard
from shared.runtime.resources import choose_providers, open_resources
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.auth import may_enter, token_key
from shared.web.failed_attempts import FailedAttempts
from shared.web.health import add_gauges, monitoring
from shared.web.public_address import TrustedProxies
from shared.web.sockets import sockets
from shared.web.store_errors import answer_store_errors
from shared.web.transfers import transfers
from shared.web.unknown_paths import find_lost_paths
from shared.web.webhooks.connect_applet import connect_applet
from shared.web.webhooks.passthru import passthru
from shared.web.webhooks.status_callback import status_callback
from shared.web.webhooks.voicebot import voicebot


def build_app(
    settings: Settings,
    *,
    answer: Answer,
    personas: Sequence[Persona],
    direction: Direction,
    faults: Sequence[str] = (),
    schedule: ReconcileSchedule | None = None,
) -> FastAPI:
    """Build the app that takes one bot's calls.

    Args:
        settings: Of this process.
        answer: The bot's decision: who answers a caller.
        personas: Those known beforehand: their openings are made at start-up, and the first of
            them answers when `answer` fails.
        direction: Who rings whom.
        faults: What else has been found to be wrong with the settings.
        schedule: When calls without an end are looked at; as `ReconcileSchedule` has it unless
            given.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    providers = choose_providers(settings, personas, [*settings.faults(), *faults])

    @asynccontextmanager
    async def resources(app: FastAPI) -> AsyncIterator[None]:
        app.state.resources = await open_resources(
            providers,
            app.state.capacity,
            answer=answer,
            personas=personas,
            direction=direction,
            store=app.state.store,
        )
        logger.info("ready for {} calls", settings.max_calls)
        try:
            yield
        finally:
            await app.state.resources.conversation.prompt_cache.close()

    health = providers.health.values()
    app = build_control_app(settings, direction=direction, schedule=schedule, providers=health)
    app.include_router(sockets(settings, resources))
    return app


def build_control_app(
    settings: Settings,
    *,
    direction: Direction,
    schedule: ReconcileSchedule | None = None,
    providers: Collection[ProviderHealth] = (),
) -> FastAPI:
    """Build an app that takes no calls: the store, Exotel's webhooks and what monitoring asks.

    Args:
        settings: Of this process.
        direction: Who rings whom.
        schedule: When calls without an end are looked at.
        providers: Those that calls use.
    """
    capacity = Capacity(settings.max_calls)
    load = OverloadGuard(capacity)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        store = app.state.store = await Store.open(url, schedule, token_key=token_key(settings))
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
    app.state.capacity = capacity
    app.state.attempts = FailedAttempts()
    app.state.may_enter = may_enter(settings)
    answer_store_errors(app)
    app.include_router(status_callback(capacity))
    app.include_router(voicebot(settings, capacity, direction))
    app.include_router(passthru(settings, capacity))
    app.include_router(connect_applet(settings, capacity))
    app.include_router(transfers(settings, capacity))
    app.add_middleware(TrustedProxies, trusted_hosts=settings.forwarded_allow_ips)
    find_lost_paths(app, settings)
    app.include_router(monitoring(capacity, providers, direction))
    add_gauges(app, capacity, load, providers)
    return app
