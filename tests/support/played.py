"""Cases played to one bot at once: a call each, whose LLM answers as its case has it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.bot import Caller
from shared.bot.persona import Answer as Decision
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import Step
from simulator.providers import Behaviour, Completion, Speaking, run_providers
from simulator.providers.dialogue import Answer, Message, Reply
from simulator.stream.profiles import Profile
from tests.support.bots import running_bot
from tests.support.capacity import a_line


class Case(Protocol):
    """What is played in a call."""

    @property
    def reply(self) -> Reply: ...

    @property
    def steps(self) -> tuple[Step, ...]: ...


@dataclass(frozen=True)
class Lived:
    """What became of a case."""

    report: CallReport
    requests: list[Completion]


@dataclass(frozen=True)
class Evening:
    """What became of them all, in one process."""

    calls: Mapping[str, Lived]
    endings: Mapping[str, int]
    spoken: str  # all that was given to the voice


def instructions_of(caller: Caller) -> str:
    """What a persona is told, by which its LLM knows the case."""
    return f"Case {caller.custom_parameters['case']}."


def case_of(messages: Sequence[Message]) -> int:
    """The number of the case that an LLM is asked in."""
    found = re.match(r"Case (\d+)\.", str(messages[0]["content"]))
    assert found
    return int(found[1])


async def play(
    cases: Mapping[str, Case],
    answer: Decision,
    profile: Profile,
    behaviour: Behaviour | None = None,
) -> Evening:
    """Play all cases.

    Args:
        cases: By their names.
        answer: The bot's, whose persona has the `instructions_of` the caller.
        profile: Of all calls.
        behaviour: Of the providers.
    """
    every = list(cases.values())

    def reply(messages: Sequence[Message]) -> Answer:
        return every[case_of(messages)].reply(messages)

    async def call(number: int) -> CallReport:
        async with a_line():
            url = f"{bot.url}?case={number}"
            return await place_call(url, every[number].steps, profile=profile)

    async with (
        run_providers(behaviour, reply=reply) as providers,
        running_bot({**providers.env, "MAX_CALLS": "20"}, answer=answer) as bot,
    ):
        prepared = len(providers.requests)
        reports = await asyncio.gather(*map(call, range(len(every))))
        seen = list(providers.requests)[prepared:]
    asked = [request for request in seen if isinstance(request, Completion)]
    lived = {
        name: Lived(report, [each for each in asked if case_of(each.messages) == number])
        for number, (name, report) in enumerate(zip(cases, reports, strict=True))
    }
    spoken = " ".join(request.transcript for request in seen if isinstance(request, Speaking))
    return Evening(lived, bot.capacity.metrics.endings, spoken)
