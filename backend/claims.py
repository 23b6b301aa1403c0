"""Claim files: where each stands, what a change of it was, how long they take at present."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from backend import audit
from backend.db import metadata
from backend.rules import claim_delay
from backend.values import Dirhams, PersonId
from backend.work import Work

STATUSES = ("received", "in-review", "medical-check", "awaiting-documents", "rejected", "settled", "paid")
ENDED = frozenset({"rejected", "settled", "paid"})
"""Statuses of a file that waits for no document any more, whatever its record still names."""

claims = Table(
    "claims",
    metadata,
    Column("file_number", Text, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("beneficiary", Text, nullable=False),
    Column("care_date", Date, nullable=False),
    Column("deposited_on", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_date", Date, nullable=False),
    Column("claimed", Integer),  # centimes, like `payable`
    Column("payable", Integer),
    Column("paid_on", Date),
    Column("missing_documents", ARRAY(Text), nullable=False),
    Column("reason", Text),
    CheckConstraint(
        "status in ('received', 'in-review', 'medical-check', 'awaiting-documents', 'rejected', 'settled', 'paid')",
        name="status",
    ),
    Index(None, "person_id", "deposited_on"),
)
claim_changes = Table(
    "claim_changes",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("file_number", Text, ForeignKey("claims.file_number"), nullable=False),
    Column("status", Text, nullable=False),  # since the change
    Column("missing_documents", ARRAY(Text), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("told_at", DateTime(timezone=True)),
)
Index("claim_changes_untold_idx", claim_changes.c.id, postgresql_where=claim_changes.c.told_at.is_(None))
claim_delays = Table(
    "claim_delays",
    metadata,
    Column("paid_on", Date, primary_key=True),
    Column("files", BigInteger, nullable=False),
    Column("days", BigInteger, nullable=False),  # from deposit to payment, of all of them together
)
"""The delays of the files paid each day, kept by the import: a million files are never counted while a caller waits."""


@dataclass(frozen=True)
class Claim:
    """One claim file, as of its last known status."""

    file_number: str
    beneficiary: str
    care_date: date
    deposited_on: date
    status: str
    status_date: date
    claimed: Dirhams | None
    payable: Dirhams | None
    paid_on: date | None
    missing_documents: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True)
class Change:
    """A file's status or missing documents changed, and its person was not told yet."""

    id: int
    person: PersonId
    file_number: str
    status: str
    missing_documents: tuple[str, ...]
    changed_at: datetime


def of(work: Work, person: PersonId, limit: int, *, before: tuple[date, str] | None = None) -> list[Claim]:
    """Return a person's files, the one deposited last first, `limit` at most.

    With `before`, the day of deposit and the number of a file: those that come after it in this order.
    """
    order = (claims.c.deposited_on, claims.c.file_number)
    newest = _of(person).order_by(*(column.desc() for column in order))
    older = newest.where(tuple_(*order) < before) if before else newest
    found = [_claim(row) for row in work.execute(older.limit(limit))]
    audit.record(work, "claims.read", person)
    return found


def by_number(work: Work, person: PersonId, file_number: str) -> Claim | None:
    """Return the file of that number, None where this person has none such."""
    row = work.execute(_of(person).where(claims.c.file_number == file_number)).one_or_none()
    audit.record(work, "claims.read", person)
    return _claim(row) if row else None


def open_files(work: Work, person: PersonId) -> int:
    """Return how many of a person's files are neither paid nor rejected."""
    query = select(func.count()).where(claims.c.person_id == person, claims.c.status.not_in(("paid", "rejected")))
    audit.record(work, "claims.read", person)
    return int(work.execute(query).scalar_one())


def average_delay(work: Work) -> Decimal:
    """Return the days from deposit to payment, on average over the files paid of late; without any, the usual ones.

    How many days "of late" is, and what is usual, is said by `backend.rules.claim_delay`.
    """
    recent = claim_delays.c.paid_on.between(claim_delay.measured_from(work.today), work.today)
    paid = [
        claim_delay.Paid(row.paid_on, row.files, row.days) for row in work.execute(select(claim_delays).where(recent))
    ]
    return claim_delay.average(paid, work.today)


def untold(work: Work, limit: int) -> list[Change]:
    """Return changes that nobody was told of, the oldest first, locked; what another job holds is passed over."""
    query = select(claim_changes, claims.c.person_id).join(claims).where(claim_changes.c.told_at.is_(None))
    oldest = query.order_by(claim_changes.c.id).limit(limit).with_for_update(of=claim_changes, skip_locked=True)
    return [
        Change(
            row.id,
            PersonId(row.person_id),
            row.file_number,
            row.status,
            tuple(row.missing_documents),
            row.changed_at,
        )
        for row in work.execute(oldest)
    ]


def told(work: Work, changes: Sequence[Change]) -> None:
    """Note that the persons of these changes were told, in the transaction that promised it."""
    ids = [change.id for change in changes]
    work.execute(update(claim_changes).where(claim_changes.c.id.in_(ids)).values(told_at=work.now))


def _of(person: PersonId) -> Select[Any]:
    return select(claims).where(claims.c.person_id == person)


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        file_number=row.file_number,
        beneficiary=row.beneficiary,
        care_date=row.care_date,
        deposited_on=row.deposited_on,
        status=row.status,
        status_date=row.status_date,
        claimed=None if row.claimed is None else Dirhams.of_centimes(row.claimed),
        payable=None if row.payable is None else Dirhams.of_centimes(row.payable),
        paid_on=row.paid_on,
        missing_documents=tuple(row.missing_documents),
        reason=row.reason,
    )
