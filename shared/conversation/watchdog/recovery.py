"""What is done when an answer fails or doesn't come: another attempt, a word, an end."""

import asyncio
from collections.abc import Callable

from loguru import logger

from shared.clock import loop_time
from shared.conversation.call_control import Attendant
from shared.conversation.speech.playback import Speech
from shared.conversation.watchdog.response_timer import Due, Stage, Vigil
from shared.providers.failover import can_fail_over, take_spare
from shared.providers.selection import Services
from shared.records.session_record import Ending

LINE_SECS = 2.0  # for a line to be finished before it is taken back
RETRY_SECS = 0.3  # until the same provider is tried again


class Rescue:
    """Acts for the guard.

    Args:
        attendant: Who speaks.
        services: Of this call.
        vigil: Knows what the caller waits for.
        last_resort: What is said when nothing is prepared and the voice fails.
        on_failure: Told which provider failed.
        thinks: Tells whether the mind is still at its answer.

    Attributes:
        opening: What the bot says first, until it is heard.
        voice_fails: Whether the voice has failed since it was heard last.
        line_until: When a prepared line will have been said.
        turn: How often the caller has said something.
    """

    def __init__(
        self,
        attendant: Attendant,
        services: Services,
        vigil: Vigil,
        last_resort: Speech,
        on_failure: Callable[[str], None],
        thinks: Callable[[], bool],
    ) -> None:
        self._thinks = thinks
        self._attendant = attendant
        self._services = services
        self._vigil = vigil
        self._last_resort = last_resort
        self._on_failure = on_failure
        self.opening = ""
        self.voice_fails = False
        self.line_until = 0.0
        self.turn = 0
        self._interruptions = 0

    @property
    def awaited(self) -> str:
        """The kind of the provider whose work is awaited."""
        if self._vigil.stage is Stage.EARS:
            return "stt"
        return "llm" if self._vigil.stage is not Stage.VOICE or self._thinks() else "tts"

    def was_ours(self) -> bool:
        """Whether an interruption that comes by was made here."""
        ours = self._interruptions > 0
        self._interruptions -= ours
        return ours

    async def act(self, due: Due) -> None:
        """Do what is due."""
        lines = self._attendant.lines
        if due is not Due.SPARE:
            logger.debug("the caller waits for an answer: {}", due)
        match due:
            case Due.SPARE:
                await self._try_spare(self.awaited)
            case Due.MOMENT:
                await self._say(lines.one_moment)
            case Due.AGAIN:
                self._on_failure("stt")
                if await take_spare(self._services.stt) or self._services.stt.is_usable:
                    await self._say(lines.again)
                else:
                    await self.act(self._vigil.failed())
            case Due.SORRY:
                await self._hush()
                await self._say(lines.sorry)
            case Due.GIVE_UP:
                await self._give_up()

    async def _say(self, text: str) -> None:
        if self.voice_fails and not self._attendant.is_ready(text):
            await self._give_up()
        else:
            await self._attendant.say(text, remembered=False)

    async def _give_up(self) -> None:
        attendant = self._attendant
        await self._hush()
        self._vigil.rest()
        if self.voice_fails and not attendant.is_ready(attendant.lines.giving_up):
            logger.debug("nothing is prepared and the voice fails: saying the last resort")
            await attendant.say_speech(self._last_resort)
            await attendant.hang_up(None, Ending.FAILURE)
        elif attendant.can_transfer():
            await attendant.transfer("the bot failed")
        else:
            await attendant.hang_up(attendant.lines.giving_up, Ending.FAILURE)

    async def fail_over(
        self, kind: str, *, at_once: bool = False, wait: float | None = None
    ) -> None:
        """A provider has failed: have the answer made once more, or say that there is none.

        Args:
            kind: Of the provider.
            at_once: Whether it needs no pause: what it made is no answer.
            wait: Seconds after which it can be asked again, if that is all that is the matter.
        """
        turn = self.turn
        has_spare = await take_spare(self._services.of_kind(kind))
        pause: float | None = None
        if self._vigil.try_again(however_late=at_once or wait is not None):
            pause = 0.0 if has_spare or at_once else RETRY_SECS
        if wait is not None and pause != 0.0:
            pause = self._vigil.pause(loop_time(), wait, RETRY_SECS)
        if pause is None:
            await self.act(self._vigil.failed())
            return
        await asyncio.sleep(pause)
        if self.turn == turn:  # else the LLM has been asked something else by now
            await self._make_again()

    async def _try_spare(self, kind: str) -> None:
        """A provider takes long: have another one make the answer, if there is another one."""
        service = self._services.of_kind(kind)
        if can_fail_over(service):
            self._on_failure(kind)
            await take_spare(service)
            self._vigil.try_again()
            await self._make_again()
        else:
            self._vigil.wait_for_it()

    async def _make_again(self) -> None:
        if not self._vigil.awaited:  # the caller has gone on
            return
        await self._hush()
        if self.opening:
            await self._attendant.say(self.opening)
        else:
            await self._attendant.ask_again()

    async def _hush(self) -> None:
        """Stop what is being made, but no line of ours."""
        await asyncio.sleep(min(max(self.line_until - loop_time(), 0), LINE_SECS))
        self._interruptions += 1
        await self._attendant.hush()
