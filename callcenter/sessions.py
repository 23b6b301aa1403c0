"""Sessions of advisors in a browser: each a row, found by the digest of a random token that only its cookie holds.

A session ends when it is left, IDLE after its advisor last did anything, and LONGEST after it began. Who has a call
before them does something, however long it lasts.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    delete,
    insert,
    or_,
    select,
    update,
)

from backend import audit
from backend.db import metadata
from backend.seal import mac, macs
from backend.work import Work
from callcenter import agents
from callcenter.agents import Advisor, advisors

IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=8)
A_WHILE = timedelta(seconds=20)
"""What happens within it is not noted again."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("by_provider", Boolean, nullable=False, server_default="false"),  # signed in by `callcenter.openid`
    Index(None, "advisor_id"),
    Index(None, "began_at"),
)


@dataclass(frozen=True)
class Session:
    """Who is signed in, and by which row."""

    digest: bytes
    advisor: Advisor
    seen_at: datetime
    by_provider: bool


def open_session(work: Work, advisor: int, *, by_provider: bool = False) -> str:
    """Begin a session, and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    row = {"digest": mac("session", token), "advisor_id": advisor, "began_at": work.now, "seen_at": work.now}
    work.execute(insert(sessions).values(**row, by_provider=by_provider))
    audit.record(work, "session.opened", None, advisor=advisor, by="provider" if by_provider else "password")
    return token


def find(work: Work, token: str) -> Session | None:
    """Return the session of a token; None where it has ended, or never was."""
    mine = sessions.c.digest.in_(macs("session", token))
    row = work.execute(select(sessions).join(advisors).where(mine, live(work))).one_or_none()
    if row is None:
        return None
    return Session(row.digest, agents.require(work, row.advisor_id), row.seen_at, row.by_provider)


def touch(work: Work, session: Session) -> None:
    """Note that its advisor did something."""
    if session.seen_at < work.now - A_WHILE:
        work.execute(update(sessions).where(sessions.c.digest == session.digest).values(seen_at=work.now))


def close(work: Work, session: Session) -> bool:
    """End a session, and say whether its advisor has another one."""
    work.execute(delete(sessions).where(sessions.c.digest == session.digest))
    audit.record(work, "session.closed", None, advisor=session.advisor.id)
    others = select(sessions.c.digest).join(advisors).where(sessions.c.advisor_id == session.advisor.id, live(work))
    return work.execute(others.limit(1)).first() is not None


def close_all(work: Work, advisor: int) -> None:
    """End every session of an advisor, on whatever machine."""
    ended = work.execute(delete(sessions).where(sessions.c.advisor_id == advisor)).rowcount
    audit.record(work, "session.closed-all", None, advisor=advisor, sessions=ended)


def close_others(work: Work, session: Session) -> None:
    """End every other session of an advisor."""
    others = (sessions.c.advisor_id == session.advisor.id) & (sessions.c.digest != session.digest)
    ended = work.execute(delete(sessions).where(others)).rowcount
    audit.record(work, "session.closed-others", None, advisor=session.advisor.id, sessions=ended)


def erase_old(work: Work) -> int:
    """Delete sessions that are over, and return how many."""
    return work.execute(delete(sessions).where(sessions.c.began_at <= work.now - LONGEST)).rowcount


def live(work: Work) -> ColumnElement[bool]:
    """Choose, of sessions joined to their advisors, those that have not ended."""
    active = or_(sessions.c.seen_at > work.now - IDLE, advisors.c.ticket_id.is_not(None))
    return (sessions.c.began_at > work.now - LONGEST) & active & advisors.c.closed_at.is_(None)
