"""The answers of every route to an error of the database: 422 for a value, 503 for the rest."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from loguru import logger

from shared.records.database.transactions import BadValue, StoreError

RETRY = {"Retry-After": "5"}


def answer_store_errors(app: FastAPI) -> None:
    """Have the errors of an app answered whose store is `app.state.store` while it runs."""

    @app.exception_handler(BadValue)
    async def bad_value(request: Request, error: BadValue) -> JSONResponse:
        logger.warning("refused a request: {}", error)
        return JSONResponse({"detail": f"this can't be kept on record: {error}"}, 422)

    @app.exception_handler(StoreError)
    async def store_failed(request: Request, error: StoreError) -> JSONResponse:
        if not app.state.store.database.failing:  # which says so itself, now and then
            logger.error("the database failed: {}", error)
        return JSONResponse({"detail": "the database can't be used now"}, 503, RETRY)
