"""Pipecat's own STT, LLM and TTS services against the simulated providers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pipecat.frames.frames import (
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    LLMContextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSStoppedFrame,
    TTSTextFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.services.cartesia.tts import CartesiaTTSService
from pipecat.services.deepgram.stt import DeepgramSTTService
from pipecat.services.llm_service import FunctionCallParams
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.workers.runner import WorkerRunner

from simulator.providers import (
    Behaviour,
    Cancelled,
    Listening,
    Providers,
    Speaking,
    ToolCall,
    run_providers,
)
from simulator.providers.dialogue import ANSWERS
from simulator.speech import Ear, sentences, speak
from tests.support.provider_clients import FRAME, RATE, recording, settled
from tests.support.sink import Sink

QUICK = Behaviour(stt_latency=0.02, llm_latency=0.02, llm_token_interval=0, tts_latency=0.02)


class Call:
    """The three services in a row, without a transport."""

    def __init__(self, providers: Providers) -> None:
        env = providers.env
        stt = DeepgramSTTService(api_key=env["DEEPGRAM_API_KEY"], base_url=env["DEEPGRAM_BASE_URL"])
        self.llm = OpenAILLMService(
            api_key=env["OPENAI_API_KEY"],
            base_url=env["OPENAI_BASE_URL"],
            settings=OpenAILLMService.Settings(model="gpt-4.1"),
        )
        tts = CartesiaTTSService(
            api_key=env["CARTESIA_API_KEY"],
            url=env["CARTESIA_URL"],
            settings=CartesiaTTSService.Settings(voice=env["CARTESIA_VOICE_ID"]),
        )
        self.sink = Sink()
        self.worker = PipelineWorker(
            Pipeline([stt, self.llm, tts, self.sink]),
            params=PipelineParams(audio_in_sample_rate=RATE, audio_out_sample_rate=RATE),
            enable_rtvi=False,
        )

    async def say(self, pcm: bytes) -> None:
        await self.worker.queue_frame(VADUserStartedSpeakingFrame())
        for first in range(0, len(pcm), FRAME):
            audio = pcm[first : first + FRAME]
            frame = InputAudioRawFrame(audio=audio, sample_rate=RATE, num_channels=1)
            await self.worker.queue_frame(frame)
        await self.worker.queue_frame(VADUserStoppedSpeakingFrame())

    async def ask(self, text: str) -> None:
        context = LLMContext([{"role": "user", "content": text}])
        await self.worker.queue_frame(LLMContextFrame(context))


@asynccontextmanager
async def call(providers: Providers) -> AsyncIterator[Call]:
    calling = Call(providers)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(calling.worker)
    running = asyncio.create_task(runner.run())
    try:
        await calling.worker.queue_frame(InterruptionFrame())
        await calling.sink.until(lambda: calling.sink.of(InterruptionFrame))
        yield calling
    finally:
        await calling.worker.cancel()
        await running
        await calling.llm._client.close()


@pytest.fixture
async def simulated() -> AsyncIterator[Providers]:
    async with run_providers(QUICK) as providers:
        yield providers
        await settled(providers)


async def test_deepgram_stt_transcribes_the_caller_at_8_khz(simulated: Providers) -> None:
    async with call(simulated) as calling:
        await calling.say(recording("opening_hours.wav"))
        await calling.sink.until(lambda: calling.sink.of(TranscriptionFrame))
        (final,) = calling.sink.of(TranscriptionFrame)
    assert isinstance(final, TranscriptionFrame)
    assert final.text == "what are your opening hours"
    assert final.finalized
    assert calling.sink.of(InterimTranscriptionFrame)
    (listening,) = simulated.asked(Listening)
    assert listening.parameters["sample_rate"] == "8000"


async def test_openai_llm_answers_and_cartesia_tts_speaks_it(simulated: Providers) -> None:
    async with call(simulated) as calling:
        await calling.ask("tell me a story")
        await calling.sink.until(lambda: calling.sink.of(TTSStoppedFrame))
    text = ANSWERS["story"]
    words = [f.text for f in calling.sink.frames if isinstance(f, TTSTextFrame)]
    audio = [f for f in calling.sink.frames if isinstance(f, TTSAudioRawFrame)]
    assert " ".join(words) == text
    assert {frame.sample_rate for frame in audio} == {RATE}
    known = Ear(speak(sentence, RATE) for sentence in sentences(text))
    assert known.hear(b"".join(frame.audio for frame in audio), RATE) == text
    assert all(said.output_format["sample_rate"] == RATE for said in simulated.asked(Speaking))


async def test_an_llm_tool_call_reaches_its_function(simulated: Providers) -> None:
    simulated.reply = lambda messages: ToolCall("book", {"day": "Tuesday"})
    called: asyncio.Future[FunctionCallParams] = asyncio.get_running_loop().create_future()

    async def book(params: FunctionCallParams) -> None:
        called.set_result(params)

    async with call(simulated) as calling:
        calling.llm.register_function("book", book)
        await calling.ask("tuesday please")
        async with asyncio.timeout(5):
            params = await called
    assert params.function_name == "book"
    assert params.arguments == {"day": "Tuesday"}


async def test_an_interruption_cancels_the_tts_context(simulated: Providers) -> None:
    async with call(simulated) as calling:
        await calling.ask("tell me a story")
        await calling.sink.until(lambda: calling.sink.of(TTSAudioRawFrame))
        await calling.worker.queue_frame(InterruptionFrame())
        await calling.sink.until(lambda: len(calling.sink.of(InterruptionFrame)) == 2)
        await asyncio.sleep(0.1)
        heard = len(calling.sink.of(TTSAudioRawFrame))
        await asyncio.sleep(0.2)
        assert len(calling.sink.of(TTSAudioRawFrame)) == heard
    assert "tts" in [cancelled.provider for cancelled in simulated.asked(Cancelled)]
