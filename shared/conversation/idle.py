"""A caller who says nothing is asked twice whether they are there, and then told goodbye."""

from collections.abc import Awaitable, Callable

from pipecat.frames.frames import UserIdleTimeoutUpdateFrame
from pipecat.processors.aggregators.llm_response_universal import (
    LLMUserAggregator,
    UserTurnStoppedMessage,
)

from shared.bot.persona import Persona
from shared.conversation.call_control import CallControl
from shared.conversation.llm_gate import Unanswered
from shared.records.session_record import Ending


def install_idle_prompts(
    user_aggregator: LLMUserAggregator,
    call_control: CallControl,
    persona: Persona,
    somebody_may_come: Callable[[], bool] = lambda: False,
) -> Callable[..., Awaitable[None]]:
    """Have an idle caller asked, asked again, and told goodbye.

    Args:
        user_aggregator: Made with the first of the times as its `user_idle_timeout`: it tells, once
            after each sentence of the bot's, that the caller has said nothing for so long.
        call_control: Who asks.
        persona: Whose times these are.
        somebody_may_come: Tells whether a silence is no wonder: it is waited on.

    Returns:
        What is to be called with every key.
    """
    idle, prompts = persona.idle, call_control.prompts
    asked = 0

    async def wait(secs: float) -> None:
        await user_aggregator.queue_frame(UserIdleTimeoutUpdateFrame(timeout=secs))

    async def ask(*_: object) -> None:
        nonlocal asked
        if somebody_may_come():
            await wait_for_the_caller(user_aggregator)
            return
        asked += 1
        if call_control.leaving:
            return
        match asked:
            case 1:
                await wait(idle.again)
                await call_control.say(prompts.still_there)
            case 2:
                await wait(idle.goodbye)
                await call_control.say(prompts.hello)
            case _:
                await call_control.hang_up(prompts.nobody, Ending.SILENCE)

    async def answered(*_: object) -> None:
        nonlocal asked
        if asked:
            asked = 0
            await wait(idle.first)

    async def pressed(*_: object) -> None:
        nonlocal asked
        asked = 0
        await wait(idle.first)  # anew: whoever types slowly is there

    user_aggregator.add_event_handler("on_user_turn_idle", ask)
    user_aggregator.add_event_handler("on_user_turn_started", answered)
    return pressed


def wait_on(
    user_aggregator: LLMUserAggregator, unanswered: Unanswered
) -> Callable[..., Awaitable[None]]:
    """What is to be called when a turn has ended: the bot answers not every one of them."""

    async def ended(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        if message.content and unanswered(message.content):
            await wait_for_the_caller(user_aggregator)

    return ended


async def wait_for_the_caller(user_aggregator: LLMUserAggregator, *_: object) -> None:
    """Wait for the first word of somebody whom the bot lets speak first.

    Pipecat's own waiting begins when the bot has spoken.
    """
    await user_aggregator._user_idle_controller.wait_for_user()
