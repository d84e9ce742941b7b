"""Call events applied to a call record: any order, any repetition, one outcome."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.records.apply_event import ForeignEvent, apply_event
from shared.records.call_events import (
    CallEvent,
    Placed,
    PlacementUnknown,
    Reconciled,
    Rejected,
    SocketClosed,
    SocketLost,
    SocketOpened,
    StatusReported,
    StreamEnded,
)
from shared.records.call_record import CallRecord
from shared.records.call_status import ENDS, Status
from shared.telephony.connect_mode import ConnectMode
from tests.support.call_records import OTHER_SID, SID, came_in, dialled

PERSON_FIRST = (ConnectMode.FLOW, ConnectMode.VOICE_AI)
TWO_NUMBERS = ConnectMode.TWO_NUMBERS


def at(secs: float) -> datetime:
    return datetime(2026, 3, 1, 10, 0, tzinfo=UTC) + timedelta(seconds=secs)


def told(secs: float, status: Status | None = None, **more: Any) -> StatusReported:
    return StatusReported(at(secs), SID, status, **more)


def joined(call: CallRecord, *facts: CallEvent) -> CallRecord:
    return reduce(apply_event, facts, call)


PLACED = Placed(at(2), SID)
REFUSED = Rejected(at(2), 403, "Your account is not yet KYC compliant.", "340030")
DOUBTED = PlacementUnknown(at(35), "Exotel didn't answer in time")
OPENED = SocketOpened(at(20), SID, "stream-1")
CLOSED = SocketClosed(at(50), "stream-1", "caller hung up", 3)
STREAM_OVER = StreamEnded(at(51), "stream-1", "completed", 31, "bot")
STREAMS_OVER = [
    STREAM_OVER,
    StreamEnded(at(51), status="failed", error="Streaming_call_throttled"),
    StreamEnded(at(40), "stream-0", "cancelled"),
]


@pytest.mark.parametrize(
    ("facts", "status", "reason"),
    [
        ([], Status.DIALLING, ""),
        ([PLACED], Status.PLACED, ""),
        ([REFUSED], Status.REJECTED, REFUSED.message),
        ([DOUBTED], Status.UNKNOWN, DOUBTED.reason),
        ([DOUBTED, PLACED], Status.PLACED, ""),
        ([DOUBTED, PlacementUnknown(at(61), "the server stopped")], Status.UNKNOWN, DOUBTED.reason),
        ([told(5, Status.RINGING)], Status.RINGING, ""),  # before the REST answer returned
        ([told(5, Status.RINGING), PLACED], Status.RINGING, ""),
        ([told(20, Status.ANSWERED, answered=True)], Status.ANSWERED, ""),
        ([PLACED, told(20, Status.ANSWERED)], Status.PLACED, ""),  # "in progress" when asked
        ([DOUBTED, told(60, Status.COMPLETED)], Status.COMPLETED, ""),
    ],
)
def test_the_status_of_a_dial_follows_from_its_call_events(
    facts: list[CallEvent], status: Status, reason: str
) -> None:
    call = joined(dialled(), *facts)
    assert (call.status, call.reason) == (status, reason)


@pytest.mark.parametrize("mode", PERSON_FIRST)
@pytest.mark.parametrize("end", ENDS)
def test_the_outcome_of_a_person_first_dial_is_exotel_s_ending(
    mode: ConnectMode, end: Status
) -> None:
    call = joined(dialled(mode=mode), PLACED, told(31, end, ended_at=at(30)))
    assert (call.status, call.status.over, call.ended_at) == (end, True, at(30))


@pytest.mark.parametrize("end", ENDS)
def test_the_outcome_of_a_two_numbers_dial_is_the_person_s_leg(end: Status) -> None:
    ours_is_fine = told(31, Status.COMPLETED, leg_statuses=(Status.COMPLETED, end))
    assert joined(dialled(mode=TWO_NUMBERS), PLACED, ours_is_fine).status is end


@pytest.mark.parametrize(
    ("status", "legs"),
    [
        (Status.FAILED, (Status.FAILED, None)),  # our own ExoPhone couldn't be rung
        (Status.NO_ANSWER, (Status.NO_ANSWER, None)),
    ],
)
def test_a_two_numbers_dial_without_the_person_s_leg_ends_as_exotel_says(
    status: Status, legs: tuple[Status | None, ...]
) -> None:
    call = joined(dialled(mode=TWO_NUMBERS), PLACED, told(31, status, leg_statuses=legs))
    assert call.status is status


@pytest.mark.parametrize("later", [True, False])
def test_a_two_numbers_leg_outweighs_a_bare_completed_call_event(later: bool) -> None:
    # The bare one is Exotel's callback without events: it may be dated after the end of the call.
    bare = told(33 if later else 30, Status.COMPLETED)
    asked = told(31, Status.COMPLETED, leg_statuses=(Status.COMPLETED, Status.NO_ANSWER))
    call = dialled(mode=TWO_NUMBERS)
    assert joined(call, PLACED, bare, asked).status is Status.NO_ANSWER
    assert joined(call, PLACED, asked, bare).status is Status.NO_ANSWER


@pytest.mark.parametrize(
    ("mode", "legs", "answered"),
    [
        (TWO_NUMBERS, (Status.ANSWERED, None), False),  # only our own ExoPhone has
        (TWO_NUMBERS, (Status.ANSWERED, Status.ANSWERED), True),
        (TWO_NUMBERS, (), True),
        (ConnectMode.FLOW, (Status.ANSWERED, None), True),
        (ConnectMode.VOICE_AI, (), True),
    ],
)
def test_an_answered_status_means_by_the_person(
    mode: ConnectMode, legs: tuple[Status | None, ...], answered: bool
) -> None:
    news = told(20, Status.ANSWERED, answered=True, leg_statuses=legs)
    call = joined(dialled(mode=mode), PLACED, news)
    assert call.answered_at == (at(20) if answered else None)
    assert (call.status is Status.ANSWERED) is answered


def test_an_open_stream_means_answered_in_a_person_first_dial() -> None:
    assert joined(dialled(), PLACED, OPENED).answered_at == at(20)
    assert joined(dialled(mode=TWO_NUMBERS), PLACED, OPENED).status is Status.PLACED


def test_the_websocket_s_end_is_the_call_s_end_only_for_inbound_calls() -> None:
    assert joined(came_in(), OPENED).status is Status.ANSWERED
    assert joined(came_in(), OPENED, CLOSED).status is Status.COMPLETED
    assert joined(dialled(), PLACED, OPENED, CLOSED).status is Status.ANSWERED
    assert joined(dialled(mode=TWO_NUMBERS), PLACED, OPENED, CLOSED).status is Status.PLACED


def test_the_later_of_two_call_endings_counts_whichever_comes_first() -> None:
    busy, completed = told(30, Status.BUSY), told(40, Status.COMPLETED)
    for facts in ([busy, completed], [completed, busy]):
        assert joined(dialled(), PLACED, *facts).status is Status.COMPLETED


def test_talk_time_is_exotel_s_or_else_the_websocket_s() -> None:
    call = joined(dialled(), PLACED, OPENED, CLOSED)
    assert call.talk_secs == 30
    assert apply_event(call, told(51, Status.COMPLETED, talk_secs=31)).talk_secs == 31
    loopback = joined(dialled(mode=TWO_NUMBERS), PLACED, OPENED, CLOSED)
    assert loopback.talk_secs is None  # the bot is on before the person is


def test_the_call_s_end_is_exotel_s_or_else_the_websocket_s() -> None:
    talking = joined(dialled(), PLACED, OPENED, CLOSED)
    assert talking.ended_at is None
    over = apply_event(talking, told(52, Status.COMPLETED))
    assert over.ended_at == at(50)
    assert apply_event(over, told(52, Status.COMPLETED, ended_at=at(51))).ended_at == at(51)


def test_a_reconciled_outcome_gives_way_to_exotel_s_later_status() -> None:
    settled = Reconciled(at(3600), Status.FAILED, "Exotel knows of no such call")
    call = joined(dialled(), DOUBTED, settled)
    assert (call.status, call.reason) == (Status.FAILED, settled.reason)
    call = apply_event(call, told(40, Status.COMPLETED))
    assert (call.status, call.reason) == (Status.COMPLETED, "")


def test_call_events_of_another_call_are_refused() -> None:
    with pytest.raises(ForeignEvent, match=OTHER_SID):
        apply_event(joined(dialled(), PLACED), StatusReported(at(5), OTHER_SID, Status.RINGING))


STAGES = (Status.DIALLING, Status.UNKNOWN, Status.PLACED, Status.RINGING, Status.ANSWERED)


@st.composite
def histories(draw: st.DrawFn) -> tuple[CallRecord, list[CallEvent], Status | None]:
    """What may be told of one call with one socket, and the outcome if enough is told to know it.

    Two tellings of one thing agree (the end, the price); a part of them may never come.
    """
    mode = draw(st.sampled_from([None, *ConnectMode]))
    if mode is None:
        return came_in(created_at=at(20)), [OPENED, CLOSED, *STREAMS_OVER], Status.COMPLETED
    call = dialled(mode=mode, created_at=at(0))
    if draw(st.integers(0, 9)) == 0:
        return call, [REFUSED], Status.REJECTED
    outcome = draw(st.sampled_from(ENDS))
    answered = outcome is Status.COMPLETED
    ours = Status.COMPLETED if mode is TWO_NUMBERS else outcome
    legs = (ours, outcome if mode is TWO_NUMBERS else None)
    ended = at(draw(st.integers(21, 24)))
    end: dict[str, Any] = {
        "leg_statuses": legs,
        "ended_at": ended,
        "talk_secs": 2 if answered else 0,
        "recording_url": "https://recordings.exotel.com/1.mp3" if answered else "",
    }
    callback = told(draw(st.integers(20, 26)), ours, answered_by="human" if answered else "", **end)
    facts: list[CallEvent] = [
        PLACED,
        DOUBTED,
        told(5, Status.RINGING),
        told(30, Status.ANSWERED),  # "in progress", when asked
        told(draw(st.integers(20, 26)), ours),  # a callback without events
        StatusReported(
            ended, SID, ours, price=draw(st.none() | st.decimals(0, 9)), duration_secs=24, **end
        ),
        *STREAMS_OVER,
        Reconciled(
            at(9999), draw(st.sampled_from([Status.COMPLETED, Status.FAILED])), "never told"
        ),
    ]
    if answered:
        both = (Status.ANSWERED,) * 2
        facts += [told(19, Status.ANSWERED, answered=True, leg_statuses=both), OPENED, CLOSED]
        facts.append(SocketLost(at(45), "stream-1"))
    kept = [event for event in facts if draw(st.booleans())]
    knows = draw(st.booleans())
    return call, [*kept, callback] if knows else kept, outcome if knows else None


@settings(max_examples=100)
@given(histories(), st.data())
def test_call_events_in_any_order_and_repeated_come_to_the_same(
    history: tuple[CallRecord, list[CallEvent], Status | None], data: st.DataObject
) -> None:
    call, facts, outcome = history
    repeated = data.draw(st.lists(st.sampled_from(facts), max_size=5)) if facts else []
    shuffled = data.draw(st.permutations(facts + repeated))
    assert joined(call, *shuffled) == joined(call, *facts)
    assert outcome in (None, joined(call, *shuffled).status)


@settings(max_examples=100)
@given(histories(), st.data())
def test_the_status_of_a_call_never_goes_back(
    history: tuple[CallRecord, list[CallEvent], Status | None], data: st.DataObject
) -> None:
    call, facts, _ = history
    reached = 0
    for event in data.draw(st.permutations(facts)):
        call = apply_event(call, event)
        stage = len(STAGES) if call.status.over else STAGES.index(call.status)
        assert stage >= reached, f"{event} took the call back to {call.status}"
        reached = stage


@pytest.mark.parametrize("late", [False, True])
def test_a_second_websocket_replaces_the_first_in_the_call_record(late: bool) -> None:
    lost = SocketClosed(at(30), "stream-1", "connection lost")
    again = SocketOpened(at(31), SID, "stream-2")
    news: list[CallEvent] = [again, lost] if late else [lost, again]
    call = joined(came_in(), OPENED, *news)
    assert (call.status, call.closed_at, call.ending) == (Status.ANSWERED, None, "")
    over = apply_event(call, SocketClosed(at(50), "stream-2", "caller hung up", 3))
    assert (over.status, over.ended_at, over.opened_at) == (Status.COMPLETED, at(50), at(20))


def test_a_stream_s_ending_is_no_call_outcome() -> None:
    call = joined(dialled(mode=ConnectMode.FLOW), PLACED, OPENED, CLOSED)
    with_stream = apply_event(call, STREAM_OVER)
    assert with_stream.stream_over == STREAM_OVER
    assert with_stream.status is call.status
    later = StreamEnded(at(90), "stream-2", "cancelled", 20, "user")
    assert joined(with_stream, later, STREAM_OVER).stream_over == later


def test_a_call_ending_told_again_keeps_its_first_time() -> None:
    call = joined(dialled(), PLACED, told(31, Status.BUSY), told(900, Status.BUSY))
    assert call.ended_at == at(31)


@pytest.mark.parametrize("legs", [(), (Status.COMPLETED,), (Status.COMPLETED, None)])
def test_a_completed_of_our_own_leg_ends_no_two_numbers_call(
    legs: tuple[Status | None, ...],
) -> None:
    call = joined(dialled(mode=TWO_NUMBERS), PLACED, told(31, Status.COMPLETED, leg_statuses=legs))
    assert (call.status, call.exotel_over_at) == (Status.PLACED, at(31))
    assert joined(call, OPENED, CLOSED).status is Status.COMPLETED  # the person spoke
    talked = told(40, Status.COMPLETED, leg_statuses=legs, talk_secs=10, ended_at=at(30))
    assert joined(call, talked).status is Status.COMPLETED
    assert joined(call, talked).answered_at == at(20)
    silent = told(40, Status.COMPLETED, leg_statuses=legs, talk_secs=0)
    assert joined(call, silent).status is Status.NO_ANSWER


def test_the_person_s_leg_outweighs_the_call_in_a_person_first_dial() -> None:
    news = told(31, Status.COMPLETED, leg_statuses=(Status.BUSY,))
    assert joined(dialled(), PLACED, news).status is Status.BUSY


def test_a_flow_that_goes_on_after_the_websocket_ends_by_exotel_s_status() -> None:
    flow = dialled(mode=ConnectMode.FLOW)
    call = joined(flow, PLACED, OPENED, CLOSED, told(400, Status.COMPLETED))
    assert (call.ended_at, call.talk_secs) == (at(400), None)
    soon = joined(flow, PLACED, OPENED, CLOSED, told(52, Status.COMPLETED))
    assert (soon.ended_at, soon.talk_secs) == (at(50), 30)


@pytest.mark.parametrize("mode", ConnectMode)
def test_a_callback_without_an_event_type_means_ringing_in_voice_ai(mode: ConnectMode) -> None:
    event = told(5, Status.PLACED, unnamed_event=True)
    call = joined(dialled(mode=mode), PLACED, event)
    rings = mode is ConnectMode.VOICE_AI
    assert (call.ringing_at == at(5)) == rings
    assert call.status is (Status.RINGING if rings else Status.PLACED)
    later = told(9, Status.PLACED, unnamed_event=True)  # the answer, as the socket tells better
    for facts in ([later, event], [OPENED, later, event], [later, OPENED, event]):
        assert (joined(dialled(mode=mode), *facts).ringing_at == at(5)) == rings
    assert joined(call, OPENED).answered_at == (None if mode is TWO_NUMBERS else at(20))
