"""Spouses and children whom insured persons declared."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    bindparam,
    select,
)

from backend import audit
from backend.db import metadata
from backend.rules.benefits import Relative
from backend.values import Dirhams, PersonId
from backend.work import Work

KINDS = ("spouse", "child")
SCHOOLINGS = ("none", "apprentice", "student")

relatives = Table(
    "relatives",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("first_name", Text, primary_key=True),
    Column("birth_date", Date, primary_key=True),
    Column("schooling", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("income", Integer),  # centimes a month; null: unknown
    CheckConstraint("kind in ('spouse', 'child')", name="kind"),
    CheckConstraint("schooling in ('none', 'apprentice', 'student')", name="schooling"),
)
_OF = select(relatives).where(relatives.c.person_id == bindparam("person")).order_by(relatives.c.birth_date)


def of(work: Work, person: PersonId) -> list[Relative]:
    """Return the spouses and children of a person, the oldest first; incomes in dirhams a month."""
    found = work.execute(_OF, {"person": person}).all()
    audit.record(work, "family.read", person)
    return [
        Relative(
            row.kind,
            row.first_name,
            row.birth_date,
            row.schooling,
            row.disabled,
            None if row.income is None else Dirhams.of_centimes(row.income),
        )
        for row in found
    ]
