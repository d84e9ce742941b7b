"""The bot's messages to Exotel, read with Exotel's tolerance."""

import json
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from typing import Any


class BadMessage(Exception):
    """Something a bot sent that Exotel cannot use; the text says why."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Sound to play to the caller."""

    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A name to send back once everything before it has been played."""

    name: str


@dataclass(frozen=True, slots=True)
class Clear:
    """A request to drop what has not been played."""


Reply = Audio | Mark | Clear


def read_reply(message: str | bytes) -> Reply:
    """Read a bot's message; stream SIDs and unknown keys are not looked at.

    Raises:
        BadMessage: If Exotel could do nothing with it.
    """
    if isinstance(message, bytes):
        raise BadMessage("binary frame: Exotel reads JSON in text frames")
    try:
        document = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"not JSON: {error}") from error
    if not isinstance(document, dict):
        raise BadMessage(f"not a JSON object but {type(document).__name__}")
    match document.get("event"):
        case "media":
            return Audio(_payload(document))
        case "mark":
            return Mark(_name(document))
        case "clear":
            return Clear()
        case event:
            raise BadMessage(f"unknown event {event!r}")


def _payload(document: dict[str, Any]) -> bytes:
    media = document.get("media")
    payload = media.get("payload") if isinstance(media, dict) else None
    if not isinstance(payload, str):
        raise BadMessage("media without media.payload")
    try:
        pcm = b64decode(payload, validate=True)
    except (Base64Error, ValueError) as error:
        raise BadMessage(f"media.payload is not base64: {error}") from error
    if not pcm:
        raise BadMessage("media.payload is empty")
    return pcm


def _name(document: dict[str, Any]) -> str:
    mark = document.get("mark")
    name = mark.get("name") if isinstance(mark, dict) else None
    if not isinstance(name, str) or not name:
        raise BadMessage("mark without mark.name")
    return name
