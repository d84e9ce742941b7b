"""Routes of the simulated Exotel's API: dial requests, checks of their fields, credentials."""

from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree

import pytest

from simulator.exotel import (
    Account,
    Behaviour,
    Busy,
    Exchange,
    Flow,
    Hangup,
    run_exchange,
)
from simulator.exotel.clock import IST
from tests.support.exotel_client import (
    NOWHERE,
    PERSON,
    QUICK,
    base,
    client,
    connect,
    to_flow,
    two_numbers,
    voice_ai,
)

FLOWS = {"1234": Flow((Hangup(),))}
Fields = Callable[[Exchange], dict[str, str]]
MODES: dict[str, Fields] = {
    "two-numbers": two_numbers,
    "flow": lambda exchange: to_flow(exchange, "1234"),
    "voice-ai": voice_ai,
}


@pytest.mark.parametrize("mode", MODES)
async def test_the_three_connect_modes_are_told_apart_by_their_fields(mode: str) -> None:
    async with run_exchange(speed=QUICK, flows=FLOWS) as exchange:
        fields = MODES[mode](exchange)
        response = await connect(exchange, fields)
    (call,) = exchange.placed
    placed = response.json()["Call"]
    assert (call.mode, call.number, dict(call.fields)) == (mode, PERSON, fields)
    assert placed["Sid"] == call.sid
    assert len(call.sid) == 32
    assert (placed["Status"], placed["Direction"]) == ("in-progress", "outbound-api")
    assert placed["From"] == fields["From"]
    assert (placed["EndTime"], placed["Duration"], placed["Price"]) == (None, None, None)


async def test_dial_answers_are_json_with_the_suffix_and_xml_without() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        json = await connect(exchange, voice_ai(exchange))
        xml = await connect(exchange, voice_ai(exchange), suffix="")
    assert json.headers["Content-Type"] == "application/json"
    assert "\\/v1\\/Accounts\\/" in json.text
    assert xml.headers["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(xml.text)  # ours
    assert root.tag == "TwilioResponse"
    assert root.findtext("Call/Sid") == exchange.calls[1].sid
    assert root.findtext("Call/EndTime") == ""


async def test_dial_forms_may_be_multipart() -> None:
    async with run_exchange(speed=QUICK) as exchange, client(exchange) as http:
        files = {name: (None, value) for name, value in voice_ai(exchange).items()}
        response = await http.post(f"{base(exchange)}/Calls/connect.json", files=files)
    assert response.status_code == 200
    assert exchange.calls[0].mode == "voice-ai"


async def test_timestamps_are_indian_and_have_no_zone() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        response = await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    written = response.json()["Call"]["DateCreated"]
    read = datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=IST)
    assert read == exchange.calls[0].created_at.replace(microsecond=0)


@pytest.mark.parametrize("auth", [("simulated-key", "wrong"), ("wrong", "simulated-token"), None])
async def test_wrong_credentials_are_refused(auth: tuple[str, str] | None) -> None:
    async with run_exchange(speed=QUICK) as exchange:
        response = await connect(exchange, voice_ai(exchange), auth=auth)
        xml = await connect(exchange, voice_ai(exchange), auth=auth, suffix="")
    message = "Authentication failed. Verify your API key and token."
    assert response.status_code == 401
    assert response.json() == {"RestException": {"Status": 401, "Message": message}}
    assert f"<RestException><Status>401</Status><Message>{message}" in xml.text
    assert not exchange.calls


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/Accounts/somebody-else/Calls/connect.json", 404),
        ("POST", "/v1/accounts/exotel-simulator/calls/connect.json", 404),
        ("POST", "/v1/Accounts/exotel-simulator/Calls/{sid}.json", 405),
        ("DELETE", "/v1/Accounts/exotel-simulator/Calls/{sid}.json", 405),
        ("POST", "/v2/accounts/exotel-simulator/legs/{sid}/actions/hangup", 404),
    ],
)
async def test_other_api_paths_are_not_found(method: str, path: str, status: int) -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        async with client(exchange) as http:
            url = exchange.url + path.format(sid=exchange.calls[0].sid)
            response = await http.request(method, url, data=voice_ai(exchange))
    assert response.status_code == status
    assert len(exchange.calls) == 1


