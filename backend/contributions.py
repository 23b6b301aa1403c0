"""The ledger of contributions: what is due for each month, what was paid, what the debt cancellation took away.

Lines are only ever added: a correction is a new line of a higher revision, and the newest line counts. Amounts are
whole centimes. There may be a hundred million lines: they are as narrow as they can be, and bear no foreign key
(docs/decisions/0009).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Row,
    Select,
    SmallInteger,
    Table,
    Text,
    bindparam,
    cast,
    exists,
    literal,
    null,
    select,
    union_all,
)

from backend import audit
from backend.db import metadata
from backend.rules.cancellation import CancelledLine
from backend.rules.ledger import Charge, Payment
from backend.values import Dirhams, Month, PersonId
from backend.work import Work

CHANNELS = ("link", "point", "direct-debit")

charges = Table(
    "charges",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("month", Date, primary_key=True),  # its first day
    Column("due_date", Date, nullable=False),
    Column("contribution", Integer, nullable=False),
    Column("penalty", Integer, nullable=False),
    Column("enforcement_fee", Integer, nullable=False),
    Column("revision", SmallInteger, primary_key=True, autoincrement=False),
    CheckConstraint("contribution >= 0 and penalty >= 0 and enforcement_fee >= 0", name="amounts"),
)
payments = Table(
    "payments",
    metadata,
    Column("person_id", BigInteger, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("month", Date, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("amount", Integer, nullable=False),  # 0: a correction that takes the payment back
    Column("revision", SmallInteger, nullable=False),
    Column("reference", Text, nullable=False),
    Column("channel", Text, nullable=False),
    PrimaryKeyConstraint("reference", "revision"),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint("channel in ('link', 'point', 'direct-debit')", name="channel"),
    Index(None, "person_id"),
)
cancelled = Table(
    "cancelled",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("month", Date, primary_key=True),
    Column("granted_on", Date, nullable=False),
    Column("contribution", Integer, nullable=False),
    Column("penalty", Integer, nullable=False),
    Column("enforcement_fee", Integer, nullable=False),
    CheckConstraint("contribution >= 0 and penalty >= 0 and enforcement_fee >= 0", name="amounts"),
)


@dataclass(frozen=True, slots=True)
class Records:
    """A person's ledger: of each month and of each payment the line that counts, the oldest first; dirhams."""

    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]
    cancelled: tuple[CancelledLine, ...]


def records(work: Work, person: PersonId) -> Records:
    """Return a person's ledger, in one statement; a payment that was taken back is not in it."""
    found = work.execute(_RECORDS, {"person": person}).all()
    audit.record(work, "ledger.read", person)
    lines: dict[str, list[Row[Any]]] = {"charge": [], "payment": [], "cancelled": []}
    for line in found:
        lines[line.what].append(line)
    return Records(
        tuple(Charge(Month.of(line.month), line.day, *_parts(line)) for line in lines["charge"]),
        tuple(
            Payment(line.reference, Month.of(line.month), Dirhams.of_centimes(line.first), line.day)
            for line in lines["payment"]
        ),
        tuple(CancelledLine(Month.of(line.month), line.day, *_parts(line)) for line in lines["cancelled"]),
    )


def newest(lines: Table, *key: str) -> ColumnElement[bool]:
    """Say of a line of the ledger that it is the newest of its `key`: the one that counts."""
    later = lines.alias()
    return ~exists().where(*(later.c[name] == lines.c[name] for name in key), later.c.revision > lines.c.revision)


def _parts(line: Row[Any]) -> tuple[Dirhams, Dirhams, Dirhams]:
    return Dirhams.of_centimes(line.first), Dirhams.of_centimes(line.penalty), Dirhams.of_centimes(line.enforcement_fee)


def _lines(what: str, table: Table, day: str, amounts: tuple[str, ...], *only: ColumnElement[bool]) -> Select[Any]:
    """Return what selects a person's lines of a table, all tables in one shape."""
    parts = [table.c[name] for name in amounts] + [cast(null(), Integer)] * (3 - len(amounts))
    return select(
        literal(what, literal_execute=True).label("what"),
        table.c.month,
        table.c[day].label("day"),
        (table.c.reference if "reference" in table.c else cast(null(), Text)).label("reference"),
        *(part.label(name) for part, name in zip(parts, ("first", "penalty", "enforcement_fee"), strict=True)),
    ).where(table.c.person_id == bindparam("person"), *only)


_AMOUNTS = ("contribution", "penalty", "enforcement_fee")
_RECORDS = union_all(
    _lines("charge", charges, "due_date", _AMOUNTS, newest(charges, "person_id", "month")),
    _lines("payment", payments, "paid_on", ("amount",), payments.c.amount > 0, newest(payments, "reference")),
    _lines("cancelled", cancelled, "granted_on", _AMOUNTS),
).order_by("month", "reference")
