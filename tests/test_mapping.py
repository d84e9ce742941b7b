"""Every module has its test file: the one of its name in `tests/unit`, or another one named here.

A room of pure data, or of parts that only make sense together, is tested as a whole. What is in
the table has a reason, and a test file that really imports it.
"""

import ast
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from tests.support.module_sources import ROOT, imports_of, modules_in, parsed

PACKAGES = ("shared", "inbound", "outbound", "simulator", "benchmarks")

# Modules (`*` stands for anything), and whose test they have: that of another module, with a dot
# before it one of the same room, or a file below `tests/`. The reason is above them.
ELSEWHERE = """
# Entrances: what they start is tested as a program, or as a whole call.
inbound.__main__                                shared.server.command_line
outbound.__main__                               shared.server.command_line
inbound.app                                     shared.bot.loading
outbound.app                                    calls/test_start_request
*bound.pipecat_cloud                            calls/test_pipecat_cloud
inbound.bot                                     shipped/test_inbound_bot
outbound.bot                                    shipped/test_outbound_bot
simulator.__main__                              simulator.commands.call
simulator.commands.demo                         calls/test_demo
simulator.commands.demo_outbound                calls/test_demo_outbound

# The spine: assembled parts, tested by whole calls over real sockets.
shared.conversation.conversation                calls/test_conversations
shared.conversation.pipeline                    calls/test_conversations
shared.conversation.event_handlers                    calls/test_conversations
shared.conversation.observers                   calls/test_conversations
shared.runtime.resources                        calls/test_start_up
shared.session.session                          calls/test_call_endings
shared.session.lost_connection                       calls/test_call_endings
shared.session.call_log                         calls/test_conversations
shared.session.bot_answer                       calls/test_start_up
shared.session.connect_mode_rules                       calls/test_opening
shared.web.app                                  calls/test_websocket_admission
shared.web.sockets                              calls/test_websocket_admission
shared.server.server                            calls/test_signals
outbound.routes                                 calls/test_start_request
outbound.dial_preparation                       calls/test_start_request
outbound.start_request                          calls/test_start_request

# Values without behaviour, or with as much as whoever uses them asserts.
shared.session.close_codes                      calls/test_websocket_admission
shared.bot.actions                              .action_checks
shared.bot.caller                               shared.session.record_writer
shared.bot.persona                              .action_checks
shared.bot.call_control                         shared.conversation.tools
shared.clock                                    calls/test_ten_minute_call
outbound.refusals                               .dialer
shared.records.call_events                      .apply_event
shared.records.call_record                      .apply_event
shared.records.call_status                      .apply_event
shared.records.session_record                   shared.conversation.response_times
shared.records.transfer_record                  .transfer_store
shared.telephony.direction                      shared.records.correlation
shared.telephony.errors                         shared.telephony.rest.client
shared.telephony.stream.messages                .codec
shared.conversation.watchdog.stages             .response_timer
simulator.exotel.account                        simulator.exotel.rest.routes
simulator.exotel.behaviour                      simulator.exotel.rest.routes
simulator.exotel.flows.flows                    .flow_runner
simulator.exotel.rest.errors                    .faults
simulator.providers.behaviour                   .fault_names
simulator.providers.observed                    .openai
simulator.caller.scenario                       .performer
simulator.stream.profiles                       calls/test_stream_profiles

# Readers of one message, tested by the messages of the wire.
shared.telephony.stream.json_fields             .codec
shared.telephony.rest.xml_responses             .responses
shared.telephony.webhook_payloads.fields        .status_callback
shared.telephony.call_status                    shared.telephony.webhook_payloads.status_callback
shared.telephony.identifiers                    shared.telephony.rest.connect_request
shared.telephony.party_uri                      .phone_numbers
shared.telephony.stream.dtmf_debounce           .serializer
shared.web.body                                 outbound.responses
shared.web.unknown_paths                           calls/test_public_addresses
shared.web.public_address                       calls/test_public_addresses
shared.web.responses                            outbound.responses
shared.web.store_errors                         shared.web.webhooks.passthru
shared.web.transfers                            shared.web.webhooks.passthru
shared.web.webhooks.applet_request              .passthru
shared.web.webhooks.connect_applet              .passthru
shared.web.webhooks.pending_transfer            .passthru
shared.web.webhooks.status_callback             calls/test_status_callbacks
shared.web.webhooks.voicebot                    calls/test_dialled_sockets

# Parts of the settings, which a user meets in one file.
shared.settings.*                               .settings

# The database: its parts are what a store is made of.
shared.records.database.engine                  .transactions
shared.records.database.migrations.*            shared.records.database.transactions
shared.records.database.outage                  .sqlite_file
shared.records.database.rows                    shared.records.store
shared.records.database.tables                  shared.records.store
shared.records.heartbeat                        .lost_calls
shared.records.token_*                          .tokens
shared.session.record_lookup                    .record_writer
shared.runtime.pending_handshakes               .capacity
shared.server.listen_address                    .command_line

# The words of a language, which only sentences test; and the rules that the sentences go through.
shared.languages.*.language                     shared.languages.catalogue
shared.languages.*.prompts                      shared.languages.prompts
shared.languages.*.turn_taking                  shared.languages.backchannels
shared.languages.*.answer_words                 shared.languages.answers.completeness
shared.languages.*.clause_words                 shared.languages.answers.completeness
shared.languages.answers.*                      .completeness
shared.languages.*.keypad_words                 shared.languages.requested_digits
shared.languages.*.digits                       shared.languages.spoken_digits
shared.languages.*.roman_numbers                shared.languages.spoken_digits
shared.languages.*.machine_phrases              shared.conversation.answering_machine.recognition
shared.languages.*.human_phrases                shared.conversation.answering_machine.recognition
shared.languages.machine_phrases                shared.conversation.answering_machine.recognition
shared.languages.human_phrases                  shared.conversation.answering_machine.recognition
shared.languages.keypad_words                   .requested_digits
shared.languages.number_kinds                   .requested_digits
shared.languages.language_pack                  .catalogue
shared.languages.word_lists                     .catalogue
shared.languages.english.*                      .normalization
shared.languages.hindi.*                        .normalization
shared.languages.normalization.*                shared.languages.english.normalization

# Parts of one thing, tested through the whole of it.
shared.conversation.answering_machine.machine_answered .detector
shared.conversation.answering_machine.voicemail_drop .detector
shared.conversation.keypad.action_runner        .keypad
shared.conversation.speech.announcer            shared.conversation.call_control
shared.conversation.speech.playback             shared.conversation.greeting.greeting
shared.conversation.speech.synthesis            .prompt_cache
shared.conversation.turns.smart_turn             .models
shared.conversation.watchdog.llm_activity       .watchdog
shared.conversation.watchdog.recovery           .watchdog
shared.observability.*                          .logs
shared.providers.llm_output.*                   .stream
shared.providers.offline.*                      .dialogue
shared.providers.error_details                  .error_causes
shared.providers.factory                        .catalogue
shared.providers.patching                       shared.providers.vendors.local_models
shared.providers.tls                            .stt_mixins
shared.providers.vendors.openai_stream          shared.providers.llm_answers
shared.providers.vendors.*                      shared.providers.catalogue

# The simulated Exotel and the simulated providers are tested from outside, as a bot meets them.
simulator.exotel.callbacks.*                    .callbacks
simulator.exotel.calls.call*                    simulator.exotel.rest.routes
simulator.exotel.flows.*                        .flow_runner
simulator.exotel.rest.fault_injection           .faults
simulator.exotel.rest.*                         .routes
simulator.exotel.narration                      simulator.commands.exotel
simulator.exotel.specs                          simulator.commands.exotel
simulator.exotel.*                              simulator.exotel.rest.routes
simulator.providers.cartesia_messages           .cartesia
simulator.providers.deepgram_messages           .deepgram
simulator.providers.hearing                     .deepgram
simulator.providers.*                           .openai
simulator.speech.*                              .recording
simulator.http_server                           simulator.providers.server
simulator.caller.audio                          .uplink
simulator.caller.journal                        .caller
simulator.caller.report                         .caller
simulator.caller.scenarios                      .scenario_file
simulator.caller.table                          simulator.commands.call
simulator.caller.tones                          simulator.exotel.calls.ringing
simulator.wav                                   simulator.caller.recording

# Benchmarks measure; what they compute is tested, and that they run is seen when they do.
benchmarks.attacks                              .doors
benchmarks.hearing.channel                      shared.conversation.turns.echo
benchmarks.hearing.backgrounds                  .draw
benchmarks.hearing.bot                          .trials
benchmarks.hearing.kinds                        .draw
benchmarks.hearing.known                        .draw
benchmarks.hearing.lane                         .trials
benchmarks.hearing.measures                     .table
benchmarks.hearing.noises                       .draw
benchmarks.hearing.outcome                      .judge
benchmarks.hearing.spoken                       .draw
benchmarks.hearing.utterance                    .draw
benchmarks.hearing.texts.amounts                .slots
benchmarks.hearing.texts.drafts                 benchmarks.hearing.draw
benchmarks.hearing.texts.texts                  benchmarks.hearing.draw
benchmarks.hearing.voices.*                     benchmarks.hearing.draw
benchmarks.killable                             .storm
benchmarks.quick_outbound                       .storm
"""

