"""Registrations of self-employed workers: completing one, and the one-time code that opens the portal."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    LargeBinary,
    Sequence,
    Table,
    Text,
    cast,
    exists,
    insert,
    select,
)

from backend import audit, clock, identity, messages, people
from backend.db import metadata
from backend.examples import examples
from backend.identity import Insured
from backend.messages import Sent, Withheld
from backend.rules import categories
from backend.seal import mac, seal
from backend.values import BankAccount, FewDigits, Mobile, Month, PersonName, RegistrationNumber, Term
from backend.wording import Language
from backend.work import Work

PORTAL_HOLD = timedelta(hours=72)  # a new mobile given by phone opens no portal access before
ACTIVATION_LIFE = timedelta(days=30)

numbers = Sequence("registration_number_seq", start=190_000_001, metadata=metadata)
registrations = Table(
    "registrations",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, unique=True),  # sealed values bind it
    Column("call_id", BigInteger, ForeignKey("calls.id")),
    Column("number", Text, nullable=False, unique=True),
    Column("completed_at", DateTime(timezone=True), nullable=False),
    Column("payment", Text, nullable=False),
    Column("account", LargeBinary),  # sealed RIB
    Column("declared", Text, nullable=False),  # the declaration's question key, version included
    Column("contributions_from", Date, nullable=False),
    Column("amo_from", Date, nullable=False),
    Column("activation", LargeBinary, nullable=False),  # keyed digest of the one-time code
    Column("activation_from", DateTime(timezone=True), nullable=False),
    Column("activation_until", DateTime(timezone=True), nullable=False),
    Column("activated_at", DateTime(timezone=True)),
    CheckConstraint("payment in ('direct-debit', 'self')", name="payment"),
    CheckConstraint("(payment = 'direct-debit') = (account is not null)", name="account"),
)
# put together once: many calls complete a registration
_INSERT = insert(registrations)
_next = select(cast(numbers.next_value(), Text).label("number")).cte("next")
_taken = exists().where(people.people.c.registration_number == _next.c.number)
_NEXT_NUMBER = select(_next.c.number, _taken.label("taken"))


@dataclass(frozen=True)
class Presented:
    """Who the caller proved to be, for them to confirm; or somebody whose registration is complete already."""

    name: PersonName
    category: Term
    complete: bool


@dataclass(frozen=True)
class Completed:
    """A registration is complete."""

    number: RegistrationNumber
    contributions_from: Month
    amo_from: date
    opened: bool  # the day on which AMO opens is today or past
    portal_from: date | None  # the day from which the activation code works, where the mobile is new


@dataclass(frozen=True)
class AlreadyComplete:
    """It was complete before."""


@examples(
    Presented(PersonName("Salma Idrissi", "سلمى الإدريسي"), Term("category-pharmacist"), complete=False),
    Presented(PersonName("Salma Idrissi", "سلمى الإدريسي"), Term("category-pharmacist"), complete=True),
)
def present(work: Work, insured: Insured) -> Presented:
    """Return the name and category to confirm."""
    person = people.get(work, insured.person)
    return Presented(person.name, person.category_term, person.status == "registered")


@examples(True, False)
def is_complete(work: Work, insured: Insured) -> bool:
    """Say whether the registration is complete: until then there is nothing to tell but how to complete it."""
    return people.get(work, insured.person).status == "registered"


@examples(Sent(FewDigits("12")), Withheld())
def remind(work: Work, insured: Insured, language: Language) -> Sent | Withheld:
    """Send the number to the mobile on file of somebody registered; once a call."""
    person = people.get(work, insured.person)
    if not (person.mobile and person.registration_number):
        return Withheld()
    key, number = f"registration-number:{person.id}:{work.actor.occasion}", person.registration_number
    return messages.send(work, "sms-registration-number", key, person.mobile, language, person=person.id, number=number)


@examples(
    Completed(RegistrationNumber("190000001"), Month(2022, 1), date(2022, 2, 1), opened=True, portal_from=None),
    Completed(RegistrationNumber("190000001"), Month(2024, 4), date(2024, 5, 1), opened=False, portal_from=None),
    Completed(
        RegistrationNumber("190000001"), Month(2022, 1), date(2022, 2, 1), opened=True, portal_from=date(2024, 3, 23)
    ),
    AlreadyComplete(),
)
def complete(
    work: Work, insured: Insured, account: BankAccount | None, language: Language
) -> Completed | AlreadyComplete:
    """Complete the registration: number, dates, payment, activation code, SMS. Twice, it is complete already.

    With an `account` contributions are debited; without, the person pays themselves.

    A mobile given in this call (there was none on file) is kept, and holds the portal for 72 hours; so does one that an
    advisor has put on file, until they are over.
    """
    person = people.get(work, insured.person, lock=True)
    if person.status == "registered":
        return AlreadyComplete()
    mobile = identity.mobile_for(work, insured)
    opens_at = max(person.portal_from or work.now, work.now + PORTAL_HOLD if mobile != person.mobile else work.now)
    held = opens_at > work.now
    portal_from = work.today + (_day(opens_at) - _day(work.now)) if held else None
    number = person.registration_number or _next_number(work)
    opening = categories.opening(person.category, person.contributions_from, person.amo_from)
    activation = f"{secrets.randbelow(10**8):08}"
    row = {
        "person_id": person.id,
        "call_id": work.actor.call,
        "number": number,
        "completed_at": work.now,
        "payment": "direct-debit" if account else "self",
        "account": seal(account.encode(), f"registrations:{person.id}") if account else None,
        "declared": "declaration",
        "contributions_from": opening.contributions_from.first_day,
        "amo_from": opening.amo_from,
        "activation": mac("activation", str(person.id), activation),
        "activation_from": opens_at,
        "activation_until": opens_at + ACTIVATION_LIFE,
    }
    work.execute(_INSERT, row)
    people.change(
        work,
        person.id,
        "registration.completed",
        status="registered",
        registration_number=number,
        registered_on=work.today,
        mobile=person.mobile or mobile,
        portal_from=opens_at if held else None,
        preferred_language=language,
        contributions_from=opening.contributions_from.first_day,
        amo_from=opening.amo_from,
    )
    if not person.mobile:
        audit.record(work, "mobile.changed", person.id, held_hours=72)
    _send_confirmation(work, insured, mobile, language, number, activation, portal_from)
    return Completed(
        number,
        opening.contributions_from,
        opening.amo_from,
        opened=opening.amo_from <= work.today,
        portal_from=portal_from,
    )


def _day(instant: datetime) -> date:
    return instant.astimezone(clock.CASABLANCA).date()


def _next_number(work: Work) -> RegistrationNumber:
    """Return the next number of our series that no imported person bears."""
    while True:
        following = work.execute(_NEXT_NUMBER).one()
        if not following.taken:
            return RegistrationNumber.parse(following.number)


def _send_confirmation(
    work: Work,
    insured: Insured,
    mobile: Mobile,
    language: Language,
    number: RegistrationNumber,
    activation: str,
    portal_from: date | None,
) -> None:
    """Send the number, the portal's address and the activation code, in one SMS."""
    key, person = f"registration-completed:{insured.person}", insured.person
    if portal_from:
        occasion = "sms-registration-completed-held"
        messages.send(
            work, occasion, key, mobile, language,
            person=person, number=number, activation=activation, works_from=portal_from,
        )  # fmt: skip
    else:
        occasion = "sms-registration-completed"
        messages.send(work, occasion, key, mobile, language, person=person, number=number, activation=activation)
