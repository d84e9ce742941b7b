"""The pipeline of one call: STT, LLM and TTS, and what stands between them, at one sample rate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.turns.empty_user_turn import EmptyUserTurnConfig
from pipecat.turns.user_turn_strategies import UserTurnStrategies

from shared.bot.persona import Persona
from shared.bot.turn_settings import EndOfTurn, TurnSettings
from shared.conversation.answering_machine.detector import MachineDetector
from shared.conversation.assistant_context import AssistantContext
from shared.conversation.bot_words import BotWords
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.greeting import Greeting
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.llm_gate import LLMGate, Unanswered
from shared.conversation.repeated_transcripts import RepeatedTranscripts
from shared.conversation.response_limit import AnswerLimit
from shared.conversation.speech.playout import Playout
from shared.conversation.turns.barge_in import BargeIn
from shared.conversation.turns.echo import EchoGate
from shared.conversation.turns.end_of_turn import HybridUserTurnStop
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.conversation.turns.models import Models
from shared.conversation.turns.take_back import TakeBack
from shared.conversation.turns.vad import vad_params
from shared.conversation.user_context import UserContext
from shared.conversation.watchdog.llm_activity import LLMActivity
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
    user_aggregator: UserContext
    assistant_aggregator: LLMAssistantAggregator
    call_control: CallControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """The parts of a call's pipeline.

    Attributes:
        transport: The caller's audio, in and out.
        services: STT, LLM and TTS, for this call only.
        context: The LLM's, with its tools.
        greeting: Says the opening, and plays prompts.
        machine_detector: Finds out that a machine has answered; None when we were rung.
        machine_gate: Keeps from the LLM what it need not answer of a machine's.
        keypad: Takes the caller's keys.
        keypad_gate: Keeps from the LLM what the keypad has taken.
        expected: What kind of answer the bot has asked for.
        bot_words: Tells those who read them what the bot says.
        call_control: Says prompts, hangs up and transfers.
        llm_activity: Tells the watchdog when the LLM writes.
        watchdog: Sees to it that the caller always hears something.
        playout: What the caller is hearing of the bot.
        unanswered: Tells of a turn's words whether a gate keeps them from the LLM.
        observers: Write the call's record.
    """

    transport: ExotelTransport
    services: Services
    context: LLMContext
    greeting: Greeting
    machine_detector: MachineDetector | None
    machine_gate: LLMGate | None
    keypad: Keypad
    keypad_gate: LLMGate
    expected: ExpectedAnswers
    bot_words: BotWords
    call_control: CallControl
    llm_activity: LLMActivity
    watchdog: ResponseWatchdog
    playout: Playout
    unanswered: Unanswered
    observers: Sequence[BaseObserver] = ()


def build_pipeline(
    components: Components, models: Models, persona: Persona, *, sample_rate: int, stt: Provider
) -> Conversation:
    """Put one call's pipeline together.

    Args:
        components: Its parts.
        models: Shared by all calls.
        persona: Whom the bot plays.
        sample_rate: Hz, from end to end.
        stt: The provider that transcribes.
    """
    turn_settings = persona.turns
    if stt.stop_secs is not None:
        turn_settings = replace(turn_settings, stop_secs=stt.stop_secs)
    if stt.turn_timeout is not None:
        endpointing_secs = turn_settings.stop_secs + stt.turn_timeout
        turn_settings = replace(turn_settings, endpointing_secs=endpointing_secs)
    has_model = stt.turn_timeout is None and turn_settings.end_of_turn is EndOfTurn.MODEL
    user, end_of_turn = _user_aggregator(
        components, models, persona, turn_settings, has_model=has_model
    )
    assistant = AssistantContext(components.context, _paired_user_aggregator=user)
    worker = PipelineWorker(
        Pipeline(_stages(components, persona, user, assistant)),
        params=PipelineParams(audio_in_sample_rate=sample_rate, audio_out_sample_rate=sample_rate),
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
    worker.add_reached_downstream_filter((InterruptionFrame,))
    worker.add_event_handler("on_frame_reached_downstream", end_of_turn.interruption_arrived)
    return Conversation(worker, user, assistant, components.call_control)


def _stages(
    components: Components,
    persona: Persona,
    user_aggregator: LLMUserAggregator,
    assistant_aggregator: LLMAssistantAggregator,
) -> list[FrameProcessor]:
    """Every stage, in the order in which the caller's audio becomes the bot's."""
    llm, prompts = components.services.llm, components.call_control.prompts
    stages = (
        components.transport.input(),
        components.services.stt,
        RepeatedTranscripts(),
        components.machine_detector,
        components.keypad,
        user_aggregator,
        components.machine_gate,
        components.keypad_gate,
        components.services.llm,
        AnswerLimit(llm, persona.max_answer_words, prompts.go_on),
        components.llm_activity,
        components.services.tts,
        components.greeting.capture,
        components.call_control,
        components.greeting.prompt_player,
        components.watchdog,
        components.transport.output(),
        components.bot_words,
        assistant_aggregator,
    )
    return [stage for stage in stages if stage is not None]


def _user_aggregator(
    components: Components,
    models: Models,
    persona: Persona,
    turn_settings: TurnSettings,
    *,
    has_model: bool,
) -> tuple[UserContext, HybridUserTurnStop]:
    """The caller's side of the conversation, and the strategy that ends their turns.

    Args:
        components: Of the call.
        models: Shared by all calls.
        persona: Whom the bot plays.
        turn_settings: Of the persona, for this STT.
        has_model: Whether a model judges by the sound that a turn is over.
    """
    vad = models.vad(vad_params(turn_settings), EchoGate(components.transport.played))
    opener, take_back = components.greeting.opener, TakeBack()
    barge_in = BargeIn(turn_settings, lambda: vad.voiced, components.playout, take_back)
    longest = SmartTurnParams(stop_secs=2 * turn_settings.incomplete_secs)
    end_of_turn = HybridUserTurnStop(
        turn_settings,
        components.expected,
        take_back,
        lambda: vad.silence_secs,
        models.smart_turn(longest) if has_model else None,
    )
    strategies = UserTurnStrategies(
        start=[opener, barge_in] if opener else [barge_in], stop=[end_of_turn]
    )
    params = LLMUserAggregatorParams(
        vad_analyzer=vad,
        user_turn_strategies=strategies,
        empty_user_turn=EmptyUserTurnConfig(interrupted_prompt=AFTER_NOISE),
        user_idle_timeout=persona.idle.first,
    )
    return UserContext(components.context, params=params, take_back=take_back), end_of_turn
