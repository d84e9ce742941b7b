"""The same bot on Pipecat Cloud, which keeps the door and hands over an accepted socket."""

import asyncio
from collections.abc import Sequence

from pipecat.runner.types import RunnerArguments, WebSocketRunnerArguments

from shared.calls.record import Direction
from shared.calls.registry import CallRegistry
from shared.calls.store import Store
from shared.conversation.persona import Answer, Persona
from shared.logs import set_up_logging
from shared.session import serve_call
from shared.settings import LogFormat, Settings
from shared.switchboard import Switchboard, choose_providers, open_switchboard

_boards: dict[Direction, Switchboard] = {}
_opening = asyncio.Lock()  # several first calls may come at once


async def take_cloud_call(
    runner_args: RunnerArguments,
    *,
    answer: Answer,
    personas: Sequence[Persona],
    direction: Direction,
) -> None:
    """Carry the call that Pipecat Cloud (or Pipecat's own development runner) hands over.

    The first call of a process loads the models and makes the openings.

    Raises:
        TypeError: If the call comes by another way than a telephony websocket.
        ConfigurationError: If the secrets of the deployment are not complete.
        StoreError: If DATABASE_URL is set and can't be opened.
    """
    if not isinstance(runner_args, WebSocketRunnerArguments):
        raise TypeError("this bot takes calls from Exotel's websocket only")
    async with _opening:
        if direction not in _boards:
            settings = Settings.load()
            set_up_logging(settings.log_level, as_json=settings.log_format is LogFormat.JSON)
            _boards[direction] = await open_switchboard(
                choose_providers(settings),
                CallRegistry(settings.max_calls),
                answer=answer,
                personas=personas,
                direction=direction,
                store=await _shared_store(settings),
                a_call_waits=True,
            )
    await serve_call(runner_args.websocket, _boards[direction])


async def _shared_store(settings: Settings) -> Store | None:
    """The store, if the deployment names one: a file in the cloud's container tells nobody."""
    if "database_url" not in settings.model_fields_set:
        return None
    return await Store.open(settings.database_url.get_secret_value())
