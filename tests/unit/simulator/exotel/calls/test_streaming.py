"""Voice-AI dials of the simulated Exotel: the person answers and the bot's stream opens."""

import asyncio

import pytest

from simulator.caller.audio import UnreadableAudio
from simulator.caller.scenario import HangUp, Pause, Say, Scenario, WaitForBot
from simulator.exotel import (
    Account,
    Answers,
    Behaviour,
    Delay,
    Exchange,
    Faults,
    Voicemail,
    run_exchange,
)
from simulator.stream.profiles import DOCUMENTED
from tests.support.bots import eventually
from tests.support.exotel_client import PERSON, QUICK, connect, get, voice_ai
from tests.support.scripted_bot import Bot, greeting, scripted_bot, silent

LISTENS = Answers(after=1.0, scenario=[WaitForBot(quiet=0.1), HangUp()])
STAYS = Answers(after=0.0, scenario=[Pause(60)])


async def hangs_up(bot: Bot) -> None:
    await bot.hear("start")
    await bot.socket.close()


async def test_the_bot_s_stream_opens_when_the_person_answers() -> None:
    async with scripted_bot(greeting) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = LISTENS
        response = await connect(exchange, voice_ai(exchange, peer.url, CustomField="order-7"))
        await exchange.idle()
    (call,) = exchange.calls
    start = peer.bot.received[1]["start"]
    assert start["call_sid"] == call.sid == response.json()["Call"]["Sid"]
    assert (start["from"], start["to"]) == ("09812345678", "08047112233")
    assert start["account_sid"] == exchange.account.sid
    assert start["custom_parameters"] == {"order-7": ""}
    assert call.report
    assert call.report.succeeded
    assert call.status == "completed"
    (stream,) = call.streams
    assert (stream.status, stream.disconnected_by) == ("cancelled", "user")
    assert stream.sid == start["stream_sid"]


async def test_websocket_url_parameters_become_custom_parameters() -> None:
    async with scripted_bot(greeting) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = LISTENS
        await connect(exchange, voice_ai(exchange, f"{peer.url}?lang=hi&sample-rate=16000"))
        await exchange.idle()
    start = peer.bot.received[1]["start"]
    assert start["custom_parameters"] == {"lang": "hi"}
    assert start["media_format"]["sample_rate"] == "16000"


async def test_websockets_look_as_the_stream_profile_says() -> None:
    behaviour = Behaviour(same_sid=False, custom_field_in_start=False)
    async with (
        scripted_bot(greeting) as peer,
        run_exchange(
            speed=QUICK, default_person=LISTENS, behaviour=behaviour, profile=DOCUMENTED
        ) as exchange,
    ):
        await connect(exchange, voice_ai(exchange, peer.url, CustomField="order-7"))
        await exchange.idle()
    start = peer.bot.received[1]["start"]
    assert (start["from"], start["to"]) == (PERSON, "+918047112233")
    assert start["media_format"]["encoding"] == "audio/x-raw"
    assert start["custom_parameters"] == {"key1": "value1"}
    assert start["call_sid"] != exchange.calls[0].sid


async def test_a_bot_that_closes_the_websocket_ends_the_call() -> None:
    async with scripted_bot(hangs_up) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = STAYS
        await connect(exchange, voice_ai(exchange, peer.url))
        await exchange.idle()
    assert exchange.calls[0].status == "completed"
    stream = exchange.calls[0].streams[0]
    assert (stream.status, stream.disconnected_by) == ("completed", "bot")


async def test_a_refused_websocket_is_tried_twice_and_ends_the_call() -> None:
    async with scripted_bot(silent, 503, 503) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = STAYS
        await connect(exchange, voice_ai(exchange, peer.url))
        await exchange.idle()
    stream = exchange.calls[0].streams[0]
    assert len(peer.requests) == 2
    assert (stream.status, stream.disconnected_by) == ("failed", "NA")
    assert stream.error == "3009 failed to establish ws conn bad handshake: 503"


async def test_a_url_exotel_cannot_dial_is_a_failed_stream() -> None:
    async with run_exchange(speed=QUICK, default_person=STAYS) as exchange:
        await connect(exchange, voice_ai(exchange, "ws://bot.test/ws?sample-rate=11025"))
        await exchange.idle()
    assert exchange.calls[0].streams[0].status == "failed"
    assert "sample-rate=11025" in exchange.calls[0].streams[0].error


async def test_the_time_limit_ends_the_call() -> None:
    async with scripted_bot(silent) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = STAYS
        await connect(exchange, voice_ai(exchange, peer.url, TimeLimit="1"))
        await exchange.idle()
        await peer.over.wait()
    report = exchange.calls[0].report
    assert report
    assert report.ended_by == "exotel"
    assert 0.8 < report.duration < 3
    assert peer.bot.of("stop")[0]["stop"]["reason"] == "stopped"


