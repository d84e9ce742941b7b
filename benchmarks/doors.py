"""The doors under fire: what two callers hear while strangers do their worst beside them.

Run with `python -m benchmarks.doors`, offline. It exits with 1 if a caller heard a gap or waited
half as long again for an answer, or if a new caller didn't get in.
"""

import asyncio
import json
import resource
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.attacks import ATTACKS, PASSWORD, USERNAME
from benchmarks.load import running_providers
from benchmarks.measure import NEVER
from benchmarks.processes import ROOT, Program, free_port, running
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Say, Scenario, Step, WaitForBot
from simulator.stream.profiles import Profile

LARGE = {"silent": 1300, "mute": 300, "cheap": 200, "wrong": 200, "slow": 300, "flood": 3}
DESCRIPTORS = 1024  # as many systems allow a process
MAX_CALLS = 20
SLOWER = 1.5  # times as long as before is too long for an answer
NEXT_SECS = 1.0  # until the attack begins, and then until another caller rings
FRAME_MS = 20  # of sound in a caller's message, as seen live
TURN_SECS = 3.0  # about as long as a caller needs for one

ASK: tuple[Step, ...] = (Say("opening_hours.wav"), WaitForBot())


@dataclass(frozen=True, slots=True)
class Siege:
    """What came of one attack.

    Args:
        attacks: How many clients each had, by its name; none at all in times of peace.
        callers: Those who were on.
        newcomer: Who rang meanwhile.
        cpu: Seconds of processor time that the bot used.
        secs: How long it went on.
        log: What the bot wrote into its log.
        memory: Bytes that the bot had more than before.
        became: What became of the attackers, by the name of their attack.
    """

    attacks: Mapping[str, int]
    callers: tuple[CallReport, ...]
    newcomer: CallReport
    cpu: float
    secs: float
    log: str
    memory: int
    became: Mapping[str, Mapping[str, int]]

    @property
    def answer(self) -> float:
        """Seconds until the callers were answered, in the median; infinite if one never was."""
        responses = [turn.response for call in self.callers for turn in call.turns] or [None]
        return median(NEVER if each is None else each for each in responses)

    @property
    def gap_secs(self) -> float:
        """Seconds of silence in what the callers heard."""
        return sum(gap.seconds for call in self.callers for gap in call.gaps)

    @property
    def stayed(self) -> bool:
        """Whether every caller was on until they hung up."""
        return all(call.ended_by == "caller" for call in self.callers)

    @property
    def lag(self) -> float:
        """Seconds by which the simulated callers themselves ran late, at worst."""
        return max(call.lag for call in self.callers)

    def holds(self, before: "Siege") -> bool:
        """Whether nobody who rang has noticed."""
        on_time = self.answer <= SLOWER * before.answer
        return self.stayed and on_time and not self.gap_secs and self.newcomer.succeeded


