"""Caller: the call that a bot is about to take, as Exotel and `POST /start` describe it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from shared.telephony.phone_numbers import parse_number


@dataclass(frozen=True, slots=True)
class Caller:
    """The call that a bot is about to take.

    Args:
        number: Of the person, in E.164 (`+919812345678`) however Exotel wrote it. What is no
            number stays as it came: masked (`+91XXXXXX5678`), `anonymous`, or "".
        called_number: The ExoPhone that the person rang, likewise.
        call_sid: Exotel's name for the call.
        direction: Who rang whom.
        custom_parameters: From the applet's URL; Exotel passes three at most.
        call_id: Our name for the call; "" when there is no record of it.
        mode: How the call was dialled; None when we didn't dial it.
        context: What POST /start was told about this call: any JSON value, or None. Its texts can
            be of any length: `one_line` in `shared.plain_text` makes one fit into a sentence.
    """

    number: str
    called_number: str
    call_sid: str = ""
    direction: Direction = Direction.INBOUND
    custom_parameters: Mapping[str, str] = field(default_factory=dict)
    call_id: str = ""
    mode: ConnectMode | None = None
    context: Any = None

    @property
    def number_known(self) -> bool:
        """Whether `number` is one; otherwise nobody is known by it, and nobody can be rung."""
        return bool(parse_number(self.number))
