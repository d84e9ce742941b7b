"""Tokens in the paths that Exotel calls: who holds one may speak for one call, for a while."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.calls.database import Database, bounded
from shared.calls.tables import CALLS, TOKENS
from shared.telephony.modes import ConnectMode

# Exotel's one retry of a failed upgrade comes with the same token.
MAX_OPENS = 2


class Purpose(StrEnum):
    """What a token is good for."""

    SOCKET = "socket"
    STATUS = "status"


VALID = {Purpose.SOCKET: timedelta(minutes=5), Purpose.STATUS: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A socket token that has opened a socket.

    Args:
        hash: Of the token.
        call_id: The call it was made for; "" when we didn't know which of ours it was.
    """

    hash: str
    call_id: str


def new_token() -> str:
    """192 random bits that can stand in a path."""
    return secrets.token_urlsafe(24)


async def issue(
    connection: AsyncConnection, token: str, purpose: Purpose, call_id: str, call_sid: str = ""
) -> None:
    """Make a token valid from now on, and forget those that have expired.

    Args:
        connection: Inside a write transaction.
        token: From `new_token`.
        purpose: What it's good for.
        call_id: Whom it speaks for.
        call_sid: The only call it's good for, if known already.
    """
    now = datetime.now(UTC)
    await connection.execute(delete(TOKENS).where(TOKENS.c.expires_at < now))
    await connection.execute(
        insert(TOKENS).values(
            hash=_hash(token),
            purpose=purpose,
            call_id=call_id,
            call_sid=call_sid,
            expires_at=now + VALID[purpose],
            opens=0,
        )
    )


class Tokens:
    """The tokens of one store; only their hashes are in it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @bounded
    async def issue_socket_token(self, call_id: str, call_sid: str) -> str:
        """A new token for the socket of this call and no other."""
        token = new_token()
        async with self._database.write() as connection:
            await issue(connection, token, Purpose.SOCKET, call_id, call_sid)
        return token

    @bounded
    async def open(self, token: str) -> Ticket | None:
        """Let a socket in, or None if the token is unknown, expired or used."""
        usable = and_(
            TOKENS.c.hash == _hash(token),
            TOKENS.c.purpose == Purpose.SOCKET,
            TOKENS.c.expires_at > datetime.now(UTC),
            TOKENS.c.used_at.is_(None),
            TOKENS.c.opens < MAX_OPENS,
        )
        # Whoever only guesses mustn't hold up those who write.
        async with self._database.read() as connection:
            if (await connection.execute(select(TOKENS.c.hash).where(usable))).first() is None:
                return None
        query = (
            update(TOKENS)
            .where(usable)
            .values(opens=TOKENS.c.opens + 1)
            .returning(TOKENS.c.hash, TOKENS.c.call_id)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(query)).one_or_none()
        return Ticket(row.hash, row.call_id) if row else None

    @bounded
    async def use(self, ticket: Ticket, call_sid: str) -> bool:
        """Spend the token on the call that its socket turned out to carry.

        Returns:
            False if another socket has spent it, or if it was made for another call. The dial's
            SID binds it once Exotel's answer is known, but not in two-numbers mode, where the call
            on the socket has a SID of its own.
        """
        query = (
            select(TOKENS, CALLS.c.call_sid.label("dial_sid"), CALLS.c.mode)
            .outerjoin(CALLS, CALLS.c.call_id == TOKENS.c.call_id)
            .where(TOKENS.c.hash == ticket.hash)
            .with_for_update(of=TOKENS)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(query)).one_or_none()
            if row is None or row.used_at is not None:
                return False
            dialled = row.dial_sid if row.mode is not ConnectMode.TWO_NUMBERS else ""
            if (row.call_sid or dialled or call_sid) != call_sid:
                return False
            await connection.execute(
                update(TOKENS)
                .where(TOKENS.c.hash == ticket.hash)
                .values(used_at=datetime.now(UTC), call_sid=call_sid)
            )
        return True

    @bounded
    async def call_of(self, token: str, purpose: Purpose) -> str | None:
        """The id of the call that the token speaks for, or None if it's worth nothing."""
        query = select(TOKENS.c.call_id).where(
            TOKENS.c.hash == _hash(token),
            TOKENS.c.purpose == purpose,
            TOKENS.c.expires_at > datetime.now(UTC),
        )
        async with self._database.read() as connection:
            call_id: str | None = (await connection.execute(query)).scalar_one_or_none()
        return call_id


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
