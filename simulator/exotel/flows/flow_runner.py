"""A call on its way through a flow, applet by applet."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence

import httpx

from simulator.caller.performer import Ringing
from simulator.caller.scenario import Scenario
from simulator.exotel.calls.calls import Call, Leg, Stream
from simulator.exotel.calls.streaming import stream
from simulator.exotel.exotel import Exchange
from simulator.exotel.flows.applet_requests import (
    Parameters,
    Progress,
    ask,
    passthru_parameters,
    voicebot_parameters,
)
from simulator.exotel.flows.connect_applet import connect
from simulator.exotel.flows.flows import Applet, Connect, Flow, Hangup, Passthru, Voicebot


async def walk(
    exchange: Exchange,
    call: Call,
    flow: Flow,
    scenario: Scenario,
    *,
    flow_id: str = "",
    ringing: Ringing | None = None,
) -> None:
    """Run a flow until it ends, the caller has hung up or the time is up.

    Each Voicebot begins the person's scenario anew; `ringing` is for the first one that connects.
    """
    await _Walk(exchange, call, scenario, flow_id, ringing).through(flow.applets)


class _Walk:
    def __init__(
        self,
        exchange: Exchange,
        call: Call,
        scenario: Scenario,
        flow_id: str,
        ringing: Ringing | None,
    ) -> None:
        self._exchange = exchange
        self._call = call
        self._scenario = scenario
        self._flow_id = flow_id
        self._ringing = ringing
        self._stream: Stream | None = None
        self._dialled: tuple[Leg, ...] = ()

    async def through(self, applets: Sequence[Applet]) -> None:
        ahead = deque(applets)
        while ahead and not self._time_is_up():
            if self._caller_has_gone():
                await self._tell_of_hangup(ahead[0])
                return
            match ahead.popleft():
                case Voicebot() as voicebot:
                    await self._voicebot(voicebot)
                case Passthru() as passthru:
                    if await self._leads_elsewhere(passthru):
                        ahead = deque(passthru.on_302)
                case Connect() as applet:
                    branch = await self._connect(applet)
                    ahead = ahead if branch is None else deque(branch)
                case Hangup():
                    return

    async def _voicebot(self, voicebot: Voicebot) -> None:
        """Open the bot's socket; without one the next applet follows as after any other."""
        url = await self._stream_url(voicebot.url)
        if not url:
            return
        self._stream = await stream(
            self._exchange,
            self._call,
            url,
            self._scenario,
            ringing=self._ringing,
            record=voicebot.record or self._call.order.records,
        )
        if self._stream.report and self._stream.report.connected:
            self._ringing = None

    async def _stream_url(self, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            return url
        response = await ask(
            self._exchange,
            self._call,
            url,
            voicebot_parameters(self._exchange, self._call),
            timeout=self._exchange.behaviour.dynamic_url_timeout,
        )
        found = _url_in(response)
        if not found:
            self._exchange.transcript.note(
                "no stream url", self._call.sid, self._call.number, url=url
            )
        return found

    async def _leads_elsewhere(self, passthru: Passthru) -> bool:
        telling = self._tell(passthru)
        if passthru.waits:
            return await telling != httpx.codes.OK
        self._exchange.spawn(_forget(telling))
        return False

    async def _tell(self, passthru: Passthru) -> int | None:
        response = await ask(
            self._exchange,
            self._call,
            passthru.url,
            self._parameters(),
            timeout=self._exchange.behaviour.passthru_timeout,
        )
        return None if response is None else response.status_code

    async def _tell_of_hangup(self, applet: Applet) -> None:
        """Run a Passthru behind the stream although nobody is on the phone any more."""
        if isinstance(applet, Passthru) and self._exchange.behaviour.passthru_after_hangup:
            await self._tell(applet)

    async def _connect(self, applet: Connect) -> Sequence[Applet] | None:
        outcome, self._dialled = await connect(
            self._exchange, self._call, applet, self._parameters()
        )
        match outcome:
            case "answered":
                return None
            case "nobody answered":
                return applet.nobody_answers
            case "nobody dialled":
                return applet.nobody_dialled

    def _parameters(self) -> Parameters:
        progress = Progress(self._flow_id, self._stream, self._dialled)
        return passthru_parameters(self._exchange, self._call, progress)

    def _caller_has_gone(self) -> bool:
        report = self._stream.report if self._stream else None
        if report is None:
            return False
        crashed = report.ended_by == "network" and report.connected
        hangs_up = self._exchange.behaviour.after_crash == "hang up"
        return report.ended_by == "caller" or (crashed and hangs_up)

    def _time_is_up(self) -> bool:
        deadline = self._call.deadline
        return deadline is not None and asyncio.get_running_loop().time() >= deadline


async def _forget(telling: Awaitable[object]) -> None:
    await telling


def _url_in(response: httpx.Response | None) -> str:
    """Read `{"url": "wss://…"}`; anything else is as good as no answer."""
    if response is None or response.status_code != httpx.codes.OK:
        return ""
    try:
        document = response.json()
    except ValueError:
        return ""
    url = document.get("url") if isinstance(document, dict) else None
    return url if isinstance(url, str) else ""
