"""Salaries that employers declared, month by month."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Integer, SmallInteger, Table, bindparam, select

from backend import audit
from backend.db import metadata
from backend.rules.benefits import Salary
from backend.values import Dirhams, Month, PersonId
from backend.work import Work

salaries = Table(
    "salaries",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),  # without a key, as in `charges`
    Column("month", Date, primary_key=True),  # its first day
    Column("pay", Integer, nullable=False),  # centimes
    Column("days", SmallInteger, nullable=False),
    CheckConstraint("days between 0 and 31 and pay >= 0", name="figures"),
)
_OF = select(salaries).where(salaries.c.person_id == bindparam("person")).order_by(salaries.c.month)


def of(work: Work, person: PersonId) -> list[Salary]:
    """Return the months declared for a person, the oldest first; pay in dirhams."""
    found = work.execute(_OF, {"person": person}).all()
    audit.record(work, "salaries.read", person)
    return [Salary(Month.of(row.month), row.days, Dirhams.of_centimes(row.pay)) for row in found]
