"""A caller who says nothing is asked twice whether they are there, and then told goodbye."""

from collections.abc import Awaitable, Callable

from pipecat.frames.frames import UserIdleTimeoutUpdateFrame
from pipecat.processors.aggregators.llm_response_universal import (
    LLMUserAggregator,
    UserTurnStoppedMessage,
)

from shared.bot.persona import Persona
from shared.conversation.call_control import Attendant
from shared.conversation.llm_gate import Unanswered
from shared.records.session_record import Ending


def break_the_silence(
    listener: LLMUserAggregator,
    attendant: Attendant,
    persona: Persona,
    somebody_may_come: Callable[[], bool] = lambda: False,
) -> Callable[..., Awaitable[None]]:
    """Have the attendant ask, ask again, and hang up.

    Args:
        listener: Made with the first of the times as its `user_idle_timeout`: it tells, once after
            each sentence of the bot's, that the caller has said nothing for so long.
        attendant: Who asks.
        persona: Whose manners these are.
        somebody_may_come: Tells whether a silence is no wonder: it is waited on.

    Returns:
        What is to be called with every key.
    """
    silence, lines = persona.silence, attendant.lines
    asked = 0

    async def wait(secs: float) -> None:
        await listener.queue_frame(UserIdleTimeoutUpdateFrame(timeout=secs))

    async def ask(*_: object) -> None:
        nonlocal asked
        if somebody_may_come():
            await wait_for_the_caller(listener)
            return
        asked += 1
        if attendant.leaving:
            return
        match asked:
            case 1:
                await wait(silence.again)
                await attendant.say(lines.still_there)
            case 2:
                await wait(silence.goodbye)
                await attendant.say(lines.hello)
            case _:
                await attendant.hang_up(lines.nobody, Ending.SILENCE)

    async def answered(*_: object) -> None:
        nonlocal asked
        if asked:
            asked = 0
            await wait(silence.first)

    async def pressed(*_: object) -> None:
        nonlocal asked
        asked = 0
        await wait(silence.first)  # anew: whoever types slowly is there

    listener.add_event_handler("on_user_turn_idle", ask)
    listener.add_event_handler("on_user_turn_started", answered)
    return pressed


def wait_on(listener: LLMUserAggregator, unanswered: Unanswered) -> Callable[..., Awaitable[None]]:
    """What is to be called when a turn has ended: the bot answers not every one of them."""

    async def ended(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        if message.content and unanswered(message.content):
            await wait_for_the_caller(listener)

    return ended


async def wait_for_the_caller(listener: LLMUserAggregator, *_: object) -> None:
    """Wait for the first word of somebody whom the bot lets speak first.

    Pipecat's own waiting begins when the bot has spoken.
    """
    await listener._user_idle_controller.wait_for_user()