async def doors(
    sieges: Sequence[Mapping[str, int]],
    *,
    turns: int = 3,
    descriptors: int = DESCRIPTORS,
    max_calls: int = MAX_CALLS,
) -> list[Siege]:
    """Ring the inbound bot in peace, and then in each of these sieges.

    Args:
        sieges: How many clients each attack has, by its name.
        turns: How often a caller asks something.
        descriptors: That the bot may have open.
        max_calls: That the bot takes.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        async with running_providers(folder) as providers:
            environment = {
                **providers,
                "PORT": str(port),
                "MAX_CALLS": str(max_calls),
                "WS_USERNAME": USERNAME,
                "WS_PASSWORD": PASSWORD,
                "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/calls.db",
            }
            async with running("inbound", folder=folder, environment=environment) as bot:
                limits = (descriptors, descriptors)
                resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE, limits)
                await bot.answers(f"http://127.0.0.1:{port}/readyz")
                await _ring(port, 1, 0)  # the first call of a process is slower
                return [await _siege(bot, port, attacks, turns) for attacks in ({}, *sieges)]


async def _siege(bot: Program, port: int, attacks: Mapping[str, int], turns: int) -> Siege:
    before = bot.output.read_text(encoding="utf-8", errors="replace")
    cpu, memory = bot.cpu, bot.memory
    loop = asyncio.get_running_loop()
    began = loop.time()
    callers = [asyncio.create_task(_ring(port, turns, nth)) for nth in range(2)]
    await asyncio.sleep(NEXT_SECS)
    secs = TURN_SECS * (turns + 1)
    attacking = [asyncio.create_task(_attack(port, *each, secs)) for each in attacks.items()]
    await asyncio.sleep(NEXT_SECS)
    newcomer = await _ring(port, 1, 2)
    reports = await asyncio.gather(*callers)
    became = dict(zip(attacks, await asyncio.gather(*attacking), strict=True))
    log = bot.output.read_text(encoding="utf-8", errors="replace")
    return Siege(
        attacks=attacks,
        callers=tuple(reports),
        newcomer=newcomer,
        cpu=bot.cpu - cpu,
        secs=loop.time() - began,
        log=log.removeprefix(before),
        memory=bot.memory - memory,
        became=became,
    )


async def _attack(port: int, name: str, size: int, secs: float) -> Mapping[str, int]:
    """Have a program attack, which takes little of the bot's processor, as others' machines do."""
    arguments = (name, f"--port={port}", f"--size={size}", f"--secs={secs}")
    program = await asyncio.create_subprocess_exec(
        *("nice", "-n", "15", sys.executable, "-m", "benchmarks.attacks", *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        said, _ = await program.communicate()
    finally:
        if program.returncode is None:
            program.kill()
    became: Mapping[str, int] = json.loads(said)
    return became


async def _ring(port: int, turns: int, seed: int) -> CallReport:
    scenario = Scenario("doors", (WaitForBot(), *ASK * turns, HangUp()))
    url = f"ws://{USERNAME}:{PASSWORD}@127.0.0.1:{port}/ws"
    return await place_call(url, scenario, profile=Profile(seed=seed, frame_ms=FRAME_MS))


def table(sieges: Sequence[Siege]) -> str:
    """The results, a line for each siege."""
    form = "{:<12} {:>8} {:>8} {:>9} {:>5} {:>8} {:>6}  {}"
    heads = (
        "attackers",
        "answer",
        "gaps",
        "newcomer",
        "CPU",
        "memory",
        "lines",
        "what became of them",
    )
    lines = [form.format(*heads)]
    for siege in sieges:
        heard = siege.newcomer.first_sound
        lines.append(
            form.format(
                ", ".join(f"{size} {name}" for name, size in siege.attacks.items()) or "none",
                f"{siege.answer:.2f} s",
                f"{siege.gap_secs:.2f} s",
                "refused" if heard is None else f"{heard:.2f} s",
                f"{100 * siege.cpu / siege.secs:.0f} %",
                f"{siege.memory / 1e6:+.0f} MB",
                siege.log.count("\n"),
                "; ".join(map(_told, siege.became.values())),
            )
        )
    return "\n".join(lines)


def _told(became: Mapping[str, int]) -> str:
    return ", ".join(f"{times} {what}" for what, times in sorted(became.items()))


def main() -> int:
    """Run all attacks and print what came of them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("attacks", nargs="*", default=list(LARGE), help=", ".join(ATTACKS))
    parser.add_argument("--turns", type=int, default=3)
    args = parser.parse_args()
    sieges = asyncio.run(doors([{name: LARGE[name]} for name in args.attacks], turns=args.turns))
    print(f"The callers' messages have {FRAME_MS} ms of sound.", table(sieges), sep="\n")
    return 0 if all(siege.holds(sieges[0]) for siege in sieges[1:]) else 1


if __name__ == "__main__":
    sys.exit(main())
