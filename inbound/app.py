"""The inbound app: Exotel's Voicebot applet opens its socket when somebody rings."""

from fastapi import FastAPI

from inbound.bot import PERSONAS, answer
from shared.calls.record import Direction
from shared.settings import Settings
from shared.webapp import build_app


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the app; without `settings` it reads the environment.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    return build_app(
        settings or Settings.load(), answer=answer, personas=PERSONAS, direction=Direction.INBOUND
    )