async def test_a_websocket_may_open_before_the_dial_request_is_answered() -> None:
    async with scripted_bot(silent) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = Answers(after=0.0, scenario=[HangUp()])
        exchange.faults = Faults(connect=Delay(30.0))
        asking = asyncio.create_task(connect(exchange, voice_ai(exchange, peer.url)))
        await asyncio.wait_for(peer.over.wait(), 5)
        assert not asking.done()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def test_a_voicemail_greets_beeps_and_records() -> None:
    person = Voicemail(after=0.0, greeting="hello.wav", records=0.3)
    async with scripted_bot(silent) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = person
        await connect(exchange, voice_ai(exchange, peer.url))
        await exchange.idle()
    (call,) = exchange.calls
    assert call.report
    told = [event.kind for event in call.report.events if event.source == "caller"]
    assert told == ["says", "beeps", "hangs up"]
    assert call.legs[0].answered_by == "MACHINE"


async def test_active_streams_are_the_open_websockets() -> None:
    seen = asyncio.Event()

    async def patient(bot: Bot) -> None:
        await seen.wait()
        await bot.socket.close()

    async with scripted_bot(patient) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = STAYS
        await connect(exchange, voice_ai(exchange, peer.url))
        await connect(exchange, voice_ai(exchange, peer.url))
        await eventually(lambda: len(peer.bots) == 2)
        during = await get(exchange, "ActiveStreams")
        seen.set()
        await exchange.idle()
        after = await get(exchange, "ActiveStreams")
    assert "<ActiveStreamCount>2<" in during.text
    assert "<ActiveStreamCount>0<" in after.text


async def test_a_stream_beyond_the_account_s_capacity_is_throttled() -> None:
    account = Account(max_streams=0)
    async with run_exchange(speed=QUICK, account=account, default_person=STAYS) as exchange:
        await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    stream = exchange.calls[0].streams[0]
    assert (stream.status, stream.detailed_status) == ("failed", "Streaming_call_throttled")


async def test_only_the_newest_streams_keep_their_audio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.exotel.calls.streaming.AUDIBLE_STREAMS", 1)
    async with scripted_bot(greeting) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.people[PERSON] = LISTENS
        for _ in range(2):
            await connect(exchange, voice_ai(exchange, peer.url))
            await exchange.idle()
    first, second = [call.report for call in exchange.calls]
    assert first
    assert second
    assert (first.heard, first.succeeded) == (b"", True)
    assert second.heard


async def many(exchange: Exchange, url: str, count: int) -> None:
    await asyncio.gather(
        *(
            connect(exchange, voice_ai(exchange, url, From=f"+9198123{nth:05}"))
            for nth in range(count)
        )
    )
    await exchange.idle()


async def test_many_streams_go_on_at_once() -> None:
    async with scripted_bot(hangs_up) as peer, run_exchange(speed=QUICK) as exchange:
        exchange.default_person = STAYS
        await many(exchange, peer.url, 30)
    assert len(peer.bots) == 30
    assert {call.status for call in exchange.calls} == {"completed"}
    assert len({call.sid for call in exchange.calls}) == 30
    assert all(exchange.rung(call.number) == 1 for call in exchange.calls)


async def test_a_scenario_that_cannot_be_played_is_an_error_of_the_test() -> None:
    broken = Answers(after=0.0, scenario=Scenario("broken", (Say("no_such.wav"),)))
    async with run_exchange(speed=QUICK, default_person=broken) as exchange:
        await connect(exchange, voice_ai(exchange))
        with pytest.raises(UnreadableAudio, match="no_such"):
            await exchange.idle()
    assert exchange.calls[0].status == "failed"


async def test_a_scenario_error_nobody_waited_for_is_raised_at_the_end() -> None:
    broken = Answers(after=0.0, scenario=Scenario("broken", (Say("no_such.wav"),)))
    with pytest.raises(UnreadableAudio, match="no_such"):
        async with run_exchange(speed=QUICK, default_person=broken) as exchange:
            await connect(exchange, voice_ai(exchange))
            await eventually(lambda: exchange.calls[0].over)


async def test_closing_the_exchange_cuts_its_streams_off() -> None:
    before = asyncio.all_tasks()
    async with scripted_bot(silent) as peer:
        async with run_exchange(speed=QUICK, default_person=STAYS) as exchange:
            await connect(exchange, voice_ai(exchange, peer.url))
            await eventually(lambda: bool(peer.bots))
        await asyncio.wait_for(peer.over.wait(), 5)
    assert peer.codes == [1006]
    assert exchange.calls[0].over
    assert asyncio.all_tasks() == before
