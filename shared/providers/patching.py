"""Patches of a module of Pipecat's or of an SDK, for what it has no argument for.

`tests/test_pipecat_internals.py` lists all of them, with the reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


def replace(module: ModuleType, name: str, value: object) -> None:
    """Have `module` use `value` under this name, which it must know."""
    assert hasattr(module, name), f"{module.__name__} has no {name} any more"
    setattr(module, name, value)


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """Have `module` use `value` under this name, which it must know, for a moment."""
    usual = getattr(module, name, None)
    replace(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, usual)
