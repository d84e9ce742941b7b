"""Those who watch a conversation and write its record; the pipeline doesn't know of them."""

import sys

from pipecat.observers.user_bot_latency_observer import UserBotLatencyObserver
from pipecat.processors.aggregators.llm_response_universal import (
    AssistantTurnStoppedMessage,
    LLMUserAggregator,
    UserTurnStoppedMessage,
)

from shared.calls.record import CallRecord
from shared.conversation.pipeline import Conversation


def time_responses(record: CallRecord) -> UserBotLatencyObserver:
    """An observer that notes how long the caller waited for each answer."""
    observer = UserBotLatencyObserver()

    @observer.event_handler("on_latency_measured")
    async def note(_: UserBotLatencyObserver, secs: float) -> None:
        record.response_secs.append(secs)

    return observer


def count_turns(record: CallRecord, listener: LLMUserAggregator) -> None:
    """Note every turn of the caller's."""

    @listener.event_handler("on_user_turn_stopped")
    async def note(*_: object) -> None:
        record.turns += 1


def count_failure(record: CallRecord, kind: str) -> None:
    """Note that a provider failed."""
    record.failures[kind] += 1


def show(conversation: Conversation) -> None:
    """Print on stdout what is said, as it is said: for whoever develops a bot."""

    @conversation.listener.event_handler("on_user_turn_stopped")
    async def caller(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        _print("caller", message.content or "")

    @conversation.rememberer.event_handler("on_assistant_turn_stopped")
    async def bot(_: object, message: AssistantTurnStoppedMessage) -> None:
        if message.content:  # a turn may consist of a function call only
            _print("bot", message.content + (" ..." if message.interrupted else ""))


def _print(who: str, text: str) -> None:
    sys.stdout.write(f"{who}: {text}\n")
    sys.stdout.flush()
