"""Pipecat's Exotel serializer, hardened: no message of the peer ends a call or stops its audio."""

from collections.abc import Callable
from dataclasses import dataclass

from loguru import logger
from pipecat.audio.dtmf.types import KeypadEntry
from pipecat.frames.frames import (
    AudioRawFrame,
    Frame,
    InputAudioRawFrame,
    InputDTMFFrame,
    OutputTransportMessageFrame,
    OutputTransportMessageUrgentFrame,
    SystemFrame,
)
from pipecat.serializers.exotel import ExotelFrameSerializer

from shared.telephony.errors import MalformedMessage
from shared.telephony.stream.audio import pad_to_packet
from shared.telephony.stream.audio_surplus import Surplus
from shared.telephony.stream.codec import parse
from shared.telephony.stream.dtmf_debounce import Debounce
from shared.telephony.stream.messages import Dtmf, Mark, Media, Message, Start, Stop
from shared.telephony.stream.sample_alignment import SampleAligner

FLOODED = "flooded"


@dataclass
class MarkPlayedFrame(SystemFrame):
    """Exotel has played the audio up to the mark of this name."""

    mark: str


def mark_frame(name: str) -> OutputTransportMessageFrame:
    """A frame that asks Exotel to tell when all audio queued before it has been played."""
    return OutputTransportMessageFrame(message={"event": "mark", "mark": {"name": name}})


class ExotelSerializer(ExotelFrameSerializer):
    """Translates between Exotel's messages and Pipecat's frames, at one sample rate.

    Pipecat's own class raises on surprising input, and the transport then stops reading for good;
    it also ignores `stop` and `mark`. This one drops and counts what it can't use.

    Args:
        start: The message that opened the stream.
        sample_rate: Hz, of Exotel's stream and of the pipeline alike.
        on_stop: Called once, when Exotel ends the stream, or when so much sound comes that it can't
            be a call; then the reason is `FLOODED`.

    Attributes:
        received: Messages that came, good or bad.
        malformed: Messages dropped because they made no sense.
        missing: Messages that never arrived, by the gaps in Exotel's sequence numbers.
    """

    def __init__(self, start: Start, sample_rate: int, on_stop: Callable[[Stop], None]) -> None:
        super().__init__(
            stream_sid=start.stream_sid,
            call_sid=start.call_sid,
            params=self.InputParams(exotel_sample_rate=sample_rate, sample_rate=sample_rate),
        )
        self.received = 0
        self.malformed = 0
        self.missing = 0
        self._rate = sample_rate
        self._on_stop = on_stop
        self._stopped = False
        self._last_sequence_number = start.sequence_number
        self._debounce = Debounce(sample_rate)
        self._aligner = SampleAligner()
        self._surplus = Surplus(sample_rate)

    async def serialize(self, frame: Frame) -> str | bytes | None:
        """Return the message for `frame`, or None when Exotel has no use for it."""
        match frame:
            case AudioRawFrame():
                frame.audio = pad_to_packet(frame.audio)
            case OutputTransportMessageFrame() | OutputTransportMessageUrgentFrame():
                if not isinstance(frame.message, dict):
                    logger.warning("dropped an outgoing message that is not a JSON object")
                    return None
                frame.message.setdefault("stream_sid", self._stream_sid)
        return await super().serialize(frame)

    async def deserialize(self, data: str | bytes) -> Frame | None:
        """Return the frame for a message of Exotel's, or None when it carries nothing."""
        self.received += 1
        if self._stopped:
            return None
        try:
            message = parse(data)
        except MalformedMessage as error:
            self.malformed += 1
            if self.malformed == 1:
                logger.warning("dropped a {}; further ones are only counted", error)
            return None
        self._count_missing(message)
        if self._debounce.is_repeated(message):
            logger.debug("a key came twice, and counts once")
            return None
        match message:
            case Media(audio=audio):
                return self._audio_frame(audio)
            case Dtmf(digit=digit):
                return InputDTMFFrame(KeypadEntry(digit))
            case Mark(name=name):
                return MarkPlayedFrame(mark=name)
            case Stop():
                self._stopped = True
                self._on_stop(message)
        return None

    def _audio_frame(self, audio: bytes) -> InputAudioRawFrame | None:
        heard = self._aligner.feed(audio)
        if self._surplus.is_too_much(heard):
            self._stopped = True
            self._on_stop(Stop(reason=FLOODED))
            return None
        return InputAudioRawFrame(heard, self._rate, 1) if heard else None

    def _count_missing(self, message: Message) -> None:
        number = getattr(message, "sequence_number", None)
        if number is None:
            return
        if self._last_sequence_number is not None:
            self.missing += max(0, number - self._last_sequence_number - 1)
        self._last_sequence_number = number
