"""The plain bot to compare with: what one writes from Pipecat's guides, with its defaults.

Run with the environment that `python -m simulator providers` prints, and a port:

    PORT=7861 python -m benchmarks.reference
"""

import os

import uvicorn
from fastapi import FastAPI, WebSocket
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import LLMRunFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.runner.types import WebSocketRunnerArguments
from pipecat.runner.utils import create_transport
from pipecat.services.cartesia.tts import CartesiaTTSService
from pipecat.services.deepgram.stt import DeepgramSTTService
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams
from pipecat.workers.runner import WorkerRunner

ENV = os.environ  # noqa: TID251  # plain bots read it wherever they need it

app = FastAPI()


@app.get("/healthz")
async def healthz() -> str:
    """Tell the benchmark that calls can begin."""
    return "ok"


@app.websocket("/ws")
async def take_call(websocket: WebSocket) -> None:
    """Carry one call."""
    await websocket.accept()
    transport = await create_transport(
        WebSocketRunnerArguments(websocket=websocket),
        {"exotel": lambda: FastAPIWebsocketParams(audio_in_enabled=True, audio_out_enabled=True)},
    )
    stt = DeepgramSTTService(api_key=ENV["DEEPGRAM_API_KEY"], base_url=ENV["DEEPGRAM_BASE_URL"])
    llm = OpenAILLMService(api_key=ENV["OPENAI_API_KEY"], base_url=ENV["OPENAI_BASE_URL"])
    tts = CartesiaTTSService(
        api_key=ENV["CARTESIA_API_KEY"],
        url=ENV["CARTESIA_URL"],
        settings=CartesiaTTSService.Settings(voice=ENV["CARTESIA_VOICE_ID"]),
    )
    context = LLMContext([{"role": "developer", "content": "Please introduce yourself."}])
    user, assistant = LLMContextAggregatorPair(
        context, user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
    )
    worker = PipelineWorker(
        Pipeline([transport.input(), stt, user, llm, tts, transport.output(), assistant]),
        params=PipelineParams(audio_in_sample_rate=8000, audio_out_sample_rate=8000),
    )

    @transport.event_handler("on_client_connected")  # type: ignore[untyped-decorator]  # Pipecat's
    async def greet(*_: object) -> None:
        await worker.queue_frames([LLMRunFrame()])

    @transport.event_handler("on_client_disconnected")  # type: ignore[untyped-decorator]
    async def leave(*_: object) -> None:
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(ENV["PORT"]), log_level="warning")
