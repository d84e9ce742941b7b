"""A bot with providers of its own, rung by one caller at a time: all it asks for is that call's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks.hearing.fixtures import fixtures
from benchmarks.hearing.judge import Call
from benchmarks.hearing.trials import Trial
from benchmarks.load import BOTS, LATENCIES
from benchmarks.processes import free_port, running
from simulator.caller.caller import place_call
from simulator.caller.recording import TRANSCRIPTS
from simulator.caller.report import Event
from simulator.providers import Behaviour, Completion, Providers, Speaking, run_providers
from simulator.providers.dialogue import ANSWERS, GREETING
from simulator.speech import Ear, read_recordings, read_transcripts, sentences, speak

RATE = 8_000  # Hz
SETTLE_SECS = 0.5  # after a call: ending it takes a moment


class Lane:
    """One bot, its providers and its callers.

    Args:
        url: Of the bot.
        providers: Its own.
    """

    def __init__(self, url: str, providers: Providers, frame_ms: int) -> None:
        self._url = url
        self._frame_ms = frame_ms
        self._providers = providers

    async def call(self, trial: Trial) -> Call:
        """Make one call and return what was seen of it."""
        loop = asyncio.get_running_loop()
        began = loop.time()

        def note(event: Event) -> None:
            nonlocal began
            if event.kind == "start":
                began = loop.time()

        self._providers.requests.clear()
        profile = replace(trial.profile, frame_ms=self._frame_ms)
        report = await place_call(self._url, trial.steps, profile=profile, on_event=note)
        asked = tuple(seen.at - began for seen in self._providers.asked(Completion))
        await asyncio.sleep(SETTLE_SECS)
        return Call(report=report, asked=asked)


@asynccontextmanager
async def open_lane(name: str, folder: Path, frame_ms: int) -> AsyncIterator[Lane]:
    """Start one of `BOTS` and its providers.

    Args:
        name: Of the bot.
        folder: A folder of its own to work in.
        frame_ms: The length of its caller's messages.

    Raises:
        ProgramFailed: If the bot does not start.
    """
    bot, port = BOTS[name], free_port()
    secs = {kind: ms / 1_000 for kind, ms in LATENCIES.items()}
    behaviour = Behaviour(stt_latency=secs["stt"], llm_latency=secs["llm"], tts_latency=secs["tts"])
    async with run_providers(behaviour, recordings={}) as providers:
        environment = {**providers.env, "PORT": str(port)}
        async with running(bot.module, folder=folder, environment=environment) as program:
            await program.answers(f"http://127.0.0.1:{port}{bot.ready}")
            openings = tuple(seen.transcript for seen in providers.asked(Speaking))
            providers.ear = _ear(openings)
            yield Lane(f"ws://127.0.0.1:{port}/ws", providers, frame_ms)


@cache
def _ear(openings: tuple[str, ...]) -> Ear:
    """An ear that knows the callers, and the bot's own voice when it comes back as echo.

    Args:
        openings: What the bot had spoken before any call.
    """
    texts = {fixture.path: fixture.text for fixture in fixtures() if fixture.clean}
    known = read_recordings(read_transcripts(TRANSCRIPTS) | texts)
    own = sentences(" ".join((*openings, GREETING, ANSWERS["story"])))
    return Ear((*known, *(speak(sentence, RATE) for sentence in own)))
