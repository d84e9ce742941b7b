"""What is done when an answer fails or doesn't come: another attempt, a word, an end."""

import asyncio
from collections.abc import Callable

from loguru import logger

from shared.clock import loop_time
from shared.conversation.call_control import CallControl
from shared.conversation.speech.playback import PrerenderedSpeech
from shared.conversation.watchdog.response_timer import Due, ResponseTimer, Stage
from shared.providers.failover import can_fail_over, use_fallback
from shared.providers.selection import Services
from shared.records.session_record import Ending

LINE_SECS = 2.0  # for a line to be finished before it is taken back
RETRY_SECS = 0.3  # until the same provider is tried again


class Recovery:
    """Acts for the watchdog.

    Args:
        call_control: Who speaks.
        services: Of this call.
        timer: Knows what the caller waits for.
        last_resort: What is said when nothing is prepared and the voice fails.
        on_failure: Told which provider failed.
        thinks: Tells whether the LLM is still at its answer.

    Attributes:
        opening: What the bot says first, until it is heard.
        voice_fails: Whether the voice has failed since it was heard last.
        line_until: When a prepared line will have been said.
        turn: How often the caller has said something.
    """

    def __init__(
        self,
        call_control: CallControl,
        services: Services,
        timer: ResponseTimer,
        last_resort: PrerenderedSpeech,
        on_failure: Callable[[str], None],
        thinks: Callable[[], bool],
    ) -> None:
        self._thinks = thinks
        self._call_control = call_control
        self._services = services
        self._timer = timer
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
        if self._timer.stage is Stage.STT:
            return "stt"
        return "llm" if self._timer.stage is not Stage.TTS or self._thinks() else "tts"

    def consume_own_interruption(self) -> bool:
        """Whether an interruption that comes by was made here."""
        ours = self._interruptions > 0
        self._interruptions -= ours
        return ours

    async def act(self, due: Due) -> None:
        """Do what is due."""
        prompts = self._call_control.prompts
        if due is not Due.FALLBACK:
            logger.debug("the caller waits for an answer: {}", due)
        match due:
            case Due.FALLBACK:
                await self._try_fallback(self.awaited)
            case Due.FILLER:
                await self._say(prompts.one_moment)
            case Due.REPROMPT:
                self._on_failure("stt")
                if await use_fallback(self._services.stt) or self._services.stt.is_usable:
                    await self._say(prompts.again)
                else:
                    await self.act(self._timer.failed())
            case Due.APOLOGY:
                await self._interrupt()
                await self._say(prompts.sorry)
            case Due.GIVE_UP:
                await self._give_up()

    async def _say(self, text: str) -> None:
        if self.voice_fails and not self._call_control.is_ready(text):
            await self._give_up()
        else:
            await self._call_control.say(text, remembered=False)

    async def _give_up(self) -> None:
        call_control = self._call_control
        await self._interrupt()
        self._timer.rest()
        if self.voice_fails and not call_control.is_ready(call_control.prompts.giving_up):
            logger.debug("nothing is prepared and the voice fails: saying the last resort")
            await call_control.say_speech(self._last_resort)
            await call_control.hang_up(None, Ending.FAILURE)
        elif call_control.can_transfer():
            await call_control.transfer("the bot failed")
        else:
            await call_control.hang_up(call_control.prompts.giving_up, Ending.FAILURE)

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
        has_fallback = await use_fallback(self._services.of_kind(kind))
        pause: float | None = None
        if self._timer.try_again(however_late=at_once or wait is not None):
            pause = 0.0 if has_fallback or at_once else RETRY_SECS
        if wait is not None and pause != 0.0:
            pause = self._timer.pause(loop_time(), wait, RETRY_SECS)
        if pause is None:
            await self.act(self._timer.failed())
            return
        await asyncio.sleep(pause)
        if self.turn == turn:  # else the LLM has been asked something else by now
            await self._make_again()

    async def _try_fallback(self, kind: str) -> None:
        """A provider takes long: have another one make the answer, if there is another one."""
        service = self._services.of_kind(kind)
        if can_fail_over(service):
            self._on_failure(kind)
            await use_fallback(service)
            self._timer.try_again()
            await self._make_again()
        else:
            self._timer.wait_for_it()

    async def _make_again(self) -> None:
        if not self._timer.awaited:  # the caller has gone on
            return
        await self._interrupt()
        if self.opening:
            await self._call_control.say(self.opening)
        else:
            await self._call_control.rerun_llm()

    async def _interrupt(self) -> None:
        """Stop what is being made, but no line of ours."""
        await asyncio.sleep(min(max(self.line_until - loop_time(), 0), LINE_SECS))
        self._interruptions += 1
        await self._call_control.interrupt()
