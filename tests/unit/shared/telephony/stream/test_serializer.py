"""The serializer of Exotel's stream: audio, DTMF keys, marks, clears and malformed messages."""

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

from shared.telephony.stream import dtmf_debounce
from shared.telephony.stream.codec import dump
from shared.telephony.stream.messages import Dtmf, Mark, Media, Message, Start, Stop
from shared.telephony.stream.serializer import ExotelSerializer, MarkPlayedFrame, mark_frame

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


class Clock:
    """A clock that only the test moves; it begins at any time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 4_711.0
        monkeypatch.setattr(dtmf_debounce, "loop_time", lambda: self.now)


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
async def test_the_serializer_turns_media_into_audio_frames(rate: int) -> None:
    size = rate // 50 * 2
    frames = await Line(rate).audio(SOUND[: 8 * size], size)
    assert b"".join(frame.audio for frame in frames) == SOUND[: 8 * size]
    assert len(frames) == 8
    assert {(frame.sample_rate, frame.num_channels) for frame in frames} == {(rate, 1)}


@pytest.mark.parametrize("size", [1, 319, 321, 1_601])
async def test_the_serializer_keeps_half_a_sample_for_its_other_half(size: int) -> None:
    frames = await Line().audio(SOUND, size)
    heard = b"".join(frame.audio for frame in frames)
    assert SOUND.startswith(heard)
    assert len(SOUND) - len(heard) < 2
    assert not any(len(frame.audio) % 2 for frame in frames)


async def test_the_serializer_turns_a_dtmf_key_into_a_frame() -> None:
    frame = await Line().serializer.deserialize(dump(Dtmf("#")))
    assert isinstance(frame, InputDTMFFrame)
    assert frame.button is KeypadEntry.POUND


async def keys_of(line: Line, *messages: Message) -> str:
    """The keys that reach the pipeline."""
    frames = [await line.serializer.deserialize(dump(message)) for message in messages]
    return "".join(f.button.value for f in frames if isinstance(f, InputDTMFFrame))


@pytest.mark.parametrize("between", [0, 20, 60, 79])  # milliseconds
@pytest.mark.parametrize("numbers", [(None, None), (7, 8), (7, 7)])
async def test_a_dtmf_key_that_comes_twice_counts_once(
    monkeypatch: pytest.MonkeyPatch,
    between: int,
    numbers: tuple[int | None, int | None],
) -> None:
    clock = Clock(monkeypatch)
    line, (first, second) = Line(), numbers
    assert await keys_of(line, Dtmf("5", 100, "s1", first)) == "5"
    clock.now += between / 1_000
    assert await keys_of(line, Dtmf("5", 100, "s1", second)) == ""


async def test_a_dtmf_key_that_comes_five_times_counts_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch)
    line = Line()
    heard = ""
    for _ in range(5):
        heard += await keys_of(line, Dtmf("#"))
        clock.now += 0.05
    assert heard == "#"


@pytest.mark.parametrize("frame_ms", [20, 100, 200, 300])
@pytest.mark.parametrize("gap_ms", [60, 150])
@pytest.mark.parametrize("offset_ms", [0, 90, 197])
async def test_repeated_dtmf_keys_are_told_apart_at_any_message_size(
    monkeypatch: pytest.MonkeyPatch, frame_ms: int, gap_ms: int, offset_ms: int
) -> None:
    clock, line, heard = Clock(monkeypatch), Line(), ""
    began = clock.now
    for ms in range(1_000):
        clock.now = began + ms / 1_000
        if ms and ms % frame_ms == 0:
            await keys_of(line, Media(bytes(16 * frame_ms)))
        if ms in (200 + offset_ms, 200 + offset_ms + gap_ms):
            heard += await keys_of(line, Dtmf("5"))
    assert heard == ("5" if gap_ms < 80 else "55")


async def test_a_dtmf_message_that_comes_again_is_no_second_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch)
    line = Line()
    assert await keys_of(line, Dtmf("5", sequence_number=7)) == "5"
    for number in range(8, 28):
        await keys_of(line, Media(bytes(320), sequence_number=number))
    clock.now += 0.4
    assert await keys_of(line, Dtmf("5", sequence_number=7)) == ""


async def test_dtmf_keys_that_come_again_together_count_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, line = Clock(monkeypatch), Line()
    keys = [Dtmf(digit, sequence_number=7 + nth) for nth, digit in enumerate("1213")]
    assert await keys_of(line, *keys) == "1213"
    clock.now += 0.3
    await keys_of(line, Media(bytes(320), sequence_number=20))
    assert await keys_of(line, *keys) == ""


@pytest.mark.parametrize("passed", [0.1, 0.15, 0.3, 2.0])
@pytest.mark.parametrize("numbers", [(None, None), (7, 8), (7, 7)])
async def test_a_dtmf_key_pressed_twice_counts_twice(
    monkeypatch: pytest.MonkeyPatch, passed: float, numbers: tuple[int | None, int | None]
) -> None:
    clock = Clock(monkeypatch)
    line, (first, second) = Line(), numbers
    assert await keys_of(line, Dtmf("5", sequence_number=first)) == "5"
    clock.now += passed
    assert await keys_of(line, Dtmf("5", sequence_number=second)) == "5"


async def test_delayed_dtmf_keys_are_told_apart_by_the_audio_between_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Clock(monkeypatch)  # which stands still
    for sound in ([Media(bytes(320))] * 10, [Media(bytes(1_600))] * 2, [Media(bytes(3_200))]):
        assert await keys_of(Line(), Dtmf("5"), *sound, Dtmf("5"), *sound, Dtmf("6")) == "556"


async def test_a_double_dtmf_press_delayed_by_a_stall_counts_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, line = Clock(monkeypatch), Line()
    sound = [Media(bytes(3_200))]
    assert await keys_of(line, *sound, Dtmf("5")) == "5"
    clock.now += 1.5
    assert await keys_of(line, *sound, *sound, Dtmf("5")) == "5"


@pytest.mark.parametrize("passed", [0.3, 1.5])
async def test_a_sequence_number_that_stands_still_costs_no_dtmf_key(
    monkeypatch: pytest.MonkeyPatch, passed: float
) -> None:
    clock = Clock(monkeypatch)
    line, heard = Line(), ""
    for number in range(50, 53):
        await keys_of(line, Media(bytes(320), sequence_number=number))
        heard += await keys_of(line, Dtmf("5", sequence_number=7))
        clock.now += passed
    assert heard == "555"


async def test_different_dtmf_keys_may_come_as_fast_as_they_like(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Clock(monkeypatch)
    assert await keys_of(Line(), *map(Dtmf, "1234567890*#")) == "1234567890*#"


async def test_the_serializer_turns_a_mark_into_a_frame() -> None:
    frame = await Line().serializer.deserialize(dump(Mark("goodbye")))
    assert isinstance(frame, MarkPlayedFrame)
    assert frame.mark == "goodbye"


async def test_the_serializer_tells_stop_once_and_nothing_after_it_counts() -> None:
    line = Line()
    stop = Stop("callended", "c1", "a1", "s1", 9)
    for message in (dump(stop), dump(stop), "nonsense"):
        assert await line.serializer.deserialize(message) is None
    assert await line.audio() == []
    assert line.stops == [stop]
    assert line.serializer.malformed == 0


async def test_the_serializer_counts_sequence_gaps() -> None:
    line = Line()
    for number in (2, 3, 7, 7, None, 8, 6, 7):
        await line.serializer.deserialize(dump(Media(b"", sequence_number=number)))
    assert line.serializer.missing == 3


async def test_the_serializer_pads_outgoing_media_to_whole_packets() -> None:
    frame = OutputAudioRawFrame(b"\x01" * 3_201, 8_000, 1)
    message = json.loads(await Line().serializer.serialize(frame) or "")
    payload = base64.b64decode(message["media"]["payload"])
    assert message["stream_sid"] == "s1"
    assert payload == b"\x01" * 3_201 + bytes(319)


async def test_the_serializer_turns_an_interruption_into_a_clear() -> None:
    message = await Line().serializer.serialize(InterruptionFrame())
    assert json.loads(message or "") == {"event": "clear", "stream_sid": "s1"}


async def test_the_serializer_sends_a_mark_under_the_stream_sid() -> None:
    message = await Line().serializer.serialize(mark_frame("end"))
    assert json.loads(message or "") == {
        "event": "mark",
        "mark": {"name": "end"},
        "stream_sid": "s1",
    }


@pytest.mark.parametrize("frame", [OutputTransportMessageFrame, OutputTransportMessageUrgentFrame])
async def test_the_serializer_passes_a_message_of_the_bot_s_own_through(
    frame: type[OutputTransportMessageFrame] | type[OutputTransportMessageUrgentFrame],
) -> None:
    message = await Line().serializer.serialize(
        frame(message={"event": "x", "stream_sid": "other"})
    )
    assert json.loads(message or "") == {"event": "x", "stream_sid": "other"}
    assert await Line().serializer.serialize(frame(message="no object")) is None


@given(st.lists(st.binary() | st.text(), max_size=5))
async def test_the_serializer_reads_media_after_any_malformed_message(
    rubbish: list[bytes | str],
) -> None:
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
async def test_the_serializer_reads_media_after_any_malformed_event(
    event: str, body: dict[str, object]
) -> None:
    line = Line()
    await line.serializer.deserialize(json.dumps({**body, "event": event}))
    heard = b"".join(frame.audio for frame in await line.audio())
    assert SOUND[1_000:7_000] in heard
