"""Paused playout: what the phone gets and plays, on a virtual clock."""

import asyncio
import base64
import json
from typing import Any, cast

import numpy as np
import pytest
from fastapi import WebSocket
from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.pipeline.worker import PipelineParams
from pipecat.processors.frame_processor import FrameDirection
from pipecat.tests.utils import SleepFrame, run_test
from starlette.websockets import WebSocketState

from shared.telephony.stream.audio import MIN_MESSAGE_SIZE, PACKET_SIZE, message_chunks, seconds
from shared.telephony.stream.messages import Start
from shared.telephony.stream.pausable_output import PAUSE_SECS, PauseSpeechFrame, ResumeSpeechFrame
from shared.telephony.stream.transport import ExotelTransport
from tests.support.virtual_time import in_virtual_time, now

RATES = (8_000, 16_000, 24_000)
CLEAR = "clear"


class Phone:
    """The other end of a socket: plays what it gets at once, and one piece after the other."""

    def __init__(self, rate: int) -> None:
        self.client_state = self.application_state = WebSocketState.CONNECTED
        self.messages: list[tuple[float, bytes | str]] = []  # when, and sound or the event's name
        self.most_ahead = 0.0  # seconds that it had and hadn't played
        self._rate = rate
        self._heard = bytearray()
        self._ahead = b""
        self._at = 0.0

    async def send_text(self, text: str) -> None:
        message = json.loads(text)
        self._play()
        if message["event"] == "media":
            sound = base64.b64decode(message["media"]["payload"])
            assert len(sound) % PACKET_SIZE == 0
            assert len(sound) >= MIN_MESSAGE_SIZE
            self._ahead += sound
            self.messages.append((now(), sound))
        else:
            self._ahead = b"" if message["event"] == CLEAR else self._ahead
            self.messages.append((now(), message["event"]))
        self.most_ahead = max(self.most_ahead, seconds(len(self._ahead), self._rate))

    async def close(self, *_: object, **__: object) -> None:
        self.client_state = self.application_state = WebSocketState.DISCONNECTED

    @property
    def heard(self) -> bytes:
        """All that was played but for the silence; there is none in what is said here."""
        samples = np.frombuffer(bytes(self._heard) + self._ahead, "<i2")
        return bytes(samples[samples != 0].tobytes())

    @property
    def clears(self) -> int:
        return sum(what == CLEAR for _, what in self.messages)

    def sounds_between(self, since: float, until: float) -> int:
        """How many messages with sound came then; in seconds since the first."""
        first = self.messages[0][0]
        times = [at - first for at, what in self.messages if isinstance(what, bytes)]
        return sum(since < at < until for at in times)

    def _play(self) -> None:
        played = round((now() - self._at) * self._rate) * 2
        self._heard += self._ahead[:played]
        self._ahead = self._ahead[played:]
        self._at = now()


class Clock:
    """Pipecat measures the sound's pace by `time.monotonic`."""

    def monotonic(self) -> float:
        return now()


@pytest.fixture(autouse=True)
def virtual_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipecat.transports.websocket.fastapi.time", Clock())


def speech(secs: float, rate: int = 8_000, first: int = 1) -> bytes:
    """Samples that are all different from their neighbours, and none of them silent."""
    return ((np.arange(round(secs * rate)) + first) % 30_000 + 1).astype("<i2").tobytes()


def said(audio: bytes, rate: int = 8_000) -> list[Frame]:
    return [TTSStartedFrame(), TTSAudioRawFrame(audio, rate, 1), TTSStoppedFrame()]


def message(rate: int = 8_000) -> int:
    """The size of a message, in bytes."""
    return message_chunks(rate) * rate // 100 * 2


