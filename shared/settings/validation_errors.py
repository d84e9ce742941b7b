"""The faults that Pydantic finds, in words for whoever wrote the value."""

from collections.abc import Mapping

from pydantic_core import ErrorDetails


def explain(error: ErrorDetails, meant: Mapping[str, str]) -> str:
    """The fault of a value, in a sentence.

    Args:
        error: From Pydantic.
        meant: What the value should be, by the name of a field or by the type of the error, where
            Pydantic's own words are about Python or about a pattern.
    """
    field = str(error["loc"][0]) if error["loc"] else ""
    said = error["msg"].removeprefix("Value error, ")
    return meant.get(field) or meant.get(error["type"]) or said
