"""Exotel's answer when it does not do what it was asked."""

from typing import Any


class Refusal(Exception):
    """Becomes a RestException, in XML or JSON as the path asks for it."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: int | str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.retry_after = retry_after

    def document(self) -> dict[str, Any]:
        """Return the body, ready for either format."""
        exception: dict[str, Any] = {"Status": self.status, "Message": self.message}
        if self.code is not None:
            exception["Code"] = self.code
        return {"RestException": exception}
