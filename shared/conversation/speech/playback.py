"""Speech that is audio before it is needed: made once, said at any time without a provider."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipecat.frames.frames import (
    AggregatedTextFrame,
    AggregatedTextProgressFrame,
    DataFrame,
    Frame,
    InterruptionFrame,
    LLMAssistantPushAggregationFrame,
    StartFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
    TTSTextFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.utils.text.base_text_aggregator import TextType

from shared.telephony.stream.audio import seconds

PREPARED = "prepared"  # in the metadata of sound that no provider has just made; its text, at first


@dataclass(frozen=True, slots=True)
class PrerenderedSpeech:
    """Something to say, as sound.

    Args:
        text: The words.
        audio: 16-bit mono PCM.
        sample_rate: Hz.
    """

    text: str
    audio: bytes = field(repr=False)
    sample_rate: int

    def words(self) -> Iterator[tuple[str, float]]:
        """Each word with the second at which it begins, estimated from the letters before it."""
        total = seconds(len(self.audio), self.sample_rate)
        for word in re.finditer(r"\S+", self.text):
            yield word[0], total * word.start() / len(self.text)


@dataclass
class PlayPromptFrame(DataFrame):
    """Say `speech`, in order with everything else the bot says.

    Args:
        speech: What to say.
        remembered: Whether the words enter the LLM's context.
    """

    speech: PrerenderedSpeech
    remembered: bool = True


class PromptPlayer(FrameProcessor):
    """Says prepared speech; sits between the TTS and the transport's output.

    Every word enters the LLM's context when it is played, as with a live TTS, so an interruption
    leaves there what the caller has heard.

    Args:
        opening: Said as soon as the pipeline runs, before any provider is connected.
    """

    def __init__(self, opening: PrerenderedSpeech | None = None) -> None:
        super().__init__()
        self._opening = opening

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Turn a `PlayPromptFrame` into sound and words, and pass everything else on."""
        await super().process_frame(frame, direction)
        if isinstance(frame, PlayPromptFrame):
            await self._speak(frame.speech, remembered=frame.remembered)
            return
        await self.push_frame(frame, direction)
        if isinstance(frame, StartFrame) and self._opening:
            await self._speak(self._opening)

    async def _speak(self, speech: PrerenderedSpeech, *, remembered: bool = True) -> None:
        began = self.get_clock().get_time()
        started = TTSStartedFrame()
        started.metadata[PREPARED] = speech.text
        await self.push_frame(started)
        if remembered:
            announced = AggregatedTextFrame(speech.text, TextType.SENTENCE)
            announced.append_to_context = False  # its words are, one by one
            await self.push_frame(announced)
        audio = TTSAudioRawFrame(speech.audio, speech.sample_rate, 1)
        audio.metadata[PREPARED] = True
        await self.push_frame(audio)
        if not remembered:
            await self.push_frame(TTSStoppedFrame())
            return
        for word, offset in speech.words():
            text = TTSTextFrame(word, text_type=TextType.WORD)
            text.pts = _nanoseconds(began, offset)
            await self.push_frame(text)
        await self.push_frame(TTSStoppedFrame())
        commit = LLMAssistantPushAggregationFrame()
        commit.pts = _nanoseconds(began, seconds(len(speech.audio), speech.sample_rate))
        await self.push_frame(commit)


class SpeechCapture(FrameProcessor):
    """Keeps what a TTS says, until it is interrupted; sits behind the TTS.

    Args:
        sample_rate: Hz.
        keep: Called with each speech that was expected, once it is complete.
    """

    def __init__(self, sample_rate: int, keep: Callable[[PrerenderedSpeech], None]) -> None:
        super().__init__()
        self._sample_rate = sample_rate
        self._keep = keep
        self._expected: set[str] = set()
        self._text = ""  # what is being said, if it is expected
        self._audio = bytearray()

    def expect(self, text: str) -> None:
        """Keep this text when it is said."""
        self._expected.add(text)

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pass every frame on, and copy the sound of what is expected."""
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if not self._expected:
            return
        match frame:
            case AggregatedTextProgressFrame() | TTSTextFrame():  # of that kind, but words of it
                pass
            case AggregatedTextFrame(text=text) if text in self._expected:  # comes before its sound
                self._text = text
                self._audio.clear()
            case TTSAudioRawFrame():
                self._audio += frame.audio
            case TTSStoppedFrame():
                self._keep_it()
            case InterruptionFrame():
                self._expected.clear()
                self._audio.clear()

    def _keep_it(self) -> None:
        text, audio = self._text, bytes(self._audio)
        self._text = ""
        self._audio.clear()
        if text and audio:
            self._expected.discard(text)
            self._keep(PrerenderedSpeech(text, audio, self._sample_rate))


def _nanoseconds(began: int, offset: float) -> int:
    """Pipecat's clock counts nanoseconds, and takes 0 for no time at all."""
    return max(1, began + round(offset * 1e9))
