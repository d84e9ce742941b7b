"""Call details and call lists through Exotel's REST API: JSON, XML, pages and useless answers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import httpx
import pytest

from shared.telephony.call_status import CallStatus
from shared.telephony.errors import DetailsUnavailable
from shared.telephony.rest.client import MAX_PAGES, ExotelAPI
from shared.telephony.rest.connect_request import Account

WIRE = Path(__file__).parents[4] / "wire" / "rest"
CALL = "b6cfaf5f5cef3ca0fc937749ef96d245"
ACCOUNT = Account(
    sid="sunrise1",
    api_key="key-of-sunrise",
    api_token="token-of-sunrise",
    exophone="04440000319",
    api_url="https://api.exotel.com",
)
SINCE = datetime(2019, 12, 3, 5, 0, tzinfo=UTC)
UNTIL = datetime(2019, 12, 3, 6, 0, tzinfo=UTC)

Handler = Callable[[httpx.Request], httpx.Response]


def exotel(handler: Handler) -> ExotelAPI:
    return ExotelAPI(ACCOUNT, transport=httpx.MockTransport(handler))


def file(name: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=(WIRE / name).read_bytes())


def page(next_page: object, *sids: str) -> httpx.Response:
    calls = [{"Sid": sid} for sid in sids]
    return httpx.Response(200, json={"Metadata": {"NextPageUri": next_page}, "Calls": calls})


async def test_call_details_are_asked_for_with_their_legs() -> None:
    requests: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return file("details.json")

    details = await exotel(take).call(CALL)

    assert details and details.call_sid == CALL
    assert details.leg_statuses == (CallStatus.COMPLETED, CallStatus.COMPLETED)
    [request] = requests
    assert request.method == "GET"
    address = f"https://api.exotel.com/v1/Accounts/sunrise1/Calls/{CALL}.json?details=true"
    assert str(request.url) == address


def in_xml(value: object) -> str:
    """The same document as elements; what is in a list has its name without the last letter."""
    match value:
        case dict():
            return "".join(
                f"<{name}>{_inside(name, each)}</{name}>" for name, each in value.items()
            )
        case None:
            return ""
        case _:
            return escape(str(value))


def _inside(name: str, value: object) -> str:
    if not isinstance(value, list):
        return in_xml(value)
    item = name.removesuffix("s")
    return "".join(f"<{item}>{in_xml(each.get(item, each))}</{item}>" for each in value)


def xml(name: str) -> httpx.Response:
    document = json.loads((WIRE / name).read_text(encoding="utf-8"))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return httpx.Response(200, text=f"{head}<TwilioResponse>{in_xml(document)}</TwilioResponse>")


async def test_call_details_read_the_same_in_xml() -> None:
    in_json = await exotel(lambda _: file("details.json")).call(CALL)
    assert in_json and await exotel(lambda _: xml("details.json")).call(CALL) == in_json


async def test_a_call_list_reads_the_same_in_xml() -> None:
    def pages(request: httpx.Request) -> str:
        return "calls_last_page.json" if "After" in request.url.params else "calls_first_page.json"

    in_json = await exotel(lambda asked: file(pages(asked))).recent_calls(SINCE, UNTIL)
    in_xml = await exotel(lambda asked: xml(pages(asked))).recent_calls(SINCE, UNTIL)
    assert in_xml == in_json
    sids = [call.call_sid for call in in_json]
    assert await exotel(lambda _: xml("calls_first_page.json")).calls(sids) == in_json[:2]


async def test_an_empty_call_list_in_xml_is_a_list() -> None:
    nothing = "<TwilioResponse><Calls/><Metadata><NextPageUri/></Metadata></TwilioResponse>"
    api = exotel(lambda _: httpx.Response(200, text=nothing))
    assert await api.recent_calls(SINCE, UNTIL) == []


async def test_call_details_of_an_unknown_call_are_none() -> None:
    missing = httpx.Response(404, json={"RestException": {"Status": 404, "Message": "Not Found"}})
    assert await exotel(lambda _: missing).call(CALL) is None


async def test_a_call_sid_with_a_slash_asks_for_no_other_address() -> None:
    seen: list[bytes] = []

    def take(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(404)

    await exotel(take).call("../Calls?x")
    assert seen == [b"/v1/Accounts/sunrise1/Calls/..%2FCalls%3Fx.json?details=true"]


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("cut", request=request)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (lost, "no answer from Exotel: ReadError"),
        (lambda _: file("error_401.json", 401), "answered 401: Authentication failed"),
        (lambda _: file("error_429.json", 429), "answered 429: Rate limit exceeded"),
        (lambda _: file("error_503.json", 503), r"answered 503 \(code 35008\)"),
        (lambda _: file("error_400.json"), "answered 200: The 'From'"),
        (lambda _: file("error_403.xml"), "answered 200 .code 34010.: Requests from this IP"),
        (lambda _: file("error_403.xml", 403), "answered 403 .code 34010.: Requests from this IP"),
        (lambda _: httpx.Response(200, text="<html>OK</html>"), "answered 200: OK"),
        (lambda _: httpx.Response(200, text="[]"), "answered 200"),
        (lambda _: httpx.Response(302, headers={"Location": "https://else.test"}), "answered 302"),
    ],
)
async def test_a_useless_answer_to_a_call_details_request_is_our_own_error(
    handler: Handler, reason: str
) -> None:
    with pytest.raises(DetailsUnavailable, match=reason):
        await exotel(handler).call(CALL)
    with pytest.raises(DetailsUnavailable, match=reason):
        await exotel(handler).recent_calls(SINCE, UNTIL)


@pytest.mark.parametrize("call", [None, [], {}, {"Sid": "a b"}])
async def test_call_details_that_name_no_call_are_our_own_error(call: object) -> None:
    api = exotel(lambda _: httpx.Response(200, json={"Call": call}))
    with pytest.raises(DetailsUnavailable, match="without naming a call"):
        await api.call(CALL)


async def test_a_call_list_is_followed_to_its_end_with_the_same_filter() -> None:
    queries: list[dict[str, str]] = []

    def take(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/Accounts/sunrise1/Calls.json"
        queries.append(dict(request.url.params))
        return file("calls_last_page.json" if "After" in queries[-1] else "calls_first_page.json")

    calls = await exotel(take).recent_calls(SINCE, UNTIL)

    assert [call.call_sid[:4] for call in calls] == ["c579", "80bf", "5979"]
    assert calls[0].created_at == datetime(2019, 12, 3, 5, 18, 33, tzinfo=UTC)
    asked = {
        "DateCreated": "gte:2019-12-03 10:30:00;lte:2019-12-03 11:30:00",
        "PageSize": "100",
        "SortBy": "DateCreated:asc",
    }
    assert queries == [asked, asked | {"After": "MTU3NTM="}]


async def test_an_empty_page_of_a_call_list_is_the_last_one() -> None:
    assert await exotel(lambda _: page("/Calls.json?After=x")).recent_calls(SINCE, UNTIL) == []


async def test_no_page_of_a_call_list_sends_our_credentials_elsewhere() -> None:
    hosts: list[str] = []

    def take(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return page(None if hosts[1:] else "https://elsewhere.test/Calls.json?After=x", "a1")

    await exotel(take).recent_calls(SINCE, UNTIL)
    assert hosts == ["api.exotel.com"] * 2


async def test_half_a_call_list_is_never_returned() -> None:
    asked: list[httpx.Request] = []

    def endless(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return page(f"/Calls.json?After={len(asked)}", "a1")

    with pytest.raises(DetailsUnavailable, match="shorter time"):
        await exotel(endless).recent_calls(SINCE, UNTIL)
    assert len(asked) == MAX_PAGES
    with pytest.raises(DetailsUnavailable, match="next page"):
        await exotel(lambda _: page("/Calls.json?Page=2", "a1")).recent_calls(SINCE, UNTIL)


@pytest.mark.parametrize("body", [{}, {"Call": {}}, {"Calls": None}, {"Calls": {}}])
async def test_an_answer_without_a_call_list_is_not_an_empty_list(body: object) -> None:
    api = exotel(lambda _: httpx.Response(200, content=json.dumps(body)))
    with pytest.raises(DetailsUnavailable, match="without a list"):
        await api.recent_calls(SINCE, UNTIL)


async def test_an_entry_of_a_call_list_that_is_no_call_is_left_out() -> None:
    body = {"calls": [None, 7, {"Sid": ""}, {"sid": "a1", "Duration": {}}], "metadata": None}
    calls = await exotel(lambda _: httpx.Response(200, json=body)).recent_calls(SINCE, UNTIL)
    assert [call.call_sid for call in calls] == ["a1"]
