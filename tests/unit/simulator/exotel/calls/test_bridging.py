"""Two-number dials of the simulated Exotel: the ExoPhone's flow first, then the person."""

import asyncio

import pytest

from simulator.caller.scenario import HangUp, Pause, Press, Scenario, WaitForBot
from simulator.exotel import (
    Account,
    Answers,
    Behaviour,
    Busy,
    Declines,
    Exchange,
    Flow,
    Hangup,
    NoAnswer,
    Passthru,
    Person,
    Voicebot,
    run_exchange,
)
from simulator.stream.profiles import Profile
from tests.support.exotel_client import PERSON, QUICK, connect, get, hook, two_numbers
from tests.support.scripted_bot import Bot, greeting, scripted_bot, silent, tone

SPEED = 10.0


def flow(url: str) -> dict[str, Flow]:
    return {"1234": Flow((Voicebot(url), Hangup()))}


async def dialled(exchange: Exchange, **more: str) -> None:
    await connect(exchange, two_numbers(exchange, **more))
    await exchange.idle()


async def greets_after_hello(bot: Bot) -> None:
    await bot.hear("media", 20)
    await bot.play(tone(0.4))


async def test_the_bot_s_stream_opens_before_the_person_is_dialled() -> None:
    person = Answers(after=4.0, scenario=[WaitForBot(quiet=0.1), HangUp()])
    async with (
        scripted_bot(greets_after_hello) as peer,
        run_exchange(speed=SPEED, people={PERSON: person}, flows=flow(peer.url)) as exchange,
    ):
        await dialled(exchange)
    call, incoming = exchange.calls
    assert (call.mode, incoming.mode) == ("two-numbers", "incoming")
    assert (call.incoming, incoming.parent) == (incoming, call)
    assert exchange.placed == [call]
    assert [leg.status for leg in call.legs] == ["completed", "completed"]
    assert (call.status, incoming.status) == ("completed", "completed")
    report = call.report
    assert report
    assert report is incoming.report
    kinds = [event.kind for event in report.events if event.source == "exotel"]
    assert kinds[:2] == ["start", "rings"]
    person_leg = call.legs[1]
    assert person_leg.answered_at
    assert (person_leg.answered_at - person_leg.dialled_at).total_seconds() >= 4.0 / SPEED
    assert exchange.rung(PERSON) == 1


async def test_the_bot_s_stream_has_another_call_sid_than_the_rest_answer() -> None:
    person = Answers(after=0.0, scenario=[HangUp()])
    async with (
        scripted_bot(silent) as peer,
        run_exchange(speed=SPEED, people={PERSON: person}, flows=flow(peer.url)) as exchange,
    ):
        await dialled(exchange, CustomField="order-7")
        listed = (await get(exchange, "Calls.json")).json()["Calls"]
    call, incoming = exchange.calls
    start = peer.bot.received[1]["start"]
    assert start["call_sid"] == incoming.sid != call.sid
    assert (start["from"], start["to"]) == ("08047112233", "09812345678")
    assert "custom_parameters" not in start
    assert {(entry["Sid"], entry["Direction"]) for entry in listed} == {
        (call.sid, "outbound-api"),
        (incoming.sid, "inbound"),
    }


async def test_the_start_event_may_name_the_exophone_twice() -> None:
    behaviour = Behaviour(two_numbers_to="exophone")
    person = Answers(after=0.0, scenario=[HangUp()])
    async with (
        scripted_bot(silent) as peer,
        run_exchange(
            speed=SPEED, default_person=person, flows=flow(peer.url), behaviour=behaviour
        ) as exchange,
    ):
        await dialled(exchange)
    start = peer.bot.received[1]["start"]
    assert (start["from"], start["to"]) == ("08047112233", "08047112233")


