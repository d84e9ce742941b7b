"""Both bots in images that their Dockerfiles build on Pipecat Cloud's base image."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest
import pytest_asyncio

from shared.conversation.speech.last_resort import last_resort
from shared.records.store import Store
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Say, WaitForBot
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.bots import eventually
from tests.support.pipecat_cloud_image import (
    RECIPES,
    ROOT,
    Container,
    build,
    copied,
    environment,
    running,
)
from tests.support.transcribing import heard

APP = ("app.py",)
RUNNER = ("-m", "pipecat.runner.run", *("-t", "exotel", "--host", "127.0.0.1"), "--port", "{port}")
TALK = (WaitForBot(timeout=30), Say("opening_hours.wav"), WaitForBot(quiet=0.2), HangUp())
GREETED = (WaitForBot(quiet=0.2, timeout=30), HangUp())
LISTEN = (Pause(15.0), HangUp())
LIVE = Profile(frame_ms=100)
BOTS = ("inbound", "outbound")

CLINIC = """
from shared.bot import Caller, Persona

DESK = Persona(instructions="You are Asha of Rao Clinic.", opening="Rao Clinic, good morning.")
PERSONAS = (DESK,)


async def answer(caller: Caller) -> Persona:
    return DESK
"""


@dataclass
class Seen:
    """What happened in the containers."""

    reports: dict[str, list[CallReport]]
    containers: dict[str, Container]
    folder: Path
    on_record: list[int]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Seen]:
    """Agents side by side, with what can be wrong with one, and a call or two of each."""
    folder = tmp_path_factory.mktemp("cloud")
    for bot in BOTS:
        build(bot, folder / bot)
    build("inbound", folder / "unconfigured")
    build("inbound", folder / "repository")
    (folder / "repository" / "bot.py").write_bytes((ROOT / "bot.py").read_bytes())
    (folder / "repository" / "clinic.py").write_text(CLINIC, encoding="utf-8")
    (folder / "platform-logs").mkdir()
    settings = {
        "inbound": {"PCC_LOG_DIR": str(folder / "platform-logs"), "PIPECAT_LOG_LEVEL": "TRACE"},
        "outbound": {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/later/calls.db",
            "EXOTEL_CONNECT_MODE": "voice-ai",
        },
        "unconfigured": {"DEEPGRAM_API_KEY": "", "OPENAI_API_KEY": ""},
        "repository": {"BOT": "clinic.py"},
    }
    async with run_providers() as providers, AsyncExitStack() as stack:
        containers = {}
        for name, own in settings.items():
            runner = name == "repository"
            set_by_image = {} if runner else environment("inbound")
            program = running(
                folder / name, RUNNER if runner else APP, {**set_by_image, **providers.env, **own}
            )
            containers[name] = await stack.enter_async_context(program)
        reports = await _all_calls(containers, folder)
        store = await Store.open(settings["outbound"]["DATABASE_URL"])
        sids = [report.call_sid for report in reports["outbound"]]

        async def last_is_there() -> bool:
            return bool(await store.with_sid(sids[-1]))

        await eventually(last_is_there, within=20)
        on_record = [len(await store.with_sid(sid)) for sid in sids]
        await store.close()
        yield Seen(reports, containers, folder, on_record)


async def _all_calls(containers: dict[str, Container], folder: Path) -> dict[str, list[CallReport]]:
    async def probed() -> list[CallReport]:
        await containers["inbound"].answers("/readyz", 200)
        await containers["inbound"].post("/bot")
        return [await place_call(containers["inbound"].url, TALK, profile=LIVE)]

    async def refused() -> list[CallReport]:
        await containers["unconfigured"].answers("/livez", 200)
        return [await place_call(containers["unconfigured"].url, LISTEN, profile=LIVE)]

    async def two_at_once_and_one_later() -> list[CallReport]:
        url = containers["outbound"].url
        await containers["outbound"].answers("/livez", 200)
        first = await asyncio.gather(
            *(place_call(url, steps, profile=LIVE) for steps in (TALK, GREETED))
        )
        (folder / "later").mkdir()
        await eventually(lambda: "the store is open" in containers["outbound"].printed, within=60)
        return [*first, await place_call(url, GREETED, profile=LIVE)]

    async def under_the_runner() -> list[CallReport]:
        await containers["repository"].answers("/status", 200)
        return [await place_call(containers["repository"].url, GREETED, profile=LIVE)]

    calls = {
        "inbound": probed(),
        "outbound": two_at_once_and_one_later(),
        "unconfigured": refused(),
        "repository": under_the_runner(),
    }
    return dict(zip(calls, await asyncio.gather(*calls.values()), strict=True))


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("bot", BOTS)
async def test_production_on_pipecat_cloud_needs_no_websocket_credentials(
    seen: Seen, bot: str
) -> None:
    report = seen.reports[bot][0]
    assert report.ended_by == "caller"
    assert report.turns[0].response is not None


async def test_concurrent_first_calls_are_all_taken_without_the_database(
    seen: Seen,
) -> None:
    for report in seen.reports["outbound"][:2]:
        assert (report.first_sound is not None, report.ended_by) == (True, "caller")
    printed = seen.containers["outbound"].printed
    assert printed.count("no call is on record until the store opens: DATABASE_URL") == 1
    assert printed.count("a call is taken without the store") == 2


async def test_a_database_that_comes_later_has_the_later_calls(seen: Seen) -> None:
    assert seen.on_record == [0, 0, 1]


async def test_pipecat_s_development_runner_takes_calls_from_the_repository(seen: Seen) -> None:
    (report,) = seen.reports["repository"]
    assert (report.first_sound is not None, report.ended_by) == (True, "caller")
    assert "Rao Clinic" not in seen.containers["repository"].printed


async def test_the_bot_that_bot_names_takes_them(seen: Seen) -> None:
    (report,) = seen.reports["repository"]
    assert heard(report, "Rao Clinic, good morning.")


async def test_incomplete_settings_are_seen_in_readiness_and_log(
    seen: Seen,
) -> None:
    container = seen.containers["unconfigured"]
    answer = await container.answers("/readyz", 503)
    for name in ("DEEPGRAM_API_KEY", "OPENAI_API_KEY"):
        assert name in answer.json()["reason"]
        assert name in container.printed
    assert "WS_USERNAME" not in container.printed


async def test_a_caller_of_a_bot_with_incomplete_settings_hears_the_last_resort(seen: Seen) -> None:
    (report,) = seen.reports["unconfigured"]
    recording = last_resort("en-IN", 8_000).audio
    assert recording[:8_000] in report.heard
    assert (report.ended_by, report.close_code) == ("bot", 1011)


async def test_liveness_is_answered_and_the_log_tells_the_transport_s_limits(seen: Seen) -> None:
    assert (await seen.containers["inbound"].ask("/livez")).status_code == 200
    assert "Exotel's websocket only" in seen.containers["inbound"].printed


async def test_log_lines_go_where_pipecat_cloud_puts_them(seen: Seen) -> None:
    """Ours too, with the session they belong to, and none of them twice or for ever."""
    lines = [
        json.loads(line)
        for line in (seen.folder / "platform-logs" / "bot.jsonl").read_text("utf-8").splitlines()
    ]
    (started,) = [line for line in lines if "started: inbound" in line["line"]]
    assert (started["stream"], started["session_id"]) == ("app", "a-session")
    printed = seen.containers["inbound"].printed
    for text in ("opening hours", "Sunrise Dental", "09876543210", "9876543210"):
        assert text not in printed
        assert not [line for line in lines if text in line["line"]]


@pytest.mark.parametrize("bot", BOTS)
async def test_all_files_copied_into_the_image_are_in_its_build_context(bot: str) -> None:
    """Docker reads patterns from the root; Pipecat Cloud's CLI holds them against every part."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()[1:]
    assert not any(pattern.startswith("!") for pattern in ignored)
    recipe = (RECIPES / bot / "Dockerfile").relative_to(ROOT)
    for source in [*(ROOT / source for source, _ in copied(bot)), ROOT / recipe]:
        files = source.rglob("*") if source.is_dir() else [source]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                parts = file.relative_to(ROOT).parts
                assert not [p for p in ignored if any(fnmatch(part, p) for part in parts)], file


@pytest.mark.parametrize("bot", BOTS)
async def test_pipecat_cloud_s_command_line_finds_the_dockerfile(bot: str) -> None:
    toml = (RECIPES / bot / "pcc-deploy.toml").read_text("utf-8")
    assert f'dockerfile = "deploy/pipecat-cloud/{bot}/Dockerfile"' in toml
    assert f"deploy/pipecat-cloud/{bot}/pcc-deploy.toml" in toml
