"""The requests of Exotel's applets to a bot's URL, as seen live."""

import json
from dataclasses import dataclass

import httpx

from simulator.exotel.calls.calls import Call, Leg, Stream
from simulator.exotel.clock import ist, ist_with_weekday, now
from simulator.exotel.exotel import Exchange
from simulator.exotel.numbers import national

Parameters = list[tuple[str, str]]
_NOTHING_YET = "1970-01-01 05:30:00"  # what EndTime holds until there is one: 0 in IST


@dataclass(frozen=True, slots=True)
class Progress:
    """What a flow has been through when an applet makes its request."""

    flow_id: str = ""
    stream: Stream | None = None
    dialled: tuple[Leg, ...] = ()


async def ask(
    exchange: Exchange,
    call: Call,
    url: str,
    parameters: Parameters,
    *,
    timeout: float,
    version: str | None = None,
) -> httpx.Response | None:
    """Make an applet's GET; None if no answer came."""
    answer, problem = None, ""
    try:
        target = httpx.URL(url).copy_merge_params(tuple(parameters))
        if not exchange.behaviour.sends_credentials:
            target = target.copy_with(userinfo=b"")
        answer = await exchange.http.get(
            target,
            headers={"Exotel-Version": version} if version else {},
            timeout=timeout,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        problem = repr(error)
    exchange.transcript.note(
        "applet request",
        call.sid,
        call.number,
        url=url,
        parameters=dict(parameters),
        answer=None if answer is None else answer.status_code,
        body=problem if answer is None else answer.text,
    )
    return answer


def voicebot_parameters(exchange: Exchange, call: Call) -> Parameters:
    """What the dynamic URL of a Voicebot applet is told; there is no AccountSid in it."""
    incoming = call.mode == "incoming"
    caller = national(call.order.from_number)
    return [
        ("CallSid", call.sid),
        ("CallFrom", caller),
        ("CallTo", national(call.exophone)),
        ("Direction", "incoming" if incoming else "outbound-dial"),
        ("Created", ist_with_weekday(call.created_at)),
        ("DialWhomNumber", ""),
        ("HangupLatencyStartTimeExocc", ""),
        ("HangupLatencyStartTime", ""),
        *([("ServerCode", "")] if incoming else []),
        ("From", caller),
        ("To", exchange.account.internal_number),
        *_custom_field(call),
        ("CurrentTime", ist(now())),
    ]


def passthru_parameters(exchange: Exchange, call: Call, progress: Progress) -> Parameters:
    """What Passthru and Connect are told: more of the call, and of the stream before."""
    dialled, stream = progress.dialled, progress.stream
    legs = [leg for leg in dialled if leg.answered_at] or list(dialled[-1:])
    return [
        ("CallSid", call.sid),
        ("CallFrom", national(call.order.from_number)),
        ("CallTo", national(call.exophone)),
        ("Direction", "incoming" if call.mode == "incoming" else "outbound-dial"),
        ("Created", ist_with_weekday(call.created_at)),
        ("DialCallDuration", str(legs[0].on_call_secs if legs else 0)),
        ("StartTime", ist(call.created_at)),
        ("EndTime", _NOTHING_YET),
        ("CallType", _call_type(dialled, stream)),
        *([("DialCallStatus", legs[0].status)] if legs else []),
        ("DialWhomNumber", national(legs[0].number) if legs else ""),
        ("flow_id", progress.flow_id),
        ("tenant_id", exchange.account.tenant_id),
        ("From", national(call.order.from_number)),
        ("To", national(call.exophone)),
        *_custom_field(call),
        ("CurrentTime", ist(now())),
        *_digits(stream),
        *_stream_parameters(exchange, stream),
    ]


def _call_type(dialled: tuple[Leg, ...], stream: Stream | None) -> str:
    if any(leg.answered_at for leg in dialled):
        return "completed"
    if dialled:
        return "incomplete"
    return "client-hangup" if stream and stream.disconnected_by == "user" else "call-attempt"


def _custom_field(call: Call) -> Parameters:
    return [("CustomField", call.order.custom_field)] if call.order.custom_field else []


def _digits(stream: Stream | None) -> Parameters:
    """Write the keys pressed, in quotes: they are part of the value, as seen live."""
    events = stream.report.events if stream and stream.report else ()
    digits = "".join(event.detail for event in events if event.kind == "presses")
    return [("digits", f'"{digits}"')] if digits else []


def _stream_parameters(exchange: Exchange, stream: Stream | None) -> Parameters:
    if stream is None:
        return []
    fields = {
        "StreamSID": stream.sid,
        "Status": stream.status,
        "Duration": str(round(stream.seconds)),
        "DisconnectedBy": stream.disconnected_by,
    }
    if stream.recorded:
        fields["RecordingUrl"] = (
            f"https://recordings.exotel.com/exotelrecordings/simulator/{stream.sid}.mp3"
        )
        fields["StreamUrl"] = stream.url  # credentials and all
    if stream.error:
        fields["Error"] = stream.error
    if stream.detailed_status:
        fields["DetailedStatus"] = stream.detailed_status
    if exchange.behaviour.stream_fields == "json":
        return [("Stream", json.dumps(fields, separators=(",", ":")))]
    return [(f"Stream[{name}]", value) for name, value in fields.items()]
