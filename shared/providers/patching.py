"""Put something else in the place of what one of Pipecat's modules uses and has no argument for."""

from types import ModuleType


def replace(module: ModuleType, name: str, value: object) -> None:
    """Have `module` use `value` under this name, which it must know."""
    assert hasattr(module, name), f"{module.__name__} has no {name} any more"
    setattr(module, name, value)