@pytest.mark.parametrize(
    ("person", "status"),
    [(NoAnswer(), "no-answer"), (Busy(), "busy"), (Declines(after=1.0), "busy")],
)
async def test_the_bot_s_stream_ends_if_the_dialled_person_is_not_reached(
    person: Person, status: str
) -> None:
    async with (
        scripted_bot(silent) as peer,
        run_exchange(speed=QUICK, people={PERSON: person}, flows=flow(peer.url)) as exchange,
    ):
        await dialled(exchange)
        await peer.over.wait()
    call, _ = exchange.calls
    assert (call.status, call.legs[1].status) == (status, status)
    assert peer.bot.of("stop")[0]["stop"]["reason"] == "callended"
    assert call.answered_at is None


async def test_a_bot_that_hangs_up_stops_the_phone_ringing() -> None:
    async def impatient(bot: Bot) -> None:
        await bot.hear("media", 5)
        await bot.socket.close()

    async with (
        scripted_bot(impatient) as peer,
        run_exchange(speed=1.0, default_person=NoAnswer(), flows=flow(peer.url)) as exchange,
    ):
        await asyncio.wait_for(dialled(exchange), 5)
    call, _ = exchange.calls
    assert (call.status, call.legs[1].status) == ("no-answer", "canceled")
    assert exchange.rung(PERSON) == 1


async def test_the_person_is_never_dialled_if_the_bot_s_stream_fails() -> None:
    async with (
        scripted_bot(silent, 503, 503) as peer,
        run_exchange(speed=QUICK, default_person=Answers(), flows=flow(peer.url)) as exchange,
    ):
        await dialled(exchange)
    call, incoming = exchange.calls
    assert call.status == "failed"
    assert incoming.streams[0].status == "failed"
    assert exchange.rung(PERSON) == 0


async def test_an_exophone_without_a_flow_takes_no_call() -> None:
    async with run_exchange(speed=QUICK, default_person=Answers()) as exchange:
        await dialled(exchange)
    assert [call.status for call in exchange.calls] == ["failed"]


async def test_the_exophone_s_flow_is_named_where_there_are_several() -> None:
    person = Answers(after=0.0, scenario=[HangUp()])
    account = Account(exophone_flow="1234")
    async with (
        scripted_bot(silent) as peer,
        run_exchange(speed=QUICK, default_person=person, account=account) as exchange,
    ):
        exchange.flows |= {"1": Flow((Hangup(),)), **flow(peer.url)}
        await dialled(exchange)
    assert exchange.calls[0].status == "completed"


async def test_the_scenario_s_time_limit_begins_with_the_answer() -> None:
    scenario = Scenario("patient", (Pause(0.4), Press("1"), HangUp()), max_secs=0.6)
    person = Answers(after=6.0, scenario=scenario)
    async with (
        scripted_bot(silent) as peer,
        run_exchange(speed=SPEED, default_person=person, flows=flow(peer.url)) as exchange,
    ):
        await dialled(exchange)
    report = exchange.calls[0].report
    assert report
    assert [event.kind for event in report.events if event.source == "caller"] == [
        "presses",
        "hangs up",
    ]


async def test_the_bot_hears_the_ringing_tone() -> None:
    person = Answers(after=5.0, scenario=[HangUp()])
    profile = Profile(noise_dbfs=None)
    async with (
        scripted_bot(greeting) as peer,
        run_exchange(
            speed=SPEED, default_person=person, flows=flow(peer.url), profile=profile
        ) as exchange,
    ):
        await dialled(exchange)
    report = exchange.calls[0].report
    assert report
    assert any(report.said[: 2 * 8_000 // 3])


async def test_the_flow_knows_the_call_as_incoming() -> None:
    person = Answers(after=0.0, scenario=[HangUp()])
    async with (
        hook() as bot,
        scripted_bot(silent) as peer,
        run_exchange(speed=SPEED, default_person=person) as exchange,
    ):
        exchange.flows["1"] = Flow((Passthru(bot.url), Voicebot(peer.url)))
        await dialled(exchange)
    told = bot.received[0].parameters
    assert told["CallSid"] == exchange.calls[1].sid
    assert (told["Direction"], told["flow_id"]) == ("incoming", "1")
    assert (told["CallFrom"], told["CallTo"]) == ("08047112233", "08047112233")
