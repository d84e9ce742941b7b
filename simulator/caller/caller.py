"""A phone call without a phone: dial a bot as Exotel does, live a scenario, report."""

import asyncio
from collections.abc import Sequence

from simulator.caller.journal import Journal, OnEvent
from simulator.caller.line import Line
from simulator.caller.performer import Performer, Recordings, Ringing
from simulator.caller.recording import load_recording
from simulator.caller.report import CallReport
from simulator.caller.scenario import Interrupt, Say, Scenario, Step
from simulator.stream.messages import Wire
from simulator.stream.profiles import Profile
from simulator.stream.upgrade import Refused, Target, dial


async def place_call(
    url: str,
    scenario: Scenario | Sequence[Step],
    *,
    profile: Profile | None = None,
    ringing: Ringing | None = None,
    on_event: OnEvent | None = None,
) -> CallReport:
    """Call the bot at `url`, with Exotel's end of the websocket played by `profile`.

    Args:
        url: What the Voicebot applet would hold: credentials, `sample-rate` and custom
            parameters included.
        scenario: What the caller does.
        profile: How Exotel behaves; as seen live unless given.
        ringing: Rings the person, where the socket opens before anybody has answered: until it
            returns there is a ringing tone on the line, and what it returns is whether the
            person took the call. If not, the call is over.
        on_event: Called with each event as it happens.

    Raises:
        NotDialable: If Exotel would not accept the URL.
        UnreadableAudio: If a recording cannot be read.
    """
    profile = profile or Profile()
    if not isinstance(scenario, Scenario):
        scenario = Scenario("unnamed", tuple(scenario))
    target = Target.parse(url, profile)
    recordings = load_recordings(scenario, target.rate)
    journal = Journal(on_event)
    try:
        socket = await dial(target, profile)
    except Refused as refused:
        journal.note(0.0, "exotel", "refused", str(refused))
        return _refusal(refused, target.rate, journal)
    wire = Wire(profile, target.rate, target.parameters)
    line = Line(socket, wire, target.rate, profile, journal)
    try:
        await _live(line, scenario, recordings, ringing)
    finally:
        line.abort()
    return _report(line, target.rate)


async def _live(
    line: Line, scenario: Scenario, recordings: Recordings, ringing: Ringing | None
) -> None:
    """Run the call to its end, whoever ends it."""
    await line.open()
    performer = Performer(line, recordings)
    listening = asyncio.create_task(line.listen())
    streaming = asyncio.create_task(line.stream())
    performing = asyncio.create_task(_perform(performer, scenario, ringing))
    tasks = {listening, streaming, performing}
    limit = min(scenario.max_secs, line.profile.stream_cap)
    try:
        done, _ = await asyncio.wait(tasks, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            performing.cancel()
            capped = limit == line.profile.stream_cap
            await performer.hang_up("stopped" if capped else "callended")
        for task in done:
            task.result()
        if line.ended_by == "bot" and line.profile.drains_on_close:
            await line.until(lambda: line.playback.buffered == 0, line.playback.buffered + 1)
        else:
            await listening
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _perform(performer: Performer, scenario: Scenario, ringing: Ringing | None) -> None:
    if ringing is None or await performer.ring(ringing):
        await performer.perform(scenario.steps)
    else:
        await performer.hang_up()


def load_recordings(scenario: Scenario, rate: int) -> Recordings:
    """Read every recording before the phone rings."""
    names = {step.recording for step in scenario.steps if isinstance(step, Say | Interrupt)}
    return {name: load_recording(name, rate) for name in names}


def _refusal(refused: Refused, rate: int, journal: Journal) -> CallReport:
    return CallReport(
        connected=False,
        refused=refused.status,
        events=tuple(journal.events),
        ended_by="refused",
        close_reason=str(refused),
        sample_rate=rate,
    )


def _report(line: Line, rate: int) -> CallReport:
    journal, playback, spans = line.journal, line.playback, line.listener.spans
    return CallReport(
        connected=True,
        call_sid=line.wire.call_sid,
        stream_sid=line.wire.stream_sid,
        first_sound=round(spans[0].start, 3) if spans else None,
        turns=journal.turns(spans),
        barge_ins=journal.barge_ins(spans),
        gaps=tuple(playback.gaps),
        message_sizes=tuple(journal.message_sizes),
        misaligned=playback.misaligned,
        deepest_buffer=round(playback.deepest, 3),
        clears=len(journal.clears),
        marks=journal.marks(),
        bad_messages=tuple(journal.bad_messages),
        events=tuple(journal.events),
        ended_by=line.ended_by or "network",
        close_code=line.close_code,
        close_reason=line.close_reason,
        duration=round(line.ended_at, 3),
        lag=round(line.lag, 4),
        sample_rate=rate,
        heard=playback.heard,
        said=line.uplink.said,
    )
