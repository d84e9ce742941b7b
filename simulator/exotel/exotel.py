"""The state of a simulated Exotel: who can be called, what is wrong with it, what it did."""

import asyncio
from collections import Counter, deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

import httpx

from simulator.exotel.account import Account
from simulator.exotel.behaviour import Behaviour
from simulator.exotel.callbacks.callbacks import Callbacks
from simulator.exotel.calls.calls import Call
from simulator.exotel.calls.people import NoAnswer, Person
from simulator.exotel.clock import Clock
from simulator.exotel.flows.flows import Flow
from simulator.exotel.numbers import e164
from simulator.exotel.rest.faults import Fault, Faults, Faulty, choose
from simulator.exotel.transcript import Transcript
from simulator.stream.profiles import Profile


class Exchange:
    """Exotel, as those see it who set it up; see `run_exchange` for what the attributes mean.

    All of them may be changed at any time, and hold for what happens afterwards. `calls` is
    every call object there has been, oldest first: one for each Connect request that placed a
    call, where that rang the ExoPhone the incoming call it made there, and one for each person
    who rang it themselves.
    """

    def __init__(self, url: str, http: httpx.AsyncClient, transcript: Transcript) -> None:
        self.url = url
        self.http = http
        self.transcript = transcript
        self.account = Account()
        self.people: dict[str, Person] = {}
        self.default_person: Person = NoAnswer()
        self.flows: dict[str, Flow] = {}
        self.faults = Faults()
        self.callbacks = Callbacks()
        self.behaviour = Behaviour()
        self.profile = Profile()
        self.clock = Clock()
        self.seed: int | str = 0
        self.calls: list[Call] = []
        self.live_streams = 0
        self.audible: deque[Call] = deque()  # whose reports have their sound still
        self.closing = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.rings: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._failure: BaseException | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment variables that lead a bot here."""
        env = {
            "EXOTEL_API_URL": self.url,
            "EXOTEL_ACCOUNT_SID": self.account.sid,
            "EXOTEL_API_KEY": self.account.api_key,
            "EXOTEL_API_TOKEN": self.account.api_token,
            "EXOTEL_PHONE_NUMBER": self.account.exophone,
        }
        if len(self.flows) == 1:
            env["EXOTEL_FLOW_ID"] = next(iter(self.flows))
        return env

    @property
    def placed(self) -> list[Call]:
        """The calls that REST was asked for, without those that reached the ExoPhone."""
        return [call for call in self.calls if call.mode != "incoming"]

    def rung(self, number: str) -> int:
        """How often a person was dialled, whatever came of it and whatever REST answered."""
        return self.rings[e164(number)]

    def person(self, number: str) -> Person:
        """Who is at the other end of a number."""
        return self.people.get(e164(number), self.default_person)

    def exophone_flow(self) -> str:
        """The id of the flow that answers calls to the ExoPhone, or nothing."""
        if self.account.exophone_flow is None and len(self.flows) == 1:
            return next(iter(self.flows))
        return self.account.exophone_flow or ""

    def call(self, sid: str) -> Call | None:
        """Find a call by its SID."""
        return next((call for call in self.calls if call.sid == sid), None)

    def fault(self, faulty: Faulty, about: str) -> Fault | None:
        """Draw what happens to a request about something: a number, a call, the list.

        Drawn from the seed and from what was asked before about the same thing, so that the
        order in which different things are asked about does not matter.
        """
        nth = self._asked[about]
        self._asked[about] += 1
        return choose(faulty, nth, self.random(about, nth))

    def random(self, *about: object) -> Random:
        """Chance that depends on the seed and the matter, and on nothing else."""
        return Random(f"{self.seed} {about}")

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background that `idle` waits for."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        self._begin()
        task.add_done_callback(self._done)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Keep `idle` waiting for a while."""
        self._begin()
        try:
            yield
        finally:
            self._end()

    async def pause(self, seconds: float) -> None:
        """Let so many real seconds pass; less if the exchange closes."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.closing.wait(), seconds)

    async def idle(self) -> None:
        """Wait until every call is over and every callback is delivered or given up.

        Raises:
            Exception: Whatever went wrong in a call that is no fault of the bot, like a
                recording that does not exist.
        """
        await self._idle.wait()
        self.check()

    def check(self) -> None:
        """Raise, once, what went wrong in a call; see `idle`."""
        if self._failure:
            failure, self._failure = self._failure, None
            raise failure

    async def close(self) -> None:
        """Cut all calls off, and forget what was to be delivered."""
        self.closing.set()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _begin(self) -> None:
        self._busy += 1
        self._idle.clear()

    def _end(self) -> None:
        self._busy -= 1
        if not self._busy:
            self._idle.set()

    def _done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            self._failure = self._failure or task.exception()
        self._end()
