"""Opening a bot's socket for a call, and what Exotel makes of how it ended."""

import asyncio
from dataclasses import replace

from simulator.caller.caller import place_call
from simulator.caller.performer import Ringing
from simulator.caller.report import CallReport, Event
from simulator.caller.scenario import Scenario
from simulator.exotel.calls.calls import Call, Stream
from simulator.exotel.exotel import Exchange
from simulator.exotel.numbers import spelled_like
from simulator.stream.messages import new_sid
from simulator.stream.profiles import Profile
from simulator.stream.upgrade import NotDialable

AUDIBLE_STREAMS = 200  # that keep their sound
THROTTLED = "Streaming_call_throttled"
BROKEN = "websocket: close 1006 (abnormal closure): unexpected EOF"


async def stream(
    exchange: Exchange,
    call: Call,
    url: str,
    scenario: Scenario,
    *,
    ringing: Ringing | None = None,
    record: bool = False,
) -> Stream:
    """Connect a call with the bot at `url` until one of them ends it.

    Raises:
        UnreadableAudio: If the person's scenario plays a recording that cannot be read.
    """
    over = await _stream(exchange, call, url, scenario, ringing)
    over = replace(over, recorded=record and over.status != "failed")
    call.recorded = call.recorded or over.recorded
    call.streams.append(over)
    _forget_sound(exchange, call)
    exchange.transcript.note(
        "stream over",
        call.sid,
        call.number,
        status=over.status,
        by=over.disconnected_by,
        secs=over.seconds,
        error=over.error or over.detailed_status,
        report=over.report,
    )
    return over


async def _stream(
    exchange: Exchange, call: Call, url: str, scenario: Scenario, ringing: Ringing | None
) -> Stream:
    if exchange.live_streams >= exchange.account.max_streams:
        return _failed(url, detailed_status=THROTTLED)
    exchange.live_streams += 1
    try:
        report = await place_call(
            url,
            _with_time_to_ring(exchange, call, scenario) if ringing else scenario,
            profile=_profile(exchange, call),
            ringing=ringing,
            on_event=lambda event: _note(exchange, call, event),
        )
    except NotDialable as error:
        return _failed(url, error=str(error))
    finally:
        exchange.live_streams -= 1
    return _over(url, report)


def _profile(exchange: Exchange, call: Call) -> Profile:
    """Fit the profile to this call: who calls whom, and what is left of its time."""
    profile, behaviour = exchange.profile, exchange.behaviour
    from_number, to_number = call.order.from_number, call.exophone
    if call.parent and behaviour.two_numbers_to == "person":
        to_number = call.number
    cap = profile.stream_cap
    if call.deadline is not None:
        cap = min(cap, max(call.deadline - asyncio.get_running_loop().time(), 0.0))
    return replace(
        profile,
        from_number=spelled_like(profile.from_number, from_number),
        to_number=spelled_like(profile.to_number, to_number),
        account_sid=exchange.account.sid,
        call_sid=call.sid if behaviour.same_sid else new_sid(),
        custom_field=call.order.custom_field if behaviour.custom_field_in_start else "",
        stream_cap=cap,
    )


def _with_time_to_ring(exchange: Exchange, call: Call, scenario: Scenario) -> Scenario:
    """Let the person's patience begin with their answer."""
    ring_secs = call.order.time_out or exchange.behaviour.ring_secs
    return replace(scenario, max_secs=scenario.max_secs + ring_secs / exchange.clock.speed)


def _note(exchange: Exchange, call: Call, event: Event) -> None:
    exchange.transcript.note(
        "stream",
        call.sid,
        call.number,
        secs=event.at,
        source=event.source,
        event=event.kind,
        detail=event.detail,
    )


def _forget_sound(exchange: Exchange, call: Call) -> None:
    """Keep the sound of the latest calls only: a minute is 2 MB."""
    exchange.audible.append(call)
    if len(exchange.audible) > AUDIBLE_STREAMS:
        oldest = exchange.audible.popleft()
        oldest.streams[:] = [_without_sound(stream) for stream in oldest.streams]


def _without_sound(stream: Stream) -> Stream:
    report = stream.report and replace(stream.report, heard=b"", said=b"")
    return replace(stream, report=report)


def _over(url: str, report: CallReport) -> Stream:
    """Say how a stream ended in Passthru's words: completed, cancelled or failed, and by whom."""
    match report.ended_by:
        case "refused":
            return replace(_failed(url, error=report.close_reason), report=report)
        case "network":
            ended = replace(_failed(url, error=BROKEN), report=report)
        case "caller":
            ended = Stream(url=url, status="cancelled", disconnected_by="user", report=report)
        case "bot":
            ended = Stream(url=url, status="completed", disconnected_by="bot", report=report)
        case "exotel":
            ended = Stream(url=url, status="completed", disconnected_by="NA", report=report)
    return replace(ended, sid=report.stream_sid, seconds=report.duration)


def _failed(url: str, *, error: str = "", detailed_status: str = "") -> Stream:
    return Stream(
        url=url,
        status="failed",
        disconnected_by="NA",
        error=error,
        detailed_status=detailed_status,
    )
