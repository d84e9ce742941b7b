"""Leaves a message in a mailbox: after its beep, and whole."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from pipecat.frames.frames import InputAudioRawFrame

from shared.conversation.answering_machine.beep import BeepDetector
from shared.conversation.call_control import CallControl

QUIET_SECS = 2.0  # after the greeting; then there is no beep
GREETING_SECS = 25.0  # at most; then the message is said into whatever is there
AFTER_BEEP_SECS = 0.3  # some machines take that long to begin
ATTEMPTS = 2  # a beep into the message means that its beginning was not recorded


class Mailbox:
    """The machine at the other end, by its sound.

    Args:
        call_control: Who says the message.
    """

    def __init__(self, call_control: CallControl) -> None:
        self._call_control = call_control
        self._detector: BeepDetector | None = None
        self._beeped = asyncio.Event()
        self._quiet = asyncio.Event()

    def hear(self, frame: InputAudioRawFrame) -> bool:
        """Take in sound; tell whether a beep has ended in it."""
        detector = self._detector = self._detector or BeepDetector(frame.sample_rate)
        beeped = detector.hear(frame.audio)
        if beeped:
            self._beeped.set()
        if detector.quiet_secs >= QUIET_SECS:
            self._quiet.set()
        else:
            self._quiet.clear()
        return beeped

    async def leave(self, message: str) -> None:
        """Say the message when the machine records, and wait until it has been heard."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GREETING_SECS):
                await _first(self._beeped.wait(), self._quiet.wait())
        for _ in range(ATTEMPTS):
            await asyncio.sleep(AFTER_BEEP_SECS)
            self._beeped.clear()
            await self._call_control.say(message, remembered=False)
            if await _first(self._call_control.heard(), self._beeped.wait()) == 0:
                return
            await self._call_control.interrupt()


async def _first(*waits: Coroutine[Any, Any, object]) -> int:
    """Wait until one of them is over; tell which, by its place."""
    tasks = [asyncio.create_task(wait, name="mailbox") for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(place for place, task in enumerate(tasks) if task.done())
    finally:
        for task in tasks:
            task.cancel()
