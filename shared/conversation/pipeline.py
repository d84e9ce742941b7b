"""One call's pipeline: listen, think, speak, in that order and at one sample rate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipecat.audio.turn.smart_turn.base_smart_turn import SmartTurnParams
from pipecat.frames.frames import InterruptionFrame
from pipecat.observers.base_observer import BaseObserver
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
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
from shared.bot.turn_settings import Hearing, TurnEnd
from shared.conversation.answering_machine.detector import MachineDetector
from shared.conversation.assistant_context import AssistantContext
from shared.conversation.call_control import Attendant
from shared.conversation.greeting.greeting import Greeting
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.repeated_transcripts import RepeatedTranscripts
from shared.conversation.response_limit import AnswerLimit
from shared.conversation.turns.barge_in import BargeIn
from shared.conversation.turns.echo import Echo
from shared.conversation.turns.end_of_turn import PatientTurnEnd, TimedTurnEnd
from shared.conversation.turns.models import Models, vad_params
from shared.conversation.watchdog.watchdog import Guard
from shared.providers.catalogue import Provider
from shared.providers.selection import Services
from shared.telephony.stream.transport import ExotelTransport

# When a noise has interrupted the bot.
AFTER_NOISE = (
    "What interrupted you was a noise: nobody said anything. Say the sentence that was cut off "
    "once more, from its beginning, and go on from there. Don't mention the noise."
)
IDLE_SECS = 300.0  # without a word from either side, the call is over


@dataclass(frozen=True, slots=True)
class Conversation:
    """A call's pipeline, and the handles that others need on it."""

    worker: PipelineWorker
    context: LLMContext
    listener: LLMUserAggregator
    rememberer: LLMAssistantAggregator
    attendant: Attendant


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who takes part in a call.

    Attributes:
        transport: The caller's line.
        services: Ears, mind and voice, for this call only.
        greeting: Who says the opening, and when.
        detector: Who finds out that a machine has answered; None when we were rung.
        keypad: Who takes the caller's keys.
        attendant: Who acts without the mind.
        guard: Who watches that the caller always hears something.
        tools: What the mind may do.
        observers: Those who watch and write the record.
    """

    transport: ExotelTransport
    services: Services
    greeting: Greeting
    detector: MachineDetector | None
    keypad: Keypad
    attendant: Attendant
    guard: Guard
    tools: Sequence[Any] = ()
    observers: Sequence[BaseObserver] = ()


def build_conversation(
    cast: Cast,
    models: Models,
    persona: Persona,
    *,
    sample_rate: int,
    ears: Provider,
) -> Conversation:
    """Put one call's pipeline together.

    Args:
        cast: Who takes part.
        models: Shared by all calls.
        persona: Whom the bot plays.
        sample_rate: Hz, from end to end.
        ears: Who listens.
    """
    context = LLMContext(tools=list(cast.tools))
    services, greeting, detector = cast.services, cast.greeting, cast.detector
    hearing = persona.hearing
    if ears.stop_secs is not None:
        hearing = replace(hearing, stop_secs=ears.stop_secs)
    vad = models.vad(vad_params(hearing), Echo(cast.transport.played))
    opener = [greeting.opener] if greeting.opener else []
    turn_end = _turn_end(models, hearing, ears.turn_timeout)
    listener = LLMUserAggregator(
        context,
        params=LLMUserAggregatorParams(
            vad_analyzer=vad,
            user_turn_strategies=UserTurnStrategies(
                start=[*opener, BargeIn(hearing, lambda: vad.voiced, cast.guard.playout)],
                stop=[turn_end],
            ),
            empty_user_turn=EmptyUserTurnConfig(interrupted_prompt=AFTER_NOISE),
            user_idle_timeout=persona.silence.first,
        ),
    )
    rememberer = AssistantContext(context, _paired_user_aggregator=listener)
    worker = PipelineWorker(
        Pipeline(
            [
                cast.transport.input(),
                services.stt,
                RepeatedTranscripts(),
                *([detector] if detector else []),
                cast.keypad,
                listener,
                *([detector.gate] if detector else []),
                cast.keypad.gate,
                services.llm,
                AnswerLimit(services.llm, persona.max_answer_words, cast.attendant.lines.go_on),
                cast.guard.thought,
                services.tts,
                *greeting.recorder,
                cast.attendant,
                greeting.speaker,
                cast.guard,
                cast.transport.output(),
                cast.keypad.bot_words,
                rememberer,
            ]
        ),
        params=PipelineParams(
            audio_in_sample_rate=sample_rate,
            audio_out_sample_rate=sample_rate,
        ),
        observers=list(cast.observers),
        app_resources=cast.attendant,
        idle_timeout_secs=IDLE_SECS,
        enable_rtvi=False,  # for browsers; Exotel has no use for it
        enable_turn_tracking=False,  # for traces; the record counts its own turns
        check_dangling_tasks=False,
    )
    if isinstance(turn_end, PatientTurnEnd):
        worker.add_reached_downstream_filter((InterruptionFrame,))
        worker.add_event_handler("on_frame_reached_downstream", turn_end.settled)
    return Conversation(worker, context, listener, rememberer, cast.attendant)


def _turn_end(
    models: Models, hearing: Hearing, turn_timeout: float | None
) -> BaseUserTurnStopStrategy:
    if turn_timeout is None and hearing.turn_end is TurnEnd.MODEL:
        longest = SmartTurnParams(stop_secs=hearing.number_patience)
        return PatientTurnEnd(models.smart_turn(longest), hearing)
    secs = hearing.patience if turn_timeout is None else turn_timeout
    return TimedTurnEnd(user_speech_timeout=secs)
