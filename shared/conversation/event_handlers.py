"""The event handlers of a conversation: what is told to whom, once all its parts are made."""

from functools import partial

from shared.bot.persona import Persona
from shared.conversation.failure_count import FailureCount
from shared.conversation.greeting.policy import OpeningPolicy, WhenSpokenTo
from shared.conversation.idle import (
    IdlePrompts,
    wait_for_the_caller,
    waiting_after_unanswered_turns,
)
from shared.conversation.observers import count_turns
from shared.conversation.pipeline import Components, Conversation
from shared.records.session_record import SessionRecord


def install_handlers(
    conversation: Conversation,
    components: Components,
    persona: Persona,
    opening_policy: OpeningPolicy,
    record: SessionRecord,
    failures: FailureCount,
) -> None:
    """Have every event of a conversation handled.

    Args:
        conversation: Whose events these are.
        components: Its parts.
        persona: Whom the bot plays.
        opening_policy: Who speaks first.
        record: Counts the caller's turns.
        failures: Counted once in a turn.
    """
    worker, user_aggregator = conversation.worker, conversation.user_aggregator
    watchdog, keypad = components.watchdog, components.keypad
    worker.add_event_handler("on_pipeline_error", watchdog.on_service_error)
    user_aggregator.add_event_handler("on_user_turn_stopped", watchdog.on_user_turn_stopped)
    waiting = waiting_after_unanswered_turns(user_aggregator, components.unanswered)
    user_aggregator.add_event_handler("on_user_turn_stopped", waiting)
    count_turns(record, user_aggregator)
    user_aggregator.add_event_handler("on_user_turn_stopped", failures.next_turn)
    components.call_control.add_event_handler("on_action", keypad.on_action)
    install_idle_prompts(conversation, components, persona)
    if not (persona.opening or isinstance(opening_policy, WhenSpokenTo)):
        first_word = partial(wait_for_the_caller, user_aggregator)
        worker.add_event_handler("on_pipeline_started", first_word)


def install_idle_prompts(
    conversation: Conversation, components: Components, persona: Persona
) -> None:
    """Have an idle caller asked, asked again, and told goodbye; a word or a key starts anew."""
    user_aggregator, detector = conversation.user_aggregator, components.machine_detector
    person_may_come = detector.person_may_come if detector else None
    prompts = IdlePrompts(user_aggregator, conversation.call_control, persona, person_may_come)
    user_aggregator.add_event_handler("on_user_turn_idle", prompts.prompt)
    user_aggregator.add_event_handler("on_user_turn_started", prompts.caller_spoke)
    components.keypad.add_event_handler("on_key", prompts.key_pressed)
