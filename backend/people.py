"""Insured persons, and those whose registration is pending: who they are and how to reach them.

Every read and change of a person is audited from `work.actor`, with no further thought.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    select,
    update,
)

from backend import audit
from backend.db import metadata
from backend.values import BirthDate, IdentityCardDigits, Mobile, Month, PersonId, PersonName, RegistrationNumber, Term
from backend.work import Work

Status = Literal["pending", "registered"]

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("registration_number", Text, unique=True),
    Column("cin", Text, nullable=False, unique=True),
    Column("cin_digits", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name_ar", Text, nullable=False, server_default=""),
    Column("first_name_ar", Text, nullable=False, server_default=""),
    Column("birth_date", Date, nullable=False),
    Column("birth_year_only", Boolean, nullable=False, server_default="false"),
    Column("category", Text, nullable=False),
    Column("mobile", Text),
    Column("portal_from", DateTime(timezone=True)),  # a mobile given by phone opens the portal 72 h later
    Column("mobile_proves_from", DateTime(timezone=True)),  # who has it proves nothing before (`mobiles.correct`)
    Column("tax_id", Text),
    Column("city", Text),
    Column("preferred_language", Text),
    Column("liaison_body", Text),
    Column("contributions_from", Date),  # first day of the month; with amo_from, only where the list gives them
    Column("amo_from", Date),
    Column("status", Text, nullable=False),
    Column("registered_on", Date),
    CheckConstraint("status in ('pending', 'registered')", name="status"),
    CheckConstraint("status = 'pending' or registration_number is not null", name="registered_has_number"),
    Index(None, "cin_digits", "birth_date"),
)
_BY_ID = select(people).where(people.c.id == bindparam("person"))
_BY_ID_LOCKED = _BY_ID.with_for_update()
_CHANGE = update(people).where(people.c.id == bindparam("person"))
_BORN = select(people).where(
    people.c.birth_date == bindparam("day"), people.c.birth_year_only == bindparam("year_only")
)
_WITH_CARD = _BORN.where(people.c.cin_digits == bindparam("card")).limit(5)
_WITH_NUMBER = _BORN.where(people.c.registration_number == bindparam("number"), people.c.status == "registered")
_NUMBERED = select(people).where(people.c.registration_number == bindparam("number"))


@dataclass(frozen=True)
class Person:
    """One person, as flows and the console may know them."""

    id: PersonId
    status: Status
    registration_number: RegistrationNumber | None
    name: PersonName
    card: IdentityCardDigits
    birth_date: date
    birth_year_only: bool
    category: str
    mobile: Mobile | None
    tax_id: str | None
    city: str | None
    preferred_language: str | None
    contributions_from: Month | None
    amo_from: date | None
    portal_from: datetime | None
    mobile_proves_from: datetime | None
    registered_on: date | None

    @property
    def category_term(self) -> Term:
        """The category, to be said."""
        return Term(f"category-{self.category}")


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        status=row.status,
        registration_number=RegistrationNumber(row.registration_number) if row.registration_number else None,
        name=PersonName(
            f"{row.first_name} {row.last_name}",
            f"{row.first_name_ar} {row.last_name_ar}" if row.first_name_ar and row.last_name_ar else "",
        ),
        card=IdentityCardDigits(row.cin_digits),
        birth_date=row.birth_date,
        birth_year_only=row.birth_year_only,
        category=row.category,
        mobile=Mobile(row.mobile) if row.mobile else None,
        tax_id=row.tax_id,
        city=row.city,
        preferred_language=row.preferred_language,
        contributions_from=Month.of(row.contributions_from) if row.contributions_from else None,
        amo_from=row.amo_from,
        portal_from=row.portal_from,
        mobile_proves_from=row.mobile_proves_from,
        registered_on=row.registered_on,
    )


def get(work: Work, person: PersonId, *, lock: bool = False) -> Person:
    """Return a person, their row locked if asked."""
    row = work.execute(_BY_ID_LOCKED if lock else _BY_ID, {"person": person}).one()
    audit.record(work, "person.read", person)
    return _person(row)


def numbered(work: Work, number: RegistrationNumber) -> Person | None:
    """Return who bears a registration number, registered or listed with it; None where nobody does."""
    row = work.execute(_NUMBERED, {"number": number}).one_or_none()
    if row is None:
        return None
    audit.record(work, "person.read", PersonId(row.id))
    return _person(row)


def registration_numbers(work: Work, ids: Collection[PersonId]) -> dict[PersonId, RegistrationNumber]:
    """Return the registration numbers of those people who have one."""
    query = select(people.c.id, people.c.registration_number)
    rows = work.execute(query.where(people.c.id.in_(ids), people.c.registration_number.is_not(None)))
    return {PersonId(row.id): RegistrationNumber(row.registration_number) for row in rows}


def with_card(work: Work, card: IdentityCardDigits, born: BirthDate) -> list[Person]:
    """Return whoever has these card figures and this birth date; a lone year matches only records flagged so."""
    keyed = {"card": card, "day": born.day, "year_only": born.year_only}
    return _claimed(work, _WITH_CARD, keyed)


def with_number(work: Work, number: RegistrationNumber, born: BirthDate) -> list[Person]:
    """Return who has this registration number and this birth date: one, or none; of those registered only."""
    keyed = {"number": number, "day": born.day, "year_only": born.year_only}
    return _claimed(work, _WITH_NUMBER, keyed)


def _claimed(work: Work, query: Select[Any], keyed: dict[str, Any]) -> list[Person]:
    found = [_person(row) for row in work.execute(query, keyed)]
    for person in found:
        audit.record(work, "person.claimed", person.id)
    return found


def change(work: Work, person: PersonId, action: str, **values: Any) -> None:
    """Change columns of a person; the audit says which `action`, and never what the values are."""
    work.execute(_CHANGE, {"person": person, **values})
    audit.record(work, action, person)
