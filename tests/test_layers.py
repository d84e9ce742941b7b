"""Imports go down only: this table is the house, and the tests hold the code to it."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the cellar to the roof. A module imports from its own line and the lines above it.
FLOORS = """
shared.clock shared.telephony.audio shared.telephony.errors shared.telephony.fields shared.telephony.messages shared.telephony.codec shared.telephony.modes shared.telephony.ist shared.telephony.form shared.telephony.applets shared.telephony.after_stream shared.telephony.details shared.calls.record shared.calls.status shared.calls.facts shared.calls.known shared.calls.learning shared.calls.pace shared.calls.handover shared.telephony.uris shared.calls.clocks shared.quoting shared.attempts shared.calls.handshakes shared.plain_text shared.guessing shared.credentials
shared.telephony.handshake shared.telephony.numbers shared.telephony.dial shared.telephony.hints shared.telephony.rest shared.telephony.connect shared.provider_settings shared.setting_values shared.settings shared.deadlines shared.security shared.access shared.requests shared.logs shared.histogram shared.calls shared.metrics shared.load shared.connections shared.source_text shared.redaction shared.log_words shared.telephony.rest_xml shared.descriptors shared.peer_log shared.request_queue shared.doors shared.accepting shared.http_connection shared.websocket_connection shared.env_file shared.listening shared.setting_names shared.library_lines
shared.telephony.alignment shared.telephony.framing shared.telephony.serializer shared.telephony.holding shared.telephony.transport shared.conversation shared.telephony.debounce shared.telephony.surplus shared.telephony.sent_audio
shared.switchboard shared.filing shared.call_log shared.sockets shared.record_lookup shared.bot_loading
shared.session shared.webhooks shared.transfers shared.forwarded shared.paths
shared.webapp shared.server shared.cloud shared.command_line
inbound outbound
""".strip().splitlines()  # noqa: E501  # a floor is a line

STANDARD_LIBRARY_ONLY = FLOORS[0].split()

# Who alone may import what.
RESERVED = {
    "os": ["shared.settings", "shared"],
    "dotenv": ["shared.env_file"],
    "phonenumbers": ["shared.telephony.numbers"],
    "sqlalchemy": ["shared.calls"],
    "alembic": ["shared.calls.engine", "shared.calls.migrations"],
    "httpx": ["shared.telephony.connect", "shared.conversation.vendors"],
    "pipecat": FLOORS[2].split() + ["shared.session"] + ["shared.cloud", "inbound", "outbound"],
    "pipecat.services": [
        "shared.conversation.vendors",
        "shared.conversation.demo",
        *(f"shared.conversation.{name}" for name in ("failover", "providers", "summary", "tools")),
        "shared.conversation.machine_question",
        "shared.conversation.tool_results",
    ],
    "openai": ["shared.conversation.vendors"],
    "deepgram": ["shared.conversation.vendors"],
    "pocketsphinx": ["shared.conversation.demo"],
    "espeakng_loader": ["shared.conversation.demo.espeak_worker"],
}

OURS = ("shared", "inbound", "outbound", "simulator", "benchmarks")
YOURS = ("inbound.bot", "outbound.bot")  # whatever the user has made of them


def modules() -> dict[str, set[str]]:
    """Every module of ours, with everything it imports."""
    found = {}
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if name not in YOURS:
                found[name] = imports(path)
    return found


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


MODULES = modules()


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@cache
def floor(name: str) -> int | None:
    """The number of the floor that names the module or, best match first, its package."""
    matches = [
        (len(entry), number)
        for number, line in enumerate(FLOORS)
        for entry in line.split()
        if inside(name, entry)
    ]
    return max(matches)[1] if matches else None


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_go_down(name: str) -> None:
    mine = floor(name)
    if inside(name, "simulator") or inside(name, "benchmarks"):
        return
    if name in ("shared", "shared.telephony", "shared.calls"):
        assert not [imported for imported in MODULES[name] if floor(imported) is not None]
        return
    assert mine is not None, f"{name} stands on no floor: put it into FLOORS"
    for imported in MODULES[name]:
        theirs = floor(imported)
        assert theirs is None or theirs <= mine, f"{name} imports {imported}, which is above it"


@pytest.mark.parametrize("name", STANDARD_LIBRARY_ONLY)
def test_the_cellar_needs_nothing_but_python(name: str) -> None:
    for imported in MODULES[name]:
        top = imported.partition(".")[0]
        assert top in sys.stdlib_module_names or floor(imported) == 0, f"{name} imports {imported}"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_two_apps_never_see_each_other(name: str) -> None:
    app, _, _ = name.partition(".")
    other = {"inbound": "outbound", "outbound": "inbound"}.get(app)
    assert not any(other and inside(imported, other) for imported in MODULES[name])


@pytest.mark.parametrize("name", sorted(n for n in MODULES if inside(n, "simulator")))
def test_the_simulator_knows_nothing_of_the_bot(name: str) -> None:
    forbidden = ("shared", "inbound", "outbound", "pipecat")
    assert not any(inside(imported, f) for imported in MODULES[name] for f in forbidden)


@pytest.mark.parametrize("package", RESERVED)
def test_reserved_imports_stay_where_they_belong(package: str) -> None:
    for name, imported in MODULES.items():
        if name.partition(".")[0] in ("simulator", "benchmarks"):
            continue
        if any(inside(i, package) for i in imported):
            assert any(is_allowed(name, allowed) for allowed in RESERVED[package]), (
                f"{name} imports {package}"
            )


def is_allowed(name: str, allowed: str) -> bool:
    """Whether `allowed` names this module or a package around it; "shared" is only itself."""
    return name == allowed or (allowed != "shared" and inside(name, allowed))


def test_modules_are_small_and_say_what_they_are() -> None:
    for name in MODULES:
        path = ROOT.joinpath(*name.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{name} has no docstring"
        assert text.count("\n") <= 220, f"{name} has become too long: one idea each"
