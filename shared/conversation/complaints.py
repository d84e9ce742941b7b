"""What a provider's error says, wherever its SDK keeps it."""

from pipecat.utils.errors import extract_http_status_code


def words_of(error: BaseException) -> str:
    """All of it: OpenAI's SDK keeps the code and the type of an error out of its text."""
    return " ".join(str(part) for part in (error, *_attributes(error, "code", "type", "body")))


def status_of(error: BaseException) -> int | None:
    """The HTTP status; Google's SDK calls it the code."""
    codes = (code for code in _attributes(error, "code") if isinstance(code, int))
    return extract_http_status_code(error) or next(codes, None)


def _attributes(error: BaseException, *names: str) -> list[object]:
    return [value for name in names if (value := getattr(error, name, None)) is not None]
