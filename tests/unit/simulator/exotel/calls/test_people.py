"""People behind the simulated Exotel's phone numbers: busy, away, unreachable or a machine."""

import pytest

from simulator.caller.scenario import HangUp
from simulator.exotel import (
    Answers,
    Behaviour,
    Busy,
    Call,
    Declines,
    NoAnswer,
    Person,
    Unreachable,
    Voicemail,
    run_exchange,
)
from tests.support.exotel_client import PERSON, QUICK, connect, two_numbers, voice_ai


async def call_of(person: Person, behaviour: Behaviour | None = None, **more: str) -> Call:
    """Dial a person who is not connected with any bot."""
    async with run_exchange(speed=QUICK, people={PERSON: person}, behaviour=behaviour) as exchange:
        await connect(exchange, voice_ai(exchange, **more))
        await exchange.idle()
    assert exchange.rung(PERSON) == 1
    return exchange.calls[0]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (Busy(), "busy"),
        (NoAnswer(), "no-answer"),
        (Declines(after=1.0), "busy"),
        (Declines(after=31.0), "no-answer"),
        (Unreachable(), "failed"),
        (Answers(after=1.0, scenario=[HangUp()]), "completed"),
        (Answers(after=31.0), "no-answer"),
        (Voicemail(after=1.0), "completed"),
    ],
)
async def test_what_the_dialled_person_does_becomes_the_call_status(
    person: Person, status: str
) -> None:
    call = await call_of(person)
    (leg,) = call.legs
    assert (call.status, leg.status) == (status, status)
    assert (call.answered_at is not None) == (status == "completed")
    assert call.ended_at
    assert call.ended_at >= call.created_at
    assert call.created_at.tzinfo
    assert leg.number == PERSON


@pytest.mark.parametrize(
    ("person", "by"), [(Answers(after=0.0), "HUMAN"), (Voicemail(after=0.0), "MACHINE")]
)
async def test_an_answering_machine_is_reported_as_such(person: Person, by: str) -> None:
    assert (await call_of(person)).legs[0].answered_by == by


@pytest.mark.parametrize(("time_out", "status"), [("5", "no-answer"), ("20", "completed")])
async def test_a_phone_rings_for_the_timeout_of_the_dial_request(
    time_out: str, status: str
) -> None:
    person = Answers(after=10.0, scenario=[HangUp()])
    assert (await call_of(person, TimeOut=time_out)).status == status


async def test_people_and_phone_numbers_may_change_while_the_exchange_runs() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        for person in (Unreachable(), Declines(after=0.0)):
            exchange.people[PERSON] = person
            await connect(exchange, voice_ai(exchange))
        del exchange.people[PERSON]
        exchange.default_person = NoAnswer()
        await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert [call.status for call in exchange.calls] == ["failed", "busy", "no-answer"]
    assert exchange.rung(PERSON) == 3


async def test_a_two_number_dial_connects_two_people() -> None:
    other = "+919900000001"
    people: dict[str, Person] = {
        other: Answers(after=0.0),
        PERSON: Answers(after=0.0, talks=5.0),
    }
    async with run_exchange(speed=QUICK, people=people) as exchange:
        await connect(exchange, two_numbers(exchange, From=other))
        await exchange.idle()
    (call,) = exchange.calls
    assert [(leg.number, leg.status) for leg in call.legs] == [
        (other, "completed"),
        (PERSON, "completed"),
    ]
    assert call.streams == []


async def test_the_second_number_is_not_dialled_unless_the_first_one_answers() -> None:
    people: dict[str, Person] = {"+919900000001": Busy(), PERSON: Answers()}
    async with run_exchange(speed=QUICK, people=people) as exchange:
        await connect(exchange, two_numbers(exchange, From="+919900000001"))
        await exchange.idle()
    assert exchange.calls[0].status == "busy"
    assert exchange.rung(PERSON) == 0
