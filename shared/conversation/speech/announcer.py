"""Who says lines without asking the LLM, and knows when they have been heard."""

from collections.abc import Callable

from pipecat.frames.frames import Frame, LLMRunFrame, TTSSpeakFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.speech.playback import PlayPromptFrame, PrerenderedSpeech
from shared.conversation.speech.playout_marks import PlayoutMarkFrame, PlayoutMarks
from shared.telephony.stream.pausable_output import ResumeSpeechFrame

Ready = Callable[[str], PrerenderedSpeech | None]


class Announcer(FrameProcessor):
    """Sits between the voice and the line.

    Args:
        voice: The TTS, for what isn't prepared.
        ready: Finds a text as sound, if it has been made.
    """

    def __init__(self, voice: FrameProcessor, ready: Ready) -> None:
        super().__init__()
        self._voice = voice
        self._ready = ready
        self._playout_marks = PlayoutMarks()
        self._said_live = True  # by the voice, not from what is prepared

    def is_ready(self, text: str) -> bool:
        """Whether a text needs no voice to be said."""
        return self._ready(text) is not None

    async def say(self, text: str, *, remembered: bool = True) -> None:
        """Say a text, behind everything that is being said.

        Args:
            text: At once if it is prepared, else when the voice has made it.
            remembered: Whether the LLM knows later that it was said.
        """
        if speech := self._ready(text):
            await self.say_speech(speech, remembered=remembered)
        else:
            self._said_live = True
            await self._voice.queue_frame(TTSSpeakFrame(text, append_to_context=remembered))

    async def say_speech(self, speech: PrerenderedSpeech, *, remembered: bool = False) -> None:
        """Say what is sound already."""
        self._said_live = False
        await self.push_frame(PlayPromptFrame(speech, remembered))

    async def voice_done(self) -> None:
        """Wait until the voice has made what it was given so far, but not for long."""
        passed = PlayoutMarkFrame()
        await self._voice.queue_frame(passed)
        await passed.wait()

    async def say_behind_the_voice(self, text: str) -> None:
        """What is prepared would overtake what the voice is still making."""
        if self.is_ready(text):
            await self.voice_done()
        await self.say(text)

    async def heard(self) -> bool:
        """Wait until everything said so far has been played at the caller's end.

        Returns:
            False if the caller interrupted it, or the voice never said it.
        """
        playout_mark = self._playout_marks.place()
        if self._said_live:
            await self._voice.queue_frame(playout_mark.frame)  # comes by behind the voice's sound
        else:
            self._playout_marks.follow(playout_mark.frame)
            await self.push_frame(playout_mark.frame)
        return await self._playout_marks.reached(playout_mark)

    async def rerun_llm(self) -> None:
        """Have the LLM answer once more."""
        # On the way that an interruption takes too, it comes behind it; elsewhere it could be lost.
        await self.push_frame(LLMRunFrame(), FrameDirection.UPSTREAM)

    def said_by_others(self) -> None:
        """Take note that what was said last has come by already."""
        self._said_live = False

    def will_not_be_heard(self) -> None:
        """Take note that nothing of what was said lately will be played."""
        self._playout_marks.call_off()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take note of what is said and heard; pass everything else on."""
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
        self.will_not_be_heard()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
