"""A lenient reader for the fields of Exotel's stream messages."""

import re
from typing import Any
from urllib.parse import parse_qsl

from shared.plain_text import encodable, plain
from shared.telephony.errors import MalformedMessage

MAX_TEXT = 1_024  # characters; the longest that Exotel documents is a CustomField of 128
MAX_PARAMETERS = 32  # Exotel documents three
ENCODINGS = ("encoding", "codec", "contenttype", "mimetype", "format", "type")


def section(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`.

    Raises:
        MalformedMessage: If there is none.
    """
    body = raw.get(name)
    if not isinstance(body, dict):
        raise MalformedMessage(f"{name!r} is not an object")
    return body


def get(raw: dict[str, Any], name: str) -> Any:
    """The value of `name`, or of its camelCase spelling."""
    if name in raw:
        return raw[name]
    head, *rest = name.split("_")
    return raw.get(head + "".join(word.title() for word in rest))


def text(raw: dict[str, Any], name: str) -> str:
    """The text under `name`, also from a number; "" from anything else."""
    value = get(raw, name)
    if isinstance(value, str):
        return _clean(value)
    return str(value)[:MAX_TEXT] if type(value) is int else ""


def number(raw: dict[str, Any], name: str) -> int | None:
    """The count under `name`, also from text; None from anything else."""
    digits = text(raw, name)
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else None


def sample_rate(media_format: Any) -> int | None:
    """Hz from `8000`, "8000", "8000Hz" or "16 kHz"; None from anything else."""
    if not isinstance(media_format, dict):
        return None
    found = re.match(r"\s*(\d{1,6})\s*(k?)", text(media_format, "sample_rate"), re.IGNORECASE)
    if not found:
        return None
    return int(found[1]) * (1_000 if found[2] else 1)


def encodings(media_format: Any) -> list[str]:
    """The audio's names in `{"encoding": "base64"}` or "audio/x-mulaw;rate=8000", of all fields.

    `base64` tells how the bytes are written, and beside it may stand what they are.
    """
    if isinstance(media_format, str):
        return [media_format.strip()]
    if not isinstance(media_format, dict):
        return []
    folded = {re.sub(r"[\s_-]", "", name).lower(): name for name in media_format}
    said = (text(media_format, folded[name]).strip() for name in ENCODINGS if name in folded)
    return [each for each in said if each]


def parameters(value: Any) -> dict[str, str]:
    """Custom parameters from an object, a query string, or nothing."""
    if isinstance(value, str):
        value = dict(parse_qsl(value[:MAX_TEXT], keep_blank_values=True))
    if not isinstance(value, dict):
        return {}
    names = list(value)[:MAX_PARAMETERS]
    return {_clean(name): text(value, name) for name in names}


def _clean(value: str) -> str:
    return plain(encodable(value[:MAX_TEXT]))