def goes_on(audio: bytes, secs: float, rate: int = 8_000) -> bytes:
    """What is heard of a sound that was held after so long: it goes on where a message begins."""
    played = round(secs * rate) * 2
    return audio[:played] + audio[played // message(rate) * message(rate) :]


def pause(secs: float) -> Frame:
    return SleepFrame(sleep=secs)


async def played(
    *frames: Frame, rate: int = 8_000, direction: FrameDirection = FrameDirection.DOWNSTREAM
) -> Phone:
    phone = Phone(rate)
    start = Start(stream_sid="s1", call_sid="c1")
    transport = ExotelTransport(cast(WebSocket, cast(Any, phone)), start, rate, lambda _: None)
    await run_test(
        transport.output(),
        frames_to_send=frames,
        frames_to_send_direction=direction,
        pipeline_params=PipelineParams(audio_out_sample_rate=rate),
    )
    return phone


@in_virtual_time
async def test_without_a_pause_playout_keeps_its_time() -> None:
    audio = speech(3.0)
    phone = await played(*said(audio), pause(5))
    assert phone.heard == audio
    assert phone.clears == 0
    assert phone.most_ahead <= 0.41


@in_virtual_time
async def test_a_playout_pause_is_one_clear_and_then_nothing() -> None:
    phone = await played(*said(speech(5.0)), pause(1.1), PauseSpeechFrame(), pause(1.5))
    assert phone.clears == 1
    assert phone.sounds_between(1.1, 1.1 + PAUSE_SECS - 0.01) == 0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("at", [0.15, 0.53, 1.07, 1.11, 1.2345, 1.39])
@in_virtual_time
async def test_a_resume_repeats_the_message_whose_playout_was_cut(at: float, rate: int) -> None:
    audio = speech(4.0, rate)
    phone = await played(
        *said(audio, rate),
        pause(at),
        PauseSpeechFrame(),
        pause(1.0),
        ResumeSpeechFrame(),
        pause(6),
        rate=rate,
    )
    assert phone.heard == goes_on(audio, at, rate)
    assert phone.clears == 1
    assert phone.sounds_between(at, at + 0.99) == 0


@pytest.mark.parametrize("held", [0.03, 0.6])
@in_virtual_time
async def test_playout_may_pause_repeatedly_and_is_never_far_ahead(held: float) -> None:
    audio = speech(6.0)
    cough = [PauseSpeechFrame(), pause(held), ResumeSpeechFrame(), pause(0.33)]
    phone = await played(*said(audio), pause(0.5), *cough * 4, pause(8))
    parts, at = b"", 0
    for secs in (0.5, 0.33, 0.33, 0.33):
        end = at + round(secs * 8_000) * 2
        parts += audio[at:end]
        at = end // message() * message()
    assert phone.heard == parts + audio[at:]
    assert phone.clears == 4
    assert phone.most_ahead < 0.65


@in_virtual_time
async def test_a_second_resume_of_the_playout_changes_nothing() -> None:
    audio = speech(3.0)
    resume = [ResumeSpeechFrame(), pause(0.3)]
    phone = await played(*said(audio), pause(0.5), PauseSpeechFrame(), pause(0.3), *resume * 2)
    assert phone.heard == goes_on(audio, 0.5)


@in_virtual_time
async def test_an_answer_to_a_barge_in_waits_for_no_playout_pause() -> None:
    phone = await played(
        *said(speech(5.0)),
        pause(1.1),
        PauseSpeechFrame(),
        pause(0.3),
        InterruptionFrame(),
        pause(0.3),
        *said(speech(1.0)),
        pause(3),
    )
    assert phone.sounds_between(1.1, 1.69) == 0
    assert phone.sounds_between(1.69, 2.7) == 5


@in_virtual_time
async def test_a_second_pause_of_the_playout_changes_nothing() -> None:
    audio = speech(3.0)
    hold = [PauseSpeechFrame(), pause(0.3)]
    phone = await played(*said(audio), pause(0.5), *hold, *hold, ResumeSpeechFrame(), pause(5))
    assert phone.heard == goes_on(audio, 0.5)
    assert phone.clears == 1


@in_virtual_time
async def test_a_barge_in_drops_the_paused_playout() -> None:
    audio, answer = speech(5.0), speech(1.0, first=20_000)
    phone = await played(
        *said(audio),
        pause(1.1),
        PauseSpeechFrame(),
        pause(0.5),
        InterruptionFrame(),
        pause(0.1),
        ResumeSpeechFrame(),
        pause(6),
        *said(answer),
        pause(3),
    )
    assert phone.heard == audio[: round(1.1 * 8_000) * 2] + answer
    assert phone.clears == 2


@in_virtual_time
async def test_right_after_a_barge_in_a_pause_holds_what_is_said_next() -> None:
    first, second = speech(2.0), speech(1.0, first=20_000)
    phone = await played(
        *said(first),
        pause(0.5),
        InterruptionFrame(),
        pause(0.05),
        PauseSpeechFrame(),
        pause(0.05),
        *said(second),
        pause(0.6),
        ResumeSpeechFrame(),
        pause(2),
    )
    assert phone.heard == first[: 4_000 * 2] + second
    assert phone.clears == 1
    assert phone.sounds_between(0.5, 1.19) == 0
    assert phone.sounds_between(1.19, 2.0) == 5


@in_virtual_time
async def test_a_resume_plays_nothing_of_an_earlier_paused_playout() -> None:
    first, second = speech(2.0), speech(2.0, first=20_000)
    phone = await played(
        *said(first),
        pause(0.5),
        InterruptionFrame(),
        pause(0.1),
        *said(second),
        pause(0.5),
        PauseSpeechFrame(),
        pause(0.5),
        ResumeSpeechFrame(),
        pause(4),
    )
    assert phone.heard == first[: 4_000 * 2] + goes_on(second, 0.5)


@in_virtual_time
async def test_a_playout_that_is_already_sent_can_be_paused_too() -> None:
    audio = speech(1.0)
    phone = await played(
        *said(audio), pause(0.9), PauseSpeechFrame(), pause(1), ResumeSpeechFrame(), pause(2)
    )
    assert phone.heard == goes_on(audio, 0.9)
    assert phone.clears == 1


@in_virtual_time
async def test_without_playout_there_is_nothing_to_resume() -> None:
    audio = speech(1.0)
    resume = ResumeSpeechFrame()
    phone = await played(resume, pause(0.2), *said(audio), pause(3), resume, pause(1))
    assert phone.heard == audio
    assert phone.clears == 0
    assert phone.sounds_between(-1, 0.7) == 5


@pytest.mark.parametrize(("end", "is_said"), [(ResumeSpeechFrame(), 1), (InterruptionFrame(), 0)])
@in_virtual_time
async def test_what_is_about_to_be_said_in_a_pause_waits_for_its_end(
    end: Frame, is_said: int
) -> None:
    audio, later = speech(1.0), speech(0.5, first=20_000)
    phone = await played(
        *said(later), pause(2), PauseSpeechFrame(), *said(audio), pause(1), end, pause(2)
    )
    assert phone.heard == later + audio * is_said
    assert phone.sounds_between(0.6, 2.95) == 0


@in_virtual_time
async def test_a_paused_playout_that_nobody_resumes_goes_on_by_itself() -> None:
    audio = speech(4.0)
    phone = await played(*said(audio), pause(1.1), PauseSpeechFrame(), pause(9))
    assert phone.heard == goes_on(audio, 1.1)
    assert phone.sounds_between(1.1, 1.1 + PAUSE_SECS - 0.01) == 0
    assert phone.sounds_between(1.1 + PAUSE_SECS - 0.01, 1.1 + PAUSE_SECS + 0.01) >= 1


@in_virtual_time
async def test_a_resumed_playout_does_not_go_on_a_second_time() -> None:
    audio = speech(8.0)
    cough = [PauseSpeechFrame(), pause(0.5), ResumeSpeechFrame(), pause(PAUSE_SECS - 1.0)]
    late = [PauseSpeechFrame(), pause(1.5), ResumeSpeechFrame()]
    phone = await played(*said(audio), pause(1.1), *cough, *late, pause(9))
    held_at = 1.1 + PAUSE_SECS - 0.5
    assert phone.sounds_between(held_at + 0.01, held_at + 1.49) == 0
    assert phone.heard.endswith(audio[-16_000:])


@in_virtual_time
async def test_an_upstream_pause_frame_does_not_pause_the_playout() -> None:
    phone = Phone(8_000)
    start = Start(stream_sid="s1", call_sid="c1")
    transport = ExotelTransport(cast(WebSocket, cast(Any, phone)), start, 8_000, lambda _: None)
    output = transport.output()

    async def hold() -> None:
        await asyncio.sleep(0.5)
        await output.queue_frame(PauseSpeechFrame(), FrameDirection.UPSTREAM)

    audio = speech(2.0)
    await asyncio.gather(
        run_test(
            output,
            frames_to_send=[*said(audio), pause(4)],
            pipeline_params=PipelineParams(audio_out_sample_rate=8_000),
        ),
        hold(),
    )
    assert phone.heard == audio
    assert phone.clears == 0


@in_virtual_time
async def test_a_call_may_end_during_a_playout_pause() -> None:
    phone = await played(*said(speech(2.0)), pause(0.5), PauseSpeechFrame())
    assert phone.client_state is WebSocketState.DISCONNECTED