# Programs that a developer runs by hand and reads.
UNTESTED = (
    *("benchmarks.__main__", "benchmarks.load", "benchmarks.reference"),
    *("benchmarks.hearing.__main__", "benchmarks.hearing.page", "benchmarks.hearing.run"),
)

# Modules that a test need not import: they are loaded or run by their name, or met on the wire.
BY_NAME = (
    *("shared.languages.*.*", "shared.providers.tls", "simulator.*"),
    *("shared.providers.vendors.*", "shared.providers.offline.*", "*.__main__", "*.pipecat_cloud"),
    *("shared.records.database.migrations.*", "benchmarks.*", "inbound.*", "outbound.bot"),
)


def table() -> list[tuple[str, str]]:
    """The patterns of modules, with whose test they have."""
    lines = [line for line in ELSEWHERE.splitlines() if line and not line.startswith("#")]
    return [(pattern, whose) for pattern, whose in map(str.split, lines)]


def has_code(path: Path) -> bool:
    if path.name != "__init__.py":
        return True
    body = parsed(path).body
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in body
    )


SOURCES = modules_in(*PACKAGES, "tests")
NAMES = {path: name for name, path in SOURCES.items()}
MODULES = [
    name for name, path in SOURCES.items() if not name.startswith("tests.") and has_code(path)
]


