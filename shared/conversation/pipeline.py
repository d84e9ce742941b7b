"""One call's pipeline: listen, think, speak, in that order and at one sample rate."""

from dataclasses import dataclass

from pipecat.observers.base_observer import BaseObserver
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.dtmf_aggregator import DTMFAggregator
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMAssistantAggregator,
    LLMContextAggregatorPair,
    LLMUserAggregator,
    LLMUserAggregatorParams,
)
from pipecat.transports.base_transport import BaseTransport
from pipecat.turns.user_start import BaseUserTurnStartStrategy
from pipecat.turns.user_stop import (
    BaseUserTurnStopStrategy,
    SpeechTimeoutUserTurnStopStrategy,
    TurnAnalyzerUserTurnStopStrategy,
)
from pipecat.turns.user_turn_strategies import (
    UserTurnStrategies,
    default_user_turn_start_strategies,
)

from shared.conversation.greeting import Greeting
from shared.conversation.models import Models
from shared.conversation.services import Services

KEYS_SECS = 1.0  # after the last key, or at once after #, the keys reach the mind as "DTMF: 12#"
IDLE_SECS = 300.0  # without a word from either side, the call is over


@dataclass(frozen=True, slots=True)
class Conversation:
    """A call's pipeline, and the handles that others need on it."""

    worker: PipelineWorker
    context: LLMContext
    listener: LLMUserAggregator
    rememberer: LLMAssistantAggregator


def build_conversation(
    transport: BaseTransport,
    services: Services,
    models: Models,
    greeting: Greeting,
    *,
    sample_rate: int,
    turn_timeout: float | None = None,
    observers: list[BaseObserver] | None = None,
) -> Conversation:
    """Put one call's pipeline together.

    Args:
        transport: The caller's line.
        services: Ears, mind and voice, for this call only.
        models: Shared by all calls.
        greeting: Who says the opening, and when.
        sample_rate: Hz, from end to end.
        turn_timeout: Seconds of silence that end the caller's turn; None asks the turn model.
        observers: Those who watch and write the record.
    """
    context = LLMContext()
    listener, rememberer = LLMContextAggregatorPair(
        context,
        user_params=LLMUserAggregatorParams(
            vad_analyzer=models.vad(),
            user_turn_strategies=UserTurnStrategies(
                start=_turn_starts(greeting), stop=[_turn_end(models, turn_timeout)]
            ),
        ),
    )
    worker = PipelineWorker(
        Pipeline(
            [
                transport.input(),
                services.stt,
                DTMFAggregator(timeout=KEYS_SECS),
                listener,
                services.llm,
                services.tts,
                *greeting.speaker,
                transport.output(),
                rememberer,
            ]
        ),
        params=PipelineParams(
            audio_in_sample_rate=sample_rate,
            audio_out_sample_rate=sample_rate,
        ),
        observers=observers,
        idle_timeout_secs=IDLE_SECS,
        enable_rtvi=False,  # for browsers; Exotel has no use for it
        enable_turn_tracking=False,  # for traces; the record counts its own turns
        check_dangling_tasks=False,
    )
    return Conversation(worker, context, listener, rememberer)


def _turn_starts(greeting: Greeting) -> list[BaseUserTurnStartStrategy]:
    opener = [greeting.opener] if greeting.opener else []
    return [*opener, *default_user_turn_start_strategies()]


def _turn_end(models: Models, turn_timeout: float | None) -> BaseUserTurnStopStrategy:
    if turn_timeout is not None:
        return SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=turn_timeout)
    return TurnAnalyzerUserTurnStopStrategy(turn_analyzer=models.smart_turn())
