"""The synthesis of texts outside of any call, by a TTS of their own."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from pipecat.frames.frames import TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor

from shared.conversation.runner import run
from shared.conversation.speech.playback import PrerenderedSpeech, SpeechCapture
from shared.providers.health import missed, worked

SYNTHESIS_SECS = 10.0  # for one text, connecting included


async def synthesise(
    tts: FrameProcessor,
    texts: Sequence[str],
    sample_rate: int,
    keep: Callable[[PrerenderedSpeech], None],
) -> None:
    """Have a TTS say texts, until it says nothing for too long.

    Args:
        tts: Says them; not to be used again.
        texts: What to say.
        sample_rate: Hz.
        keep: Called with each that was said.
    """
    said = asyncio.Event()
    unsaid = set(texts)

    def note(speech: PrerenderedSpeech) -> None:
        worked(tts)
        keep(speech)
        unsaid.discard(speech.text)
        said.set()

    capture = SpeechCapture(sample_rate, note)
    worker = PipelineWorker(
        Pipeline([tts, capture]),
        params=PipelineParams(audio_out_sample_rate=sample_rate),
        enable_rtvi=False,
        enable_turn_tracking=False,
        idle_timeout_secs=None,
    )
    done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(run(worker, done), name="speak")
    for text in texts:
        capture.expect(text)
    await worker.queue_frames([TTSSpeakFrame(text) for text in texts])
    try:
        with suppress(TimeoutError):
            while unsaid:
                said.clear()
                async with asyncio.timeout(SYNTHESIS_SECS):
                    await said.wait()
        if unsaid:
            missed(tts)
    finally:
        done.set_result("made")
        await running
