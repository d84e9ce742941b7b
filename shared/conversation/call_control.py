"""The control of a call without its LLM: prompts, hanging up, transfers."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from loguru import logger
from pipecat.frames.frames import EndWorkerFrame, Frame, InterruptionFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.bot.action_checks import check_action, check_numbers
from shared.bot.actions import Action
from shared.conversation.speech.announcer import Announcer, Ready
from shared.languages.answers.kinds import ExpectedAnswer, answer_kind
from shared.languages.prompts import Prompts
from shared.records.session_record import Ending

TransferCall = Callable[[str, tuple[str, ...], str], Awaitable[bool]]
Summarise = Callable[[], Awaitable[str]]


class CallControl(Announcer):
    """Sits between the TTS and the transport's output; to tools it is `params.app_resources`.

    An action of a tool's fires the event `on_action`; the keypad handles it.

    Args:
        tts: Says what isn't prerendered.
        prompts: What to say when.
        ready: Finds a text as sound, if it has been made.
        leave: Ends the call; nothing is said any more.
        transfer_call: Given a reason, the numbers and a summary, has Exotel ring them when the call
            has ended, and tells whether that was possible; None where nobody can take over.
        transfer_targets: Whom else than the configured numbers it can connect with.
        has_transfer_number: Whether there are configured numbers.
        summarise: Sums the conversation up for the person who takes over.
        expect: Told what kind of answer the bot is about to ask for.

    Attributes:
        retired: Whether no person listens any more: whoever found that out ends the call.
    """

    def __init__(
        self,
        tts: FrameProcessor,
        prompts: Prompts,
        ready: Ready,
        leave: Callable[[Ending], None],
        transfer_call: TransferCall | None = None,
        transfer_targets: Mapping[str, tuple[str, ...]] | None = None,
        *,
        has_transfer_number: bool = True,
        summarise: Summarise | None = None,
        expect: Callable[[ExpectedAnswer], None] | None = None,
    ) -> None:
        super().__init__(tts, ready)
        self._register_event_handler("on_action", sync=True)
        self.prompts = prompts
        self.transfer_targets = transfer_targets or {}
        self.retired = False
        self._leave = leave
        self._transfer_call = transfer_call
        self._has_transfer_number = has_transfer_number
        self._summarise = summarise
        self._expect = expect
        self._leaving: asyncio.Task[None] | None = None

    def can_transfer(self, to: tuple[str, ...] = ()) -> bool:
        """Whether a person can take over: one of these, or one of those who are configured."""
        return self._transfer_call is not None and bool(to or self._has_transfer_number)

    @property
    def leaving(self) -> bool:
        """Whether the call ends, with the last words or without."""
        return self.retired or self._leaving is not None

    async def hang_up(self, goodbye: str | None = "", ending: Ending = Ending.BOT_HUNG_UP) -> None:
        """Say goodbye, and end the call when it was heard; an interruption cancels that.

        Args:
            goodbye: "" says the prompt for it, None says nothing.
            ending: Goes into the call's record.
        """
        self._begin_to_leave(self._say_goodbye(goodbye, ending))

    async def transfer(self, reason: str, to: tuple[str, ...] = (), announcement: str = "") -> bool:
        """Announce a transfer, and end the call when that was heard; Exotel then rings a person.

        Args:
            reason: For that person.
            to: Whom to ring, in E.164; empty takes the configured numbers.
            announcement: What to say first; "" says the prompt for it.

        Returns:
            Whether there is a way to a person in this call.

        Raises:
            ValueError: If one of the numbers can't be dialled.
        """
        check_numbers(to)
        if self._transfer_call is None or not self.can_transfer(to):
            return False
        self._begin_to_leave(self._transfer(self._transfer_call, reason, to, announcement))
        return True

    async def act(self, action: Action) -> None:
        """Do what a key can do: a tool of a bot's collects a PIN like this.

        Raises:
            ValueError: If the action makes no sense.
            TypeError: If it is none.
        """
        check_action(action)
        await self._call_event_handler("on_action", action)

    def expects(self, kind: str, *digits: int) -> None:
        """Tell what kind of answer the bot is about to ask for.

        Raises:
            ValueError: If there is no such kind.
        """
        expected = ExpectedAnswer(answer_kind(kind), frozenset(digits))
        if self._expect:
            self._expect(expected)

    async def interrupt(self) -> None:
        """Stop whatever the LLM writes and the TTS says."""
        await self._cancel_leaving()
        await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # Pipecat's

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Handle interruptions, and a tool that ends the call in Pipecat's way."""
        match frame:
            case InterruptionFrame():
                await self._cancel_leaving()
            case EndWorkerFrame() if direction is FrameDirection.DOWNSTREAM:
                self.said_elsewhere()
                await self.hang_up(None)
                return
        await super().process_frame(frame, direction)

    async def cleanup(self) -> None:
        """Leave nothing behind."""
        await self._cancel_leaving()
        await super().cleanup()

    def _begin_to_leave(self, last_words: Coroutine[Any, Any, None]) -> None:
        if self.leaving:
            last_words.close()
        else:
            self._leaving = self.create_task(self._leave_after(last_words), "last words")

    async def _leave_after(self, last_words: Coroutine[Any, Any, None]) -> None:
        try:
            await last_words
        except Exception as error:  # noqa: BLE001  # whatever a database raises, somebody listens
            logger.error("the call could not be ended as it should: {}", type(error).__name__)
            self._leaving = None
            await self.say(self.prompts.sorry)

    async def _say_goodbye(self, goodbye: str | None, ending: Ending) -> None:
        """Say the last words, if any are left to say, and go."""
        if goodbye is not None:
            await self.say_after_tts(goodbye or self.prompts.goodbye)
        if not await self.heard() and self.is_ready(self.prompts.goodbye):
            logger.debug("the last words weren't said: the TTS fails")
            await self.say(self.prompts.goodbye)
            await self.heard()
        self._leave(ending)

    async def _transfer(
        self, transfer_call: TransferCall, reason: str, to: tuple[str, ...], announcement: str
    ) -> None:
        async with asyncio.TaskGroup() as tasks:
            summary = tasks.create_task(self._summary())
            await self.say_after_tts(announcement or self.prompts.connecting)
            await self.heard()
        if await transfer_call(reason, to, summary.result()):
            self._leave(Ending.TRANSFERRED)
            return
        self._leaving = None
        await self.say(self.prompts.no_agent)

    async def _summary(self) -> str:
        return await self._summarise() if self._summarise else ""

    async def _cancel_leaving(self) -> None:
        """Do nothing of what was about to happen: the caller has something to say."""
        leaving, self._leaving = self._leaving, None
        if leaving:
            await self.cancel_task(leaving)
        self.cancel_playout()
