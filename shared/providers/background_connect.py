"""Let a service connect while the call already goes on, so that no provider delays the greeting."""

import asyncio
from collections.abc import Awaitable, Callable

from pipecat.processors.frame_processor import FrameProcessor, FrameProcessorSetup

# Seconds for the greeting. A handshake takes CPU too, and when many calls begin at once, those of
# the first would hold up the first word of the last.
HEAD_START = 0.1


class ConnectsInBackground(FrameProcessor):
    """Mixin for Pipecat services that connect during `setup`, put before the service's class.

    A pipeline starts when the slowest `setup` is done: 8 s when an STT refuses connections. With
    this mixin `setup` only begins to connect.
    """

    _in_setup = False
    _connecting: asyncio.Task[None] | None = None

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Set the service up, without waiting for its connection."""
        self._in_setup = True
        try:
            await super().setup(setup)
        finally:
            self._in_setup = False

    async def cleanup(self) -> None:
        """Give up connecting, and release the service."""
        if self._connecting:
            await self.cancel_task(self._connecting)
            self._connecting = None
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def _connect_soon(self, connect: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(HEAD_START)
        await connect()

    async def _connect(self) -> None:
        connect = super()._connect  # type: ignore[misc]  # the service's own, next in line
        if self._in_setup:
            self._connecting = self.create_task(self._connect_soon(connect), "connect")
            return
        if self._connecting and not self._connecting.done():
            await asyncio.wait({self._connecting})
            if not self._connecting.cancelled():
                return
        await connect()
