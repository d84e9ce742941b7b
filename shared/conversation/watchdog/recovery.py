"""The recovery from a response that fails or is late: a fallback, a prompt, or the call's end."""

import asyncio
from collections.abc import Callable

from loguru import logger
from pipecat.frames.frames import ErrorFrame

from shared.clock import loop_time
from shared.conversation.call_control import CallControl
from shared.conversation.speech.playback import PrerenderedSpeech
from shared.conversation.watchdog.pending_response import FailedAttempt
from shared.conversation.watchdog.response_timer import ResponseTimer
from shared.conversation.watchdog.service_errors import ServiceErrors, ServiceFailure
from shared.conversation.watchdog.stages import Due
from shared.providers.failover import can_fail_over, use_fallback
from shared.providers.selection import Services
from shared.records.session_record import Ending

PROMPT_SECS = 2.0  # for a prompt to be heard to its end before the bot is interrupted


class Recovery:
    """Does what is due: the one place where the watchdog speaks, fails over or ends the call.

    Args:
        timer: Tells what the caller waits for, and is told what came of it.
        call_control: Says prompts, interrupts the bot, and ends the call.
        services: Of this call.
        last_resort: What is said when no prompt is prerendered and the TTS fails.
        on_failure: Told which provider failed, by its kind: "stt", "llm" or "tts".
        opening: What the bot says as soon as the call begins, if it does.

    Attributes:
        opening: As given.
    """

    def __init__(
        self,
        timer: ResponseTimer,
        call_control: CallControl,
        services: Services,
        last_resort: PrerenderedSpeech,
        on_failure: Callable[[str], None],
        *,
        opening: str = "",
    ) -> None:
        self.opening = opening
        self._timer = timer
        self._call_control = call_control
        self._services = services
        self._errors = ServiceErrors(services)
        self._last_resort = last_resort
        self._on_failure = on_failure

    @property
    def call_ends(self) -> bool:
        """Whether there is nothing to wait for: the last words are being said."""
        return self._call_control.leaving

    def count_failure(self, provider: str) -> None:
        """Count a failure of a provider, by its kind."""
        self._on_failure(provider)

    async def act(self, due: Due) -> None:
        """Do what is due about a silence."""
        prompts = self._call_control.prompts
        if due is not Due.FALLBACK:
            logger.debug("the caller waits for a response: {}", due)
        match due:
            case Due.FALLBACK:
                await self._try_fallback(self._timer.provider)
            case Due.FILLER:
                await self._say(prompts.one_moment)
            case Due.REPROMPT:
                await self._reprompt()
            case Due.APOLOGY | Due.GIVE_UP:
                self._on_failure(self._timer.provider)
                await self._end_response(due)

    async def handle_error(self, error: ErrorFrame) -> None:
        """Have a response made once more that a provider has failed, or say that there is none."""
        failure = self._errors.read(error)
        if not failure or (failure.no_answer and self.call_ends):  # all has been said
            return
        self._on_failure(failure.kind)
        if failure.kind == "tts":
            self._timer.tts_failed(loop_time())
        if self._errors.is_repeated(failure, loop_time()):
            return
        if failure.kind != "stt" and self._timer.awaited:
            await self._retry(failure)
        elif failure.kind == "stt" or not failure.is_usable:
            await use_fallback(self._services.of_kind(failure.kind))

    async def give_up(self) -> None:
        """Have a person take over, or say goodbye."""
        call_control = self._call_control
        await self._interrupt()
        self._timer.clear()
        if self._can_say(call_control.prompts.giving_up):
            if call_control.can_transfer():
                await call_control.transfer("the bot failed")
            else:
                await call_control.hang_up(call_control.prompts.giving_up, Ending.FAILURE)
            return
        logger.debug("no prompt is prerendered and the TTS fails: saying the last resort")
        await call_control.say_speech(self._last_resort)
        await call_control.hang_up(None, Ending.FAILURE)

    async def _retry(self, failure: ServiceFailure) -> None:
        turn = self._timer.turn
        has_fallback = await use_fallback(self._services.of_kind(failure.kind))
        failed = FailedAttempt(failure.no_answer, has_fallback, failure.retry_after)
        pause = self._timer.attempt_failed(loop_time(), failed)
        if pause is None:
            await self._end_response(self._timer.response_failed())
            return
        await asyncio.sleep(pause)
        if self._timer.turn == turn:  # else the LLM has been asked something else by now
            await self._make_again()

    async def _try_fallback(self, kind: str) -> None:
        """A provider takes long: have another one make the response, if there is another one."""
        service = self._services.of_kind(kind)
        if can_fail_over(service):
            self._on_failure(kind)
            await use_fallback(service)
            self._timer.attempt_failed(loop_time(), FailedAttempt(has_fallback=True))
            await self._make_again()
        else:
            self._timer.found_no_fallback()

    async def _reprompt(self) -> None:
        self._on_failure("stt")
        if await use_fallback(self._services.stt) or self._services.stt.is_usable:
            await self._say(self._call_control.prompts.again)
        else:
            await self._end_response(self._timer.response_failed())

    async def _end_response(self, due: Due) -> None:
        """There will be no response."""
        if due is Due.GIVE_UP:
            await self.give_up()
        else:
            await self._interrupt()
            await self._say(self._call_control.prompts.sorry)

    async def _make_again(self) -> None:
        if not self._timer.awaited:  # the caller has gone on
            return
        await self._interrupt()
        if self._timer.opening_pending:
            await self._call_control.say(self.opening)
        else:
            await self._call_control.rerun_llm()

    async def _say(self, text: str) -> None:
        if self._can_say(text):
            await self._call_control.say(text, remembered=False)
        else:
            await self.give_up()

    def _can_say(self, text: str) -> bool:
        return not self._timer.audio.tts_fails or self._call_control.is_ready(text)

    async def _interrupt(self) -> None:
        """Stop what is being made, but no prompt."""
        await asyncio.sleep(min(self._timer.audio.prompt_left(loop_time()), PROMPT_SECS))
        self._timer.interruptions.send()
        await self._call_control.interrupt()
