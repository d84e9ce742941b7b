"""The runner of actions: what keys and tools ask for without the LLM, one after another."""

import asyncio
import traceback
from contextlib import suppress

from loguru import logger
from pipecat.frames.frames import LLMMessagesAppendFrame
from pipecat.processors.aggregators.llm_context import LLMContextMessage
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.action_checks import check_action
from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer
from shared.bot.turn_settings import FILLER_SECS
from shared.clock import loop_time
from shared.conversation.call_control import CallControl
from shared.conversation.keypad.digit_collection import DigitCollection
from shared.deadlines import within

THEN_SECS = 10.0  # for the bot's own code to decide what follows from the keys
INTERRUPT_SECS = 1.0  # for an interruption to reach everybody


class ActionRunner(FrameProcessor):
    """Runs one action at a time; a keypad adds its keys.

    Args:
        call_control: Says, hangs up and transfers.
    """

    def __init__(self, call_control: CallControl) -> None:
        super().__init__()
        self._call_control = call_control
        self._collection: DigitCollection | None = None  # the latest
        self._collecting = False
        self._running: asyncio.Task[None] | None = None
        self._activity = asyncio.Event()  # a key, or somebody's voice: the time begins anew
        self._interrupted = asyncio.Event()
        self._interrupted.set()

    async def act(self, action: Action) -> None:
        """Do something behind what is being said, and return before it is done.

        It takes the place of a question that is still open.

        Raises:
            ValueError: If a number can't be dialled, or keys can't be collected like that.
            TypeError: If it is no action.
        """
        check_action(action)
        await self._stop_running()
        self._expect(action, None)
        self._running = self.create_task(self._act(action), "run an action")

    async def on_action(self, _: object, action: Action) -> None:
        """Handle an action of a tool's."""
        await self.act(action)

    async def cleanup(self) -> None:
        """Leave nothing behind."""
        await self._stop_running()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def _stop_running(self) -> None:
        acting, self._running = self._running, None
        if acting and acting is not asyncio.current_task():
            await self.cancel_task(acting)

    async def _act(self, action: Action | None) -> None:
        """Do one action after another, while none from elsewhere has taken their place."""
        while action and not self._call_control.leaving:
            await self._until_interrupted()
            following = await self._do(action)
            if self._running is not asyncio.current_task():
                return
            self._expect(following, self._collection)
            action = following
        self._collecting = False

    def _expect(self, action: Action | None, before: DigitCollection | None) -> None:
        """Collect keys from now on, if a question for some comes next."""
        self._collecting = isinstance(action, Collect)
        if isinstance(action, Collect):
            self._collection = DigitCollection(action, before)

    async def _do(self, action: Action) -> Action | None:
        """Do an action; returns the one that follows from it."""
        call_control = self._call_control
        match action:
            case Say(text):
                await call_control.say(text)
            case Tell(text):
                message: LLMContextMessage = {"role": "user", "content": text}
                await self.push_frame(LLMMessagesAppendFrame(messages=[message], run_llm=True))
            case HangUp(goodbye):
                await call_control.hang_up(goodbye)
            case Transfer(reason, to, announcement):
                if not await call_control.transfer(reason, to, announcement):
                    await call_control.say(call_control.prompts.no_agent)
            case Collect():
                digits = await self._collect(action)
                # Whoever says goodbye meanwhile has no use for the answer.
                return None if call_control.leaving else await self._decide(action, digits)
        return None

    async def _collect(self, collect: Collect) -> str:
        """Ask for keys, and wait for them."""
        collection = self._collection
        assert collection
        asking = self.create_task(self._ask(collect.ask), "ask for keys")
        try:
            while not collection.complete:
                self._activity.clear()
                has_time = not asking.done() and not collection.digits
                try:
                    async with asyncio.timeout(None if has_time else collect.secs):
                        await self._activity.wait()
                except TimeoutError:
                    collection.end(loop_time())
        finally:
            await self.cancel_task(asking)
        return collection.digits

    async def _ask(self, question: str) -> None:
        await self._call_control.say(question)
        await self._call_control.heard()
        self._activity.set()

    async def _decide(self, collect: Collect, digits: str) -> Action | None:
        """Have the bot's own code decide; it may take long, or fail, and the caller hears of it."""
        waiting = self.create_task(self._ask_to_wait(), "one moment")
        try:
            following = await within(THEN_SECS, collect.then(digits))
            if following is not None:
                check_action(following)
            return following
        except Exception as error:  # noqa: BLE001  # the bot's own code may raise anything
            # Neither its words nor its variables: the keys may be in them, and may be a PIN.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("what follows from the keys failed: {}\n{}", type(error).__name__, where)
            await self._call_control.say(self._call_control.prompts.sorry, remembered=False)
            return None
        finally:
            await self.cancel_task(waiting)

    async def _ask_to_wait(self) -> None:
        await asyncio.sleep(FILLER_SECS)
        await self._call_control.say(self._call_control.prompts.one_moment, remembered=False)

    async def _interrupt(self) -> None:
        """Stop whatever the LLM writes and the TTS says."""
        self._interrupted.clear()
        await self._call_control.interrupt()

    async def _until_interrupted(self) -> None:
        """Wait until the interruption has come by here; what is asked for sooner may be lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(INTERRUPT_SECS):
                await self._interrupted.wait()
