"""One-time tokens of WebSockets and status callbacks, also while the database is down."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.records.call_events import Placed
from shared.records.database.tables import TOKENS
from shared.records.database.transactions import StoreError
from shared.records.dial_admission import Limits, admit
from shared.records.store import Store
from shared.records.token_cache import hash_of
from shared.records.token_signature import GENUINE_SECS, PROCESS_KEY, signed_token
from shared.records.tokens import KEPT, MAX_OPENS, VALID, Purpose, Ticket, Tokens, issue
from shared.telephony.connect_mode import ConnectMode
from tests.support.call_records import OTHER_SID, SID, ago, dialled, to_somebody_else


async def issued(store: Store, purpose: Purpose, call_id: str = "a call") -> str:
    token = signed_token(purpose, PROCESS_KEY)
    async with store.database.write() as connection:
        await issue(connection, token, purpose, call_id)
    return token


async def pass_time(store: Store, time: timedelta) -> None:
    """Let the tokens grow older."""
    async with store.database.write() as connection:
        for row in (await connection.execute(select(TOKENS))).all():
            await connection.execute(
                update(TOKENS)
                .where(TOKENS.c.hash == row.hash)
                .values(expires_at=row.expires_at - time)
            )


async def opened(store: Store, token: str) -> Ticket:
    ticket = await store.tokens.open(token)
    assert ticket
    return ticket


async def test_a_websocket_token_tells_its_call(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET, "this call")
    assert (await opened(store, token)).call_id == "this call"


async def test_a_websocket_token_is_good_for_exotel_s_retry_and_then_never(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET)
    tickets = [await store.tokens.open(token) for _ in range(MAX_OPENS + 2)]
    assert [ticket is not None for ticket in tickets] == [True, True, False, False]


async def test_concurrent_uses_open_a_token_no_more_often(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET)
    tickets = await asyncio.gather(*(store.tokens.open(token) for _ in range(10)))
    assert sum(ticket is not None for ticket in tickets) == MAX_OPENS


@pytest.mark.parametrize("token", ["", "guess", "\udcff", "x" * 100_000])
async def test_an_unknown_token_is_worth_nothing(store: Store, token: str) -> None:
    await issued(store, Purpose.SOCKET)
    assert await store.tokens.open(token) is None
    assert await store.tokens.call_of(token, Purpose.SOCKET) is None


async def test_one_kind_of_token_is_worth_nothing_where_another_is_wanted(store: Store) -> None:
    socket = await issued(store, Purpose.SOCKET)
    status = await issued(store, Purpose.STATUS)
    assert await store.tokens.open(status) is None
    assert await store.tokens.call_of(socket, Purpose.STATUS) is None
    assert await store.tokens.call_of(status, Purpose.STATUS) == "a call"


@pytest.mark.parametrize("purpose", Purpose)
async def test_a_token_expires(store: Store, purpose: Purpose) -> None:
    token = await issued(store, purpose)
    await pass_time(store, VALID[purpose] - timedelta(minutes=1))
    assert await store.tokens.call_of(token, purpose) == "a call"
    await pass_time(store, timedelta(minutes=1))
    assert await store.tokens.call_of(token, purpose) is None
    assert await store.tokens.open(token) is None


async def test_expired_tokens_are_forgotten_and_others_kept(store: Store) -> None:
    await issued(store, Purpose.SOCKET)
    status = await issued(store, Purpose.STATUS)
    await pass_time(store, VALID[Purpose.SOCKET] + KEPT)
    await issued(store, Purpose.SOCKET)
    async with store.database.read() as connection:
        rows = (await connection.execute(select(TOKENS))).all()
    assert len(rows) == 2
    assert await store.tokens.call_of(status, Purpose.STATUS) == "a call"


async def test_tokens_are_hashed_in_the_database(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET)
    async with store.database.read() as connection:
        rows = (await connection.execute(select(TOKENS))).all()
    assert token not in str(rows)


async def test_a_used_token_is_spent(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET)
    ticket = await opened(store, token)
    assert await store.tokens.use(ticket, SID)
    assert not await store.tokens.use(ticket, SID)
    assert await store.tokens.open(token) is None


async def test_of_several_websockets_with_one_token_one_gets_the_call(store: Store) -> None:
    ticket = await opened(store, await issued(store, Purpose.SOCKET))
    async with store.database.write() as connection:
        await connection.execute(update(TOKENS).values(opens=1))  # they all meet at this row
        using = [asyncio.create_task(store.tokens.use(ticket, SID)) for _ in range(3)]
        await asyncio.sleep(0.2)
    used = await asyncio.gather(*using)
    assert sorted(ticket is not None for ticket in used) == [False, False, True]


async def test_a_token_asked_for_by_a_call_is_good_for_that_call_only(store: Store) -> None:
    token = await store.tokens.issue_socket_token("", SID)
    ticket = await opened(store, token)
    assert not await store.tokens.use(ticket, OTHER_SID)
    assert await store.tokens.use(ticket, SID)


async def test_the_answer_to_a_dial_binds_its_token_to_the_call_sid(store: Store) -> None:
    call = dialled()
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    await store.apply_event(call.call_id, Placed(ago(0), SID))
    assert not await store.tokens.use(ticket, OTHER_SID)
    assert await store.tokens.use(ticket, SID)


async def test_before_the_dial_s_answer_its_token_takes_the_call_that_comes(store: Store) -> None:
    call = dialled()
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    assert await store.tokens.use(ticket, OTHER_SID)


async def test_the_token_of_a_two_numbers_dial_takes_another_call_sid(store: Store) -> None:
    call = dialled(mode=ConnectMode.TWO_NUMBERS, call_sid=SID)
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    assert await store.tokens.use(ticket, OTHER_SID)


async def test_a_ticket_without_a_token_is_worth_nothing(store: Store) -> None:
    assert not await store.tokens.use(Ticket("no such hash", ""), SID)


def goes_away(store: Store, monkeypatch: pytest.MonkeyPatch, *, by_hanging: bool = False) -> None:
    """Let no transaction come to its end."""

    @asynccontextmanager
    async def fail() -> AsyncIterator[AsyncConnection]:
        if by_hanging:
            await asyncio.sleep(60)
        raise StoreError("away for a while")
        yield

    monkeypatch.setattr(store.database, "write", fail)


async def let_in(store: Store, token: str) -> Ticket:
    ticket = await store.tokens.open(token)
    assert ticket
    assert not ticket.checked
    return ticket


@pytest.mark.parametrize("by_hanging", [False, True])
async def test_a_token_s_signature_opens_a_websocket_without_the_database(
    store: Store, monkeypatch: pytest.MonkeyPatch, by_hanging: bool
) -> None:
    ours = signed_token(Purpose.SOCKET, PROCESS_KEY)
    theirs = signed_token(Purpose.SOCKET, PROCESS_KEY)  # another process with our secrets
    store.tokens.remember(ours, Purpose.SOCKET, "this call")
    goes_away(store, monkeypatch, by_hanging=by_hanging)
    began = time.monotonic()
    assert (await let_in(store, ours)).call_id == "this call"
    assert (await let_in(store, theirs)).call_id == ""
    assert time.monotonic() - began < 3


async def test_only_our_own_token_signature_opens_without_the_database(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = signed_token(Purpose.SOCKET, PROCESS_KEY)
    wrong = [
        *("", "guess", "\udcff", "x" * 100_000, "A" * 56, ours[:-4], ours[4:] + "AAAA"),
        signed_token(Purpose.SOCKET, b"the key of somebody else"),
        signed_token(Purpose.STATUS, PROCESS_KEY),
    ]
    goes_away(store, monkeypatch)
    assert [await store.tokens.open(token) for token in wrong] == [None] * len(wrong)


async def test_a_flood_of_one_token_opens_no_more_websockets_than_a_retry(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signed_token(Purpose.SOCKET, PROCESS_KEY)
    goes_away(store, monkeypatch)
    tickets = await asyncio.gather(*(store.tokens.open(token) for _ in range(50)))
    assert sum(ticket is not None for ticket in tickets) == MAX_OPENS


async def test_a_token_s_signature_expires(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_token(Purpose.SOCKET, PROCESS_KEY)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + GENUINE_SECS + 1)
    goes_away(store, monkeypatch)
    assert await store.tokens.open(token) is None


async def test_a_token_unchecked_during_a_database_outage_is_checked_at_use(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = dialled(call_sid=SID)
    await store.add(call)
    good, spent, foreign = [await issued(store, Purpose.SOCKET, call.call_id) for _ in range(3)]
    assert await store.tokens.use(await opened(store, spent), SID)
    late = await issued(store, Purpose.SOCKET, call.call_id)
    async with store.database.write() as connection:
        mine = TOKENS.c.hash == hash_of(late)
        await connection.execute(update(TOKENS).where(mine).values(expires_at=ago(1)))
    with monkeypatch.context() as away:
        goes_away(store, away)
        tickets = [await let_in(store, token) for token in (good, spent, foreign, late)]
    used = await store.tokens.use(tickets[0], SID)
    assert used == Ticket(hash_of(good), call.call_id)
    assert await store.tokens.use(tickets[1], SID) is None
    assert await store.tokens.use(tickets[2], OTHER_SID) is None
    assert await store.tokens.use(tickets[3], SID) is None
    assert await store.tokens.open(good) is None


async def test_a_token_that_could_not_be_written_is_good_for_one_call(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        goes_away(store, away)
        token = await store.tokens.issue_socket_token("this call", SID)
    ticket = await let_in(store, token)  # the database is back, and doesn't know it
    assert ticket.call_id == "this call"
    assert await store.tokens.use(ticket, SID)
    assert await store.tokens.use(ticket, SID) is None
    assert await store.tokens.open(token) is None
    assert await Tokens(store.database).open(token) is None  # another process


async def test_a_token_use_of_unknown_outcome_is_settled_by_its_retry(store: Store) -> None:
    ticket = await opened(store, await issued(store, Purpose.SOCKET))
    assert await store.tokens.use(ticket, SID)
    assert await store.tokens.use(ticket, SID, again=True)
    assert await store.tokens.use(ticket, OTHER_SID, again=True) is None


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=-400), timedelta(days=2)])
async def test_our_own_tokens_outlive_a_clock_step(store: Store, jump: timedelta) -> None:
    """To the database it is the same whether its times or ours change."""
    call = to_somebody_else()
    tokens = {purpose: signed_token(purpose, PROCESS_KEY) for purpose in Purpose}
    await admit(store, call, key=None, tokens=tokens, limits=Limits(9))
    await pass_time(store, VALID[Purpose.STATUS] + jump)
    assert await store.tokens.call_of(tokens[Purpose.STATUS], Purpose.STATUS) == call.call_id
    assert (await opened(store, tokens[Purpose.SOCKET])).call_id == call.call_id
