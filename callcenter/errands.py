"""What is to be done about legs at the carrier: noted with what it follows from, done after the commit, till it is.

    fetch     the caller's leg out of the carrier's queue, to its advisor
    send-on   the caller's leg out of the conference, to what follows the talk
    hang-up   a leg that has nobody to talk to

A wake-up is given at the commit; the clock looks every second, for PostgreSQL holds them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from backend import jobs
from backend.db import metadata
from backend.telephony import Gone, Handed, Later, Outcome, Refused
from backend.work import Work
from callcenter import tickets
from callcenter.tickets import Ticket

What = Literal["fetch", "send-on", "hang-up"]
LEASE = timedelta(seconds=12)  # longer than a request to the carrier can take
AGAIN, LONGEST_DELAY = timedelta(seconds=1), timedelta(seconds=30)
WORTH = timedelta(minutes=10)  # of bringing a leg somewhere: longer than any carrier is away in one piece
ARRIVES = timedelta(seconds=6)  # a leg that was fetched is in the conference by then: else it is fetched again
MOST_TRIES = 10

errands = Table(
    "errands",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("ticket_id", BigInteger, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("leg", Text, nullable=False),  # CallSid
    Column("offer_id", BigInteger),  # of a fetch: the one that was accepted
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False, index=True),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    CheckConstraint("what in ({})".format(", ".join(f"'{what}'" for what in get_args(What))), name="what"),
    Index("errands_once_key", "what", "leg", unique=True),
)


@dataclass(frozen=True)
class Errand:
    """One errand, as it is tried now; `queue`: the carrier's queue that the leg is in, None where it hasn't told."""

    id: int
    what: What
    leg: str
    ticket: int
    offer: int | None
    queue: str | None
    tries: int
    given_at: datetime


def give(work: Work, ticket: Ticket, what: What, leg: str | None) -> None:
    """Have an errand done after the commit, once for each leg; without a leg there is nothing to do."""
    if leg is None:
        return
    row = {
        "ticket_id": ticket.id,
        "what": what,
        "leg": leg,
        "offer_id": ticket.offer,
        "given_at": work.now,
        "due_at": work.now,
    }
    take_back(work, what, leg)
    work.execute(insert(errands).values(row))
    work.after_commit(lambda: jobs.wake("errands"))


def take_back(work: Work, what: What, leg: str) -> None:
    """Have an errand not be done any more."""
    work.execute(delete(errands).where(errands.c.what == what, errands.c.leg == leg))


def claim(work: Work, limit: int) -> list[Errand]:
    """Take errands that are due; commit before doing any. Two never get the same."""
    c = errands.c
    due = select(c.id).where(c.due_at <= work.now).order_by(c.due_at).limit(limit).with_for_update(skip_locked=True)
    begun = {"due_at": work.now + LEASE, "tries": c.tries + 1}
    rows = work.execute(update(errands).where(c.id.in_(due.scalar_subquery())).values(begun).returning(errands)).all()
    queues = tickets.queues(work, [row.ticket_id for row in rows])
    return [
        Errand(
            row.id, row.what, row.leg, row.ticket_id, row.offer_id, queues.get(row.ticket_id), row.tries, row.given_at
        )
        for row in rows
    ]


def settle(work: Work, errand: Errand, outcome: Outcome | Gone) -> bool:
    """Note what the carrier said; return whether the errand can't be done, so that somebody decides what then.

    A fetch that was taken stays until the leg is in the conference, and is tried again if it doesn't come; one of a leg
    that isn't in the queue, too: it may be on its way there, from an advisor who was lost.
    """
    fetch = errand.what == "fetch"
    hopeless = errand.tries >= MOST_TRIES if fetch else work.now - errand.given_at >= WORTH
    done = isinstance(outcome, Refused) or (isinstance(outcome, Handed | Gone) and not fetch)
    if done or hopeless:
        work.execute(delete(errands).where(errands.c.id == errand.id))
        return not done or (fetch and isinstance(outcome, Refused))
    delay = ARRIVES if isinstance(outcome, Handed) else _delay(errand, outcome)
    work.execute(update(errands).where(errands.c.id == errand.id).values(due_at=work.now + delay))
    return False


def _delay(errand: Errand, outcome: Outcome | Gone) -> timedelta:
    """Return when it is tried again: as the carrier asks, else soon; what nobody waits to hear, with growing pauses."""
    asked = outcome.after if isinstance(outcome, Later) else None
    growing = AGAIN if errand.what == "fetch" else min(AGAIN * 2 ** min(errand.tries - 1, 5), LONGEST_DELAY)
    return max(asked or AGAIN, growing)
