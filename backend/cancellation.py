"""The debt cancellation: what callers undertook to pay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Table, select

from backend import audit
from backend.db import metadata
from backend.values import PersonId
from backend.work import Work

commitments = Table(
    "commitments",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("made_on", Date, nullable=False),
    Column("call_id", BigInteger, ForeignKey("calls.id")),
)


@dataclass(frozen=True)
class Commitment:
    """Somebody undertook to pay their contributions regularly from now on."""

    made_on: date


def commitment_of(work: Work, person: PersonId) -> Commitment | None:
    """Return what a person undertook, None where nothing."""
    row = work.execute(select(commitments.c.made_on).where(commitments.c.person_id == person)).one_or_none()
    audit.record(work, "commitment.read", person)
    return Commitment(row.made_on) if row else None
