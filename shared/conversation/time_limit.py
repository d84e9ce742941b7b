"""No call lasts for ever: the caller is told, then told goodbye, then cut off."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from shared.conversation.call_control import CallControl
from shared.records.session_record import Ending

WARNING_SECS = 60.0  # before the end
AGAIN_SECS = 5.0  # until it is said once more to somebody who talked into it
LAST_WORDS_SECS = 15.0  # for the goodbye; whoever talks into it doesn't prolong the call


async def limit_time(
    secs: float, call_control: CallControl, leave: Callable[[Ending], None]
) -> None:
    """End a call after so many seconds.

    Args:
        secs: From now; the last words begin then, if they weren't begun before.
        call_control: Who says them.
        leave: Ends the call in any case.
    """
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + secs
    with suppress(TimeoutError):
        async with asyncio.timeout_at(ends_at):
            await asyncio.sleep(secs - WARNING_SECS if secs > WARNING_SECS else secs)
            while not await _warn(call_control):  # noqa: ASYNC110  # they talked into it
                await asyncio.sleep(AGAIN_SECS)
    await asyncio.sleep(max(0.0, ends_at - loop.time()))
    await call_control.interrupt()
    await call_control.hang_up(call_control.prompts.time_is_up, Ending.TOO_LONG)
    await asyncio.sleep(LAST_WORDS_SECS)
    leave(Ending.TOO_LONG)


async def _warn(call_control: CallControl) -> bool:
    """Say that a minute is left; tells whether the caller heard it, and didn't talk into it."""
    await call_control.wait_for_tts()
    await call_control.say(call_control.prompts.minute_left)
    return await call_control.heard()
