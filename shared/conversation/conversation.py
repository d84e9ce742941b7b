"""One call's conversation: whoever takes part in it is made here, and told of the others."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from shared.bot.persona import Persona
from shared.conversation.answering_machine.handling import detect_machines
from shared.conversation.answering_machine.llm_classifier import ask_who
from shared.conversation.call_control import CallControl, TransferCall
from shared.conversation.call_facts import facts_of
from shared.conversation.failure_count import FailureCount
from shared.conversation.greeting.greeting import greet
from shared.conversation.greeting.policy import AtOnce, OpeningPolicy, WhenSpokenTo
from shared.conversation.idle import install_idle_prompts, wait_for_the_caller, wait_on
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.observers import CallObserver, count_turns, show
from shared.conversation.pipeline import Components, Conversation, build_pipeline
from shared.conversation.response_times import ResponseTimes
from shared.conversation.speech.last_resort import last_resort
from shared.conversation.speech.prompt_cache import PromptCache, prompts_of, texts_of
from shared.conversation.tools import instructions_of, tools_of
from shared.conversation.transfer_summary import summarise
from shared.conversation.turns.models import Models
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.watchdog import ResponseWatchdog
from shared.languages.prompts import Prompts
from shared.providers.failover import in_use
from shared.providers.health import missed
from shared.providers.selection import Providers
from shared.records.session_record import Ending, SessionRecord
from shared.telephony.stream.transport import ExotelTransport


@dataclass(frozen=True, slots=True)
class ConversationResources:
    """What all conversations of a process share."""

    providers: Providers
    models: Models
    prompt_cache: PromptCache


@dataclass(frozen=True, slots=True, kw_only=True)
class CallContext:
    """What a conversation needs of the call it is part of.

    Attributes:
        record: Of this call; written while it goes on.
        transport: The caller's line.
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
    can_transfer = call.transfer_call is not None
    prompt_cache, rate = resources.prompt_cache, call.sample_rate
    facts = facts_of(call.record.started_at, number_known=call.number_known)
    told = instructions_of(persona, can_transfer=can_transfer, facts=facts)
    services = await asyncio.to_thread(
        resources.providers.build, replace(persona, instructions=told)
    )
    greeting = greet(prompt_cache, persona, rate, call.opening_policy)
    prompt_cache.warm(persona, texts_of(persona, opening=False), rate)
    call_control = CallControl(
        services.tts,
        prompts_of(persona),
        partial(prompt_cache.get, persona=persona, sample_rate=rate),
        call.leave,
        call.transfer_call,
        persona.transfer_targets,
        has_transfer_number=bool(resources.providers.settings.transfer_numbers),
    )
    detector = detect_machines(
        resources.providers.settings.voicemail,
        call.opening_policy,
        call_control,
        greeting.opener,
        ask=None if resources.providers.llm.opening else partial(ask_who, services.llm),
        message=persona.voicemail,
        prepare=lambda text: prompt_cache.warm(persona, [text], rate),
        leave=call.leave,
    )
    # A scripted LLM is told every key: its script says what they mean.
    keypad = Keypad(call_control, {} if resources.providers.llm.opening else persona.keys)

    def unanswered(text: str) -> bool:
        return any(gate.unanswered(text) for gate in gates)

    gates = [keypad.gate, *([detector.gate] if detector else [])]
    last_words = last_resort(persona.language, rate)
    failures = FailureCount(call.record, lambda kind: missed(in_use(services.of_kind(kind))))
    excuses = {*call_control.prompts.excuses, last_words.text}
    times = ResponseTimes(call.record, _excuse(call_control.prompts, excuses, failures))
    observer = CallObserver(
        times, lambda by: failures.worked(services.kind_of(by)), call.transport.output()
    )
    watchdog = ResponseWatchdog(
        call_control,
        services,
        last_words,
        opening=persona.opening if isinstance(call.opening_policy, AtOnce) else "",
        opener=greeting.opener,
        unanswered=unanswered,
        on_failure=failures.failed,
        audio=AudioWatchdog(lambda: call.transport.serializer.received),
    )
    conversation = build_pipeline(
        Components(
            transport=call.transport,
            services=services,
            greeting=greeting,
            detector=detector,
            keypad=keypad,
            call_control=call_control,
            watchdog=watchdog,
            tools=tools_of(persona, can_transfer=can_transfer),
            observers=[observer],
        ),
        resources.models,
        persona,
        sample_rate=rate,
        stt=resources.providers.stt,
    )
    user_aggregator, worker = conversation.user_aggregator, conversation.worker
    worker.add_event_handler("on_pipeline_error", watchdog.on_service_error)
    user_aggregator.add_event_handler("on_user_turn_stopped", watchdog.turn_ended)
    call_control.keypad = keypad.act
    user_aggregator.add_event_handler("on_user_turn_stopped", wait_on(user_aggregator, unanswered))
    call_control.summarise = partial(summarise, services.llm, conversation.context)
    count_turns(call.record, user_aggregator)
    user_aggregator.add_event_handler("on_user_turn_stopped", failures.next_turn)
    person_may_come = detector.person_may_come if detector else lambda: False
    pressed = install_idle_prompts(user_aggregator, call_control, persona, person_may_come)
    keypad.add_event_handler("on_key", pressed)
    if not (persona.opening or isinstance(call.opening_policy, WhenSpokenTo)):
        worker.add_event_handler(
            "on_pipeline_started", partial(wait_for_the_caller, user_aggregator)
        )
    if resources.providers.settings.show_conversation:
        show(conversation)
    await worker.queue_frames(greeting.first_frames)
    return conversation


def _excuse(
    prompts: Prompts, excuses: Collection[str], failures: FailureCount
) -> Callable[[str], bool]:
    """Tells of what the bot says whether it is said because a provider failed, or is slow."""

    def is_excuse(text: str) -> bool:
        return text in excuses or (text == prompts.connecting and failures.something_fails)

    return is_excuse
