"""The form of a dial request in each Connect mode, and limits checked before it is sent."""

import pytest

from shared.telephony.connect_mode import ConnectMode
from shared.telephony.errors import InvalidDial
from shared.telephony.rest.connect_request import Account, Dial, fields

ACCOUNT = Account(
    sid="sunrise1",
    api_key="key-of-sunrise",
    api_token="token-of-sunrise",
    exophone="044-4000 0319",
    api_url="https://api.in.exotel.com",
)
PERSON = "+919800000105"
TWO_NUMBERS, FLOW, VOICE_AI = ConnectMode.TWO_NUMBERS, ConnectMode.FLOW, ConnectMode.VOICE_AI
SOCKET = "wss://bot.test/ws/one-time-token"
CALLBACK = "https://bot.test/exotel/status/one-time-token"


def dial(mode: ConnectMode, **more: object) -> Dial:
    needed: dict[str, object] = {"number": PERSON, "mode": mode}
    needed |= {FLOW: {"flow_id": "926"}, VOICE_AI: {"stream_url": SOCKET}}.get(mode, {})
    return Dial(**needed | more)  # type: ignore[arg-type]  # fields by name


def test_two_numbers_dials_our_exophone_first_as_it_is_written() -> None:
    assert fields(ACCOUNT, dial(TWO_NUMBERS)) == {
        "From": "044-4000 0319",
        "To": PERSON,
        "CallerId": "044-4000 0319",
        "CallType": "trans",
    }


def test_a_flow_dial_rings_the_person_and_names_the_flow() -> None:
    assert fields(ACCOUNT, dial(FLOW)) == {
        "From": PERSON,
        "CallerId": "044-4000 0319",
        "CallType": "trans",
        "Url": "http://my.exotel.com/sunrise1/exoml/start_voice/926",
    }


def test_a_voice_ai_dial_rings_the_person_and_names_the_websocket() -> None:
    assert fields(ACCOUNT, dial(VOICE_AI)) == {
        "From": PERSON,
        "CallerId": "044-4000 0319",
        "CallType": "trans",
        "StreamUrl": SOCKET,
        "StreamType": "bidirectional",
    }


def test_dial_options_are_written_as_exotel_spells_them() -> None:
    asked = fields(
        ACCOUNT,
        dial(
            TWO_NUMBERS,
            custom_field="call-42",
            time_limit=600,
            time_out=40,
            record=True,
            recording_channels="dual",
        ),
    )
    assert (
        asked
        | {
            "CustomField": "call-42",
            "TimeLimit": "600",
            "TimeOut": "40",
            "Record": "true",
            "RecordingChannels": "dual",
        }
        == asked
    )
    assert fields(ACCOUNT, dial(FLOW, record=False))["Record"] == "false"


@pytest.mark.parametrize(
    ("mode", "events"),
    [
        (TWO_NUMBERS, ["terminal", "answered"]),
        (FLOW, []),
        (VOICE_AI, ["terminal", "answered", "ringing"]),
    ],
)
def test_a_status_callback_asks_for_the_events_of_its_connect_mode(
    mode: ConnectMode, events: list[str]
) -> None:
    asked = fields(ACCOUNT, dial(mode, status_callback=CALLBACK))
    assert asked["StatusCallback"] == CALLBACK
    subscribed = {
        name: event for name, event in asked.items() if name.startswith("StatusCallbackE")
    }
    assert subscribed == {f"StatusCallbackEvents[{n}]": event for n, event in enumerate(events)}


@pytest.mark.parametrize("mode", ConnectMode)
def test_without_a_status_callback_no_events_are_asked_for(mode: ConnectMode) -> None:
    assert not [name for name in fields(ACCOUNT, dial(mode)) if name.startswith("StatusCallback")]


@pytest.mark.parametrize(
    ("mode", "changes", "field"),
    [
        (TWO_NUMBERS, {"number": "09800000105"}, "To"),
        (FLOW, {"number": "+0980000010"}, "From"),
        (VOICE_AI, {"number": "+91 98000 00105"}, "From"),
        (VOICE_AI, {"number": "+9198\n"}, "From"),
        (FLOW, {"custom_field": "x" * 129}, "CustomField"),
        (FLOW, {"time_limit": 0}, "TimeLimit"),
        (FLOW, {"time_limit": 14_401}, "TimeLimit"),
        (FLOW, {"time_out": 0}, "TimeOut"),
        (FLOW, {"time_out": 301}, "TimeOut"),
        (VOICE_AI, {"time_out": 30}, "TimeOut"),
        (FLOW, {"recording_channels": "stereo"}, "RecordingChannels"),
        (FLOW, {"status_callback": "ftp://bot.test/"}, "StatusCallback"),
        (FLOW, {"status_callback": "https://bot.test/a b"}, "StatusCallback"),
        (FLOW, {"flow_id": ""}, "Url"),
        (FLOW, {"flow_id": "926/../1"}, "Url"),
        (VOICE_AI, {"flow_id": "926"}, "Url"),
        (TWO_NUMBERS, {"flow_id": "926"}, "Url"),
        (VOICE_AI, {"stream_url": ""}, "StreamUrl"),
        (VOICE_AI, {"stream_url": "https://bot.test/ws"}, "StreamUrl"),
        (VOICE_AI, {"stream_url": "wss://bot.test/" + "x" * 585}, "StreamUrl"),
        (FLOW, {"stream_url": SOCKET}, "StreamUrl"),
    ],
)
def test_a_dial_request_that_exotel_would_refuse_is_not_sent(
    mode: ConnectMode, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidDial) as refusal:
        dial(mode, **changes)
    assert refusal.value.field == field
    assert str(refusal.value).startswith(f"{field}: ")
    assert "98000" not in str(refusal.value)


def test_the_limits_of_dial_request_fields_are_allowed() -> None:
    dial(FLOW, custom_field="x" * 128, time_limit=14_400, time_out=300)
    dial(VOICE_AI, stream_url="wss://bot.test/" + "x" * 584, time_limit=1)


def test_neither_credentials_nor_tokens_are_in_the_repr_of_a_dial() -> None:
    assert "token-of-sunrise" not in repr(ACCOUNT)
    shown = repr(dial(VOICE_AI, status_callback=CALLBACK))
    assert PERSON not in shown
    assert "one-time-token" not in shown
