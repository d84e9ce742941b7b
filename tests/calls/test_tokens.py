import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shared.calls.facts import Placed
from shared.calls.store import Store
from shared.calls.tables import TOKENS
from shared.calls.tokens import MAX_OPENS, VALID, Purpose, Ticket, issue, new_token
from shared.telephony.modes import ConnectMode
from tests.calls.samples import OTHER_SID, SID, ago, dialled


async def issued(store: Store, purpose: Purpose, call_id: str = "a call") -> str:
    token = new_token()
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


async def test_a_socket_token_opens_and_says_whose_it_is(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET, "this call")
    assert (await opened(store, token)).call_id == "this call"


async def test_it_opens_once_more_for_exotels_retry_and_then_never(store: Store) -> None:
    token = await issued(store, Purpose.SOCKET)
    tickets = [await store.tokens.open(token) for _ in range(MAX_OPENS + 2)]
    assert [ticket is not None for ticket in tickets] == [True, True, False, False]


async def test_at_the_same_instant_it_opens_no_more_often(store: Store) -> None:
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
    await pass_time(store, VALID[Purpose.SOCKET])
    await issued(store, Purpose.SOCKET)
    async with store.database.read() as connection:
        rows = (await connection.execute(select(TOKENS))).all()
    assert len(rows) == 2
    assert await store.tokens.call_of(status, Purpose.STATUS) == "a call"


async def test_nobody_who_reads_the_database_learns_a_token(store: Store) -> None:
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


async def test_of_several_sockets_with_one_token_one_gets_the_call(store: Store) -> None:
    ticket = await opened(store, await issued(store, Purpose.SOCKET))
    async with store.database.write() as connection:
        await connection.execute(update(TOKENS).values(opens=1))  # they all meet at this row
        using = [asyncio.create_task(store.tokens.use(ticket, SID)) for _ in range(3)]
        await asyncio.sleep(0.2)
    assert sorted(await asyncio.gather(*using)) == [False, False, True]


async def test_a_token_asked_for_by_a_call_is_good_for_that_call_only(store: Store) -> None:
    token = await store.tokens.issue_socket_token("", SID)
    ticket = await opened(store, token)
    assert not await store.tokens.use(ticket, OTHER_SID)
    assert await store.tokens.use(ticket, SID)


async def test_the_answer_to_the_dial_binds_its_token(store: Store) -> None:
    call = dialled()
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    await store.learn(call.call_id, Placed(ago(0), SID))
    assert not await store.tokens.use(ticket, OTHER_SID)
    assert await store.tokens.use(ticket, SID)


async def test_before_that_answer_the_token_takes_the_call_that_comes(store: Store) -> None:
    call = dialled()
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    assert await store.tokens.use(ticket, OTHER_SID)


async def test_with_two_numbers_the_call_on_the_socket_has_a_name_of_its_own(store: Store) -> None:
    call = dialled(mode=ConnectMode.TWO_NUMBERS, call_sid=SID)
    await store.add(call)
    ticket = await opened(store, await issued(store, Purpose.SOCKET, call.call_id))
    assert await store.tokens.use(ticket, OTHER_SID)


async def test_a_ticket_for_nothing_is_worth_nothing(store: Store) -> None:
    assert not await store.tokens.use(Ticket("no such hash", ""), SID)
