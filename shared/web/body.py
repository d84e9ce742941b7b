"""The body of a request, bounded in size, as JSON or as the fields of a form."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect
from starlette.types import Message

MAX_BODY = 64 * 1024  # bytes
BLANK = b"\xef\xbb\xbf \t\r\n"  # what may stand before a body, a byte order mark too
URLENCODED = b"application/x-www-form-urlencoded"

_DELIMITER = re.compile(rb"--([0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-])[ \t]*\r?\n")
_PAIR = re.compile(rb"[\w.%\[\]-]+=")
_FORM = re.compile(b"%s|%s" % (_DELIMITER.pattern, _PAIR.pattern))


async def read_body(request: Request, limit: int = MAX_BODY) -> bytes:
    """The body.

    Raises:
        HTTPException: 413 if it has more than `limit` bytes, 408 if it doesn't come to its end.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise HTTPException(413, f"the body has more than {limit} bytes")
    except ClientDisconnect as error:
        raise HTTPException(408, "the body did not come to its end") from error
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

    The body counts for more than its media type, which may be missing or wrong.

    Raises:
        HTTPException: 400 if it's none of them, 413 if it's too large.
    """
    body = (await read_body(request)).lstrip(BLANK)
    declared = request.headers.get("content-type", "")
    if body.startswith(b"{") or ("json" in declared.lower() and not _FORM.match(body)):
        fields = parse_json(body)
        if not isinstance(fields, dict):
            raise HTTPException(400, "the body is no JSON object")
        return fields

    if b"\r\n" not in body:
        body = body.replace(b"\n", b"\r\n")  # as the lines of a multipart body end

    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    others = [pair for pair in request.scope["headers"] if pair[0] != b"content-type"]
    headers = [*others, (b"content-type", _form_type(declared, body))]
    form = await Request({**request.scope, "headers": headers}, replay).form(
        max_files=0, max_fields=200
    )
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _form_type(declared: str, body: bytes) -> bytes:
    """One of the two media types that forms have, by how the body begins."""
    if delimiter := _DELIMITER.match(body):
        return b'multipart/form-data; boundary="%s"' % delimiter[1]
    is_multipart = "multipart" in declared.lower() and not _PAIR.match(body)
    return declared.encode("latin-1") if is_multipart else URLENCODED


def _no_such_constant(name: str) -> None:
    raise ValueError(f"{name} is no value of JSON")
