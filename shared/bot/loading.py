"""The bot that BOT names: a module or a file with an `answer` and its `PERSONAS`."""

import inspect
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from loguru import logger

from shared.bot.caller import Caller
from shared.bot.persona import Answer, Persona

# The frames of a traceback that are not in the bot's own code.
NOT_THEIRS = ("<", sys.prefix, *(str(Path(file).parent) for file in (traceback.__file__, __file__)))


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot's code, as far as an app needs it.

    Attributes:
        answer: Decides who answers a caller.
        personas: Those known beforehand.
        faults: Why it can't be used; the others are no good then.
    """

    answer: Answer
    personas: Sequence[Persona] = ()
    faults: tuple[str, ...] = ()


def load_bot(name: str, usual: str) -> Bot:
    """Import a bot; what is wrong with it stands in its `faults`.

    Args:
        name: Of a module (`clinic.bot`), or a path (`/bots/clinic.py`, or the folder of a
            `bot.py`); "" for the usual.
        usual: The module of the app's own bot.
    """
    shown = f"BOT={name}" if name else usual
    try:
        module = _file(Path(name)) if _is_path(name) else import_module(name or usual)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # the bot's own code may raise anything
        return Bot(_nobody, faults=(f"{shown}: {_why(error, name)}",))
    answer, personas = getattr(module, "answer", None), getattr(module, "PERSONAS", None)
    if faults := tuple(f"{shown}: {fault}" for fault in _faults(answer, personas)):
        return Bot(_nobody, faults=faults)
    return Bot(answer, tuple(personas))  # type: ignore[arg-type]  # looked at in `_faults`


def _is_path(name: str) -> bool:
    return "/" in name or name.endswith(".py") or (Path(name or "/") / "bot.py").is_file()


def _file(path: Path) -> ModuleType:
    """Import a file; the files beside it can be imported too, as when Python runs it."""
    path = (path / "bot.py" if path.is_dir() else path).resolve()
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    if path.suffix != ".py":
        raise FileNotFoundError(f"{path} is no Python file: its name has to end with .py")
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    name = path.stem if path.stem not in sys.modules else f"{path.stem} of {path.parent}"
    spec = spec_from_file_location(name, path)
    assert spec and spec.loader
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _why(error: BaseException, name: str) -> str:
    """The reason that stopped the import, and its place in the bot's code."""
    match error:
        case FileNotFoundError(errno=None):
            return str(error)
        case ModuleNotFoundError(name=str(missing)) if f"{name}.".startswith(f"{missing}."):
            return (
                f"there is no module {missing}: BOT is a module such as clinic.bot, or a file such "
                "as /bots/clinic.py"
            )
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if not frame.filename.startswith(NOT_THEIRS)]
    where = f" ({theirs[-1].filename}, line {theirs[-1].lineno})" if theirs else ""
    logger.opt(exception=error).debug("the bot can't be imported")
    return f"{type(error).__name__}: {error}{where}"


def _faults(answer: object, personas: object) -> list[str]:
    faults = []
    if not inspect.iscoroutinefunction(answer) or not _takes_one(answer):
        faults.append("it must have an `async def answer(caller)` that returns a Persona")
    match personas:
        case list() | tuple() if personas and all(isinstance(one, Persona) for one in personas):
            pass
        case Persona():
            faults.append("PERSONAS is one Persona: write PERSONAS = (IT,) with the comma")
        case list() | tuple():
            faults.append("PERSONAS must hold a Persona at least, and nothing else")
        case _:
            faults.append("it must have PERSONAS = (…,): the personas whose openings are prepared")
    return faults


def _takes_one(answer: Answer) -> bool:
    """Whether `answer(caller)` can be called at all."""
    try:
        inspect.signature(answer).bind(None)
    except TypeError:
        return False
    return True


async def _nobody(caller: Caller) -> Persona:
    raise AssertionError("a bot with faults takes no call")
