import asyncio
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import func, select, update

from shared.calls.admission import KEY_VALID, Admitted, Earlier, Forgotten, Full, Key, admit
from shared.calls.facts import Placed, Rejected
from shared.calls.known import KnownCall
from shared.calls.store import Store
from shared.calls.tables import CALLS, KEYS
from shared.calls.tokens import Purpose, new_token
from tests.calls.crowd import (
    PROCESSES,
    admit_until_killed,
    admit_with,
    admit_without_keys,
    at_once,
)
from tests.calls.samples import SID, ago, came_in, dialled

KEY = Key("order 17", "ring Asha")


async def ask(
    store: Store,
    call: KnownCall | None = None,
    *,
    key: Key | None = None,
    tokens: dict[Purpose, str] | None = None,
    per_minute: int = 200,
) -> Admitted | Earlier | Forgotten | Full:
    call = call or dialled()
    return await admit(store, call, key=key, tokens=tokens or {}, per_minute=per_minute)


async def dials(store: Store) -> int:
    async with store.database.read() as connection:
        count = await connection.execute(select(func.count()).select_from(CALLS))
    return count.scalar_one()


async def test_an_admitted_dial_is_on_record_before_it_goes_out(store: Store) -> None:
    call = dialled(context='{"name":"Asha"}', ring_secs=20)
    assert await ask(store, call, key=KEY) == Admitted()
    on_record = await store.find(call.call_id)
    assert on_record
    assert (on_record.number, on_record.context, on_record.ring_secs) == (
        call.number,
        call.context,
        20,
    )


async def test_the_same_key_and_request_get_the_first_call_as_it_stands_now(store: Store) -> None:
    first = dialled()
    await ask(store, first, key=KEY)
    placed = await store.learn(first.call_id, Placed(ago(0), SID))
    assert await ask(store, key=KEY) == Earlier(placed, same=True)
    assert await dials(store) == 1


async def test_the_same_key_with_another_request_is_told_so(store: Store) -> None:
    first = dialled()
    await ask(store, first, key=KEY)
    answer = await ask(store, key=Key(KEY.text, "ring Ravi"))
    assert isinstance(answer, Earlier)
    assert (answer.call.call_id, answer.same) == (first.call_id, False)
    assert await dials(store) == 1


async def test_without_a_key_every_request_is_a_dial(store: Store) -> None:
    assert [await ask(store), await ask(store)] == [Admitted(), Admitted()]
    assert await dials(store) == 2


@pytest.mark.parametrize(
    ("age", "again"), [(KEY_VALID - timedelta(minutes=1), Earlier), (KEY_VALID, Admitted)]
)
async def test_a_key_is_good_for_a_day(store: Store, age: timedelta, again: type) -> None:
    await ask(store, key=KEY)
    async with store.database.write() as connection:
        await connection.execute(update(KEYS).values(created_at=ago(age.total_seconds())))
    assert isinstance(await ask(store, key=KEY), again)


@pytest.mark.parametrize(("retry_after", "again"), [(30.0, Admitted), (None, Earlier)])
async def test_a_key_is_free_again_only_if_exotel_refused_it_for_the_moment(
    store: Store, retry_after: float | None, again: type
) -> None:
    call, other = dialled(), Key("order 18", "ring Ravi")
    await ask(store, call, key=KEY)
    await ask(store, key=other)
    await store.learn(call.call_id, Rejected(ago(0), 429, "slow down", retry_after=retry_after))
    assert isinstance(await ask(store, key=KEY), again)
    assert isinstance(await ask(store, key=other), Earlier)


async def test_tokens_become_valid_with_the_dial_and_not_without(store: Store) -> None:
    call, token, useless = dialled(), new_token(), new_token()
    await ask(store, call, key=KEY, tokens={Purpose.STATUS: token})
    await ask(store, key=KEY, tokens={Purpose.STATUS: useless})
    assert await store.tokens.call_of(token, Purpose.STATUS) == call.call_id
    assert await store.tokens.call_of(useless, Purpose.STATUS) is None


