"""Sessions of advisors in a browser: each a row, found by the digest of a random token that only its cookie holds.

A session ends when it is left, IDLE after its advisor last did anything, and LONGEST after it began; of who has a call
before them, only with that call, however long it lasts. A token says whose it was also when its session is over.
"""

import re
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
    func,
    insert,
    select,
    update,
)

from backend import audit
from backend.db import metadata
from backend.seal import mac, mac_matches, macs
from backend.work import Work
from callcenter import agents
from callcenter.agents import Advisor, advisors
from callcenter.tickets import tickets

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

    @property
    def tag(self) -> str:
        """What tells it from others, and opens nothing: its advisor's telephone is named after it."""
        return _tag(self.digest)


def open_session(work: Work, advisor: int, *, by_provider: bool = False) -> str:
    """Begin a session, and return its token, which is stored nowhere."""
    secret = f"{advisor}.{secrets.token_urlsafe(32)}"
    token = f"{secret}.{mac('session-of', secret).hex()}"
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


def whose(token: str) -> int | None:
    """Return whose session a token was of, also where it has ended; None for what is no token of ours."""
    secret, _, proof = token.rpartition(".")
    advisor = secret.partition(".")[0]
    if not (re.fullmatch(r"[0-9]{1,18}", advisor) and re.fullmatch(r"(?:[0-9a-f]{2})+", proof)):
        return None
    return int(advisor) if mac_matches(bytes.fromhex(proof), "session-of", secret) else None


def standing(work: Work, advisor: int) -> dict[str, bytes]:
    """Return the digests of an advisor's sessions that have not ended, by tag."""
    found = select(sessions.c.digest).join(advisors).where(sessions.c.advisor_id == advisor, live(work))
    return {_tag(digest): digest for digest in work.execute(found).scalars()}


def touch(work: Work, session: Session) -> None:
    """Note that its advisor did something."""
    if session.seen_at < work.now - A_WHILE:
        work.execute(update(sessions).where(sessions.c.digest == session.digest).values(seen_at=work.now))


def close(work: Work, session: Session) -> bool:
    """End a session, and say whether its advisor has another one."""
    work.execute(delete(sessions).where(sessions.c.digest == session.digest))
    audit.record(work, "session.closed", None, advisor=session.advisor.id)
    return bool(standing(work, session.advisor.id))


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
    in_call = select(advisors.c.id).where(advisors.c.ticket_id.is_not(None))
    over = (sessions.c.began_at <= work.now - LONGEST) & sessions.c.advisor_id.not_in(in_call)
    return work.execute(delete(sessions).where(over)).rowcount


def live(work: Work) -> ColumnElement[bool]:
    """Choose, of sessions joined to their advisors, those that have not ended."""
    call = select(tickets.c.accepted_at).where(tickets.c.id == advisors.c.ticket_id).scalar_subquery()
    at = func.coalesce(call, work.now)  # while there is a call, its beginning counts
    return (sessions.c.seen_at > at - IDLE) & (sessions.c.began_at > at - LONGEST) & advisors.c.closed_at.is_(None)


def _tag(digest: bytes) -> str:
    return digest[:8].hex()
