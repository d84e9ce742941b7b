"""A dialled call in flow mode is transferred, and its call record tells to whom and why."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.processes import free_port
from shared.records.transfer_record import TransferRecord
from simulator.caller.scenario import Pause
from simulator.exotel import (
    Answers,
    Connect,
    Flow,
    Hangup,
    Passthru,
    Voicebot,
    run_exchange,
)
from simulator.providers import Providers
from simulator.stream.profiles import Profile
from tests.support.bots import eventually
from tests.support.outbound import Rig, running_outbound

PERSON, AGENT = "+919850000001", "+918047112233"


async def transfer_call(rig: Rig, call_id: str) -> TransferRecord:
    """Decide it on the live socket, and end that."""

    async def on_the_line() -> bool:
        call_record = await rig.store.find(call_id)
        return bool(call_record and call_record.stream_sid) and len(rig.capacity) == 1

    await eventually(on_the_line)
    call_record = await rig.store.find(call_id)
    assert call_record
    decided = TransferRecord(
        call_sid=call_record.stream_call_sid,
        stream_sid=call_record.stream_sid,
        decided_at=datetime.now(UTC),
        to=(AGENT,),
        reason="disputes the invoice",
    )
    await rig.store.transfers.decide(decided)
    await rig.capacity.drain(0.01)
    await rig.store.transfers.decide(replace(decided, summary="She has paid already."))
    return decided


async def test_a_dialled_call_is_transferred_and_its_record_says_to_whom(
    providers: Providers,
) -> None:
    port = free_port()
    ours = f"http://127.0.0.1:{port}/exotel"
    transfer = (Connect(f"{ours}/connect"), Hangup())
    flow = Flow(
        (Voicebot(f"{ours}/voicebot"), Passthru(f"{ours}/passthru", on_302=transfer), Hangup())
    )
    people = {
        PERSON: Answers(after=0.5, scenario=[Pause(30)]),
        AGENT: Answers(after=1.0, talks=20.0),
    }
    async with (
        run_exchange(
            people=people, flows={"77": flow}, profile=Profile(frame_ms=100), speed=20
        ) as exchange,
        running_outbound(
            {**providers.env, "PORT": str(port)}, exchange, EXOTEL_CONNECT_MODE="flow"
        ) as rig,
    ):
        placed = (await rig.start(PERSON)).json()
        decided = await transfer_call(rig, placed["call_id"])
        async with asyncio.timeout(30):
            await exchange.idle()
        await rig.becomes(placed["call_id"], "completed")
        record = await rig.filed(placed["call_id"])
        (call,) = exchange.calls
    assert [(leg.number, leg.status) for leg in call.legs] == [
        (PERSON, "completed"),
        (AGENT, "completed"),
    ]
    assert record["transfer"] == {
        "to": [AGENT],
        "reason": "disputes the invoice",
        "summary": "She has paid already.",
        "decided_at": decided.decided_at.isoformat(timespec="milliseconds"),
    }
    stream = record["stream"]
    assert (stream["status"], stream["disconnected_by"]) == ("completed", "bot")
    assert stream["stream_sid"] == decided.stream_sid
    assert stream["duration_secs"] is not None
    assert stream["error"] is None
    assert stream["recording_url"] is None
