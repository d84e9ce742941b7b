"""Tokens in the paths that Exotel calls: each speaks for one call, for a while."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.observability.rate_limited_log import warn
from shared.records.database.tables import CALLS, TOKENS
from shared.records.database.transactions import Database, StoreError, bounded
from shared.records.token_cache import VALID as VALID
from shared.records.token_cache import Purpose as Purpose
from shared.records.token_cache import Ticket as Ticket
from shared.records.token_cache import TokenMemory, hash_of
from shared.records.token_signature import PROCESS_KEY
from shared.telephony.connect_mode import traits_of

# Exotel's one retry of a failed upgrade comes with the same token.
MAX_OPENS = 2

SLOW_SECS = 0.3  # for the database; somebody waits on the line
KEPT = timedelta(days=1)  # beyond its time: as long as its signature is worth something
_UNKNOWN = "unknown"


async def issue(
    connection: AsyncConnection, token: str, purpose: Purpose, call_id: str, call_sid: str = ""
) -> None:
    """Make a token valid from now on, and forget those that have expired.

    Args:
        connection: Inside a write transaction.
        token: From `signed_token`.
        purpose: What it's good for.
        call_id: Whom it speaks for.
        call_sid: The only call it's good for, if known already.
    """
    now = datetime.now(UTC)
    await connection.execute(delete(TOKENS).where(TOKENS.c.expires_at < now - KEPT))
    await connection.execute(
        insert(TOKENS).values(
            hash=hash_of(token),
            purpose=purpose,
            call_id=call_id,
            call_sid=call_sid,
            expires_at=now + VALID[purpose],
            opens=0,
        )
    )


class Tokens:
    """The tokens of one store; only their hashes are in it.

    Whoever is on the line doesn't wait for a database that fails: a token with our signature is let
    in, and checked when the database is there again.

    Args:
        database: Where they are.
        key: Of the signatures.
    """

    def __init__(self, database: Database, key: bytes = PROCESS_KEY) -> None:
        self._database = database
        self._memory = TokenMemory(key)

    def remember(self, token: str, purpose: Purpose, call_id: str) -> None:
        """Note that this process has made a token, in case the database can't tell."""
        self._memory.remember(token, purpose, call_id)

    async def issue_socket_token(self, call_id: str, call_sid: str) -> str:
        """A new token for the socket of this call and no other.

        It is good though the database doesn't answer; then it is written down when it is used.
        """
        token = self._memory.make(Purpose.SOCKET)
        self.remember(token, Purpose.SOCKET, call_id)
        try:
            async with asyncio.timeout(SLOW_SECS):
                await self._write(token, call_id, call_sid)
        except (StoreError, TimeoutError):
            warn("the database doesn't take a token in time: its signature has to do")
        return token

    async def open(self, token: str) -> Ticket | None:
        """Let a socket in, or None if the token is unknown, expired or used."""
        hashed = hash_of(token)
        if self._memory.count(hashed) > MAX_OPENS:
            return None
        signed = self._memory.call_of(token, Purpose.SOCKET)
        try:
            async with asyncio.timeout(SLOW_SECS):
                call_id = await self._open(hashed, signed=signed is not None)
        except (StoreError, TimeoutError):
            call_id = _UNKNOWN
        checked = call_id != _UNKNOWN
        if not checked:
            call_id = signed
        return Ticket(hashed, call_id, checked) if call_id is not None else None

    @bounded
    async def use(self, ticket: Ticket, call_sid: str, *, again: bool = False) -> Ticket | None:
        """Spend the token on the call that its socket turned out to carry.

        Args:
            ticket: From `open`.
            call_sid: Of that call.
            again: An earlier try for this socket failed, and may have spent the token.

        Returns:
            The ticket, checked. None if another socket has spent the token, or if it was made for
            another call. The dial's SID binds it once Exotel's answer is known, but not in
            two-numbers mode, where the call on the socket has a SID of its own.
        """
        mine = TOKENS.c.hash == ticket.hash
        query = (
            select(TOKENS, CALLS.c.call_sid.label("dial_sid"), CALLS.c.mode)
            .outerjoin(CALLS, CALLS.c.call_id == TOKENS.c.call_id)
            .where(mine, TOKENS.c.purpose == Purpose.SOCKET)
            .with_for_update(of=TOKENS)
        )
        used = {"used_at": datetime.now(UTC), "call_sid": call_sid}
        async with self._database.write() as connection:
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return await _write_used(connection, ticket, used)
            # It may have been counted without our getting to know of it, hence `>`.
            expired = not self._memory.is_fresh(ticket.hash) and row.expires_at < datetime.now(UTC)
            if again and row.used_at is not None and row.call_sid == call_sid:
                return Ticket(ticket.hash, row.call_id)
            if row.used_at is not None or row.opens > MAX_OPENS:
                return None
            if expired and not ticket.checked:
                return None
            dialled = "" if traits_of(row.mode).socket_has_own_sid else row.dial_sid
            if (row.call_sid or dialled or call_sid) != call_sid:
                return None
            await connection.execute(update(TOKENS).where(mine).values(**used))
        return Ticket(ticket.hash, row.call_id)

    @bounded
    async def _write(self, token: str, call_id: str, call_sid: str) -> None:
        async with self._database.write() as connection:
            await issue(connection, token, Purpose.SOCKET, call_id, call_sid)

    @bounded
    async def _open(self, hashed: str, *, signed: bool) -> str | None:
        """The id of its call; None if it's no longer good, `_UNKNOWN` if nobody wrote it down."""
        mine = (TOKENS.c.hash == hashed, TOKENS.c.purpose == Purpose.SOCKET)
        if not signed and not await self._is_written(hashed):
            return _UNKNOWN  # whoever only guesses mustn't hold up those who write
        query = (
            update(TOKENS)
            .where(
                *mine, self._in_time(hashed), TOKENS.c.used_at.is_(None), TOKENS.c.opens < MAX_OPENS
            )
            .values(opens=TOKENS.c.opens + 1)
            .returning(TOKENS.c.call_id)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                written = await connection.execute(select(TOKENS.c.hash).where(*mine))
                return None if written.first() else _UNKNOWN
        call_id: str = row.call_id
        return call_id

    async def _is_written(self, hashed: str) -> bool:
        async with self._database.read() as connection:
            query = select(TOKENS.c.hash).where(TOKENS.c.hash == hashed)
            return (await connection.execute(query)).first() is not None

    @bounded
    async def call_of(self, token: str, purpose: Purpose) -> str | None:
        """The id of the call that the token speaks for, or None if it's worth nothing."""
        query = select(TOKENS.c.call_id).where(
            TOKENS.c.hash == hash_of(token),
            TOKENS.c.purpose == purpose,
            self._in_time(hash_of(token)),
        )
        async with self._database.read() as connection:
            call_id: str | None = (await connection.execute(query)).scalar_one_or_none()
        return call_id

    def _in_time(self, hashed: str) -> ColumnElement[bool]:
        """Of our own tokens we know it, whatever becomes of the clock."""
        if self._memory.is_fresh(hashed):
            return true()
        return TOKENS.c.expires_at > datetime.now(UTC)


async def _write_used(
    connection: AsyncConnection, ticket: Ticket, used: Mapping[str, Any]
) -> Ticket | None:
    """Write down a token that couldn't be written when it was made."""
    if ticket.checked:
        return None
    expires_at = datetime.now(UTC) + VALID[Purpose.SOCKET]
    await connection.execute(
        insert(TOKENS).values(
            hash=ticket.hash,
            purpose=Purpose.SOCKET,
            call_id=ticket.call_id,
            opens=1,
            expires_at=expires_at,
            **used,
        )
    )
    return replace(ticket, checked=True)
