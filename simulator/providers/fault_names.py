"""Faults as one writes them on a command line: `llm=hang`, `stt=refuse:503`, `tts=drop:2.5,10`."""

from dataclasses import fields
from typing import Any, get_args

from simulator.providers.behaviour import (
    BlackHole,
    Drop,
    Fault,
    Garbage,
    Hang,
    Provider,
    Quote,
    Refuse,
    Slow,
    Stall,
)

FAULTS: dict[str, type[Fault]] = {
    "refuse": Refuse,
    "quote": Quote,
    "black-hole": BlackHole,
    "hang": Hang,
    "stall": Stall,
    "drop": Drop,
    "garbage": Garbage,
    "slow": Slow,
}
PROVIDERS: tuple[Provider, ...] = get_args(Provider)
LONGEST_SECS = 86_400  # a day is for ever in a call


class BadFault(ValueError):
    """A fault that can't be understood; the text says why, and what there is."""


def parse_fault(written: str) -> tuple[Provider, Fault]:
    """Which provider has which fault.

    Numbers behind a colon are the fault's own values in their order, with commas between them;
    those left out are as usual.

    Raises:
        BadFault: If there is no such provider or fault, or a number makes no sense for it.
    """
    who, _, what = (part.strip() for part in written.partition("="))
    provider = next((one for one in PROVIDERS if one == who.lower()), None)
    name, _, numbers = (part.strip() for part in what.partition(":"))
    fault = FAULTS.get(name.lower().replace("_", "-"))
    if not provider:
        raise BadFault(f"{written!r} names none of {', '.join(PROVIDERS)}: write llm=hang")
    if not fault:
        raise BadFault(f"{written!r} is no fault; there are {describe_faults()}")
    values = [number.strip() for number in numbers.split(",")] if numbers else []
    if len(values) > len(fields(fault)):
        raise BadFault(f"{written!r} has more numbers than {_usage(name.lower(), fault)}")
    given: dict[str, Any] = {
        field.name: _number(field.name, value, written)
        for field, value in zip(fields(fault), values, strict=False)
    }
    return provider, fault(**given)


def describe_faults() -> str:
    """Every fault with its values and what they usually are."""
    return ", ".join(_usage(name, fault) for name, fault in FAULTS.items())


def _usage(name: str, fault: type[Fault]) -> str:
    values = ",".join(field.name.upper() for field in fields(fault))
    return f"{name}[:{values}]" if values else name


def _number(name: str, text: str, written: str) -> int | float:
    """A value of a fault: seconds, or a whole number of something."""
    try:
        number = float(text) if name.endswith("secs") else int(text)
    except ValueError:
        raise BadFault(f"{written!r}: {name} can't be {text!r}") from None
    least, most = (400, 599) if name == "status" else (0, LONGEST_SECS)
    if not least <= number <= most:
        raise BadFault(f"{written!r}: {name} must be {least} to {most}")
    return number
