"""The request of `POST /start`: whom to ring, how, and the context for the bot."""

import json
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from shared.plain_text import TooDeep, plain_json
from shared.settings.validation_errors import explain
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.errors import InvalidNumber
from shared.telephony.phone_numbers import dialable
from shared.telephony.rest.connect_request import MAX_TIME_LIMIT, MAX_TIME_OUT

MAX_CONTEXT = 8 * 1024  # bytes of JSON

# Pydantic's words for some faults are about Python.
MEANT = {
    "model_type": "this is a JSON object",
    "model_attributes_type": "this is a JSON object",
    "extra_forbidden": "there is no such field",
}


class BadOrder(Exception):
    """The request can't be carried out as it is; `faults` says all that is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults


class ContextTooLarge(Exception):
    """The context has more than `MAX_CONTEXT` bytes."""


def _dialable(number: str) -> str:
    try:
        return dialable(number)
    except InvalidNumber as error:
        raise ValueError(str(error)) from error


class DialoutSettings(BaseModel):
    """The number to ring and how, with Exotel's own limits."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    phone_number: Annotated[str, AfterValidator(_dialable)]
    mode: Annotated[ConnectMode | None, Field(strict=False)] = None  # None: EXOTEL_CONNECT_MODE
    time_limit: int | None = Field(default=None, ge=1, le=MAX_TIME_LIMIT)  # seconds, of the call
    time_out: int | None = Field(default=None, ge=1, le=MAX_TIME_OUT)  # seconds, of ringing
    record: bool | None = None
    recording_channels: Literal["single", "dual"] | None = None


class Order(BaseModel):
    """The body of `POST /start`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    dialout_settings: DialoutSettings
    context: Any = None

    @classmethod
    def read(cls, body: object) -> "Order":
        """Check a JSON value, and clean the texts in it of what nobody can say or write down.

        Raises:
            BadOrder: If it's no order.
            ContextTooLarge: If the context is too large to be kept with the call.
        """
        try:
            order = cls.model_validate(plain_json(body))
        except TooDeep as error:
            raise BadOrder([f"body: {error}"]) from error
        except ValidationError as error:
            raise BadOrder([_fault(e) for e in error.errors()]) from error
        try:
            size = len(order.context_json.encode())
        except ValueError as error:
            raise BadOrder([f"context: can't be written as JSON again: {error}"]) from error
        if size > MAX_CONTEXT:
            raise ContextTooLarge
        return order

    @property
    def context_json(self) -> str:
        """The context as text; "" if there is none."""
        if self.context is None:
            return ""
        return json.dumps(self.context, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @property
    def fingerprint(self) -> str:
        """The same for the same order, however it was written."""
        settings = self.dialout_settings.model_dump(mode="json")
        order = {"dialout_settings": settings, "context": self.context}
        canonical = json.dumps(order, sort_keys=True)
        return sha256(canonical.encode()).hexdigest()


def _fault(error: ErrorDetails) -> str:
    where = ".".join(map(str, error["loc"])) or "body"
    return f"{where}: {explain(error, MEANT)}"
