"""eSpeak in worker processes: loudness, word times, crashes, hangs and cancelled requests."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.hearing.channel import loudness
from shared.providers.offline import espeak
from shared.providers.offline.espeak import ROOT, WORKER, SpeechError, SpeechWorker

VOICE = "en-us+f3"
SENTENCE = "We are open from nine in the morning."


@pytest.fixture
def worker() -> Iterator[SpeechWorker]:
    worker = SpeechWorker()
    yield worker
    worker.close()


async def test_espeak_tts_audio_has_no_silence_around_it(worker: SpeechWorker) -> None:
    speech = await worker.speak(SENTENCE, VOICE)
    samples = np.abs(np.frombuffer(speech.pcm, np.int16).astype(int))
    assert 1.0 < len(samples) / speech.sample_rate < 4.0
    edge = int(0.05 * speech.sample_rate)
    assert samples[:edge].max() > espeak.QUIET and samples[-edge:].max() > espeak.QUIET


@pytest.mark.parametrize("voice", [None, VOICE, "en-us+m3", "en-us+whisper"])
@pytest.mark.parametrize("text", [SENTENCE, "Yes."])
async def test_every_tts_voice_is_as_loud_as_the_others(
    worker: SpeechWorker, voice: str | None, text: str
) -> None:
    speech = await worker.speak(text, voice)
    samples = np.frombuffer(speech.pcm, np.int16) / 32_768
    assert 20 * np.log10(loudness(samples)) == pytest.approx(-20, abs=3)
    assert np.abs(samples).max() < 0.95


def test_silence_in_tts_audio_is_not_amplified() -> None:
    for pcm in (b"", bytes(2), bytes(4_000)):
        assert espeak._levelled(espeak.Speech(pcm, 22_050, ())).pcm == pcm


async def test_espeak_tells_tts_word_times(worker: SpeechWorker) -> None:
    speech = await worker.speak(SENTENCE, VOICE)
    words = {SENTENCE[offset:].split()[0] for offset, _ in speech.anchors}
    assert {"open", "nine", "morning."} <= words
    seconds = [at for _, at in speech.anchors]
    assert seconds == sorted(seconds)


async def test_the_best_installed_tts_voice_is_the_default(worker: SpeechWorker) -> None:
    assert (await worker.speak(SENTENCE)).sample_rate in (16_000, 22_050)  # flite, espeak-ng


async def test_an_unknown_tts_voice_is_an_error_and_the_worker_goes_on(
    worker: SpeechWorker,
) -> None:
    with pytest.raises(SpeechError, match="no voice 'nobody'"):
        await worker.speak(SENTENCE, "nobody")
    assert (await worker.speak(SENTENCE, VOICE)).pcm


async def test_ten_tts_requests_share_one_worker_process(worker: SpeechWorker) -> None:
    texts = [f"This is number {number}." for number in range(10)]
    spoken = await asyncio.gather(*(worker.speak(text, VOICE) for text in texts))
    first = worker.pid
    assert all(speech.pcm for speech in spoken)
    await worker.speak(SENTENCE, VOICE)
    assert worker.pid == first


async def test_a_killed_tts_worker_is_replaced(worker: SpeechWorker) -> None:
    await worker.speak(SENTENCE, VOICE)
    assert (first := worker.pid)
    os.kill(first, signal.SIGKILL)
    assert (await worker.speak(SENTENCE, VOICE)).pcm
    assert worker.pid != first


async def test_a_tts_worker_that_hangs_is_replaced(
    worker: SpeechWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await worker.speak(SENTENCE, VOICE)
    assert (first := worker.pid)
    monkeypatch.setattr(espeak, "ANSWER_TIMEOUT", 1.0)
    os.kill(first, signal.SIGSTOP)
    assert (await worker.speak(SENTENCE, VOICE)).pcm
    assert worker.pid != first


async def test_a_tts_worker_that_cannot_start_is_an_error(
    worker: SpeechWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeak, "WORKER", "this")  # a module that prints and ends
    with pytest.raises(SpeechError, match="does not answer"):
        await worker.speak(SENTENCE, VOICE)


async def test_cancelling_one_tts_request_leaves_the_others_whole(worker: SpeechWorker) -> None:
    whole = await worker.speak(SENTENCE, VOICE)
    cancelled = asyncio.create_task(worker.speak("Nobody waits for this. " * 20, VOICE))
    await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    speech = await worker.speak(SENTENCE, VOICE)
    assert len(speech.pcm) == pytest.approx(len(whole.pcm), rel=0.1)


async def test_the_tts_worker_ends_with_a_parent_that_is_killed() -> None:
    program = (
        "import asyncio, time; from shared.providers.offline.espeak import speech_worker;"
        f"asyncio.run(speech_worker().speak('Hello', '{VOICE}')); print('spoken', flush=True);"
        "time.sleep(60)"
    )
    pipe = asyncio.subprocess.PIPE
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=pipe, stderr=pipe
    )
    assert parent.stdout and parent.stderr
    assert await parent.stdout.readline() == b"spoken\n"
    parent.kill()
    async with asyncio.timeout(5):  # the worker has inherited this pipe, and keeps it open
        assert await parent.stderr.read() == b""
    await parent.wait()


async def test_only_the_tts_worker_loads_the_gpl_library_and_nothing_heavy() -> None:
    program = f"import {WORKER}, sys; print(sorted({{'pipecat', 'numpy'}} & set(sys.modules)))"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert (await child.communicate())[0] == b"[]\n"
    assert "espeakng_loader" not in sys.modules
