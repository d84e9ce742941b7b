"""The transport on a real socket: marks in their order, and a peer that stops reading."""

import asyncio

import pytest
from fastapi import FastAPI, WebSocket
from pipecat.frames.frames import (
    EndFrame,
    Frame,
    InterruptionFrame,
    OutputTransportMessageUrgentFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.runner import run
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.stream.handshake import read_start
from shared.telephony.stream.serializer import MarkPlayedFrame, mark_frame
from shared.telephony.stream.transport import ExotelTransport
from simulator.caller.caller import place_call
from simulator.caller.scenario import Pause
from simulator.speech import voice
from simulator.stream.profiles import Profile
from tests.support.bots import eventually, serving
from tests.support.deaf_peer import deaf_call, shrink_buffers


class MarkKeeper(FrameProcessor):
    """Ends the call when its mark has been played."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, MarkPlayedFrame):
            self.marks.append(frame.mark)
            await self.pipeline_worker.queue_frame(EndFrame())


def speaking_app(keeper: MarkKeeper, text: str) -> FastAPI:
    """An app that says one sentence, marks its end, and leaves when the mark is back."""
    app = FastAPI()
    app.state.capacity = Capacity(1)

    @app.websocket("/ws")
    async def take_call(websocket: WebSocket) -> None:
        await websocket.accept()
        start = await read_start(websocket.receive_text)
        transport = ExotelTransport(websocket, start, 8_000, lambda stop: None)
        worker = PipelineWorker(
            Pipeline([transport.input(), keeper, transport.output()]),
            params=PipelineParams(audio_in_sample_rate=8_000, audio_out_sample_rate=8_000),
            enable_rtvi=False,
        )
        sound = TTSAudioRawFrame(voice(text, 8_000), 8_000, 1)
        await worker.queue_frames([TTSStartedFrame(), sound, TTSStoppedFrame(), mark_frame("end")])
        await run(worker, asyncio.get_running_loop().create_future())

    return app


async def test_a_mark_follows_the_audio_and_comes_back_after_its_playout() -> None:
    keeper = MarkKeeper()
    text = "This is heard to the end, and then the call is over."
    settings = Settings.parse({"PORT": "0"})
    async with serving(speaking_app(keeper, text), settings) as address:
        report = await place_call(f"ws://{address}/ws", (Pause(20),), profile=Profile(frame_ms=100))
    assert keeper.marks == ["end"]
    assert report.ended_by == "bot"
    assert voice(text, 8_000) in report.heard
    (mark,) = report.marks
    assert mark.echoed_at is not None
    assert mark.echoed_at >= len(voice(text, 8_000)) / 16_000
    assert {3_200} == set(report.message_sizes)


def losing_app(frames: list[list[Frame]], lost: list[str]) -> FastAPI:
    """An app that writes these frames, one group after the other, until the line is lost."""
    app = FastAPI()
    app.state.capacity = Capacity(1)

    @app.websocket("/ws")
    async def take_call(websocket: WebSocket) -> None:
        await websocket.accept()
        start = await read_start(websocket.receive_text)
        transport = ExotelTransport(websocket, start, 8_000, lambda stop: None)
        over: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def end(*_: object) -> None:
            lost.append(start.call_sid)
            over.set_result("lost")

        transport.add_event_handler("on_client_disconnected", end)
        worker = PipelineWorker(
            Pipeline([transport.input(), transport.output()]),
            params=PipelineParams(audio_in_sample_rate=8_000, audio_out_sample_rate=8_000),
            enable_rtvi=False,
        )
        running = asyncio.create_task(run(worker, over))
        for group in frames:
            await worker.queue_frames(group)
            await asyncio.sleep(0.8)  # in which sound fills the buffers
        await running
        lost.append("and left")

    return app


SOUND = TTSAudioRawFrame(bytes(160_000), 8_000, 1)
CLEAR = InterruptionFrame()
MARK = OutputTransportMessageUrgentFrame(message={"event": "mark", "mark": {"name": "x" * 9_000}})


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param([[SOUND]], id="sound"),
        pytest.param([[MARK, MARK, MARK]], id="marks"),
        pytest.param([[SOUND], [CLEAR, MARK]], id="a clear while sound waits"),
    ],
)
async def test_a_peer_that_stops_reading_is_a_lost_websocket(
    frames: list[list[Frame]], log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink_buffers(monkeypatch)
    monkeypatch.setattr("shared.telephony.stream.transport.WRITE_SECS", 1.0)
    lost: list[str] = []
    async with serving(losing_app(frames, lost), Settings.parse({"PORT": "0"})) as address:
        before = len(asyncio.all_tasks())
        async with deaf_call(address, "deaf"):
            await eventually(lambda: lost == ["deaf", "and left"], within=6)
        await eventually(lambda: len(asyncio.all_tasks()) <= before)
    assert sum("the socket is given up" in line for line in log) == 1
    assert not any("forcing it" in line for line in log)
