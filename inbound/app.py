"""The inbound app: Exotel's Voicebot applet opens its socket when somebody rings."""

from fastapi import FastAPI

from shared.bot.loading import load_bot
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.app import build_app


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the app of the bot that BOT names; without `settings` it reads the environment.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    settings = settings or Settings.load()
    bot = load_bot(settings.bot, "inbound.bot")
    return build_app(
        settings,
        answer=bot.answer,
        personas=bot.personas,
        direction=Direction.INBOUND,
        faults=bot.faults,
    )