async def test_twenty_requests_with_one_key_at_the_same_instant_dial_once(store: Store) -> None:
    answers = await asyncio.gather(*(ask(store, key=KEY) for _ in range(20)))
    earlier = {answer.call.call_id for answer in answers if isinstance(answer, Earlier)}
    assert answers.count(Admitted()) == 1
    assert len(earlier) == 1
    assert await dials(store) == 1


async def test_a_full_minute_says_when_a_place_becomes_free(store: Store) -> None:
    for age in (50, 40, 30):
        await store.add(dialled(created_at=ago(age)))
    full = await ask(store, per_minute=3)
    assert isinstance(full, Full)
    assert 5 < full.secs <= 10
    assert await dials(store) == 3

    lower = await ask(store, per_minute=2)  # somebody has lowered the limit
    assert isinstance(lower, Full)
    assert 15 < lower.secs <= 20
    assert isinstance(await ask(store, per_minute=4), Admitted)


async def test_only_our_own_dials_of_the_last_minute_count(store: Store) -> None:
    await store.add(dialled(created_at=ago(61)))
    await store.add(came_in())
    assert isinstance(await ask(store, per_minute=1), Admitted)
    assert isinstance(await ask(store, per_minute=1), Full)


async def test_a_dial_counts_from_its_admission_however_long_it_has_waited(store: Store) -> None:
    waited = dialled(created_at=ago(59.9))
    assert isinstance(await ask(store, waited, per_minute=1), Admitted)
    await asyncio.sleep(0.2)
    assert isinstance(await ask(store, per_minute=1), Full)


async def test_a_used_key_is_answered_even_when_the_minute_is_full(store: Store) -> None:
    await ask(store, key=KEY)
    assert isinstance(await ask(store, key=KEY, per_minute=1), Earlier)


async def test_processes_with_the_same_keys_dial_once_for_each(url: str) -> None:
    keys = [f"order {number}" for number in range(10)]
    rounds = [(keys * 3)[start : start + 25] for start in (0, 2, 4, 5)]
    answers = await at_once(admit_with, *((url, asked) for asked in rounds))

    calls: dict[str, set[str]] = {key: set() for key in keys}
    dialled_by = dict.fromkeys(keys, 0)
    for asked, answered in zip(rounds, answers, strict=True):
        for key, (call_id, who) in zip(asked, answered, strict=True):
            calls[key].add(call_id)
            dialled_by[key] += who == "me"
    assert dialled_by == dict.fromkeys(keys, 1)
    assert all(len(call_ids) == 1 for call_ids in calls.values())


async def test_processes_share_one_minute(url: str) -> None:
    admitted = await at_once(admit_without_keys, *[(url, 25, 40)] * 4)
    assert sum(admitted) == 40


async def test_killed_in_the_middle_nothing_that_was_admitted_is_lost(url: str) -> None:
    reports = []
    for _ in range(2):
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=admit_until_killed, args=(url, theirs))
        process.start()
        theirs.close()
        reports.append((process, ours))
    admitted = []
    for _, ours in reports:
        assert await asyncio.to_thread(ours.poll, 20), "it never admitted anything"
        admitted += [ours.recv() for _ in range(20)]
    for process, ours in reports:
        process.kill()
        await asyncio.to_thread(process.join, 10)
        admitted += rest(ours)
        process.close()

    store = await Store.open(url)
    for call_id in admitted:
        answer = await ask(store, key=Key(call_id, ""))
        assert isinstance(answer, Earlier)
        assert answer.call.call_id == call_id
    on_record = await dials(store)
    await store.close()
    assert len(admitted) <= on_record <= len(admitted) + len(reports)  # one unreported each


def rest(reports: Connection) -> list[str]:
    """What a killed process had reported and nobody had read."""
    left = []
    with suppress(EOFError):
        while reports.poll(0):
            left.append(reports.recv())
    reports.close()
    return left
