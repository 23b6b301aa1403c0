"""How long the call centre keeps what happened, and deleting it, a SLICE at a time.

| what | kept | since |
|---|---|---|
| queue events: nothing of a person; figures are counted from them, and stay | EVENTS_KEPT | they happened |
| tickets, with their surveys and errands: who called, by which path | RECORDS_KEPT | they last began to wait |
| openings of records: by whom, of whom, why; the reason in words is sealed | RECORDS_KEPT | they were opened |
| calls that we made; the number is erased at their end | DIALS_KEPT | they were asked for |

The audit log outlives them: it says by itself who opened whose record, by which ground.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Table, delete, select, update

from backend.work import Work
from callcenter.cases import cases
from callcenter.dials import dials
from callcenter.errands import errands
from callcenter.events import queue_events
from callcenter.records import openings
from callcenter.surveys import surveys
from callcenter.tickets import tickets

EVENTS_KEPT = timedelta(days=731)
RECORDS_KEPT = timedelta(days=366)
DIALS_KEPT = timedelta(days=92)
SLICE = 500


def erase_events(work: Work) -> int:
    """Delete a slice of old queue events, and return how many."""
    return _delete(work, queue_events, _old(work, queue_events.c.at, EVENTS_KEPT))


def erase_openings(work: Work) -> int:
    """Delete a slice of old openings of records, and return how many."""
    return _delete(work, openings, _old(work, openings.c.opened_at, RECORDS_KEPT))


def erase_dials(work: Work) -> int:
    """Delete a slice of old calls that we made, and return how many."""
    return _delete(work, dials, _old(work, dials.c.asked_at, DIALS_KEPT, dials.c.state == "ended"))


def erase_tickets(work: Work) -> int:
    """Delete a slice of old tickets with what hangs on them, and return how many; cases stay."""
    old = _old(work, tickets.c.queued_at, RECORDS_KEPT, tickets.c.state == "ended")
    for table in (surveys, errands, dials, openings):
        work.execute(delete(table).where(table.c.ticket_id.in_(old)))
    work.execute(update(cases).where(cases.c.ticket_id.in_(old)).values(ticket_id=None))
    work.execute(update(tickets).where(tickets.c.parent_id.in_(old)).values(parent_id=None))
    return _delete(work, tickets, old)


def _old(work: Work, at: Column[datetime], kept: timedelta, *conditions: ColumnElement[bool]) -> Sequence[int]:
    """Return the ids of a slice of rows that are older than that, and that nobody has hold of."""
    some = select(at.table.c.id).where(at < work.now - kept, *conditions).order_by(at).limit(SLICE)
    return work.execute(some.with_for_update(skip_locked=True)).scalars().all()


def _delete(work: Work, table: Table, ids: Sequence[int]) -> int:
    return work.execute(delete(table).where(table.c.id.in_(ids))).rowcount if ids else 0
