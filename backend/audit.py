"""Who read or changed whose record, and why: written by the subjects, in the same transaction.

An action that the fund's other systems are told of becomes an event too (`backend.events`).
"""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from backend import events
from backend.db import metadata
from backend.values import PersonId
from backend.work import Work

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("details", JSONB, nullable=False),
    Index(None, "person_id", "at"),
)


def record(work: Work, action: str, person: PersonId | None, **details: str | int | bool | None) -> None:
    """Note that `work.actor` did `action` (such as `person.read`); `details` hold identifiers, no amounts or names."""
    row = {
        "at": work.now,
        "actor_kind": work.actor.kind,
        "actor": work.actor.reference,
        "reason": work.actor.reason,
        "action": action,
        "person_id": person,
        "details": details,
    }
    work.insert_last(audit, row)
    if action in events.TYPES:
        events.record(work, action, person, details)