@pytest.mark.parametrize(
    ("mode", "change", "message"),
    [
        ("two-numbers", {"From": ""}, "The 'From' parameter is required."),
        ("two-numbers", {"To": ""}, "The 'To' parameter is required."),
        ("voice-ai", {"CallerId": ""}, "The 'CallerId' parameter is required."),
        ("voice-ai", {"StreamType": ""}, "The 'StreamType' parameter is required."),
        ("voice-ai", {"StreamType": "unidirectional"}, "The 'StreamType' parameter is invalid."),
        ("voice-ai", {"StreamUrl": "https://bot.test/"}, "must be a ws:// or wss:// URL"),
        ("voice-ai", {"StreamUrl": "wss://bot.test/" + 585 * "x"}, "longer than 599"),
        ("voice-ai", {"StreamName": 33 * "x"}, "longer than 32"),
        ("voice-ai", {"CustomField": 129 * "x"}, "longer than 128"),
        ("voice-ai", {"TimeLimit": "14401"}, "The 'TimeLimit' parameter is invalid."),
        ("voice-ai", {"TimeLimit": "soon"}, "The 'TimeLimit' parameter is invalid."),
        ("voice-ai", {"From": "my mother"}, "The 'From' parameter is invalid."),
        ("voice-ai", {"CallerId": "08000000000"}, "The 'CallerId' parameter is invalid."),
        ("flow", {"Url": "https://bot.test/exoml"}, "The 'Url' parameter is invalid."),
        ("flow", {"Url": "http://my.exotel.com/x/exoml/start_voice/9"}, "there is no flow 9"),
        ("flow", {"StreamUrl": NOWHERE}, "Only one of 'Url' and 'StreamUrl'"),
    ],
)
async def test_fields_of_a_dial_request_are_checked(
    mode: str, change: dict[str, str], message: str
) -> None:
    async with run_exchange(speed=QUICK, flows=FLOWS) as exchange:
        response = await connect(exchange, MODES[mode](exchange) | change)
    assert response.status_code == 400
    assert response.json()["RestException"]["Status"] == 400
    assert message in response.json()["RestException"]["Message"]
    assert not exchange.calls
    assert exchange.rung(PERSON) == 0


async def test_the_longest_allowed_fields_of_a_dial_request_are_accepted() -> None:
    url = "wss://bot.test/" + 584 * "x"
    assert len(url) == 599
    async with run_exchange(speed=QUICK) as exchange:
        fields = voice_ai(exchange, url, CustomField=128 * "x", TimeLimit="14400")
        response = await connect(exchange, fields)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("account", "behaviour", "message"),
    [
        (Account(kyc=False), Behaviour(), "not yet KYC compliant"),
        (Account(voice_ai=False), Behaviour(), "not enabled"),
        (Account(), Behaviour(calling_hours=(9, 9)), "Calls are allowed from 9:00 to 9:00"),
    ],
)
async def test_the_account_may_not_be_allowed_to_dial(
    account: Account, behaviour: Behaviour, message: str
) -> None:
    async with run_exchange(speed=QUICK, account=account, behaviour=behaviour) as exchange:
        response = await connect(exchange, voice_ai(exchange))
    assert response.status_code == 403
    assert message in response.json()["RestException"]["Message"]
    assert exchange.rung(PERSON) == 0


@pytest.mark.parametrize("number", ["+919812345678", "09812345678", "9812345678", "00919812345678"])
async def test_a_phone_number_is_the_same_in_every_spelling(number: str) -> None:
    async with run_exchange(speed=QUICK, people={PERSON: Busy()}) as exchange:
        await connect(exchange, voice_ai(exchange, From=number))
        await exchange.idle()
    assert exchange.calls[0].status == "busy"
    assert exchange.rung(number) == exchange.rung(PERSON) == 1


async def test_a_dial_is_answered_after_routing_and_before_the_phone_is_answered() -> None:
    behaviour = Behaviour(origination_secs=0.2)
    async with run_exchange(behaviour=behaviour, people={PERSON: Busy()}) as exchange:
        response = await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert response.elapsed.total_seconds() >= 0.2
    assert response.json()["Call"]["Status"] == "in-progress"


async def test_a_bot_finds_its_exotel_settings_in_the_environment() -> None:
    async with run_exchange() as exchange:
        assert "EXOTEL_FLOW_ID" not in exchange.env
        exchange.flows["1234"] = Flow((Hangup(),))
        assert exchange.env == {
            "EXOTEL_API_URL": exchange.url,
            "EXOTEL_ACCOUNT_SID": "exotel-simulator",
            "EXOTEL_API_KEY": "simulated-key",
            "EXOTEL_API_TOKEN": "simulated-token",
            "EXOTEL_PHONE_NUMBER": "08047112233",
            "EXOTEL_FLOW_ID": "1234",
        }
