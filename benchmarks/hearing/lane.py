"""A bot with providers of its own, rung by one caller at a time: all it asks for is that call's."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from benchmarks.hearing.known import RATE, known_recording
from benchmarks.hearing.outcome import Asked, Call
from benchmarks.hearing.trials import OPENER, TRIGGER, Trial
from benchmarks.load import BOTS, LATENCIES
from benchmarks.processes import free_port, running
from simulator.caller.caller import place_call
from simulator.caller.recording import RECORDINGS, TRANSCRIPTS
from simulator.caller.report import Event
from simulator.caller.scenario import Scenario
from simulator.providers import Behaviour, Completion, Providers, Speaking, run_providers
from simulator.providers.dialogue import GREETING, Message, text_of
from simulator.speech import Ear, Recording, read_recordings, read_transcripts, sentences, speak

BOT = "benchmarks.hearing.bot"
MAX_SECS = 300.0  # of a call
SETTLE_SECS = 0.5  # after a call: ending it takes a moment


class Script:
    """What the LLM says in a call: which of its lines, the caller decides by what they began.

    Args:
        lines: The first one after the first thing that the caller began, and so on.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = (GREETING, *lines)
        self._begun = 0

    def note(self, event: Event) -> None:
        """Take in what the caller does."""
        if event.source == "caller" and event.kind in ("says", "interrupts"):
            self._begun += 1

    def reply(self, _: Sequence[Message]) -> str:
        """Answer what the caller began last, however much of it the bot has understood."""
        return self._lines[min(self._begun, len(self._lines) - 1)]


class Lane:
    """One bot, its providers and its callers.

    Args:
        url: Of the bot.
        providers: Its own.
        openings: What the bot had spoken before any call.
    """

    def __init__(self, url: str, providers: Providers, openings: Sequence[str]) -> None:
        self._url = url
        self._providers = providers
        self._openings = openings

    async def call(self, trial: Trial) -> Call:
        """Make one call and return what was seen of it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        script = Script(trial.lines)

        def note(event: Event) -> None:
            nonlocal began
            script.note(event)
            if event.kind == "start":
                began = loop.time()

        self._providers.requests.clear()
        self._providers.reply = script.reply
        self._providers.ear = await asyncio.to_thread(self._ear, trial)
        scenario = Scenario("hearing", trial.steps, MAX_SECS)
        report = await place_call(self._url, scenario, profile=trial.profile, on_event=note)
        asked = tuple(_asked(seen, began) for seen in self._providers.asked(Completion))
        await asyncio.sleep(SETTLE_SECS)
        return Call(report=report, asked=asked)

    def _ear(self, trial: Trial) -> Ear:
        """An ear that knows this call's caller, and the bot's own voice if it comes back."""
        known = [known_recording(trial.folder, u) for u in trial.known if u.text]
        own: list[Recording] = []
        if trial.profile.echo_db is not None:
            texts = " ".join((*self._openings, GREETING, *trial.lines))
            own = [speak(sentence, RATE) for sentence in sentences(texts)]
        return Ear((*_simulated(), *known, *own))


@asynccontextmanager
async def open_lane(name: str, folder: Path) -> AsyncIterator[Lane]:
    """Start one of `BOTS` and its providers.

    Args:
        name: Of the bot.
        folder: A folder of its own to work in.

    Raises:
        ProgramFailed: If the bot does not start.
    """
    bot, port = BOTS[name], free_port()
    secs = {kind: ms / 1_000 for kind, ms in LATENCIES.items()}
    behaviour = Behaviour(stt_latency=secs["stt"], llm_latency=secs["llm"], tts_latency=secs["tts"])
    async with run_providers(behaviour, recordings={}) as providers:
        environment = {**providers.env, "PORT": str(port), "BOT": BOT}
        async with running(bot.module, folder=folder, environment=environment) as program:
            await program.answers(f"http://127.0.0.1:{port}{bot.ready}")
            openings = [seen.transcript for seen in providers.asked(Speaking)]
            yield Lane(f"ws://127.0.0.1:{port}/ws", providers, openings)


@cache
def _simulated() -> tuple[Recording, ...]:
    """What callers say besides the utterances of a set."""
    texts = read_transcripts(TRANSCRIPTS)
    names = [RECORDINGS / name for name in (OPENER, TRIGGER)]
    return read_recordings({path: texts[path] for path in names})


def _asked(seen: Completion, began: float) -> Asked:
    said = tuple(text_of(m) for m in seen.messages if m.get("role") == "user")
    return Asked(seen.at - began, said)
