"""The conversation of one call: all its parts, made in the order in which they need each other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.persona import Persona
from shared.conversation.answering_machine.detector import MachineDetector
from shared.conversation.answering_machine.llm_classifier import ask_who
from shared.conversation.answering_machine.machine_answered import detect_machines
from shared.conversation.bot_words import BotWords
from shared.conversation.call_control import CallControl, TransferCall
from shared.conversation.call_facts import facts_of
from shared.conversation.event_handlers import install_handlers
from shared.conversation.failure_count import FailureCount
from shared.conversation.greeting.greeting import Greeting, greet
from shared.conversation.greeting.policy import AtOnce, OpeningPolicy
from shared.conversation.keypad.asked_keys import AskedKeys
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.llm_gate import LLMGate, unanswered_by
from shared.conversation.observers import CallObserver, show
from shared.conversation.pipeline import Components, Conversation, build_pipeline
from shared.conversation.response_times import ResponseTimes
from shared.conversation.speech.last_resort import last_resort
from shared.conversation.speech.playout import Playout
from shared.conversation.speech.prompt_cache import PromptCache, prompts_of, texts_of
from shared.conversation.tools import instructions_of, tools_of
from shared.conversation.transfer_summary import summarise
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.conversation.turns.models import Models
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.llm_activity import LLMActivity
from shared.conversation.watchdog.recovery import Recovery
from shared.conversation.watchdog.response_timer import ResponseTimer
from shared.conversation.watchdog.watchdog import ResponseWatchdog
from shared.languages.prompts import Prompts
from shared.languages.spoken_digits import only_digits
from shared.providers.failover import in_use
from shared.providers.health import missed
from shared.providers.selection import Providers, Services
from shared.records.session_record import Ending, SessionRecord
from shared.telephony.stream.transport import ExotelTransport


@dataclass(frozen=True, slots=True)
class ConversationResources:
    """The providers, models and prompts that all conversations of a process share."""

    providers: Providers
    models: Models
    prompt_cache: PromptCache


@dataclass(frozen=True, slots=True, kw_only=True)
class CallContext:
    """The call, as far as its conversation needs it.

    Attributes:
        record: Of this call; written while it goes on.
        transport: The caller's audio, in and out.
        sample_rate: Hz.
        opening_policy: Who speaks first.
        leave: Ends the call.
        number_known: Whether the person's number is known.
        transfer_call: Has a person take over after it; None where nobody can.
    """

    record: SessionRecord
    transport: ExotelTransport
    sample_rate: int
    opening_policy: OpeningPolicy
    leave: Callable[[Ending], None]
    number_known: bool
    transfer_call: TransferCall | None = None


async def build_conversation(
    resources: ConversationResources, persona: Persona, call: CallContext
) -> Conversation:
    """Make a conversation, ready to be run."""
    providers = resources.providers
    can_transfer = call.transfer_call is not None
    facts = facts_of(call.record.started_at, number_known=call.number_known)
    told = instructions_of(persona, can_transfer=can_transfer, facts=facts)
    services = await asyncio.to_thread(providers.build, replace(persona, instructions=told))
    context = LLMContext(tools=tools_of(persona, can_transfer=can_transfer))
    failures = FailureCount(call.record, partial(_note_missed, services))
    components = _components(resources, persona, call, services, context, failures)
    conversation = build_pipeline(
        components, resources.models, persona, sample_rate=call.sample_rate, stt=providers.stt
    )
    install_handlers(conversation, components, persona, call.opening_policy, call.record, failures)
    if providers.settings.show_conversation:
        show(conversation)
    await conversation.worker.queue_frames(components.greeting.first_frames)
    return conversation


def _components(
    resources: ConversationResources,
    persona: Persona,
    call: CallContext,
    services: Services,
    context: LLMContext,
    failures: FailureCount,
) -> Components:
    cache, rate = resources.prompt_cache, call.sample_rate
    greeting = greet(cache, persona, rate, call.opening_policy)
    cache.warm(persona, texts_of(persona, opening=False), rate)
    expected = ExpectedAnswers(prompts_of(persona), persona.expected_answer)
    call_control = _call_control(resources, persona, call, services, context, expected)
    detector = _machine_detector(resources, persona, call, services, call_control, greeting)
    machine_gate = detector.gate if detector else None
    asked, keypad_gate = AskedKeys(call_control.prompts), LLMGate(only_digits)
    # A scripted LLM is told every key: its script says what they mean.
    keys = {} if resources.providers.llm.opening else persona.keys
    unanswered = unanswered_by(keypad_gate, machine_gate)
    timer, playout = ResponseTimer(), Playout()
    last_words = last_resort(persona.language, rate)
    opening = persona.opening if isinstance(call.opening_policy, AtOnce) else ""
    return Components(
        transport=call.transport,
        services=services,
        context=context,
        greeting=greeting,
        machine_detector=detector,
        machine_gate=machine_gate,
        keypad=Keypad(call_control, keys, asked),
        keypad_gate=keypad_gate,
        expected=expected,
        bot_words=BotWords(asked, expected),
        call_control=call_control,
        llm_activity=LLMActivity(timer),
        watchdog=ResponseWatchdog(
            timer,
            Recovery(timer, call_control, services, last_words, failures.failed, opening=opening),
            playout,
            AudioWatchdog(lambda: call.transport.serializer.received),
            opener=greeting.opener,
            unanswered=unanswered,
        ),
        playout=playout,
        unanswered=unanswered,
        observers=[_observer(call, services, call_control.prompts, last_words.text, failures)],
    )


def _call_control(
    resources: ConversationResources,
    persona: Persona,
    call: CallContext,
    services: Services,
    context: LLMContext,
    expected: ExpectedAnswers,
) -> CallControl:
    find = partial(resources.prompt_cache.get, persona=persona, sample_rate=call.sample_rate)
    return CallControl(
        services.tts,
        prompts_of(persona),
        find,
        call.leave,
        call.transfer_call,
        persona.transfer_targets,
        has_transfer_number=bool(resources.providers.settings.transfer_numbers),
        summarise=partial(summarise, services.llm, context),
        expect=expected.expect,
    )


def _machine_detector(
    resources: ConversationResources,
    persona: Persona,
    call: CallContext,
    services: Services,
    call_control: CallControl,
    greeting: Greeting,
) -> MachineDetector | None:
    def prepare(text: str) -> object:
        return resources.prompt_cache.warm(persona, [text], call.sample_rate)

    return detect_machines(
        resources.providers.settings.voicemail,
        call.opening_policy,
        call_control,
        greeting.opener,
        ask=None if resources.providers.llm.opening else partial(ask_who, services.llm),
        message=persona.voicemail,
        prepare=prepare,
        leave=call.leave,
    )


def _observer(
    call: CallContext,
    services: Services,
    prompts: Prompts,
    last_words: str,
    failures: FailureCount,
) -> CallObserver:
    """Measures the responses; what is said because a provider failed, or is slow, is none."""
    excuses = {*prompts.excuses, last_words}

    def is_excuse(text: str) -> bool:
        return text in excuses or (text == prompts.connecting and failures.something_fails)

    def note_work(service: FrameProcessor) -> None:
        failures.worked(services.kind_of(service))

    return CallObserver(ResponseTimes(call.record, is_excuse), note_work, call.transport.output())


def _note_missed(services: Services, kind: str) -> None:
    """Tell a provider's health of a failure."""
    missed(in_use(services.of_kind(kind)))
