"""The load: callers who all ring at once, and the bots and providers they meet."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Measurement
from benchmarks.processes import Program, free_port, running
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Scenario, WaitForBot
from simulator.stream.profiles import Profile

MOST_THOUGHT = 3.0  # seconds that the slowest caller thinks before asking
GOLDEN_RATIO = 0.618  # its multiples, modulo 1, spread any number of callers evenly
LATENCIES = {"stt": 150, "llm": 250, "tts": 120}  # ms, as good days of such providers go
LAST_VARIABLE = "CARTESIA_VOICE_ID"  # of those that the providers print
SETTLE_SECS = 1.0  # after the callers have hung up: ending a call is part of its cost
SAMPLE_SECS = 0.1  # between two looks at a bot's memory


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot to measure: the module that serves it, and the path that says it takes calls."""

    module: str
    ready: str


BOTS = {"ours": Bot("inbound", "/readyz"), "reference": Bot("benchmarks.reference", "/healthz")}


@dataclass(frozen=True, slots=True)
class Load:
    """How many callers ring, how often they all do, and how.

    Args:
        calls: How many.
        rounds: How often.
        apart: Seconds from one caller's ring to the next one's.
        frame_ms: The length of the messages that carry their sound.
    """

    calls: int
    rounds: int
    apart: float
    frame_ms: int


def scenario(number: int) -> Scenario:
    """What one of the callers does: they may ring at the same moment, but do not ask in step."""
    thought = MOST_THOUGHT * (number * GOLDEN_RATIO % 1)
    return Scenario(
        "benchmark",
        (
            WaitForBot(),
            Pause(thought),
            Say("opening_hours.wav"),
            WaitForBot(),
            Say("tell_me_a_story.wav"),
            Interrupt("book_appointment.wav", after=1.5),
            WaitForBot(),
            HangUp(),
        ),
    )


@asynccontextmanager
async def running_providers(folder: Path) -> AsyncIterator[dict[str, str]]:
    """Run the simulated providers; yields the environment that leads a bot to them."""
    latencies = [f"--{name}-latency-ms={ms}" for name, ms in LATENCIES.items()]
    arguments = ("providers", "--port=0", *latencies)
    async with running("simulator", *arguments, folder=folder) as program:
        printed = await program.says(LAST_VARIABLE)
        lines = (line.partition("=") for line in printed.splitlines())
        yield {name: value for name, found, value in lines if found}


async def measure(name: str, load: Load, providers: Mapping[str, str], folder: Path) -> Measurement:
    """Start one of `BOTS`, ring it once cold, once more alone, then by all callers at once.

    Raises:
        ProgramFailed: If the bot does not start.
    """
    bot = BOTS[name]
    port = free_port()
    environment = {**providers, "PORT": str(port), "MAX_CALLS": str(load.calls)}
    async with running(bot.module, folder=folder, environment=environment) as program:
        print(f"{name}: starting ...")
        await program.answers(f"http://127.0.0.1:{port}{bot.ready}")
        callers = _Callers(f"ws://127.0.0.1:{port}/ws", program, load)
        print(f"{name}: the first call of the process ...")
        cold = await callers.ring(1)
        print(f"{name}: a call alone ...")
        await callers.ring(1)
        lone_memory = callers.take_peak()
        cpu = program.cpu
        reports: list[CallReport] = []
        for number in range(1, load.rounds + 1):
            print(f"{name}: {load.calls} calls at once, round {number} of {load.rounds} ...")
            reports += await callers.ring(load.calls)
        return Measurement(
            cold=cold[0],
            calls=tuple(reports),
            simultaneous=load.calls,
            cpu=program.cpu - cpu,
            lone_memory=lone_memory,
            full_memory=callers.take_peak(),
        )


class _Callers:
    """Those who ring one bot, with an eye on its memory meanwhile."""

    def __init__(self, url: str, program: Program, load: Load) -> None:
        self._url = url
        self._program = program
        self._load = load
        self._peak = 0

    def take_peak(self) -> int:
        """The most bytes that were resident during a call since the last time."""
        peak, self._peak = self._peak, 0
        return peak

    async def ring(self, count: int) -> list[CallReport]:
        """Have so many callers ring, and wait until all of them have hung up."""
        watching = asyncio.create_task(self._watch())
        try:
            reports = await asyncio.gather(*(self._call(number) for number in range(count)))
            await asyncio.sleep(SETTLE_SECS)
            return reports
        finally:
            watching.cancel()

    async def _call(self, number: int) -> CallReport:
        await asyncio.sleep(number * self._load.apart)
        profile = Profile(frame_ms=self._load.frame_ms, seed=number)
        return await place_call(self._url, scenario(number), profile=profile)

    async def _watch(self) -> None:
        while True:
            self._peak = max(self._peak, self._program.memory)
            await asyncio.sleep(SAMPLE_SECS)
