"""Transfer decisions in the store: the latest counts, whoever asks and however often it is told."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.records import transfer_store
from shared.records.database import engine
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.records.transfer_record import TransferRecord, joined
from shared.telephony.errors import InvalidNumber
from tests.support.call_records import OTHER_SID, SID

WHEN = datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)
AGENT, SECOND = "+919812345678", "+918047112233"
DECIDED = TransferRecord(
    call_sid=SID,
    decided_at=WHEN,
    to=(AGENT, SECOND),
    reason="wants a refund",
    summary="आशा was billed twice in March.",
    stream_sid="stream-1",
)
LATER = replace(DECIDED, decided_at=WHEN + timedelta(minutes=1), to=(SECOND,), reason="angry")


def test_the_later_transfer_decision_counts_whichever_is_told_first() -> None:
    assert joined(None, DECIDED) == DECIDED
    assert joined(DECIDED, LATER) == joined(LATER, DECIDED) == LATER


def test_a_transfer_summary_gives_way_only_to_a_new_summary() -> None:
    bare = replace(LATER, summary="")
    for pair in ((DECIDED, bare), (bare, DECIDED)):
        assert joined(*pair) == replace(bare, summary=DECIDED.summary)
    assert joined(DECIDED, replace(DECIDED, summary="new")).summary == "new"


async def test_a_transfer_decision_comes_back_as_it_was(store: Store) -> None:
    assert await store.transfers.find(SID) is None
    bare = TransferRecord(call_sid=OTHER_SID, decided_at=WHEN)
    for decided in (DECIDED, bare):
        await store.transfers.decide(decided)
        assert await store.transfers.find(decided.call_sid) == decided


async def test_another_process_reads_the_transfer_decision(url: str, store: Store) -> None:
    await store.transfers.decide(DECIDED)
    other = await Store.open(url)
    assert other.transfers.recall(SID) is None
    assert await other.transfers.find(SID) == DECIDED
    await other.close()


async def test_a_transfer_decision_that_comes_twice_is_one(store: Store) -> None:
    await asyncio.gather(*(store.transfers.decide(DECIDED) for _ in range(8)))
    await store.transfers.decide(LATER)
    await store.transfers.decide(DECIDED)
    assert await store.transfers.find(SID) == store.transfers.recall(SID) == LATER


async def test_two_processes_may_decide_on_a_transfer_at_the_same_moment(
    url: str, store: Store
) -> None:
    other = await Store.open(url)
    await asyncio.gather(
        *(each.transfers.decide(d) for d in (DECIDED, LATER) * 4 for each in (store, other))
    )
    assert await store.transfers.find(SID) == LATER
    await other.close()


async def test_a_transfer_summary_may_come_later_from_another_process(
    url: str, store: Store
) -> None:
    await store.transfers.decide(replace(DECIDED, summary=""))
    other = await Store.open(url)
    for summariser, summary in ((store, "first"), (other, "second"), (store, "third")):
        await summariser.transfers.decide(replace(DECIDED, summary=summary))
        assert await store.transfers.find(SID) == replace(DECIDED, summary=summary)
    await other.close()


async def test_transfer_numbers_are_kept_in_e164(store: Store) -> None:
    await store.transfers.decide(replace(DECIDED, to=("098123 45678", "080-47112233")))
    found = await store.transfers.find(SID)
    assert found
    assert found.to == (AGENT, SECOND)


@pytest.mark.parametrize("number", ["112", "sip:agent", "", "+9198123"])
async def test_a_transfer_to_a_number_that_cannot_be_dialled_is_not_decided(
    store: Store, number: str
) -> None:
    with pytest.raises(InvalidNumber):
        await store.transfers.decide(replace(DECIDED, to=(AGENT, number)))
    assert await store.transfers.find(SID) is None
    assert store.transfers.recall(SID) is None


async def test_any_transfer_reason_or_summary_of_the_llm_can_be_kept(store: Store) -> None:
    strange = "a\0b \ud83d " + "x" * 5_000
    await store.transfers.decide(replace(DECIDED, reason=strange, summary=strange))
    found = await store.transfers.find(SID)
    assert found
    for text in (found.reason, found.summary):
        assert text.startswith("ab ? xxx")
        assert len(text) == transfer_store.MAX_TEXT


async def test_a_transfer_that_cannot_be_written_is_not_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECS", 0.1)
    path = tmp_path / "calls.db"
    store = await Store.open(f"sqlite+aiosqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            await store.transfers.decide(DECIDED)
    log.clear()
    assert store.transfers.recall(SID) is None
    assert await store.transfers.find(SID) is None
    await store.transfers.decide(DECIDED)
    assert await store.transfers.find(SID) == store.transfers.recall(SID) == DECIDED
    await store.close()


async def test_only_the_latest_transfers_are_kept_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer_store, "REMEMBERED", 2)
    for sid in ("one", "two", "one", "three"):
        await store.transfers.decide(replace(DECIDED, call_sid=sid))
    remembered = [bool(store.transfers.recall(sid)) for sid in ("one", "two", "three")]
    assert remembered == [True, False, True]
    assert await store.transfers.find("two")
