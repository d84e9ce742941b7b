"""Marks on a real socket: out in order with the audio, and back as a frame once it was heard."""

import asyncio

from fastapi import FastAPI, WebSocket
from pipecat.frames.frames import (
    EndFrame,
    Frame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.calls.registry import CallRegistry
from shared.conversation.running import run
from shared.settings import Settings
from shared.telephony.handshake import read_start
from shared.telephony.serializer import MarkPlayedFrame, mark_frame
from shared.telephony.transport import ExotelTransport
from simulator.caller import place_call
from simulator.profiles import Profile
from simulator.scenario import Pause
from simulator.speech import voice
from tests.support import serving


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
    app.state.registry = CallRegistry(1)

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


async def test_a_mark_follows_the_audio_and_comes_back_when_it_has_been_heard() -> None:
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
