"""The idle prompts: a caller who says nothing is asked twice, and then told goodbye."""

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


class IdlePrompts:
    """Event handlers that ask an idle caller, ask again, and hang up.

    Args:
        user_aggregator: Made with the first of the times as its `user_idle_timeout`: it tells, once
            after each sentence of the bot's, that the caller has said nothing for so long.
        call_control: Says the prompts.
        persona: Whose times these are.
        person_may_come: Tells whether a silence is no wonder: it is waited on.
    """

    def __init__(
        self,
        user_aggregator: LLMUserAggregator,
        call_control: CallControl,
        persona: Persona,
        person_may_come: Callable[[], bool] | None = None,
    ) -> None:
        self._user_aggregator = user_aggregator
        self._call_control = call_control
        self._idle = persona.idle
        self._person_may_come = person_may_come
        self._asked = 0

    async def prompt(self, *_: object) -> None:
        """Handle a silence: ask, or hang up."""
        if self._person_may_come and self._person_may_come():
            await wait_for_the_caller(self._user_aggregator)
            return
        self._asked += 1
        call_control = self._call_control
        if call_control.leaving:
            return
        match self._asked:
            case 1:
                await self._wait(self._idle.again)
                await call_control.say(call_control.prompts.still_there)
            case 2:
                await self._wait(self._idle.goodbye)
                await call_control.say(call_control.prompts.hello)
            case _:
                await call_control.hang_up(call_control.prompts.nobody, Ending.SILENCE)

    async def caller_spoke(self, *_: object) -> None:
        """Handle the beginning of a turn: the caller is there."""
        if self._asked:
            self._asked = 0
            await self._wait(self._idle.first)

    async def key_pressed(self, *_: object) -> None:
        """Handle a key: whoever types slowly is there, and the time begins anew."""
        self._asked = 0
        await self._wait(self._idle.first)

    async def _wait(self, secs: float) -> None:
        await self._user_aggregator.queue_frame(UserIdleTimeoutUpdateFrame(timeout=secs))


def waiting_after_unanswered_turns(
    user_aggregator: LLMUserAggregator, unanswered: Unanswered
) -> Callable[..., Awaitable[None]]:
    """A handler of the end of a turn: the bot answers not every one, and then waits again."""

    async def on_user_turn_stopped(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        if message.content and unanswered(message.content):
            await wait_for_the_caller(user_aggregator)

    return on_user_turn_stopped


async def wait_for_the_caller(user_aggregator: LLMUserAggregator, *_: object) -> None:
    """Wait for the first word of somebody whom the bot lets speak first.

    Pipecat's own waiting begins when the bot has spoken.
    """
    await user_aggregator._user_idle_controller.wait_for_user()
