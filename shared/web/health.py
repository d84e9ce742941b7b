"""The routes of monitoring: `/healthz`, `/readyz` and `/metrics`."""

from collections.abc import Collection

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from shared.observability.metrics import CONTENT_TYPE, Rendered
from shared.providers.health import ProviderHealth
from shared.runtime.capacity import Capacity
from shared.runtime.overload import OverloadGuard
from shared.telephony.direction import Direction

# Why it would refuse a call, for whoever monitors it, by what callers' sockets are told.
WHY_NOT = {
    "full": "full: every place is taken, or kept for somebody who is being rung",
    "busy": "busy: the event loop is late",
    "shutting down": "shutting down",
}


def monitoring(
    capacity: Capacity, providers: Collection[ProviderHealth], direction: Direction
) -> APIRouter:
    """The routes, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz(request: Request) -> JSONResponse:
        # A call that comes in is taken without the store; nobody can be rung without it.
        store_fails = request.app.state.store.database.failing and direction is Direction.OUTBOUND
        reason = WHY_NOT.get(capacity.refusal_reason) or (
            "the database fails" if store_fails else ""
        )
        state: dict[str, bool | int | str | list[str]] = {
            "ready": not reason,
            "calls": len(capacity),
            "max_calls": capacity.max_calls,
        }
        if reason:
            state["reason"] = reason
        # No reason to be taken out of service: a fallback answers, or an apology and a transfer,
        # and every other process has the same providers.
        if failing := [provider.label for provider in providers if provider.failing]:
            state["failing"] = failing
        return JSONResponse(state, status_code=503 if reason else 200)

    rendered = Rendered(capacity.metrics.render)

    @router.get("/metrics")
    async def metrics_text() -> Response:
        return Response(rendered(), media_type=CONTENT_TYPE)

    return router


def add_gauges(
    app: FastAPI, capacity: Capacity, load: OverloadGuard, providers: Collection[ProviderHealth]
) -> None:
    """Have the metrics tell what can be read of an app at any time."""
    metrics = capacity.metrics
    metrics.gauge("calls_active", "Calls that are on.", lambda: len(capacity))
    metrics.gauge("calls_expected", "People being rung.", lambda: capacity.reserved)
    metrics.gauge("calls_max", "Calls that are taken at most.", lambda: capacity.max_calls)
    metrics.gauge(
        "overloaded",
        "1 while no call is taken because of the load.",
        lambda: capacity.overloaded,
    )
    metrics.gauge(
        "loop_lag_seconds", "Lateness of the event loop, 95th percentile.", lambda: load.lag
    )
    metrics.gauge(
        "store_failing",
        "1 while the database fails.",
        lambda: app.state.store.database.failing,
    )
    metrics.watch_providers(providers)
