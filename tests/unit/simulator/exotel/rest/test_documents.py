"""Call details, call lists and active streams that the simulated Exotel's API returns."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from simulator.caller.scenario import HangUp
from simulator.exotel import Answers, Behaviour, Busy, NoAnswer, Person, run_exchange
from simulator.exotel.clock import ist
from tests.support.exotel_client import (
    PERSON,
    QUICK,
    connect,
    get,
    two_numbers,
    voice_ai,
)

OTHER = "+919900000001"


async def test_call_details_settle_some_time_after_the_end() -> None:
    behaviour = Behaviour(settle_secs=QUICK * 0.4, ring_secs=QUICK * 2)
    person = Answers(after=QUICK * 0.5, scenario=[HangUp()])
    async with run_exchange(speed=QUICK, default_person=person, behaviour=behaviour) as exchange:
        await connect(exchange, voice_ai(exchange, Record="true"))
        path = f"Calls/{exchange.calls[0].sid}.json"
        running = (await get(exchange, path)).json()["Call"]
        await exchange.idle()
        over = (await get(exchange, path)).json()["Call"]
        await exchange.clock.sleep(behaviour.settle_secs)
        settled = (await get(exchange, path, details="true")).json()["Call"]
    assert [call["Status"] for call in (running, over, settled)] == [
        "in-progress",
        "completed",
        "completed",
    ]
    for early in (running, over):
        assert (early["EndTime"], early["Duration"], early["Price"]) == (None, None, None)
        assert "Details" not in early
    assert running["RecordingUrl"] is None
    assert over["RecordingUrl"]
    assert (settled["Duration"], settled["Price"]) == ("1", "0.500")
    assert settled["EndTime"]
    assert settled["AnsweredBy"] == "human"
    assert (settled["From"], settled["To"]) == ("09812345678", "08047112233")
    assert settled["Details"] == {
        "ConversationDuration": 1,
        "Leg1Status": "completed",
        "Leg2Status": None,
        "Legs": [{"Leg": {"Id": 1, "OnCallDuration": 1}}],
    }


async def test_call_details_come_as_xml_without_the_suffix() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        await exchange.idle()
        response = await get(exchange, f"Calls/{exchange.calls[0].sid}", details="true")
    root = ElementTree.fromstring(response.text)  # ours
    assert root.findtext("Call/Status") == "busy"
    assert root.findtext("Call/Details/Leg1Status") == "busy"
    assert root.findtext("Call/Details/Legs/Leg/Id") == "1"


async def test_call_details_of_an_unknown_call_are_not_found() -> None:
    async with run_exchange(speed=QUICK) as exchange:
        response = await get(exchange, "Calls/nothing.json")
    assert response.status_code == 404
    assert response.json()["RestException"]["Status"] == 404


async def test_legs_in_call_details_may_end_otherwise_than_their_call() -> None:
    behaviour = Behaviour(completed_whatever_leg_2=True)
    people: dict[str, Person] = {PERSON: NoAnswer(), OTHER: Answers(after=0.0)}
    async with run_exchange(speed=QUICK, people=people, behaviour=behaviour) as exchange:
        await connect(exchange, two_numbers(exchange, From=OTHER))
        await exchange.idle()
        path = f"Calls/{exchange.calls[0].sid}.json"
        call = (await get(exchange, path, details="true")).json()["Call"]
    assert call["Status"] == "completed"
    assert call["Details"]["Leg2Status"] == "no-answer"


async def test_the_call_list_has_pages() -> None:
    async with run_exchange(speed=1000, default_person=Busy()) as exchange:
        for _ in range(5):
            await connect(exchange, voice_ai(exchange))
        first = (await get(exchange, "Calls.json", PageSize="2", SortBy="DateCreated:asc")).json()
        pages = [first]
        while uri := pages[-1]["Metadata"]["NextPageUri"]:
            pages.append((await get(exchange, uri.partition("exotel-simulator/")[2])).json())
        back = pages[-1]["Metadata"]["PrevPageUri"]
        before = (await get(exchange, back.partition("exotel-simulator/")[2])).json()
        newest = (await get(exchange, "Calls.json")).json()
    sids = [call.sid for call in exchange.calls]
    assert [[call["Sid"] for call in page["Calls"]] for page in pages] == [
        sids[:2],
        sids[2:4],
        sids[4:],
    ]
    assert [call["Sid"] for call in before["Calls"]] == sids[2:4]
    assert (first["Metadata"]["Total"], first["Metadata"]["PageSize"]) == (5, 2)
    assert first["Metadata"]["PrevPageUri"] is None
    assert [call["Sid"] for call in newest["Calls"]] == sids[::-1]
    assert newest["Metadata"]["PageSize"] == 50


async def test_the_call_list_can_be_filtered() -> None:
    people: dict[str, Person] = {PERSON: Busy(), OTHER: Answers(after=0.0, scenario=[HangUp()])}
    async with run_exchange(speed=QUICK, people=people) as exchange:
        await connect(exchange, voice_ai(exchange))
        await connect(exchange, voice_ai(exchange, From=OTHER))
        await connect(exchange, two_numbers(exchange, From=OTHER))
        await exchange.idle()
        busy, completed, both = [call.sid for call in exchange.calls]

        async def listed(**query: str) -> set[str]:
            response = await get(exchange, "Calls.json", **query)
            return {call["Sid"] for call in response.json()["Calls"]}

        assert await listed(Sid=f"{busy},{both},other") == {busy, both}
        assert await listed(Status="completed,failed") == {completed}
        assert await listed(From=PERSON) == {busy}
        assert await listed(From=OTHER, To=PERSON) == {both}
        assert await listed(Direction="outbound-api", PhoneNumber="08047112233") == {
            busy,
            completed,
            both,
        }
        assert await listed(Direction="inbound") == set()


async def test_the_call_list_has_a_time_window() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        now = datetime.now(UTC)

        async def total(since: timedelta, until: timedelta) -> int:
            window = f"gte:{ist(now + since)};lte:{ist(now + until)}"
            response = await get(exchange, "Calls.json", DateCreated=window)
            found: int = response.json()["Metadata"]["Total"]
            return found

        minute = timedelta(minutes=1)
        assert await total(-minute, minute) == 1
        assert await total(minute, 2 * minute) == 0
        assert await total(-2 * minute, -minute) == 0


@pytest.mark.parametrize(
    "query",
    [
        {"PageSize": "101"},
        {"PageSize": "0"},
        {"PageSize": "many"},
        {"After": "?"},
        {"DateCreated": "gte:yesterday"},
        {"DateCreated": "after:2026-01-01 00:00:00"},
        {"Sid": ",".join(str(nth) for nth in range(101))},
    ],
)
async def test_a_wrong_query_of_the_call_list_is_refused(query: dict[str, str]) -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        response = await get(exchange, "Calls.json", **query)
    assert response.status_code == 400


async def test_the_call_list_comes_as_xml_too() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        for _ in range(2):
            await connect(exchange, voice_ai(exchange))
        response = await get(exchange, "Calls")
    root = ElementTree.fromstring(response.text)  # ours
    created = [call.text or "" for call in root.iterfind("Calls/Call/DateCreated")]
    assert len(created) == 2
    assert all(later >= earlier for earlier, later in pairwise(reversed(created)))


async def test_active_streams_are_xml_and_json_only_where_it_exists() -> None:
    async with run_exchange() as exchange:
        xml = await get(exchange, "ActiveStreams")
        missing = await get(exchange, "ActiveStreams.json")
        lower_case = await get(exchange, "activestreams")
        exchange.behaviour = Behaviour(active_streams_json=True)
        json = await get(exchange, "ActiveStreams.json")
    assert "<Stream><ActiveStreamCount>0</ActiveStreamCount>" in xml.text
    assert "<ThrottleLimit>100</ThrottleLimit></Stream>" in xml.text
    assert (missing.status_code, lower_case.status_code) == (404, 404)
    assert json.json() == {"Stream": {"ActiveStreamCount": 0, "ThrottleLimit": 100}}
