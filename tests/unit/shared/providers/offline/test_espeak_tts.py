"""eSpeak as a Pipecat TTS service: word times, errors and interruptions."""

import asyncio
from itertools import pairwise

from pipecat.frames.frames import (
    ErrorFrame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMRunFrame,
    LLMTextFrame,
    OutputAudioRawFrame,
    StartFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair
from pipecat.tests.utils import SleepFrame
from pipecat.transports.base_output import BaseOutputTransport
from pipecat.transports.base_transport import TransportParams

from shared.providers.offline import dialogue
from shared.providers.offline.espeak_tts import EspeakTTSService
from shared.providers.offline.scripted_llm import ScriptedLLMService
from tests.support.offline_service import VOICE, context, frames_out, messages


class RealTimeOutput(BaseOutputTransport):
    """Plays at the pace of a telephone line, into the void."""

    async def start(self, frame: StartFrame) -> None:
        await super().start(frame)
        await self.set_transport_ready(frame)

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        await asyncio.sleep(frame.num_frames / frame.sample_rate)
        return True


async def test_tts_audio_has_the_pipeline_s_sample_rate_and_word_times() -> None:
    text = "We are open. On Sunday we are closed."
    down, _ = await frames_out(
        EspeakTTSService(voice=VOICE),
        LLMFullResponseStartFrame(),
        LLMTextFrame(text),
        LLMFullResponseEndFrame(),
    )
    sound = [frame for frame in down if isinstance(frame, TTSAudioRawFrame)]
    assert {frame.sample_rate for frame in sound} == {8_000}
    seconds = sum(frame.num_frames for frame in sound) / 8_000
    words = [frame for frame in down if isinstance(frame, TTSTextFrame)]
    assert " ".join(word.text for word in words) == text
    times = [word.pts or 0 for word in words]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert 0.5 * seconds < (times[-1] - times[0]) / 1e9 < seconds


async def test_an_unknown_tts_voice_is_an_error_frame(log: list[str]) -> None:
    _, up = await frames_out(EspeakTTSService(voice="nobody"), TTSSpeakFrame("Hello."))
    errors = [frame.error for frame in up if isinstance(frame, ErrorFrame)]
    assert any("no voice 'nobody'" in error for error in errors)
    log.clear()


async def test_interrupted_tts_text_stays_out_of_the_context() -> None:
    talk = context("what are your opening hours")
    listener, remembers = LLMContextAggregatorPair(talk)
    output = RealTimeOutput(TransportParams(audio_out_enabled=True, audio_out_end_silence_secs=0))
    tts = EspeakTTSService(voice=VOICE)
    pipeline = Pipeline([listener, ScriptedLLMService(), tts, output, remembers])
    await frames_out(pipeline, LLMRunFrame(), SleepFrame(1.2), InterruptionFrame())
    question, answer = messages(talk)
    assert answer["content"].startswith("We are open")
    assert dialogue.reply([question]).text.startswith(answer["content"])
    assert len(answer["content"].split()) < 12
