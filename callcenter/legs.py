"""The legs by which consoles dialled in: each stands on the session of its page, and falls with it.

A leg comes in while its session has not ended and its advisor's role may; once that is over it is hung up, and a caller
who is with it goes to somebody else. A terminal has no session: its legs come in while its advisor is at work, and end
with the terminal.
"""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, Table, Text, delete, select
from sqlalchemy.dialects.postgresql import insert as upserting

from backend.db import metadata
from backend.work import Work
from callcenter import presence, sessions
from callcenter.agents import LegName, advisors

legs = Table(
    "legs",
    metadata,
    Column("leg", Text, primary_key=True),  # CallSid
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("session", LargeBinary, nullable=False),  # the digest of the one whose page dialled
    Column("attends", Boolean, nullable=False),  # is in the talk of somebody else
)


@dataclass(frozen=True)
class Leg:
    """A leg that came in by a page."""

    sid: str
    advisor: int
    role_over: bool


def may_come(work: Work, name: LegName, *, attends: bool) -> bool:
    """Say whether a leg of this name may come in, to its own call or (`attends`) to somebody else's."""
    c = advisors.c
    known = work.execute(select(c.role, c.state).where(c.id == name.advisor, c.closed_at.is_(None))).one_or_none()
    if known is None or known.role not in (presence.SUPERVISE if attends else presence.ANSWERING):
        return False
    if name.session is None:
        return bool(known.state != "signed-out")
    return name.session in sessions.standing(work, name.advisor)


def come(work: Work, leg: str, name: LegName, *, attends: bool) -> None:
    """Note a leg that may come, and does."""
    if name.session is None:
        return
    session = sessions.standing(work, name.advisor)[name.session]
    row = {"leg": leg, "advisor_id": name.advisor, "session": session, "attends": attends}
    work.execute(upserting(legs).values(row).on_conflict_do_nothing())  # the carrier may ask twice


def gone(work: Work, leg: str) -> None:
    """Forget a leg that is over."""
    work.execute(delete(legs).where(legs.c.leg == leg))


def fallen(work: Work) -> list[Leg]:
    """Return the legs that may not stay: their session has ended, or their advisor's role may not any more."""
    c, session = legs.c, sessions.sessions
    may = advisors.c.role.in_(presence.ANSWERING) & ~c.attends | advisors.c.role.in_(presence.SUPERVISE) & c.attends
    stands = (session.c.digest == c.session) & sessions.live(work)
    every = legs.join(advisors).outerjoin(session, stands)
    found = select(c.leg, c.advisor_id, (~may).label("role_over")).select_from(every)
    over = work.execute(found.where(session.c.digest.is_(None) | ~may))
    return [Leg(row.leg, row.advisor_id, row.role_over) for row in over]
