"""A running bot of ours, with its three providers on the wire."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from loguru import logger
from loguru._better_exceptions import ExceptionFormatter

from shared.observability.logs import set_up_logging
from shared.runtime.overload import OverloadGuard
from shared.settings.settings import ALIASES, Settings
from simulator.providers import Providers, run_providers
from tests.support.bots import Bot, running_bot
from tests.support.message_sizes import SAMPLER, sampled_sizes

pytest_plugins = ["tests.support.stores"]

# The files that take longest begin first, or one worker would be at work alone in the end.
LONG = (
    *("provider_failures", "log_privacy", "call_endings"),
    *("demo", "connection_limit", "goodbyes"),
    *("stream_profiles", "voicemail", "demo_outbound"),
    *("interruptions", "websocket_admission", "dtmf_keys"),
    *("pipecat_cloud", "transfer_tool", "stt_connection_loss"),
    *("dialled_calls", "overlapping_speech", "status_callbacks"),
    *("odd_llm_answers", "conversations", "linger_limit"),
    *("lost_calls", "fifty_dials_at_once"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the `LONG` files first, in their order."""
    ranks = {f"test_{name}": rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path.stem, len(LONG)))


@pytest.fixture
async def providers() -> AsyncIterator[Providers]:
    async with run_providers() as providers:
        yield providers


@pytest.fixture
async def bot(providers: Providers) -> AsyncIterator[Bot]:
    async with running_bot(providers.env) as bot:
        yield bot


@pytest.fixture(autouse=True)
def log() -> Iterator[list[str]]:
    """The log as operators read it; an error in it that the test doesn't take out is a failure."""
    lines: list[str] = []
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    set_up_logging("DEBUG")
    logger.add(lines.append, format="{level} {message}")
    yield lines
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    errors = [line for line in lines if line.startswith(("ERROR", "CRITICAL"))]
    assert not errors


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let programs that tests run hear of Ctrl-C: what a shell runs behind it ignores that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep away from the user's `.env`, from their database and from what their shell exports."""
    names = {name.upper() for name in (*Settings.model_fields, *ALIASES)}
    exported = [name for name in os.environ if name.upper() in names]  # noqa: TID251  # to forget
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        patch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))  # for programs that they run
        for name in exported:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def libraries_looked_up_once() -> Iterator[None]:
    """Save each of loguru's handlers, of which every test makes two, 6 ms of asking sysconfig."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(ExceptionFormatter._get_lib_dirs)
        patch.setattr(ExceptionFormatter, "_get_lib_dirs", staticmethod(once))
        yield


@pytest.fixture(autouse=True)
def own_environment() -> Iterator[None]:
    """Forget what a test puts into the environment: a `.env` that it reads stays there else."""
    with mock.patch.dict(os.environ):  # noqa: TID251  # not read either
        yield


@pytest.fixture(scope="session", autouse=True)
def unhurried() -> Iterator[None]:
    """Let no app refuse calls because this machine is slow: some tests stall it on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OverloadGuard, "watch", _watch_nothing)
        yield


def pytest_runtest_logstart(nodeid: str) -> None:
    """Tell which test comes next, its fixtures included."""
    SAMPLER.begin(nodeid)


@pytest.fixture(scope="session", autouse=True)
def messages_of_all_sizes() -> Iterator[None]:
    with sampled_sizes():
        yield


async def _watch_nothing(load: OverloadGuard) -> None:
    await asyncio.Event().wait()
