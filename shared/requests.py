"""Read a request: its body, bounded in size, as JSON or as the fields of a form; its names."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Request
from starlette.types import Message

MAX_BODY = 64 * 1024  # bytes


async def read_body(request: Request, limit: int = MAX_BODY) -> bytes:
    """The body.

    Raises:
        HTTPException: 413 if it has more than `limit` bytes.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HTTPException(413, f"the body has more than {limit} bytes")
    return bytes(body)


def parse_json(body: bytes) -> Any:
    """The JSON value in a body.

    Raises:
        HTTPException: 400 if it's none, or one that can't be written as JSON again.
    """
    try:
        return json.loads(body, parse_constant=_no_such_constant)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"the body is no JSON: {error}") from error


async def read_fields(request: Request) -> Mapping[str, object]:
    """The fields of a form, multipart or urlencoded, or of a JSON object.

    Raises:
        HTTPException: 400 if it's none of them, 413 if it's too large.
    """
    body = await read_body(request)
    if "json" in request.headers.get("content-type", ""):
        fields = parse_json(body)
        if not isinstance(fields, dict):
            raise HTTPException(400, "the body is no JSON object")
        return fields

    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    form = await Request(request.scope, replay).form(max_files=0, max_fields=200)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def is_identifier(text: str) -> bool:
    """Whether a call could have this name, ours or Exotel's; anything else is nobody's."""
    return re.fullmatch(r"[A-Za-z0-9_.:-]{1,128}", text) is not None


def _no_such_constant(name: str) -> None:
    raise ValueError(f"{name} is no value of JSON")
