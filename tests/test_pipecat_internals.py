"""Private names of Pipecat and of vendors' SDKs that we use: all of them, each with its reason.

An upgrade that takes one away fails here, in one readable place; so does code that begins to use
one which isn't listed. Sources are read, not imported, so no extra has to be installed.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass

import pytest

from tests.support.foreign_names import imported, inherited, patched, reached
from tests.support.module_sources import exists, of_class, source


@dataclass(frozen=True)
class Use:
    """What one class of ours takes of one of theirs.

    Attributes:
        ours: Our class.
        theirs: The class that has the names, or inherits them.
        names: The private names that ours overrides, sets or calls.
        why: What no public name does.
    """

    ours: str
    theirs: str
    names: str
    why: str


SILERO = "pipecat.audio.vad.silero.SileroVADAnalyzer"
SMART_TURN = "pipecat.audio.turn.smart_turn.local_smart_turn_v3.LocalSmartTurnAnalyzerV3"
SENTENCES = "pipecat.utils.text.simple_text_aggregator.SimpleTextAggregator"
CLIENT = "pipecat.transports.websocket.fastapi.FastAPIWebsocketClient"
TRANSPORT = "pipecat.transports.websocket.fastapi.FastAPIWebsocketTransport"
OUTPUT = "pipecat.transports.websocket.fastapi.FastAPIWebsocketOutputTransport"
USER = "pipecat.processors.aggregators.llm_response_universal.LLMUserAggregator"
ASSISTANT = "pipecat.processors.aggregators.llm_response_universal.LLMAssistantAggregator"
SWITCHER = "pipecat.pipeline.service_switcher.ServiceSwitcherStrategyManual"
PROCESSOR = "pipecat.processors.frame_processor.FrameProcessor"
SOCKET = "pipecat.services.websocket_service.WebsocketService"
LLM, STT = "pipecat.services.llm_service.LLMService", "pipecat.services.stt_service.STTService"
TTS = "pipecat.services.tts_service.TTSService"

# fmt: off
USES = [
    # The end of the caller's turn
    Use("shared.conversation.user_context.UserContext", USER,
        "_push_aggregation _maybe_recover_empty_user_turn _aggregation _context",
        "the one place where a turn becomes a message; one that goes on replaces its beginning"),
    # Models that calls share
    Use("shared.conversation.turns.vad.SharedSileroVAD", SILERO,
        "_model _windows_since_reset _low_confidence_windows _maybe_reset_model",
        "its constructor loads a model for each call; ours is given a copy of one"),
    Use("shared.conversation.turns.vad.SharedSileroVAD", SILERO,
        "_run_analyzer _vad_state _vad_stopping_count",
        "run without a thread, which costs more than the model; a voice ends between two windows"),
    Use("shared.conversation.turns.smart_turn.SharedSmartTurn", SMART_TURN,
        "_session _log_data _model_executor",
        "its constructor loads a model and starts a thread for each call"),
    # Words to and from the LLM
    Use("shared.conversation.assistant_context.AssistantContext", ASSISTANT,
        "_handle_function_call_in_progress _handle_function_call_cancel "
        "_function_calls_in_progress",
        "a tool's end can overtake its beginning, and Pipecat then waits for it for good"),
    Use("shared.languages.utterances.Utterances", SENTENCES,
        "_check_sentence_with_lookahead _advance_lookahead _lookahead_state _text",
        "no sentence ends inside an abbreviation, a link, a bracket or a tag"),
    Use("shared.providers.first_words.EarlyAggregator", SENTENCES, "_text",
        "the first three words are handed out before the sentence is complete"),
    Use("shared.providers.tts_mixins.SpeaksFirstWordsEarly", TTS, "_text_aggregator",
        "the aggregator of a service can't be chosen by an argument for all of them"),
    Use("shared.providers.llm_answers.ChecksAnswers", LLM, "_push_llm_text _settings",
        "the one place that all text of an answer passes, before anything is said"),
    Use("shared.providers.offline.scripted_llm.ScriptedLLMService", LLM, "_push_llm_text",
        "as every LLM service of Pipecat's sends its words"),
    # Fallbacks and connections
    Use("shared.providers.failover.RoundRobin", SWITCHER,
        "_services _active_service _set_active_if_available",
        "a switch is decided by the watchdog, not by a frame"),
    Use("shared.providers.tls.SharesTls", SOCKET, "_websocket_connect _connect_websocket",
        "one TLS context for all, and one connection where two notice at once that it broke"),
    Use("shared.providers.tts_mixins.ReportsConnectionLoss", SOCKET, "_reconnect_websocket",
        "Pipecat connects again without a word, and the rest of the sentence is never heard"),
    Use("shared.providers.stt_mixins.BuffersEarlyAudio",
        "pipecat.services.deepgram.stt.DeepgramSTTService", "_connection",
        "whether there is a connection; what is said without one is kept"),
    Use("shared.providers.stt_mixins.BuffersEarlyAudio", SOCKET, "_websocket", "likewise"),
    Use("shared.providers.stt_mixins.ResamplesInput", STT, "_init_sample_rate",
        "the vendor takes a rate that isn't the line's"),
    Use("shared.providers.tts_mixins.ResamplesSpeech",
        "pipecat.services.cartesia.tts.CartesiaTTSService", "_resampler",
        "Pipecat's own keeps the last 75 ms of every sentence to itself"),
    # Vendors
    Use("shared.providers.vendors.azure.AzureSTT",
        "pipecat.services.azure.stt.AzureSTTService",
        "_disconnect _speech_recognizer _audio_stream",
        "Azure's destructor waits for the service, on the event loop of all calls"),
    Use("shared.providers.vendors.deepgram.Deepgram",
        "pipecat.services.deepgram.stt.DeepgramSTTService",
        "_keepalive_handler _call_event_handler",
        "on_connected, which all other services report"),
    Use("shared.providers.vendors.google.GoogleSTT",
        "pipecat.services.google.stt.GoogleSTTService", "_client",
        "a gRPC client for the event loop, shared by all calls"),
    Use("shared.providers.vendors.google.GoogleTTS",
        "pipecat.services.google.tts.GoogleTTSService", "_client _create_client", "likewise"),
    Use("shared.providers.vendors.google.Gemini",
        "pipecat.services.google.llm.GoogleLLMService", "_http_options",
        "a connection that stays open while the caller talks"),
    Use("shared.providers.vendors.openai.OpenAI",
        "pipecat.services.openai.base_llm.BaseOpenAILLMService", "_client",
        "Pipecat never closes the client"),
    Use("shared.providers.vendors.openai.OpenAIVoice",
        "pipecat.services.openai.tts.OpenAITTSService", "_client", "likewise"),
    Use("shared.providers.vendors.sarvam.SarvamTTS", TTS, "_init_sample_rate",
        "its constructor takes no rate for the line's"),
    Use("shared.providers.offline.pocketsphinx_stt.PocketSphinxSTTService",
        "pipecat.services.stt_service.SegmentedSTTService", "_audio_buffer_size_1s _user_id",
        "less sound from before the speech: it costs time to decode"),
    # The line
    Use("shared.telephony.stream.transport.ExotelTransport", TRANSPORT,
        "_client _callbacks _input _output",
        "the transport makes its parts itself; these are ours"),
    Use("shared.telephony.stream.transport._PatientClient", CLIENT,
        "_websocket _can_send _closing _on_close_done",
        "a peer that stops reading has to end the call, and one that left is no error"),
    Use("shared.telephony.stream.pausable_output.PausableOutput", OUTPUT,
        "_write_frame _send_interval",
        "a pause is a clear that is taken back; what wasn't played is written again"),
    Use("shared.conversation.call_control.CallControl", PROCESSOR,
        "_register_event_handler _call_event_handler",
        "events of our own, as Pipecat's guide to processors writes them"),
    Use("shared.conversation.keypad.keypad.Keypad", PROCESSOR,
        "_register_event_handler _call_event_handler",
        "events of our own, as Pipecat's guide to processors writes them"),
    Use("shared.telephony.stream.serializer.ExotelSerializer",
        "pipecat.serializers.exotel.ExotelFrameSerializer", "_stream_sid",
        "Exotel wants the stream's id in every message, in those of a bot's own too"),
]

# Private names of objects that aren't `self`, by the module that takes them.
REACHED = {
    ("shared.conversation.idle", "user_aggregator._user_idle_controller"):
        "Pipecat's waiting begins when the bot has spoken; here the caller may speak first",
    ("shared.conversation.response_limit", "self._utterances._text"):
        "what of the next sentence has begun when the answer is long enough",
    ("shared.conversation.turns.models", "self._smart_turn._predict_endpoint"):
        "a first run at start-up: it is several times slower than all later ones",
    ("shared.conversation.turns.models", "SileroVADAnalyzer()._model"):
        "the model that all calls get a copy of",
    ("shared.conversation.turns.smart_turn", "loaded._session"): "likewise, of Smart Turn",
    ("shared.providers.tts_mixins", "service._text_aggregator"):
        "utterances in place of sentences, for every service",
    ("shared.providers.vendors.openai", "self._client._client"):
        "the HTTP client of OpenAI's SDK: the connection is opened before the first question",
    ("shared.records.database.rows", "row._mapping"): "SQLAlchemy's public name for it",
    ("shared.records.transfer_store", "row._mapping"): "likewise",
}

IMPORTED = {
    ("shared.languages.utterances",
     "pipecat.utils.text.simple_text_aggregator._LookaheadState"):
        "the states of the method that Utterances overrides",
    ("shared.providers.vendors.openai",
     "pipecat.services.openai._constants.OPENAI_SAMPLE_RATE"):
        "the rate of OpenAI's TTS, which Pipecat would only warn about",
}

PATCHED = {
    "pipecat.services.deepgram.stt.exponential_backoff_time":
        "Pipecat waits for 4 s before it connects again, in which the caller isn't heard",
    "pipecat.services.deepgram.stt.AsyncDeepgramClient":
        "the SDK reads the certificates anew for every call",
    "deepgram.listen.v1.client.websockets_client_connect":
        "no argument for the TLS context, nor for compression",
    "pipecat.services.google.stt.speech_v2":
        "the client is made in the constructor, in a thread, which gRPC refuses",
    "pipecat.services.piper.tts.PiperVoice": "the voice is loaded for every call",
    "pipecat.services.whisper.stt.WhisperModel": "the model is loaded for every call",
}
# fmt: on


def test_no_private_name_is_inherited_that_is_not_listed() -> None:
    listed = {(use.ours, name) for use in USES for name in use.names.split()}
    found = set(inherited())
    assert not found - listed, "used, and not listed with a reason"
    assert not listed - found, "listed, and not used (or not theirs any more)"


@pytest.mark.parametrize("theirs", sorted({use.theirs for use in USES}))
def test_every_name_that_we_inherit_is_still_there(theirs: str) -> None:
    expected = defaultdict(list)
    for use in USES:
        if use.theirs == theirs:
            for name in use.names.split():
                expected[name].append(use.ours)
    gone = {name: who for name, who in expected.items() if name not in of_class(theirs)}
    assert not gone, f"{theirs} has no more: {gone}"


def test_no_private_name_of_another_object_is_used_that_is_not_listed() -> None:
    assert set(reached()) == {*REACHED}


def test_nothing_private_is_imported_that_is_not_listed() -> None:
    assert set(imported()) == {*IMPORTED}
    for _, name in IMPORTED:
        assert exists(name), f"there is no {name} any more"


def test_nothing_is_patched_that_is_not_listed() -> None:
    assert {name for _, name in patched()} == {*PATCHED}


@pytest.mark.parametrize("name", [name for name in PATCHED if name.startswith("pipecat.")])
def test_what_is_patched_is_still_used_there(name: str) -> None:
    assert exists(name), f"there is no {name} any more"


def test_every_use_has_a_reason() -> None:
    reasons = [*(use.why for use in USES), *REACHED.values(), *IMPORTED.values(), *PATCHED.values()]
    assert all(reasons)


@pytest.mark.parametrize(
    ("module", "called", "stated"),
    [
        (
            "shared.conversation.pipeline",
            "PipelineWorker",
            {"processor_unusable_policy", "setup_timeout_secs", "start_timeout_secs"},
        ),
        (
            "shared.telephony.stream.transport",
            "FastAPIWebsocketParams",
            {"audio_out_write_timeout_secs"},
        ),
    ],
)
def test_values_that_an_upgrade_could_move_are_stated(
    module: str, called: str, stated: set[str]
) -> None:
    where = source(module)
    assert where
    for node in ast.walk(where.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == called:
            assert stated <= {keyword.arg for keyword in node.keywords}
            return
    raise AssertionError(f"{module} makes no {called}")
