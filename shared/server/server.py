"""The server: uvicorn until a signal, and then until the calls that are on have ended."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from socket import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI
from loguru import logger

from shared.observability.logs import catch_the_rest, set_up_logging
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.server.acceptor import Acceptor
from shared.server.command_line import options
from shared.server.connection_limit import ConnectionLimit
from shared.server.file_descriptors import connections_without_a_call, raise_limit
from shared.server.http_protocol import HttpProtocol
from shared.server.linger_limit import LingerLimitedProtocol
from shared.server.listen_address import CannotListen, check_address
from shared.settings.settings import ENV_FILE, ConfigurationError, Env, LogFormat, Settings
from shared.telephony.stream.messages import MAX_MESSAGE_SIZE

GOODBYE_SECS = 5  # for what is still open after the drain
LAST_SECS = 0.5  # for the database and the like, when nobody wants to wait


class Server(uvicorn.Server):
    """Uvicorn set up for calls: it waits for them at shutdown, where uvicorn alone cuts them all.

    The first signal stops new calls and waits up to `DRAIN_SECS` for those that are on; a second
    one, of whatever kind, doesn't wait.
    """

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.address,
                port=settings.port,
                http=HttpProtocol,
                ws=LingerLimitedProtocol,
                ws_max_size=MAX_MESSAGE_SIZE,
                ws_per_message_deflate=False,  # the CPU is for the calls
                ws_ping_interval=10,  # seconds
                ws_ping_timeout=10,
                timeout_graceful_shutdown=GOODBYE_SECS,
                log_config=None,
                access_log=False,
                proxy_headers=False,  # the app looks at them itself
            )
        )
        self._capacity = app.state.capacity
        self._drain_secs = settings.drain_secs
        most = connections_without_a_call(raise_limit(), settings.max_calls)
        self._connection_limit = self.server_state = ConnectionLimit(
            self._capacity, most, app.state.may_enter, self.config.forwarded_allow_ips
        )
        self._accepting: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Listen, and log where."""
        await super().startup(sockets)
        loop = asyncio.get_running_loop()
        for server in self.servers:
            for listening in server.sockets:
                loop.remove_reader(listening)  # asyncio's own way to accept
                acceptor = Acceptor(listening.dup(), self._connect, self._connection_limit)
                self._accepting.append(asyncio.create_task(acceptor.run(), name="accept"))
            host, port = server.sockets[0].getsockname()[:2]
            where = f"[{host}]" if ":" in host else host
            logger.info("listening on ws://{}:{}/ws", where, port)

    def _connect(self) -> HttpProtocol:
        return HttpProtocol(self.config, self._connection_limit, self.lifespan.state)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once when told so a second time, in whatever way."""
        self.force_exit = self.should_exit
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Drain, then shut down."""
        logger.info(
            "shutting down; {} calls are on and have up to {:g} s (a second signal: none)",
            len(self._capacity),
            self._drain_secs,
        )
        draining = asyncio.create_task(self._capacity.drain(self._drain_secs))
        while not draining.done() and not self.force_exit:
            await asyncio.wait({draining}, timeout=0.2)
        draining.cancel()
        for accepting in self._accepting:
            accepting.cancel()
        if self.force_exit:
            self._capacity.end_all()
        await super().shutdown(sockets)
        if self.force_exit:
            await self._end_now()

    async def _end_now(self) -> None:
        """Close what closes at once. The rest is cut off, and of that no traceback is wanted."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.lifespan.shutdown(), LAST_SECS)
        self.lifespan.logger = logging.Logger("cut off")
        self.lifespan.logger.disabled = True


def main(create_app: Callable[[Settings], FastAPI]) -> int:
    """Read the settings, build the app and serve it; returns the exit status."""
    chosen = options(create_app.__module__.partition(".")[0])
    try:
        settings = Settings.load(chosen.env_file or ENV_FILE, **chosen.settings)
        set_up_logging(
            settings.log_level,
            as_json=settings.log_format is LogFormat.JSON,
            secrets=settings.secrets,
        )
        catch_the_rest()
        for warning in settings.warnings:
            logger.warning("{}", warning)
        app = create_app(settings)
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\nTo try the bot without any key: make demo\n")
        return 2
    try:
        check_address(settings.address, settings.port)
        asyncio.run(_try_database(settings))
    except (CannotListen, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    if settings.env is Env.LOCAL and not settings.ws_username:
        logger.warning(
            "ENV=local: whoever reaches /ws talks to the bot at your cost; "
            "set WS_USERNAME and WS_PASSWORD before you open it to the internet"
        )
    with suppress(KeyboardInterrupt):
        Server(app, settings).run()
    return 0


async def _try_database(settings: Settings) -> None:
    """Open the store once before serving, so that its fault is a sentence and not a traceback."""
    store = await Store.open(settings.database_url.get_secret_value())
    await store.close()
