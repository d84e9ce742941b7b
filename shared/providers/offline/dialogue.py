"""The scripted LLM of the demo: what it says next, as a pure function of the conversation so far.

It replays what the caller said and what the tool answered. Its own words in the conversation do
not count, so one that was cut off half-way cannot confuse it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from shared.languages.word_split import text_of
from shared.providers.offline import script
from shared.providers.offline.grammar import Phrase
from shared.providers.offline.hearing import meaning
from shared.providers.offline.script import QUESTIONS, Step

OPENING = script.OPENING
OPENING_EXPECTS = QUESTIONS[Step.MENU].phrases
BOOK_APPOINTMENT = "book_appointment"
MAX_MISSES = 3  # in a row, then the call ends

Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function to call before the conversation goes on."""

    name: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot does next: say `text` or make `call`, then listen for `expects` or hang up."""

    text: str = ""
    call: ToolCall | None = None
    expects: tuple[Phrase, ...] = ()
    ends: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    reply: Reply
    step: Step = Step.MENU
    day: str = ""
    misses: int = 0


def reply(messages: Sequence[Message], opening: str = OPENING) -> Reply:
    """Answer the conversation's last message, or open the conversation when it has none.

    Args:
        messages: The conversation so far.
        opening: What the bot says first. The script's own is for whoever rings the bot; with any
            other the bot has rung somebody, who is now to say when they will do what it asks for.
    """
    step = Step.MENU if opening == OPENING else Step.WHEN
    start = _State(Reply(opening, expects=QUESTIONS[step].phrases), step)
    state = reduce(_advance, messages, start)
    roles = [message.get("role") for message in messages]
    if "user" not in roles or roles[-1] in ("user", "tool"):
        return state.reply
    return _ask(state).reply  # nobody spoke: somebody wants the bot to say something


def _advance(state: _State, message: Message) -> _State:
    match message:
        case {"role": "user", "content": content}:
            return _hear(state, meaning(text_of(content)))
        case {"role": "tool", "content": result}:
            return _settle(state, str(result))
    return state


def _hear(state: _State, said: Phrase | str | None) -> _State:
    phrase = said if isinstance(said, Phrase) else QUESTIONS[state.step].keypad.get(said or "")
    if phrase is None:
        return _miss(state)
    state = replace(state, misses=0)
    match phrase:
        case Phrase.REPEAT if state.reply.text:
            return state
        case Phrase.AGENT:
            return _ask(state, script.AGENT)
    rung = state.step in (Step.WHEN, Step.AGREE, Step.MORE)
    return _remind(state, phrase) if rung else _serve(state, phrase)


def _serve(state: _State, phrase: Phrase) -> _State:
    """Answer somebody who has rung the bot."""
    match phrase:
        case Phrase.OPENING_HOURS:
            return _say(replace(state, step=Step.MENU), script.HOURS)
        case Phrase.BOOK:
            return _ask(replace(state, step=Step.DAY))
        case day if day in script.DAYS:
            return _ask(replace(state, step=Step.CONFIRM, day=day.value))
        case Phrase.YES | Phrase.RIGHT if state.step is Step.CONFIRM:
            return _book(state)
        case Phrase.NO if state.step is Step.CONFIRM:
            return _ask(replace(state, step=Step.DAY), script.ALL_RIGHT)
        case Phrase.GOODBYE:
            return _end(state, script.GOODBYE)
        case Phrase.HELLO:
            return _ask(state, script.GREETING)
    return _ask(state, script.ALL_RIGHT)


def _remind(state: _State, phrase: Phrase) -> _State:
    """Answer somebody whom the bot has rung."""
    match state.step, phrase:
        case _, day if day in script.DAYS:
            return _ask(replace(state, step=Step.AGREE, day=day.value))
        case Step.AGREE, Phrase.YES | Phrase.RIGHT:
            return _say(replace(state, step=Step.MORE), script.NOTED)
        case Step.AGREE, Phrase.NO:
            return _ask(replace(state, step=Step.WHEN), script.ALL_RIGHT)
        case (Step.MORE, Phrase.NO) | (_, Phrase.GOODBYE):
            return _end(state, script.FAREWELL)
        case _, Phrase.HELLO if state.reply.text:  # said before the opening, or not sure who it is
            return state
    return _ask(state, script.ALL_RIGHT)


def _miss(state: _State) -> _State:
    state = replace(state, misses=state.misses + 1)
    if state.misses >= MAX_MISSES:
        return _end(state, script.GIVING_UP)
    if state.misses == 1:
        return _ask(state, script.SORRY)
    return _say(state, f"{script.SORRY_AGAIN} {QUESTIONS[state.step].keys}")


def _book(state: _State) -> _State:
    call = ToolCall(BOOK_APPOINTMENT, {"day": state.day})
    reply = Reply(call=call, expects=OPENING_EXPECTS)
    return replace(state, step=Step.MENU, reply=reply)


def _settle(state: _State, result: str) -> _State:
    if result == "IN_PROGRESS":  # Pipecat's placeholder until the tool answers
        return _say(state, script.BOOKING)
    if _succeeded(result):
        return _say(state, script.BOOKED)
    return _ask(state, script.NOT_BOOKED)


def _succeeded(result: str) -> bool:
    try:
        outcome = json.loads(result)
    except ValueError:
        return False
    return isinstance(outcome, dict) and outcome.get("booked") is True


def _ask(state: _State, before: str = "") -> _State:
    return _say(state, f"{before} {QUESTIONS[state.step].spoken}".lstrip())


def _say(state: _State, text: str) -> _State:
    said = text.format(day=state.day.capitalize())
    return replace(state, reply=Reply(said, expects=QUESTIONS[state.step].phrases))


def _end(state: _State, text: str) -> _State:
    return replace(state, reply=Reply(text, ends=True))
