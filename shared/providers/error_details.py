"""The details of a provider's error, wherever its SDK keeps them."""

from pipecat.utils.errors import extract_http_status_code
from websockets.exceptions import ConnectionClosed


def words_of(error: BaseException) -> str:
    """All of it."""
    return " ".join(parts_of(error))


def parts_of(error: BaseException) -> list[str]:
    """Its text, and what isn't in that: OpenAI's SDK keeps code and type of an error beside it."""
    beside = [_code(error), *(getattr(error, name, None) for name in ("type", "body"))]
    answer = getattr(getattr(error, "response", None), "body", None)  # to a websocket's handshake
    if isinstance(answer, bytes):
        beside.append(answer.decode(errors="replace"))
    return [str(error), *(str(part) for part in beside if part is not None)]


def status_of(error: BaseException) -> int | None:
    """The HTTP status, from 400; Google's SDK calls it the code."""
    for status in (extract_http_status_code(error), _code(error)):
        if isinstance(status, int) and 400 <= status < 600:
            return int(status)
    return None


def _code(error: BaseException) -> object:
    """Google's is a status, OpenAI's a word; a websocket's is neither."""
    return None if isinstance(error, ConnectionClosed) else getattr(error, "code", None)
