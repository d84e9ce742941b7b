"""Status callbacks of the simulated Exotel: content type, fields, events, retries and disorder."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from starlette.responses import Response

from simulator.caller.scenario import HangUp
from simulator.exotel import (
    Answers,
    Busy,
    Callbacks,
    Exchange,
    Flow,
    Hangup,
    NoAnswer,
    Person,
    run_exchange,
)
from tests.support.exotel_client import (
    PERSON,
    Hook,
    connect,
    hook,
    to_flow,
    two_numbers,
    voice_ai,
)

FAST = 200.0
GONE_AT_ONCE = Answers(after=1.0, scenario=[HangUp()])
OTHER = "+919900000001"
FLOWS = {"1": Flow((Hangup(),))}
NOTHING: dict[str, str] = {}
AS_JSON = {"StatusCallbackContentType": "application/json"}
EVENTS = {"StatusCallbackEvents[0]": "terminal", "StatusCallbackEvents[1]": "answered"}

SOON = Callbacks(retries=(5.0, 10.0))
Mode = Callable[[Exchange], dict[str, str]]


def into_flow(exchange: Exchange) -> dict[str, str]:
    return to_flow(exchange, "1")


def from_another(exchange: Exchange) -> dict[str, str]:
    return two_numbers(exchange, From=OTHER)


async def told(
    person: Person = GONE_AT_ONCE,
    *,
    callbacks: Callbacks | None = None,
    answers: Sequence[int] = (200,),
    mode: Mode = voice_ai,
    fields: Mapping[str, str] = NOTHING,
) -> tuple[Hook, Exchange]:
    """Place one call and let everything about it be told."""
    people = {PERSON: person, OTHER: Answers(after=0.0)}
    async with (
        hook(*(Response("", status) for status in answers)) as bot,
        run_exchange(
            speed=FAST, people=people, callbacks=callbacks, flows=FLOWS, seed=1
        ) as exchange,
    ):
        url = f"{bot.url}/status/abc"
        await connect(exchange, {**mode(exchange), "StatusCallback": url, **fields})
        await exchange.idle()
    return bot, exchange


async def test_by_default_one_multipart_status_callback_of_three_fields_comes() -> None:
    bot, exchange = await told(Busy())
    (received,) = bot.received
    (call,) = exchange.calls
    assert (received.method, received.path) == ("POST", "/status/abc")
    assert received.headers["Content-Type"].startswith("multipart/form-data; boundary=form-data-")
    assert list(received.form) == ["CallSid", "Status", "DateUpdated"]
    assert (received.form["CallSid"], received.form["Status"]) == (call.sid, "busy")
    assert b'Content-Disposition: form-data; name="CallSid"\r\n\r\n' in received.body
    (delivery,) = call.callbacks
    assert (delivery.event, delivery.answers, delivery.body) == ("terminal", [200], received.body)


async def test_no_status_callback_comes_unless_asked_for() -> None:
    async with run_exchange(speed=FAST, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert exchange.calls[0].callbacks == []


async def test_a_status_callback_tells_the_recording_if_there_is_one() -> None:
    bot, _ = await told(fields={"Record": "true"})
    assert bot.received[0].form["RecordingUrl"].endswith(".mp3")
    bot, _ = await told(Busy(), fields={"Record": "true"})
    assert "RecordingUrl" not in bot.received[0].form


async def test_a_status_callback_is_json_if_asked_for() -> None:
    bot, exchange = await told(Busy(), fields=AS_JSON)
    assert bot.received[0].headers["Content-Type"] == "application/json"
    assert json.loads(bot.received[0].body)["CallSid"] == exchange.calls[0].sid


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ({}, ["terminal"]),
        ({"StatusCallbackEvents[]": "answered"}, ["answered"]),
        ({"StatusCallbackEvents": "both"}, ["answered", "terminal"]),
        ({"StatusCallbackEvents": "terminal"}, ["terminal"]),
        (EVENTS, ["answered", "terminal"]),
        (EVENTS | {"StatusCallbackEvents[2]": "ringing"}, ["ringing", "answered", "terminal"]),
    ],
)
async def test_status_callback_events_are_subscribed_to_in_every_spelling(
    events: dict[str, str], expected: list[str]
) -> None:
    bot, exchange = await told(fields=events)
    assert [delivery.event for delivery in exchange.calls[0].callbacks] == expected
    statuses = {"ringing": "in-progress", "answered": "in-progress", "terminal": "completed"}
    assert [received.form["Status"] for received in bot.received] == [
        statuses[event] for event in expected
    ]
    assert all(len(received.form) == 3 for received in bot.received)  # voice-ai names no To


async def test_status_callback_events_do_not_apply_to_flows() -> None:
    bot, exchange = await told(mode=into_flow, fields=EVENTS)
    assert [delivery.event for delivery in exchange.calls[0].callbacks] == ["terminal"]
    assert len(bot.received[0].form) == 3


async def test_callbacks_tell_more_of_a_two_number_dial_that_asked_for_events() -> None:
    bot, _ = await told(NoAnswer(), mode=from_another, fields=EVENTS | {"CustomField": "order-7"})
    (received,) = bot.received
    assert received.form["EventType"] == "terminal"
    assert received.form["Status"] == "no-answer"
    assert (received.form["From"], received.form["To"]) == ("09900000001", "09812345678")
    assert received.form["CustomField"] == "order-7"
    assert received.form["Direction"] == "outbound-api"
    assert received.form["Legs[0][Status]"] == "completed"
    assert received.form["Legs[1][Status]"] == "no-answer"
    assert received.form["Legs[1][OnCallDuration]"] == "0"
    assert received.form["ConversationDuration"] == "0"
    bot, _ = await told(NoAnswer(), mode=from_another)
    assert len(bot.received[0].form) == 3


async def test_a_status_callback_of_an_answer_lacks_the_custom_field() -> None:
    bot, _ = await told(
        callbacks=Callbacks(extended="always"),
        fields={**EVENTS, **AS_JSON, "CustomField": "order-7"},
    )
    answered, terminal = [json.loads(received.body) for received in bot.received]
    assert "CustomField" not in answered
    assert answered["EndTime"] is None
    assert answered["Legs"] == [
        {"OnCallDuration": 0, "Status": "in-progress", "AnsweredBy": "HUMAN"}
    ]
    assert terminal["CustomField"] == "order-7"
    assert terminal["ConversationDuration"] >= 1
    assert terminal["Legs"][0]["Status"] == "completed"


async def test_extended_status_callback_fields_can_be_withheld() -> None:
    never = Callbacks(extended="never")
    bot, _ = await told(NoAnswer(), mode=from_another, callbacks=never, fields=EVENTS)
    assert len(bot.received[0].form) == 3


async def test_a_status_callback_that_is_refused_is_retried_twice() -> None:
    bot, exchange = await told(Busy(), callbacks=SOON, answers=(500, 404, 200))
    assert exchange.calls[0].callbacks[0].answers == [500, 404, 200]
    bot, exchange = await told(Busy(), callbacks=SOON, answers=(500,))
    assert exchange.calls[0].callbacks[0].answers == [500, 500, 500]
    assert not exchange.calls[0].callbacks[0].taken
    assert {received.body for received in bot.received} == {bot.received[0].body}


async def test_status_callbacks_to_an_absent_bot_are_given_up() -> None:
    _, exchange = await told(
        Busy(), callbacks=SOON, fields={"StatusCallback": "http://127.0.0.1:9/"}
    )
    assert exchange.calls[0].callbacks[0].answers == [None, None, None]


async def test_status_callbacks_get_lost() -> None:
    bot, exchange = await told(callbacks=Callbacks(lost=True), fields=EVENTS)
    assert bot.received == []
    assert [delivery.lost for delivery in exchange.calls[0].callbacks] == [True, True]


async def test_status_callbacks_come_twice() -> None:
    bot, _ = await told(Busy(), callbacks=Callbacks(doubled=True))
    first, second = bot.received
    assert first.form == second.form


async def test_status_callbacks_come_in_the_wrong_order() -> None:
    bot, _ = await told(callbacks=Callbacks(reordered=True), fields=EVENTS)
    assert [received.form["Status"] for received in bot.received] == ["completed", "in-progress"]


async def test_status_callbacks_come_late() -> None:
    _, exchange = await told(Busy(), callbacks=Callbacks(late=20.0))
    (call,) = exchange.calls
    sent_at = call.callbacks[0].sent_at
    assert sent_at
    assert call.ended_at
    assert (sent_at - call.ended_at).total_seconds() >= 20.0 / FAST


async def test_a_status_callback_may_come_before_the_dial_is_answered() -> None:
    seen: list[int] = []
    async with (
        hook() as bot,
        run_exchange(
            speed=FAST, default_person=Busy(), callbacks=Callbacks(before_answer=True)
        ) as exchange,
    ):
        await connect(exchange, voice_ai(exchange, StatusCallback=bot.url))
        seen.append(len(bot.received))
        exchange.callbacks = replace(exchange.callbacks, lost=True)
        await connect(exchange, voice_ai(exchange, StatusCallback=bot.url))
    assert seen == [1]


@pytest.mark.parametrize(
    ("content_type", "null"), [("application/json", None), ("multipart/form-data", "")]
)
async def test_the_status_in_a_callback_can_be_spelled_otherwise(
    content_type: str, null: str | None
) -> None:
    spelled = Callbacks(spelling={"busy": None}, leg_spelling={"busy": "null"}, extended="always")
    asked = {**EVENTS, "StatusCallbackContentType": content_type}
    bot, _ = await told(Busy(), callbacks=spelled, fields=asked)
    (received,) = bot.received
    if received.form:
        assert (received.form["Status"], received.form["Legs[0][Status]"]) == (null, "null")
    else:
        fields = json.loads(received.body)
        assert (fields["Status"], fields["Legs"][0]["Status"]) == (null, "null")
