"""Speech from the one worker process that all calls share."""

import asyncio
import atexit
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

import numpy as np

WORKER = "shared.providers.offline.espeak_worker"
ROOT = Path(__file__).parents[3]  # where Python finds that module
ANSWER_TIMEOUT = 5.0  # seconds; the slowest voice needs a tenth of it for a long sentence
QUIET = 100  # of 32,768; flite begins with 0.2 s below it, which a caller would wait for
MARGIN = 0.01  # seconds of it that stay
LEVEL = 0.1 * 32_768  # of where somebody speaks, -20 dBFS: flite is 5 dB louder than espeak-ng
PEAK = 0.9 * 32_768
SPEAKING = 0.1  # of the loudest 20 ms: what is fainter is no part of that
ATTEMPTS = 2  # a worker that died is replaced once for each text

_WORKER_FAILURES = (OSError, EOFError, ValueError)  # dead, died half-way, talks nonsense


class SpeechError(Exception):
    """A text could not be turned into speech."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text as 16-bit mono sound.

    Attributes:
        pcm: The samples.
        sample_rate: In Hz, as the voice has it.
        anchors: Offset in the text, and seconds into the sound, of each word known to start there.
    """

    pcm: bytes
    sample_rate: int
    anchors: tuple[tuple[int, float], ...]


class SpeechWorker:
    """Hands texts one by one to the worker process, and replaces it when it dies.

    It belongs to no event loop: a thread of its own does the waiting.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="speech")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the worker, while there is one."""
        return self._process.pid if self._process else None

    async def speak(self, text: str, voice: str | None = None) -> Speech:
        """Synthesise the text, by default with the best voice of this machine.

        Raises:
            SpeechError: There is no such voice, or the worker does not answer.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._speak, text, voice)

    def close(self) -> None:
        """Finish the text in hand, drop the others and end the worker process."""
        self._thread.shutdown(cancel_futures=True)
        self._end()

    def _speak(self, text: str, voice: str | None) -> Speech:
        request = json.dumps({"text": text, "voice": voice}).encode() + b"\n"
        for _ in range(ATTEMPTS):
            try:
                header, pcm = self._ask(request)
            except _WORKER_FAILURES:
                self._end()
                continue
            if "error" in header:
                raise SpeechError(header["error"])
            anchors = tuple((offset, seconds) for offset, seconds in header["anchors"])
            return _levelled(_trimmed(Speech(pcm, header["sample_rate"], anchors)))
        raise SpeechError("the speech worker does not answer")

    def _ask(self, request: bytes) -> tuple[dict[str, Any], bytes]:
        process = self._process = self._process or _start()
        assert process.stdin and process.stdout
        watchdog = Timer(ANSWER_TIMEOUT, process.kill)
        watchdog.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            header = json.loads(process.stdout.readline())
            size = header.get("size", 0)
            pcm = process.stdout.read(size)
        finally:
            watchdog.cancel()
        if len(pcm) < size:
            raise EOFError
        return header, pcm

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            with suppress(OSError), process:  # leaving it closes the pipes and waits
                process.kill()


def _trimmed(speech: Speech) -> Speech:
    samples = np.frombuffer(speech.pcm, np.int16)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return speech
    margin = int(MARGIN * speech.sample_rate)
    first, last = max(0, int(loud[0]) - margin), int(loud[-1]) + margin
    earlier = first / speech.sample_rate
    anchors = tuple((offset, max(0.0, seconds - earlier)) for offset, seconds in speech.anchors)
    return Speech(samples[first:last].tobytes(), speech.sample_rate, anchors)


def _levelled(speech: Speech) -> Speech:
    """The same, as loud as any voice's."""
    samples = np.frombuffer(speech.pcm, np.int16).astype(np.float64)
    size = speech.sample_rate // 50
    frames = np.sqrt((samples[: len(samples) // size * size].reshape(-1, size) ** 2).mean(axis=1))
    spoken = frames[frames > SPEAKING * frames.max(initial=0.0)]
    if not len(spoken):
        return speech
    gain = min(LEVEL / np.sqrt((spoken**2).mean()), PEAK / np.abs(samples).max())
    return replace(speech, pcm=(samples * gain).astype(np.int16).tobytes())


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", WORKER]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@cache
def speech_worker() -> SpeechWorker:
    """Return the worker that all calls of this process share; its process starts with a text."""
    worker = SpeechWorker()
    atexit.register(worker.close)
    return worker
