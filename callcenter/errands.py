"""What is to be done about legs at the carrier: noted with what it follows from, done after the commit, till it is.

    fetch     the caller's leg out of the carrier's queue, to its advisor
    send-on   the caller's leg out of the conference, to what follows the talk
    close     the conference of a ticket that came to nothing: its advisor's leg waits in it

A wake-up is given at the commit; the clock looks every second, for PostgreSQL holds them.
"""

from datetime import timedelta

from sqlalchemy import select, update

from backend import jobs
from backend.telephony import Gone, Handed, Outcome, Refused
from backend.work import Work
from callcenter import tickets
from callcenter.tickets import Errand, Ticket

LEASE = timedelta(seconds=12)  # longer than a request to the carrier can take
AGAIN = timedelta(seconds=1)
ARRIVES = timedelta(seconds=6)  # a leg that was fetched, or sent on, is there by then: else it is tried again
MOST_TRIES = 10


def give(work: Work, ticket: Ticket, errand: Errand) -> None:
    """Have an errand done after the commit; it takes the place of another."""
    tickets.change(work, ticket.id, errand=errand, errand_at=work.now, errand_tries=0)
    work.after_commit(lambda: jobs.wake("errands"))


def claim(work: Work, limit: int) -> list[Ticket]:
    """Take tickets with errands that are due; commit before doing any. Two never get the same."""
    c = tickets.tickets.c
    due = (
        select(c.id)
        .where(c.errand.is_not(None), c.errand_at <= work.now)
        .order_by(c.errand_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    begun = {"errand_at": work.now + LEASE, "errand_tries": c.errand_tries + 1}
    taken = update(tickets.tickets).where(c.id.in_(due.scalar_subquery())).values(begun).returning(c.id)
    ids = work.execute(taken).scalars().all()
    return [ticket for id_ in ids if (ticket := tickets.get(work, id_))]


def settle(work: Work, done: Ticket, outcome: Outcome | Gone) -> bool:
    """Note what the carrier said; return whether the errand can't be done, so that somebody decides what then.

    A fetch that was taken stays until the leg is in the conference.
    """
    still = (tickets.tickets.c.errand == done.errand, tickets.tickets.c.errand_tries == done.errand_tries)
    hopeless = isinstance(outcome, Gone | Refused) or done.errand_tries >= MOST_TRIES
    if isinstance(outcome, Handed) and done.errand == "fetch":
        tickets.change(work, done.id, *still, errand_at=work.now + ARRIVES)
        return False
    if isinstance(outcome, Handed) or hopeless:
        tickets.change(work, done.id, *still, errand=None)
        return hopeless and not isinstance(outcome, Handed)
    tickets.change(work, done.id, *still, errand_at=work.now + AGAIN)
    return False
