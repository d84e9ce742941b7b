"""One call's conversation: whoever takes part in it is made here, and told of the others."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from shared.bot.persona import Persona
from shared.conversation.answering_machine.handling import detect_machines
from shared.conversation.answering_machine.llm_classifier import ask_who
from shared.conversation.call_control import Attendant, HandOver
from shared.conversation.call_facts import facts_of
from shared.conversation.failure_count import FailureCount
from shared.conversation.greeting.greeting import greet
from shared.conversation.greeting.policy import AtOnce, FirstWord, WhenSpokenTo
from shared.conversation.idle import break_the_silence, wait_for_the_caller, wait_on
from shared.conversation.keypad.keypad import Keypad
from shared.conversation.observers import CallObserver, count_turns, show
from shared.conversation.pipeline import Cast, Conversation, build_conversation
from shared.conversation.response_times import ResponseTimes
from shared.conversation.speech.last_resort import last_resort
from shared.conversation.speech.prompt_cache import Repertoire, lines_of, texts_of
from shared.conversation.tools import instructions_of, tools_of
from shared.conversation.transfer_summary import summarise
from shared.conversation.turns.models import Models
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.watchdog import Guard
from shared.languages.prompts import Lines
from shared.providers.failover import in_use
from shared.providers.health import missed
from shared.providers.selection import Providers
from shared.records.session_record import CallRecord, Ending
from shared.telephony.stream.transport import ExotelTransport


@dataclass(frozen=True, slots=True)
class Equipment:
    """What all conversations of a process share."""

    providers: Providers
    models: Models
    repertoire: Repertoire


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversing:
    """What a conversation needs of the call it is part of.

    Attributes:
        record: Of this call; written while it goes on.
        transport: The caller's line.
        sample_rate: Hz.
        first_word: Who speaks first.
        leave: Ends the call.
        number_known: Whether the person's number is known.
        hand_over: Has a person take over after it; None where nobody can.
    """

    record: CallRecord
    transport: ExotelTransport
    sample_rate: int
    first_word: FirstWord
    leave: Callable[[Ending], None]
    number_known: bool
    hand_over: HandOver | None = None


async def converse(equipment: Equipment, persona: Persona, call: Conversing) -> Conversation:
    """Make a conversation, ready to be run."""
    can_transfer = call.hand_over is not None
    repertoire, rate = equipment.repertoire, call.sample_rate
    facts = facts_of(call.record.started_at, number_known=call.number_known)
    told = instructions_of(persona, can_transfer=can_transfer, facts=facts)
    services = await asyncio.to_thread(
        equipment.providers.build, replace(persona, instructions=told)
    )
    greeting = greet(repertoire, persona, rate, call.first_word)
    repertoire.make_soon(persona, texts_of(persona, opening=False), rate)
    attendant = Attendant(
        services.tts,
        lines_of(persona),
        partial(repertoire.get, persona=persona, sample_rate=rate),
        call.leave,
        call.hand_over,
        persona.agents,
        somebody=bool(equipment.providers.settings.transfer_numbers),
    )
    detector = detect_machines(
        equipment.providers.settings.voicemail,
        call.first_word,
        attendant,
        greeting.opener,
        ask=None if equipment.providers.llm.opening else partial(ask_who, services.llm),
        message=persona.voicemail,
        prepare=lambda text: repertoire.make_soon(persona, [text], rate),
        leave=call.leave,
    )
    # A scripted mind is told every key: its script says what they mean.
    keypad = Keypad(attendant, {} if equipment.providers.llm.opening else persona.keys)

    def unanswered(text: str) -> bool:
        return any(gate.unanswered(text) for gate in gates)

    gates = [keypad.gate, *([detector.gate] if detector else [])]
    last_words = last_resort(persona.language, rate)
    failures = FailureCount(call.record, lambda kind: missed(in_use(services.of_kind(kind))))
    excuses = {*attendant.lines.excuses, last_words.text}
    times = ResponseTimes(call.record, _excuse(attendant.lines, excuses, failures))
    observer = CallObserver(
        times, lambda by: failures.worked(services.kind_of(by)), call.transport.output()
    )
    guard = Guard(
        attendant,
        services,
        last_words,
        opening=persona.opening if isinstance(call.first_word, AtOnce) else "",
        opener=greeting.opener,
        unanswered=unanswered,
        on_failure=failures.failed,
        audio=AudioWatchdog(lambda: call.transport.serializer.received),
    )
    conversation = build_conversation(
        Cast(
            transport=call.transport,
            services=services,
            greeting=greeting,
            detector=detector,
            keypad=keypad,
            attendant=attendant,
            guard=guard,
            tools=tools_of(persona, can_transfer=can_transfer),
            observers=[observer],
        ),
        equipment.models,
        persona,
        sample_rate=rate,
        ears=equipment.providers.stt,
    )
    listener, worker = conversation.listener, conversation.worker
    worker.add_event_handler("on_pipeline_error", guard.hear_of)
    listener.add_event_handler("on_user_turn_stopped", guard.turn_ended)
    attendant.keypad = keypad.act
    listener.add_event_handler("on_user_turn_stopped", wait_on(listener, unanswered))
    attendant.summarise = partial(summarise, services.llm, conversation.context)
    count_turns(call.record, listener)
    listener.add_event_handler("on_user_turn_stopped", failures.next_turn)
    person_may_come = detector.person_may_come if detector else lambda: False
    pressed = break_the_silence(listener, attendant, persona, person_may_come)
    keypad.add_event_handler("on_key", pressed)
    if not (persona.opening or isinstance(call.first_word, WhenSpokenTo)):
        worker.add_event_handler("on_pipeline_started", partial(wait_for_the_caller, listener))
    if equipment.providers.settings.show_conversation:
        show(conversation)
    await worker.queue_frames(greeting.first_frames)
    return conversation


def _excuse(
    lines: Lines, excuses: Collection[str], failures: FailureCount
) -> Callable[[str], bool]:
    """Tells of what the bot says whether it is said because a provider failed, or is slow."""

    def is_excuse(text: str) -> bool:
        return text in excuses or (text == lines.connecting and failures.something_fails)

    return is_excuse