def own_test(name: str) -> Path:
    """The test file that a module has by its name."""
    *rooms, stem = name.split(".")
    return ROOT.joinpath("tests", "unit", *rooms, f"test_{stem}.py")


def whose_test(name: str) -> Path | None:
    """The test file of a module: its own, or the table's."""
    own = own_test(name)
    if own.exists():
        return own
    for pattern, whose in table():
        if fnmatchcase(name, pattern):
            if "/" in whose:
                return ROOT / "tests" / f"{whose}.py"
            return own_test(f"{name.rpartition('.')[0]}{whose}" if whose[0] == "." else whose)
    return None


@cache
def imported_by(name: str) -> frozenset[str]:
    """The modules of ours that a module or a test file imports, wherever in it."""
    found = imports_of(SOURCES[name])
    return (found | {each.rpartition(".")[0] for each in found}) & SOURCES.keys()


@cache
def reached_from(name: str) -> frozenset[str]:
    """All modules that a test file imports, directly or not."""
    reached: set[str] = set()
    waiting = [name, "tests.conftest"]
    while waiting:
        new = imported_by(waiting.pop()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)


@pytest.mark.parametrize("name", [name for name in MODULES if name not in UNTESTED])
def test_every_module_has_a_test_file(name: str) -> None:
    file = whose_test(name)
    assert file, f"{name} has no test: {own_test(name).relative_to(ROOT)}, or a line in the table"
    assert file.exists(), f"{name}: there is no {file.relative_to(ROOT)}"
    if not any(fnmatchcase(name, pattern) for pattern in BY_NAME):
        assert name in reached_from(NAMES[file]), f"{file} doesn't import {name}"


def test_the_table_of_test_files_holds_no_dead_line() -> None:
    elsewhere = [name for name in MODULES if not own_test(name).exists()]
    for pattern, _ in table():
        assert any(fnmatchcase(name, pattern) for name in elsewhere), f"{pattern}: of no use"
    assert set(UNTESTED) <= set(elsewhere)
