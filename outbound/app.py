"""The outbound app: rings people when asked to, and talks with them."""

from fastapi import FastAPI

from outbound.dial_settings import faults_of_dialling, on_pipecat_cloud
from outbound.routes import dialling
from shared.bot.loading import load_bot
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from shared.web.app import build_app, build_control_app


def create_app(
    settings: Settings | None = None, *, schedule: ReconcileSchedule | None = None
) -> FastAPI:
    """Build the app of the bot that BOT names; without `settings` it reads the environment.

    Args:
        settings: Of this process.
        schedule: When calls that nobody told the end of are looked up.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    settings = settings or Settings.load()
    faults = faults_of_dialling(settings)
    if on_pipecat_cloud(settings):  # it talks with the people whom we ring
        if faults := settings.faults(takes_calls=False) + faults:
            raise ConfigurationError(faults)
        app = build_control_app(settings, direction=Direction.OUTBOUND, schedule=schedule)
    else:
        bot = load_bot(settings.bot, "outbound.bot")
        app = build_app(
            settings,
            answer=bot.answer,
            personas=bot.personas,
            direction=Direction.OUTBOUND,
            faults=[*faults, *bot.faults],
            schedule=schedule,
        )
    app.include_router(dialling(settings, app.state.capacity))
    return app
