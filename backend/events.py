"""Business events: what the fund's other systems are told of, each once, in one order.

An event is written with its effect, in one transaction (`backend.audit` writes it, where the action is one of `TYPES`).
It gets its `position` only when somebody reads: under a lock, to whatever is committed by then and has none yet. So a
transaction that commits late gets a later position, never one that a reader has already passed, and no transaction
that makes an event waits for another. Positions are 1, 2, 3, … without a gap.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from backend.db import metadata
from backend.values import PersonId
from backend.work import Work

TYPES = {
    "registration.completed": "A self-employed worker completed the registration; the number is theirs from now on.",
    "mobile.changed": "A mobile given by telephone came on file; it opens no portal access for `held_hours`. 0: it was "
    "taken off again.",
    "commitment.made": "Somebody undertook to pay their contributions regularly from now on.",
    "cancellation.granted": "All conditions of the debt cancellation are met: debts of `months` months are cancelled.",
    "callback.promised": "A call was promised; `callback` is its number here.",
}
"""The actions of the audit log that are events, and what each says."""
PLACES = 3941
"""The advisory lock of whoever gives positions."""

events = Table(
    "events",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("position", BigInteger, unique=True),
    Column("type", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person_id", BigInteger),
    Column("details", JSONB, nullable=False),
)
Index("events_unplaced_idx", events.c.id, postgresql_where=events.c.position.is_(None))


@dataclass(frozen=True)
class Event:
    """Something happened, to a person or to nobody known."""

    position: int
    type: str
    at: datetime
    person: PersonId | None
    details: dict[str, Any]


def record(work: Work, type_: str, person: PersonId | None, details: dict[str, Any]) -> None:
    """Write an event with the transaction that brings it about."""
    row = {"type": type_, "at": work.now, "person_id": person, "details": details}
    work.insert_last(events, row)


def after(work: Work, position: int, limit: int) -> list[Event]:
    """Return the events that follow a position (0: from the first), in their order, `limit` at most."""
    work.execute(select(func.pg_advisory_xact_lock(PLACES)))
    work.execute(_PLACE, {"most": limit})
    rows = work.execute(_AFTER, {"after": position, "most": limit})
    return [
        Event(row.position, row.type, row.at, PersonId(row.person_id) if row.person_id else None, row.details)
        for row in rows
    ]


_unplaced = (
    select(events.c.id, func.row_number().over(order_by=events.c.id).label("rank"))
    .where(events.c.position.is_(None))
    .order_by(events.c.id)
    .limit(bindparam("most", type_=BigInteger))
    .cte("unplaced")
)
_placed = events.alias("placed")
_last = select(func.coalesce(func.max(_placed.c.position), 0)).scalar_subquery()
_PLACE = update(events).values(position=_last + _unplaced.c.rank).where(events.c.id == _unplaced.c.id)
_AFTER = (
    select(events)
    .where(events.c.position > bindparam("after", type_=BigInteger))
    .order_by(events.c.position)
    .limit(bindparam("most", type_=BigInteger))
)
