"""The caller in person: does the steps of a scenario on an open line."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

from simulator.caller.journal import Said
from simulator.caller.line import Line
from simulator.caller.listening import first_answer
from simulator.caller.recording import Recording
from simulator.caller.scenario import (
    Beep,
    HangUp,
    Interrupt,
    Pause,
    Press,
    Say,
    SendRaw,
    Step,
    Vanish,
    WaitForBot,
)
from simulator.caller.tones import beep

CLOSE_WAIT = 10.0  # seconds a bot has for letting the call end, then the connection is cut
FOREVER = float("inf")
# Seconds: a bot still talking so long after the caller has finished may have answered in the same
# breath; what is shorter is the tail of what the caller interrupted.
TALKED_ON = 1.0

Recordings = dict[Path | str, Recording]
Ringing = Callable[[], Awaitable[bool]]


class Performer:
    """Does the steps in order; everything is timed by what the caller hears."""

    def __init__(self, line: Line, recordings: Recordings) -> None:
        self._line = line
        self._recordings = recordings
        self._asked = (-1.0, 0.0)  # when the caller last began and ended something to be answered

    async def perform(self, steps: tuple[Step, ...]) -> None:
        """Do the steps; return once the caller has hung up or vanished, else never."""
        for step in steps:
            await self._do(step)
            if isinstance(step, HangUp | Vanish):
                return
        await asyncio.Event().wait()

    async def ring(self, ringing: Ringing) -> bool:
        """Hear the ringing tone while `ringing` lasts; return whether the person was reached."""
        line = self._line
        line.journal.note(line.now, "exotel", "rings")
        line.uplink.ring()
        try:
            return await ringing()
        finally:
            line.uplink.answer()

    async def hang_up(self, reason: Literal["callended", "stopped"] = "callended") -> None:
        """End the stream as Exotel does, `callended` for the caller and `stopped` by itself."""
        line = self._line
        line.journal.note(line.now, "caller" if reason == "callended" else "exotel", "hangs up")
        line.end("caller" if reason == "callended" else "exotel")
        try:
            async with asyncio.timeout(CLOSE_WAIT):
                await self._end_stream(reason)
        except TimeoutError:
            line.abort()

    async def _end_stream(self, reason: str) -> None:
        line, profile = self._line, self._line.profile
        for _ in range(profile.stop_count if profile.sends_stop else 0):
            await line.send(line.wire.stop(reason))
        for _ in range(profile.media_after_stop):
            for payload, timestamp_ms in line.uplink.tick():
                await line.send(line.wire.media(payload, timestamp_ms))
        if profile.closes_after_stop:
            await line.close()
        else:
            await line.closed()

    async def _do(self, step: Step) -> None:
        match step:
            case Say(recording):
                await self._say("say", recording)
            case WaitForBot(quiet, timeout):
                await self._wait_for_bot(quiet, timeout)
            case Interrupt(recording, after, timeout):
                await self._until_bot_has_spoken(after, timeout)
                await self._say("interrupt", recording)
            case Press(digits, gap):
                await self._press(digits, gap)
            case Pause(seconds):
                await self._line.until(lambda: False, seconds)
            case Beep(seconds, hertz):
                await self._beep(seconds, hertz)
            case HangUp():
                await self.hang_up()
            case Vanish():
                self._vanish()
            case SendRaw(message, binary):
                self._note("sends raw", f"{len(message)} {'bytes' if binary else 'characters'}")
                await self._line.send_raw(message, binary=binary)

    async def _say(self, what: Literal["say", "interrupt"], name: Path | str) -> None:
        recording = self._recordings[name]
        self._note("says" if what == "say" else "interrupts", recording.text)
        began = self._line.uplink.say(recording)
        self._answerable(what, recording.text, began + recording.onset, began + recording.end)
        await self._line.until(lambda: not self._line.uplink.speaking, FOREVER)

    async def _beep(self, seconds: float, hertz: float) -> None:
        uplink = self._line.uplink
        self._note("beeps")
        uplink.say(Recording("beep", beep(hertz, seconds, uplink.rate), 0.0, seconds))
        await self._line.until(lambda: not uplink.speaking, FOREVER)

    async def _press(self, digits: str, gap: float) -> None:
        line, began = self._line, self._line.now
        for index, digit in enumerate(digits):
            if index:
                await line.until(lambda: False, gap)
            self._note("presses", digit)
            if line.profile.dtmf != "never":
                await line.send(line.wire.dtmf(digit))
        self._answerable("press", digits, began, line.now)

    async def _wait_for_bot(self, quiet: float, timeout: float) -> None:
        spans = self._line.listener.spans
        began, ended = self._asked

        def answered() -> bool:
            if not spans or self._line.playback.at - spans[-1].end < quiet:
                return False
            talked_on = spans[-1].end - ended > TALKED_ON
            return talked_on or first_answer(spans, began, ended) is not None

        if not await self._line.until(answered, timeout):
            self._note("gives up waiting", f"after {timeout:g} s")

    async def _until_bot_has_spoken(self, after: float, timeout: float) -> None:
        def spoken() -> bool:
            span = self._line.listener.speaking
            return span is not None and self._line.playback.at - span.start >= after

        if not await self._line.until(spoken, timeout):
            self._note("gives up waiting", f"for {after:g} s of bot speech")

    def _answerable(
        self, what: Literal["say", "interrupt", "press"], text: str, began: float, ended: float
    ) -> None:
        self._asked = began, ended
        self._line.journal.said.append(Said(what, text, round(began, 3), round(ended, 3)))
        self._line.playback.begin_answer()

    def _vanish(self) -> None:
        self._note("vanishes")
        self._line.end("caller")
        self._line.abort()

    def _note(self, kind: str, detail: str = "") -> None:
        self._line.journal.note(self._line.now, "caller", kind, detail)
