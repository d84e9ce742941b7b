"""Flows of the simulated Exotel: Voicebot, Passthru and Connect applets one after the other."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from simulator.caller.scenario import HangUp, Pause, Press
from simulator.exotel import (
    Answers,
    Applet,
    Behaviour,
    Busy,
    Connect,
    Exchange,
    Flow,
    Hangup,
    NoAnswer,
    Passthru,
    Person,
    Voicebot,
    run_exchange,
)
from tests.support.exotel_client import (
    NOWHERE,
    PERSON,
    QUICK,
    Hook,
    Late,
    connect,
    hook,
    to_flow,
)
from tests.support.scripted_bot import Bot, scripted_bot, silent

AGENT, SECOND = "+919900000001", "+919900000002"
STAYS = Answers(after=0.0, scenario=[Pause(60)])
LEAVES = Answers(after=0.0, scenario=[Press("5"), Press("#"), HangUp()])


async def hangs_up(bot: Bot) -> None:
    await bot.hear("start")
    await bot.socket.close()


async def crashes(bot: Bot) -> None:
    await bot.hear("start")
    bot.socket.transport.abort()


async def walked(
    *applets: Applet,
    person: Person = STAYS,
    behaviour: Behaviour | None = None,
    others: dict[str, Person] | None = None,
    **fields: str,
) -> Exchange:
    """Run a call through a flow."""
    people = {PERSON: person, **(others or {})}
    flows = {"7": Flow(applets)}
    async with run_exchange(
        speed=QUICK, people=people, flows=flows, behaviour=behaviour
    ) as exchange:
        await connect(exchange, to_flow(exchange, "7", **fields))
        await exchange.idle()
    return exchange


def streams(exchange: Exchange) -> list[tuple[str, str]]:
    return [(stream.status, stream.disconnected_by) for stream in exchange.calls[0].streams]


def destination(*numbers: str, **more: Any) -> JSONResponse:
    return JSONResponse({"destination": {"numbers": list(numbers)}, **more})


async def test_a_websocket_closed_by_the_bot_leads_to_the_next_applet() -> None:
    async with scripted_bot(hangs_up) as first, scripted_bot(hangs_up) as second:
        exchange = await walked(Voicebot(first.url), Voicebot(second.url), Hangup())
    assert streams(exchange) == [("completed", "bot"), ("completed", "bot")]
    assert first.bot.received[1]["start"]["call_sid"] == exchange.calls[0].sid
    assert second.bot.received[1]["start"]["call_sid"] == exchange.calls[0].sid
    assert exchange.calls[0].status == "completed"


async def test_no_applet_follows_a_hangup() -> None:
    async with scripted_bot(hangs_up) as peer:
        exchange = await walked(Hangup(), Voicebot(peer.url))
    assert streams(exchange) == []
    assert exchange.calls[0].status == "completed"


async def test_no_applet_follows_a_caller_who_has_hung_up() -> None:
    async with scripted_bot(silent) as peer:
        exchange = await walked(Voicebot(peer.url), Voicebot(peer.url), person=LEAVES)
    assert streams(exchange) == [("cancelled", "user")]


async def test_no_applet_follows_the_time_limit() -> None:
    async with scripted_bot(silent) as peer:
        exchange = await walked(Voicebot(peer.url), Voicebot(peer.url), TimeLimit="1")
    assert streams(exchange) == [("completed", "NA")]


@pytest.mark.parametrize(("after_crash", "count"), [("next applet", 2), ("hang up", 1)])
async def test_a_crashed_websocket_may_lead_to_the_next_applet_or_a_hangup(
    after_crash: Any, count: int
) -> None:
    behaviour = Behaviour(after_crash=after_crash)
    async with scripted_bot(crashes) as peer:
        exchange = await walked(Voicebot(peer.url), Voicebot(peer.url), behaviour=behaviour)
    assert streams(exchange) == [("failed", "NA")] * count
    assert "1006" in exchange.calls[0].streams[0].error


async def test_a_bot_that_cannot_be_reached_leads_to_the_next_applet() -> None:
    async with scripted_bot(hangs_up) as peer:
        exchange = await walked(Voicebot(NOWHERE), Voicebot(peer.url))
    assert streams(exchange) == [("failed", "NA"), ("completed", "bot")]


async def test_a_dynamic_voicebot_url_is_asked_with_the_captured_parameters() -> None:
    async with scripted_bot(hangs_up) as peer, hook(JSONResponse({"url": peer.url})) as bot:
        url = bot.url.replace("://", "://exotel:p%40ss@") + "/exotel/voicebot?lang=hi"
        exchange = await walked(Voicebot(url), CustomField="order-7")
    (asked,) = bot.received
    assert (asked.method, asked.path) == ("GET", "/exotel/voicebot")
    assert asked.headers["Authorization"] == "Basic ZXhvdGVsOnBAc3M="
    told = asked.parameters
    assert list(told) == [
        "lang",
        "CallSid",
        "CallFrom",
        "CallTo",
        "Direction",
        "Created",
        "DialWhomNumber",
        "HangupLatencyStartTimeExocc",
        "HangupLatencyStartTime",
        "From",
        "To",
        "CustomField",
        "CurrentTime",
    ]
    assert told["CallSid"] == exchange.calls[0].sid
    assert (told["CallFrom"], told["From"]) == ("09812345678", "09812345678")
    assert (told["CallTo"], told["To"]) == ("08047112233", "09513886363")
    assert (told["Direction"], told["CustomField"]) == ("outbound-dial", "order-7")
    assert told["Created"][3:5] == ", "
    assert streams(exchange) == [("completed", "bot")]


async def test_credentials_of_a_dynamic_url_may_not_be_sent() -> None:
    async with hook(Response("", 401)) as bot:
        url = bot.url.replace("://", "://exotel:secret@")
        await walked(Voicebot(url), behaviour=Behaviour(sends_credentials=False))
    assert "Authorization" not in bot.received[0].headers


@pytest.mark.parametrize(
    "answer",
    [
        Response("<Response><Stream/></Response>", media_type="application/xml"),
        Response("", 503),
        Response("", 302, {"Location": NOWHERE}),
        JSONResponse({}),
        JSONResponse({"url": 7}),
        JSONResponse([]),
        JSONResponse({"url": NOWHERE}, 201),
        Late({"url": NOWHERE}, 0.4),
    ],
)
async def test_a_dynamic_url_without_a_proper_answer_leads_to_the_next_applet(
    answer: Response,
) -> None:
    async with scripted_bot(hangs_up) as peer, hook(answer) as bot:
        behaviour = Behaviour(dynamic_url_timeout=0.2)
        exchange = await walked(Voicebot(bot.url), Voicebot(peer.url), behaviour=behaviour)
    assert len(bot.received) == 1
    assert streams(exchange) == [("completed", "bot")]


async def test_passthru_is_told_of_the_stream() -> None:
    async with scripted_bot(hangs_up) as peer, hook() as bot:
        exchange = await walked(Voicebot(peer.url, record=True), Passthru(f"{bot.url}/p"))
    (told,) = bot.received
    assert told.method == "GET"
    stream = exchange.calls[0].streams[0]
    assert told.parameters["Stream[StreamSID]"] == stream.sid
    assert told.parameters["Stream[Status]"] == "completed"
    assert told.parameters["Stream[DisconnectedBy]"] == "bot"
    assert told.parameters["Stream[StreamUrl]"] == peer.url
    assert told.parameters["Stream[RecordingUrl]"].endswith(".mp3")
    assert told.parameters["EndTime"] == "1970-01-01 05:30:00"
    assert (told.parameters["flow_id"], told.parameters["CallType"]) == ("7", "call-attempt")
    assert "digits" not in told.parameters


async def test_some_accounts_tell_passthru_the_stream_in_one_json_string() -> None:
    behaviour = Behaviour(stream_fields="json")
    async with scripted_bot(silent, 503, 503) as peer, hook() as bot:
        exchange = await walked(Voicebot(peer.url), Passthru(bot.url), behaviour=behaviour)
    told = json.loads(bot.received[0].parameters["Stream"])
    assert (told["Status"], told["DisconnectedBy"]) == ("failed", "NA")
    assert told["Error"] == exchange.calls[0].streams[0].error
    assert told["Error"].startswith("3009 ")


@pytest.mark.parametrize("runs", [True, False])
async def test_passthru_may_run_after_the_caller_has_hung_up(runs: bool) -> None:
    behaviour = Behaviour(passthru_after_hangup=runs)
    async with scripted_bot(silent) as peer, hook() as bot:
        await walked(Voicebot(peer.url), Passthru(bot.url), person=LEAVES, behaviour=behaviour)
    assert len(bot.received) == runs
    for told in bot.received:
        assert told.parameters["Stream[Status]"] == "cancelled"
        assert told.parameters["Stream[DisconnectedBy]"] == "user"
        assert told.parameters["CallType"] == "client-hangup"
        assert told.parameters["digits"] == '"5#"'


@pytest.mark.parametrize(("status", "branch"), [(200, "next"), (302, "other"), (500, "other")])
async def test_passthru_branches_on_the_status(status: int, branch: str) -> None:
    async with hook(Response("", status)) as bot, hook() as later:
        other = (Passthru(f"{later.url}/other"),)
        await walked(Passthru(bot.url, on_302=other), Passthru(f"{later.url}/next"))
    assert [told.path for told in later.received] == [f"/{branch}"]


async def test_passthru_need_not_be_waited_for() -> None:
    async with scripted_bot(hangs_up) as peer, hook(Late({}, 0.5), Response("", 302)) as bot:
        exchange = await walked(Passthru(bot.url, waits=False), Voicebot(peer.url))
    assert len(bot.received) == 1
    assert exchange.calls[0].ended_at
    assert streams(exchange) == [("completed", "bot")]


async def connected(
    bot: Hook, others: dict[str, Person], applet: Connect | None = None
) -> list[tuple[str, str]]:
    """Run a call through a Connect applet; returns whom it dialled and what came of it."""
    applet = applet or Connect(bot.url)
    branches = replace(
        applet,
        nobody_answers=(Passthru(f"{bot.url}/nobody-answers"),),
        nobody_dialled=(Passthru(f"{bot.url}/nobody-dialled"),),
    )
    exchange = await walked(branches, Passthru(f"{bot.url}/next"), others=others)
    return [(leg.number, leg.status) for leg in exchange.calls[0].legs[1:]]


def paths(bot: Hook) -> Sequence[str]:
    return [told.path for told in bot.received]


async def test_the_connect_applet_dials_the_number_it_is_told() -> None:
    async with hook(destination(AGENT), Response("")) as bot:
        legs = await connected(bot, {AGENT: Answers(after=1.0, talks=5.0)})
    assert legs == [(AGENT, "completed")]
    asked, after = bot.received
    assert asked.headers["Exotel-Version"] == "1.0"
    assert asked.parameters["CallFrom"] == "09812345678"
    assert after.path == "/next"
    assert after.parameters["DialCallStatus"] == "completed"
    assert after.parameters["DialWhomNumber"] == "09900000001"
    assert after.parameters["CallType"] == "completed"


async def test_the_connect_applet_dials_one_number_after_the_other() -> None:
    async with hook(destination(AGENT, SECOND), Response("")) as bot:
        legs = await connected(bot, {AGENT: Busy(), SECOND: Answers(after=0.0, talks=1.0)})
    assert legs == [(AGENT, "busy"), (SECOND, "completed")]
    assert paths(bot) == ["/", "/next"]


async def test_the_connect_applet_may_reach_nobody() -> None:
    answer = destination(AGENT, max_ringing_duration=5)
    async with hook(answer, Response("")) as bot:
        legs = await connected(bot, {AGENT: Answers(after=10.0)})
    assert legs == [(AGENT, "no-answer")]
    assert paths(bot) == ["/", "/nobody-answers"]
    assert bot.received[1].parameters["DialCallStatus"] == "no-answer"


async def test_the_connect_applet_may_be_told_to_dial_nobody() -> None:
    async with hook(destination(), Response("")) as bot:
        assert await connected(bot, {}) == []
    assert paths(bot) == ["/", "/nobody-dialled"]


@pytest.mark.parametrize("answer", [Response("", 500), Response("no"), JSONResponse({"to": 1})])
async def test_the_connect_applet_uses_its_fallback_url(answer: Response) -> None:
    async with hook(answer, destination(AGENT), Response("")) as bot:
        applet = Connect(f"{bot.url}/first", fallback_url=f"{bot.url}/second")
        legs = await connected(bot, {AGENT: Answers(after=0.0, talks=1.0)}, applet)
    assert legs == [(AGENT, "completed")]
    assert paths(bot) == ["/first", "/second", "/next"]


async def test_the_connect_applet_may_ask_again_after_each_dial() -> None:
    first = destination(AGENT, SECOND, fetch_after_attempt=True)
    async with hook(first, destination(SECOND), Response("")) as bot:
        legs = await connected(bot, {AGENT: NoAnswer(), SECOND: Answers(after=0.0, talks=1.0)})
    assert legs == [(AGENT, "no-answer"), (SECOND, "completed")]
    assert paths(bot) == ["/", "/", "/next"]


async def test_without_branches_the_next_applet_follows_anyway() -> None:
    async with hook(destination(), Response("")) as bot:
        await walked(Connect(bot.url), Passthru(f"{bot.url}/next"))
    assert paths(bot) == ["/", "/next"]
