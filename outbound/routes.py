"""The routes of dialling: `POST /start` and `GET /calls/{call_id}`, for holders of the API key."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.types import Message, Receive, Scope, Send

from outbound.dial_settings import account_of
from outbound.dialer import Dialer
from outbound.reconciler import Reconciler
from outbound.refusals import CallDeleted, KeyConflict, PersonRungAlready, TooManyDials
from outbound.responses import described, rung_already, started, too_many
from outbound.start_request import MAX_CONTEXT, BadOrder, ContextTooLarge, Order
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.errors import CallRefused
from shared.telephony.identifiers import is_identifier
from shared.telephony.rest.client import ExotelAPI
from shared.web.auth import operators_only
from shared.web.body import parse_json, read_body

FINISH_SECS = 4.0  # of a shutdown, for dials that still wait for Exotel
MAX_KEY = 255  # characters of an Idempotency-Key


def dialling(settings: Settings, capacity: Capacity) -> APIRouter:
    """The routes, for an app whose store is `app.state.store` while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        store: Store = app.state.store
        exotel = ExotelAPI(account_of(settings), timeout=store.schedule.exotel)
        dialer = app.state.dialer = Dialer(settings, store, exotel, capacity)
        reconciler = Reconciler(store, exotel)
        reconciling = asyncio.create_task(reconciler.run(), name="reconcile")
        try:
            yield
        finally:
            await dialer.finish(FINISH_SECS)
            reconciling.cancel()
            with suppress(asyncio.CancelledError):
                await reconciling
            await exotel.aclose()

    keys = [Depends(operators_only(settings, capacity))]
    router = APIRouter(lifespan=lifespan, dependencies=keys)

    async def start(request: Request) -> JSONResponse:
        key = _idempotency_key(request)
        order = await _order(request)
        dialer: Dialer = request.app.state.dialer
        try:
            return started(await dialer.dial(order, key))
        except BadOrder as error:
            raise HTTPException(422, error.faults) from error
        except KeyConflict as error:
            raise HTTPException(409, "this Idempotency-Key came with another request") from error
        except CallDeleted as error:
            raise HTTPException(409, "the call of this Idempotency-Key was deleted") from error
        except CallRefused as error:
            detail = f"not dialled: the bot is {error.reason}"
            raise HTTPException(503, detail, {"Retry-After": "10"}) from error
        except TooManyDials as error:
            return too_many(error.retry_after, error.call_id)
        except PersonRungAlready as error:
            return rung_already(error.rung, settings.max_dials_per_person)

    router.add_api_route("/start", start, methods=["POST"], route_class_override=_CountedRoute)

    @router.get("/calls/{call_id}")
    async def call(call_id: str, request: Request) -> Mapping[str, Any]:
        store: Store = request.app.state.store
        call_record = await store.find(call_id) if is_identifier(call_id) else None
        if call_record is None:
            raise HTTPException(404, "no such call")
        return described(call_record, await store.transfers.find(call_record.stream_call_sid))

    return router


class _CountedRoute(APIRoute):
    """A route whose answers are counted by status, whoever gives them."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        starts = scope["app"].state.capacity.metrics.starts

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                starts[str(message["status"])] += 1
            await send(message)

        await super().handle(scope, receive, counted)


async def _order(request: Request) -> Order:
    try:
        return Order.read(parse_json(await read_body(request)))
    except BadOrder as error:
        raise HTTPException(422, error.faults) from error
    except ContextTooLarge as error:
        raise HTTPException(413, f"context has more than {MAX_CONTEXT} bytes") from error


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        raise HTTPException(422, [f"Idempotency-Key: 1 to {MAX_KEY} printable ASCII characters"])
    return key
