"""One call's pipeline: listen, think, speak, in that order and at one sample rate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipecat.audio.turn.smart_turn.base_smart_turn import SmartTurnParams
from pipecat.frames.frames import InterruptionFrame
from pipecat.observers.base_observer import BaseObserver
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker, ProcessorUnusablePolicy
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMAssistantAggregator,
    LLMUserAggregator,
    LLMUserAggregatorParams,
)
from pipecat.turns.empty_user_turn import EmptyUserTurnConfig
from pipecat.turns.user_stop import BaseUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies

from shared.bot.persona import Persona
from shared.bot.turn_settings import EndOfTurn, TurnSettings
from shared.conversation.answering_machine.detector import MachineDetector
from shared.conversation.assistant_context import AssistantContext
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.greeting import Greeting
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.repeated_transcripts import RepeatedTranscripts
from shared.conversation.response_limit import AnswerLimit
from shared.conversation.turns.barge_in import BargeIn
from shared.conversation.turns.echo import EchoGate
from shared.conversation.turns.end_of_turn import HybridUserTurnStop, TimeoutUserTurnStop
from shared.conversation.turns.models import Models, vad_params
from shared.conversation.watchdog.watchdog import ResponseWatchdog
from shared.providers.catalogue import Provider
from shared.providers.selection import Services
from shared.telephony.stream.transport import ExotelTransport

# When a noise has interrupted the bot.
AFTER_NOISE = (
    "What interrupted you was a noise: nobody said anything. Say the sentence that was cut off "
    "once more, from its beginning, and go on from there. Don't mention the noise."
)
IDLE_SECS = 300.0  # without a word from either side, the call is over
START_SECS = 20.0  # for all services to connect, and again for the first frame to come through


@dataclass(frozen=True, slots=True)
class Conversation:
    """A call's pipeline, and the handles that others need on it."""

    worker: PipelineWorker
    context: LLMContext
    user_aggregator: LLMUserAggregator
    assistant_aggregator: LLMAssistantAggregator
    call_control: CallControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Who takes part in a call.

    Attributes:
        transport: The caller's line.
        services: STT, LLM and TTS, for this call only.
        greeting: Who says the opening, and when.
        detector: Who finds out that a machine has answered; None when we were rung.
        keypad: Who takes the caller's keys.
        call_control: Who acts without the LLM.
        watchdog: Who watches that the caller always hears something.
        tools: What the LLM may do.
        observers: Those who watch and write the record.
    """

    transport: ExotelTransport
    services: Services
    greeting: Greeting
    detector: MachineDetector | None
    keypad: Keypad
    call_control: CallControl
    watchdog: ResponseWatchdog
    tools: Sequence[Any] = ()
    observers: Sequence[BaseObserver] = ()


def build_pipeline(
    components: Components,
    models: Models,
    persona: Persona,
    *,
    sample_rate: int,
    stt: Provider,
) -> Conversation:
    """Put one call's pipeline together.

    Args:
        components: Who takes part.
        models: Shared by all calls.
        persona: Whom the bot plays.
        sample_rate: Hz, from end to end.
        stt: Who listens.
    """
    context = LLMContext(tools=list(components.tools))
    services, greeting, detector = components.services, components.greeting, components.detector
    turn_settings = persona.turns
    if stt.stop_secs is not None:
        turn_settings = replace(turn_settings, stop_secs=stt.stop_secs)
    vad = models.vad(vad_params(turn_settings), EchoGate(components.transport.played))
    opener = [greeting.opener] if greeting.opener else []
    end_of_turn = _turn_end(models, turn_settings, stt.turn_timeout)
    user_aggregator = LLMUserAggregator(
        context,
        params=LLMUserAggregatorParams(
            vad_analyzer=vad,
            user_turn_strategies=UserTurnStrategies(
                start=[
                    *opener,
                    BargeIn(turn_settings, lambda: vad.voiced, components.watchdog.playout),
                ],
                stop=[end_of_turn],
            ),
            empty_user_turn=EmptyUserTurnConfig(interrupted_prompt=AFTER_NOISE),
            user_idle_timeout=persona.idle.first,
        ),
    )
    assistant_aggregator = AssistantContext(context, _paired_user_aggregator=user_aggregator)
    worker = PipelineWorker(
        Pipeline(
            [
                components.transport.input(),
                services.stt,
                RepeatedTranscripts(),
                *([detector] if detector else []),
                components.keypad,
                user_aggregator,
                *([detector.gate] if detector else []),
                components.keypad.gate,
                services.llm,
                AnswerLimit(
                    services.llm, persona.max_answer_words, components.call_control.prompts.go_on
                ),
                components.watchdog.llm_activity,
                services.tts,
                *greeting.recorder,
                components.call_control,
                greeting.prompt_player,
                components.watchdog,
                components.transport.output(),
                components.keypad.bot_words,
                assistant_aggregator,
            ]
        ),
        params=PipelineParams(
            audio_in_sample_rate=sample_rate,
            audio_out_sample_rate=sample_rate,
        ),
        observers=list(components.observers),
        app_resources=components.call_control,
        idle_timeout_secs=IDLE_SECS,
        setup_timeout_secs=START_SECS,
        start_timeout_secs=START_SECS,
        # A service that can't be used ends no call: the fallback or an apology is the watchdog's.
        processor_unusable_policy=ProcessorUnusablePolicy.CONTINUE,
        enable_rtvi=False,  # for browsers; Exotel has no use for it
        enable_turn_tracking=False,  # for traces; the record counts its own turns
        check_dangling_tasks=False,
    )
    if isinstance(end_of_turn, HybridUserTurnStop):
        worker.add_reached_downstream_filter((InterruptionFrame,))
        worker.add_event_handler("on_frame_reached_downstream", end_of_turn.settled)
    return Conversation(
        worker, context, user_aggregator, assistant_aggregator, components.call_control
    )


def _turn_end(
    models: Models, turn_settings: TurnSettings, turn_timeout: float | None
) -> BaseUserTurnStopStrategy:
    if turn_timeout is None and turn_settings.end_of_turn is EndOfTurn.MODEL:
        longest = SmartTurnParams(stop_secs=turn_settings.incomplete_secs)
        return HybridUserTurnStop(models.smart_turn(longest), turn_settings)
    secs = turn_settings.endpointing_secs if turn_timeout is None else turn_timeout
    return TimeoutUserTurnStop(user_speech_timeout=secs)
