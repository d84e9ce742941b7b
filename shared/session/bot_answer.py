"""The bot's own decision who answers a caller, with a time limit and a fallback."""

from collections.abc import Callable

from loguru import logger

from shared.bot.caller import Caller
from shared.bot.persona import Persona
from shared.deadlines import within
from shared.runtime.resources import Resources

ANSWER_SECS = 2.0  # for the bot's own code to say who answers; the caller hears nothing meanwhile


async def choose_persona(read_caller: Callable[[], Caller], resources: Resources) -> Persona:
    """The persona that `answer` returns; the fallback persona if it fails or takes too long."""
    try:
        persona = await within(ANSWER_SECS, resources.answer(read_caller()))
        if not isinstance(persona, Persona):
            raise TypeError(f"answer() returned {persona!r}: it must return a Persona")
        return resources.conversation.providers.adapt(persona, resources.direction)
    except Exception:  # noqa: BLE001  # the bot's own code may raise, and return, anything
        logger.exception("bot.py could not say who answers; the fallback persona does")
        return resources.fallback
