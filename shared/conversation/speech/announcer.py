"""The announcer: says prompts without the LLM, and knows when they have been heard."""

from collections.abc import Callable

from pipecat.frames.frames import Frame, LLMRunFrame, TTSSpeakFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.speech.playback import PlayPromptFrame, PrerenderedSpeech
from shared.conversation.speech.playout_marks import PlayoutMarkFrame, PlayoutMarks
from shared.telephony.stream.pausable_output import ResumeSpeechFrame

Ready = Callable[[str], PrerenderedSpeech | None]


class Announcer(FrameProcessor):
    """Sits between the TTS and the transport's output.

    Args:
        tts: Says what isn't prerendered.
        ready: Finds a text as sound, if it has been made.
    """

    def __init__(self, tts: FrameProcessor, ready: Ready) -> None:
        super().__init__()
        self._tts = tts
        self._ready = ready
        self._playout_marks = PlayoutMarks()
        self._said_live = True  # by the TTS, not from what is prerendered

    def is_ready(self, text: str) -> bool:
        """Whether a text needs no TTS to be said."""
        return self._ready(text) is not None

    async def say(self, text: str, *, remembered: bool = True) -> None:
        """Say a text, behind everything that is being said.

        Args:
            text: At once if it is prerendered, else when the TTS has made it.
            remembered: Whether the LLM knows later that it was said.
        """
        if speech := self._ready(text):
            await self.say_speech(speech, remembered=remembered)
        else:
            self._said_live = True
            await self._tts.queue_frame(TTSSpeakFrame(text, append_to_context=remembered))

    async def say_speech(self, speech: PrerenderedSpeech, *, remembered: bool = False) -> None:
        """Say what is audio already."""
        self._said_live = False
        await self.push_frame(PlayPromptFrame(speech, remembered))

    async def wait_for_tts(self) -> None:
        """Wait until the TTS has made what it was given so far, but not for long."""
        passed = PlayoutMarkFrame()
        await self._tts.queue_frame(passed)
        await passed.wait()

    async def say_after_tts(self, text: str) -> None:
        """Say a text behind what the TTS still makes, which prerendered audio would overtake."""
        if self.is_ready(text):
            await self.wait_for_tts()
        await self.say(text)

    async def heard(self) -> bool:
        """Wait until everything said so far has been played at the caller's end.

        Returns:
            False if the caller interrupted it, or the TTS never said it.
        """
        playout_mark = self._playout_marks.place()
        if self._said_live:
            await self._tts.queue_frame(playout_mark.frame)  # comes by behind the TTS's sound
        else:
            self._playout_marks.follow(playout_mark.frame)
            await self.push_frame(playout_mark.frame)
        return await self._playout_marks.reached(playout_mark)

    async def resumed(self) -> None:
        """Wait while the bot's speech pauses, since the caller may go on with their turn."""
        await self._playout_marks.resumed()

    async def rerun_llm(self) -> None:
        """Have the LLM answer once more."""
        # Upstream, as an interruption goes: behind it, while on another way it could come before
        # the interruption, and be lost with it.
        await self.push_frame(LLMRunFrame(), FrameDirection.UPSTREAM)

    def said_elsewhere(self) -> None:
        """What was said last was not said here, and has come by already."""
        self._said_live = False

    def cancel_playout(self) -> None:
        """Nothing of what was said lately will be played."""
        self._playout_marks.cancel()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Follow what is said and heard; pass everything else on."""
        await super().process_frame(frame, direction)
        self._playout_marks.follow(frame)
        if isinstance(frame, PlayoutMarkFrame):
            frame.resolve()
            return
        await self.push_frame(frame, direction)
        if isinstance(frame, ResumeSpeechFrame):
            for playout_mark in self._playout_marks.to_be_sent_again():
                await self.push_frame(playout_mark.frame)

    async def cleanup(self) -> None:
        """Leave nobody waiting."""
        self.cancel_playout()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
