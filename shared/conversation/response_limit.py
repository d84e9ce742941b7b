"""The limit of a response, after which the caller is asked whether to go on."""

from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.languages.utterances import Utterances

_ENDS = (*".!?\u0964\u0965\u2026\u06d4\u3002", *"\"')\u201d\u2019")
_NO_WORD = tuple("<[({*\u3010")  # what begins so may be for machines only, and all that is left
_ENOUGH = "enough"  # in the metadata of the interruption that is for the LLM alone


class AnswerLimit(FrameProcessor):
    """Sits between the LLM and the TTS; ends an answer that becomes too long, with its request.

    It ends with a sentence and a question, which are an answer like any other: the LLM finds both
    in its context, and goes on when the caller says yes.

    Args:
        llm: Who answers.
        words: After which an answer ends with its next sentence; 0 is no limit.
        question: What is said then, such as "Shall I go on?".
    """

    def __init__(self, llm: FrameProcessor, words: int, question: str) -> None:
        super().__init__(enable_direct_mode=True)  # the caller's audio comes by too
        self._llm = llm
        self._limit = words
        self._question = question
        self._begin()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pass an answer on until it is long enough."""
        if isinstance(frame, InterruptionFrame) and _ENOUGH in frame.metadata:
            return  # has reached the LLM
        await super().process_frame(frame, direction)
        match frame:
            case LLMFullResponseStartFrame() | InterruptionFrame():
                self._begin()
            case LLMTextFrame() if self._limit and not frame.skip_tts:
                await self._take(frame.text)
                return
            case LLMFullResponseEndFrame() if self._over:
                return  # has been said
            case LLMFullResponseEndFrame():
                await self._pass_on(self._held)
        await self.push_frame(frame, direction)

    def _begin(self) -> None:
        self._utterances = Utterances()  # type: ignore[no-untyped-call]  # Pipecat's
        self._words = 0  # in complete utterances
        self._held = ""
        self._over = False

    async def _take(self, text: str) -> None:
        """Pass text on at once, but hold back what may be behind the last sentence."""
        for char in text if not self._over else "":
            self._held += char
            async for utterance in self._utterances.aggregate(char):
                self._words += len(utterance.text.split())
                begun = self._utterances._text  # of the next one
                end = len(self._held) - len(begun)
                is_more = begun.lstrip()[:1] not in _NO_WORD
                if self._words >= self._limit and end >= 0 and is_more:
                    await self._end_with(self._held[:end])
                    return
        if self._words + len(self._utterances.text.text.split()) < self._limit:
            await self._pass_on(self._held)

    async def _pass_on(self, text: str) -> None:
        self._held = ""
        if text:
            await self.push_frame(LLMTextFrame(text))

    async def _end_with(self, text: str) -> None:
        self._over = True
        text = text.rstrip()
        stop = "" if text.endswith(_ENDS) else "."
        await self._pass_on(f"{text.rstrip(',:;')}{stop} {self._question}")
        await self.push_frame(LLMFullResponseEndFrame())
        enough = InterruptionFrame()
        enough.metadata[_ENOUGH] = True
        await self._llm.queue_frame(enough)
