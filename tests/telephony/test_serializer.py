import base64
import json

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pipecat.audio.dtmf.types import KeypadEntry
from pipecat.frames.frames import (
    InputAudioRawFrame,
    InputDTMFFrame,
    InterruptionFrame,
    OutputAudioRawFrame,
    OutputTransportMessageFrame,
    OutputTransportMessageUrgentFrame,
)

from shared.telephony.codec import dump
from shared.telephony.messages import Dtmf, Mark, Media, Start, Stop
from shared.telephony.serializer import ExotelSerializer, MarkPlayedFrame, mark_frame

START = Start(stream_sid="s1", call_sid="c1", sequence_number=1)
SOUND = (3_000 * np.sin(np.arange(4_000) / 7)).astype("<i2").tobytes()  # half a second at 8 kHz


class Line:
    """A serializer, and what it told of the end."""

    def __init__(self, sample_rate: int = 8_000) -> None:
        self.stops: list[Stop] = []
        self.serializer = ExotelSerializer(START, sample_rate, self.stops.append)

    async def audio(self, sound: bytes = SOUND, size: int = 320) -> list[InputAudioRawFrame]:
        """The frames that reach the pipeline when this sound comes in pieces of `size` bytes."""
        pieces = [sound[i : i + size] for i in range(0, len(sound), size)]
        frames = [await self.serializer.deserialize(dump(Media(piece))) for piece in pieces]
        return [frame for frame in frames if isinstance(frame, InputAudioRawFrame)]


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
async def test_audio_is_a_frame_as_it_comes(rate: int) -> None:
    size = rate // 50 * 2
    frames = await Line(rate).audio(SOUND[: 8 * size], size)
    assert b"".join(frame.audio for frame in frames) == SOUND[: 8 * size]
    assert len(frames) == 8
    assert {(frame.sample_rate, frame.num_channels) for frame in frames} == {(rate, 1)}


@pytest.mark.parametrize("size", [1, 319, 321, 1_601])
async def test_half_a_sample_waits_for_its_other_half(size: int) -> None:
    frames = await Line().audio(SOUND, size)
    heard = b"".join(frame.audio for frame in frames)
    assert SOUND.startswith(heard)
    assert len(SOUND) - len(heard) < 2
    assert not any(len(frame.audio) % 2 for frame in frames)


async def test_a_key_becomes_a_frame() -> None:
    frame = await Line().serializer.deserialize(dump(Dtmf("#")))
    assert isinstance(frame, InputDTMFFrame)
    assert frame.button is KeypadEntry.POUND


async def test_a_mark_that_comes_back_becomes_a_frame() -> None:
    frame = await Line().serializer.deserialize(dump(Mark("goodbye")))
    assert isinstance(frame, MarkPlayedFrame)
    assert frame.mark == "goodbye"


async def test_stop_is_told_once_and_nothing_after_it_counts() -> None:
    line = Line()
    stop = Stop("callended", "c1", "a1", "s1", 9)
    for message in (dump(stop), dump(stop), "nonsense"):
        assert await line.serializer.deserialize(message) is None
    assert await line.audio() == []
    assert line.stops == [stop]
    assert line.serializer.malformed == 0


async def test_sequence_gaps_are_counted() -> None:
    line = Line()
    for number in (2, 3, 7, 7, None, 8, 6, 7):
        await line.serializer.deserialize(dump(Media(b"", sequence_number=number)))
    assert line.serializer.missing == 3


async def test_an_outgoing_message_is_padded_to_whole_packets() -> None:
    frame = OutputAudioRawFrame(b"\x01" * 3_201, 8_000, 1)
    message = json.loads(await Line().serializer.serialize(frame) or "")
    payload = base64.b64decode(message["media"]["payload"])
    assert message["stream_sid"] == "s1"
    assert payload == b"\x01" * 3_201 + bytes(319)


async def test_an_interruption_clears_what_is_not_played() -> None:
    message = await Line().serializer.serialize(InterruptionFrame())
    assert json.loads(message or "") == {"event": "clear", "stream_sid": "s1"}


async def test_a_mark_goes_out_under_the_streams_name() -> None:
    message = await Line().serializer.serialize(mark_frame("end"))
    assert json.loads(message or "") == {
        "event": "mark",
        "mark": {"name": "end"},
        "stream_sid": "s1",
    }


@pytest.mark.parametrize("frame", [OutputTransportMessageFrame, OutputTransportMessageUrgentFrame])
async def test_a_message_of_the_bots_own_passes_through(
    frame: type[OutputTransportMessageFrame] | type[OutputTransportMessageUrgentFrame],
) -> None:
    message = await Line().serializer.serialize(
        frame(message={"event": "x", "stream_sid": "other"})
    )
    assert json.loads(message or "") == {"event": "x", "stream_sid": "other"}
    assert await Line().serializer.serialize(frame(message="no object")) is None


@given(st.lists(st.binary() | st.text(), max_size=5))
async def test_whatever_comes_the_next_sound_is_still_heard(rubbish: list[bytes | str]) -> None:
    line = Line()
    for data in rubbish:
        await line.serializer.deserialize(data)
    assume(not line.stops)  # a well-formed `stop` ends the call, and should
    assert SOUND[1_000:7_000] in b"".join(frame.audio for frame in await line.audio())
    assert line.serializer.malformed <= len(rubbish)


@given(
    st.sampled_from(["media", "dtmf", "mark", "start", "clear", "connected", "x"]),
    st.dictionaries(
        st.sampled_from(["media", "dtmf", "mark", "sequence_number", "stream_sid"]),
        st.none()
        | st.integers()
        | st.text()
        | st.lists(st.text())
        | st.dictionaries(
            st.sampled_from(["payload", "digit", "name"]), st.none() | st.integers() | st.text()
        ),
    ),
)
async def test_whatever_an_event_holds_the_next_sound_is_still_heard(
    event: str, body: dict[str, object]
) -> None:
    line = Line()
    await line.serializer.deserialize(json.dumps({**body, "event": event}))
    heard = b"".join(frame.audio for frame in await line.audio())
    assert SOUND[1_000:7_000] in heard
