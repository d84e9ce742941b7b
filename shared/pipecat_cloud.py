"""The same bot on Pipecat Cloud, which keeps the door and hands over an accepted socket."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from itertools import chain, repeat

from fastapi import WebSocket, WebSocketDisconnect
from loguru import logger
from pipecat.runner.types import RunnerArguments, WebSocketRunnerArguments

from shared.bot.loading import Bot, load_bot
from shared.conversation.speech.last_resort import last_resort
from shared.observability.logs import catch_the_rest, keep_secrets
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.runtime.resources import Resources, choose_providers, open_resources
from shared.session import close_codes, stream_socket
from shared.session.session import serve_call
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from shared.telephony.errors import ProtocolError
from shared.telephony.stream.audio import seconds
from shared.telephony.stream.codec import dump
from shared.telephony.stream.handshake import agree_sample_rate, read_start
from shared.telephony.stream.messages import Media

OPENING_SECS = 20.0  # for which a caller waits while the process is made ready
STORE_SECS = 0.5  # for the store once all else is ready; a call that comes in can do without it
STORE_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds until the store is tried again
SOUND_SIZE = 3_200  # bytes of a message: what Exotel wants at least
NOT_READY = "the bot is not ready; its log says why"


class CloudAgent:
    """One bot on Pipecat Cloud, or under Pipecat's own development runner.

    It is made ready once, at the first probe or the first call, however many come together; if that
    fails, the next one tries again. Where its lines go, and from which level on, is decided by
    whoever runs the process.

    Args:
        usual: The module of the app's own bot, which BOT replaces.
        direction: Who rings whom.
    """

    def __init__(self, usual: str, direction: Direction) -> None:
        self._usual = usual
        self._direction = direction
        self._bot: Bot | None = None
        self._resources: Resources | None = None
        self._fault = ""
        self._opening: asyncio.Task[None] | None = None
        self._store: Store | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def take(self, runner_args: RunnerArguments) -> None:
        """Carry the call that the platform hands over.

        Raises:
            TypeError: If it comes by another way than a telephony websocket.
        """
        if not isinstance(runner_args, WebSocketRunnerArguments):
            raise TypeError("this bot takes calls from Exotel's websocket only")
        websocket = runner_args.websocket
        await asyncio.wait({self._open_soon()}, timeout=OPENING_SECS)
        try:
            if self._resources:
                if self._connecting and not self._store:
                    logger.warning("a call is taken without the store: it won't be on record")
                await serve_call(websocket, replace(self._resources, store=self._store))
            else:
                logger.error("a call can't be taken: {}", self._fault or "the bot isn't ready yet")
                await self._apologise(websocket)
        except Exception:  # noqa: BLE001  # the platform would log its words
            logger.exception("a call failed")
            await stream_socket.close(websocket, close_codes.INTERNAL_ERROR)

    async def readiness(self) -> dict[str, object]:
        """Whether calls can be taken, as the base image's `/readyz` wants to know it."""
        self._open_soon()
        if self._resources:
            return {"ready": True}
        return {"ready": False, "reason": self._fault or "it is being made ready"}

    def _open_soon(self) -> asyncio.Task[None]:
        if self._opening is None or (self._opening.done() and not self._resources):
            self._opening = asyncio.create_task(self._open(), name="open the shared resources")
        return self._opening

    async def _open(self) -> None:
        """Load the models and make the openings; the store is looked for meanwhile."""
        try:
            settings = Settings.load()
            keep_secrets(settings.secrets)
            catch_the_rest()
            for warning in settings.warnings:
                logger.warning("{}", warning)
            if not self._bot or self._bot.faults:
                self._bot = load_bot(settings.bot, self._usual)
            bot = self._bot
            faults = [*settings.faults(serves=False), *bot.faults]
            providers = choose_providers(settings, bot.personas, faults)
            store = self._look_for_store(settings)
            resources = await open_resources(
                providers,
                Capacity(settings.max_calls),
                answer=bot.answer,
                personas=bot.personas,
                direction=self._direction,
                store=None,
                a_call_waits=True,
            )
            if store:
                await asyncio.wait({store}, timeout=STORE_SECS)
            self._resources = resources
        except ConfigurationError as error:
            if str(error) != self._fault:  # not once for every probe
                logger.error("no call can be taken. {}", error)
            self._fault = str(error)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next call tries again
            logger.exception("the bot can't be made ready")
            self._fault = f"{type(error).__name__} while the bot was made ready"

    def _look_for_store(self, settings: Settings) -> asyncio.Task[None] | None:
        """Open the store, if the deployment names one: a file in its container tells nobody."""
        if "database_url" in settings.model_fields_set and not self._connecting:
            looking = self._open_store(settings.database_url.get_secret_value())
            self._connecting = asyncio.create_task(looking, name="open the store")
        return self._connecting

    async def _open_store(self, url: str) -> None:
        said = ""
        for pause in chain(STORE_PAUSES, repeat(STORE_PAUSES[-1])):
            try:
                self._store = await Store.open(url)
                logger.info("the store is open")
                return
            except StoreError as error:
                if str(error) != said:
                    logger.error("no call is on record until the store opens: {}", error)
                said = str(error)
            await asyncio.sleep(pause)

    async def _apologise(self, websocket: WebSocket) -> None:
        """Say that it doesn't work, in a recording that needs no provider, and close the socket."""
        with suppress(ProtocolError, WebSocketDisconnect):
            start = await read_start(lambda: stream_socket.receive(websocket))
            rate = agree_sample_rate(start, None)
            language = self._bot.personas[0].language if self._bot and self._bot.personas else ""
            sound = last_resort(language, rate).audio
            for begin in range(0, len(sound), SOUND_SIZE):
                piece = sound[begin : begin + SOUND_SIZE].ljust(SOUND_SIZE, b"\0")
                await websocket.send_text(dump(Media(piece, start.stream_sid)))
            await asyncio.sleep(seconds(len(sound), rate))
        await stream_socket.close(websocket, close_codes.INTERNAL_ERROR, NOT_READY)
