"""Imports go down only: this table is the house, and the tests hold the code to it."""

import ast
import sys
from functools import cache
from statistics import median

import pytest

from tests.support.module_sources import imports_of, modules_in, parsed

# The house from its roof down, a floor a line. A room imports from the floors below it; rooms that
# share a floor don't see each other.
FLOORS = """
inbound outbound
shared.web shared.pipecat_cloud
shared.session shared.server
shared.runtime
shared.conversation
shared.conversation.keypad shared.conversation.answering_machine shared.conversation.watchdog
shared.conversation.turns shared.conversation.greeting shared.conversation.call_control
shared.conversation.speech
shared.conversation.llm_gate shared.conversation.runner
shared.records shared.providers
shared.observability
shared.bot shared.settings
shared.telephony
shared.languages
shared.clock shared.deadlines shared.plain_text shared.quoting
""".strip().splitlines()

# What is as pure as a calculation: it needs nothing but Python.
PURE = """
shared.clock shared.plain_text shared.quoting shared.telephony.errors shared.telephony.form
shared.telephony.direction shared.telephony.connect_mode shared.telephony.timestamps
shared.telephony.party_uri shared.telephony.stream.audio shared.telephony.stream.json_fields
shared.telephony.stream.messages shared.telephony.stream.codec
shared.telephony.identifiers shared.telephony.call_status shared.telephony.webhook_payloads.fields
shared.telephony.webhook_payloads.status_callback shared.telephony.webhook_payloads.voicebot
shared.telephony.webhook_payloads.passthru shared.telephony.webhook_payloads.connect_applet
shared.telephony.rest.call_details shared.records.session_record shared.records.call_status
shared.records.call_events shared.records.call_record shared.records.apply_event
shared.records.reconcile_schedule shared.records.transfer_record shared.records.exotel_clock
shared.web.failed_attempts shared.runtime.pending_handshakes shared.settings.secret_strength
shared.settings.credentials
"""
STANDARD_LIBRARY_ONLY = PURE.split()

# Who alone may import what.
RESERVED = {
    "os": ["shared.settings.settings", "shared"],
    "dotenv": ["shared.settings.env_file"],
    "phonenumbers": ["shared.telephony.phone_numbers"],
    "sqlalchemy": ["shared.records"],
    "alembic": ["shared.records.database.engine", "shared.records.database.migrations"],
    "httpx": ["shared.telephony.rest.client", "shared.providers.vendors"],
    "pipecat": [
        *("inbound", "outbound", "shared.pipecat_cloud", "shared.session.session"),
        *("shared.bot", "shared.conversation", "shared.providers", "shared.languages"),
        "shared.telephony.stream",
    ],
    "pipecat.services": [
        "shared.providers",
        *(f"shared.conversation.{name}" for name in ("tools", "tool_results", "transfer_summary")),
        "shared.conversation.answering_machine.llm_classifier",
    ],
    "openai": ["shared.providers.vendors", "shared.providers.llm_answers"],
    "deepgram": ["shared.providers.vendors"],
    "pocketsphinx": ["shared.providers.offline"],
    "espeakng_loader": ["shared.providers.offline.espeak_worker"],
}

OURS = ("shared", "inbound", "outbound", "simulator", "benchmarks")
APPS = ("inbound", "outbound")
YOURS = ("inbound.bot", "outbound.bot")  # whatever the user has made of them


FILES = {name: path for name, path in modules_in(*OURS).items() if name not in YOURS}
MODULES = {name: imports_of(path) for name, path in FILES.items()}


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@cache
def place(name: str) -> tuple[int, str] | None:
    """The number of a module's floor, from the roof, and its room: the entry that matches best."""
    matches = [
        (len(room), number, room)
        for number, line in enumerate(FLOORS)
        for room in line.split()
        if inside(name, room)
    ]
    return max(matches)[1:] if matches else None


def module_of(imported: str) -> str:
    """The module that something imported is in, or is."""
    return imported if imported in MODULES else imported.rpartition(".")[0]


HOUSE = sorted(name for name in MODULES if name.partition(".")[0] in ("shared", *APPS))


@pytest.mark.parametrize("name", HOUSE)
def test_imports_go_down(name: str) -> None:
    if name == "shared":
        assert not any(place(imported) for imported in MODULES[name])
        return
    mine = place(name)
    assert mine, f"{name} stands on no floor: put it into FLOORS"
    for imported in MODULES[name]:
        theirs = place(imported)
        assert theirs is None or theirs[1] == mine[1] or theirs[0] > mine[0], (
            f"{name} imports {imported}, which isn't below it"
        )


def test_there_is_no_circle_of_imports() -> None:
    below: dict[str, set[str]] = {}

    def visit(name: str, path: tuple[str, ...]) -> set[str]:
        assert name not in path, f"a circle of imports: {' -> '.join((*path, name))}"
        if name not in below:
            direct = {module_of(imported) for imported in MODULES[name]} & MODULES.keys() - {name}
            below[name] = direct.union(*(visit(one, (*path, name)) for one in direct))
        return below[name]

    for name in MODULES:
        visit(name, ())


@pytest.mark.parametrize("name", STANDARD_LIBRARY_ONLY)
def test_pure_modules_import_nothing_but_python(name: str) -> None:
    for imported in MODULES[name]:
        top = imported.partition(".")[0]
        pure = module_of(imported) in STANDARD_LIBRARY_ONLY
        assert top in sys.stdlib_module_names or pure, f"{name} imports {imported}"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_two_apps_never_import_each_other(name: str) -> None:
    app, _, _ = name.partition(".")
    other = {"inbound": "outbound", "outbound": "inbound"}.get(app)
    assert not any(other and inside(imported, other) for imported in MODULES[name])


@pytest.mark.parametrize("name", sorted(n for n in MODULES if inside(n, "simulator")))
def test_the_simulator_imports_nothing_of_the_bot(name: str) -> None:
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


def test_modules_are_small_and_have_a_docstring() -> None:
    for name, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(parsed(path)), f"{name} has no docstring"
        assert text.count("\n") <= 220, f"{name} has become too long: one idea each"


def lengths_of_functions() -> dict[str, int]:
    """The lines of every function of ours."""
    found = {}
    for name, path in FILES.items():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                last = node.end_lineno or node.lineno
                found[f"{name}.{node.name}"] = last - node.lineno + 1
    return found


def test_functions_and_files_stay_small() -> None:
    lengths = lengths_of_functions()
    assert not {name: lines for name, lines in lengths.items() if lines > 60}
    assert median(lengths.values()) <= 8
    files = [path.read_text(encoding="utf-8").count("\n") for path in FILES.values()]
    assert median(lines for lines in files if lines > 1) <= 90
