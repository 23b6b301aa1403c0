"""What the database narrows down to leaves out nobody whom the rules would choose."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import event, given
from sqlalchemy import ColumnElement, insert, select

from backend import granting, notices, standing
from backend.contributions import charges, payments
from backend.people import people
from backend.values import PersonId
from backend.work import Work, begin
from tests.notices.living import CLOCK, NOON
from tests.rules.ledgers import Drawn, drawn

pytestmark = pytest.mark.usefixtures("environment")
LATE = date(2026, 1, 1)
numbers = count(1)


def on_file(work: Work, somebody: Drawn) -> PersonId:
    """Put a person and their ledger on file."""
    n = next(numbers)
    row = {
        "cin": f"A{n}", "cin_digits": str(n), "last_name": "A", "first_name": "B", "birth_date": work.today,
        "category": somebody.category, "amo_from": somebody.amo_from, "mobile": "+212661000201", "status": "pending",
    }  # fmt: skip
    person = PersonId(work.execute(insert(people).values(row).returning(people.c.id)).scalar_one())
    line = {"person_id": person, "added_at": NOON, "revision": 0}
    for charge in somebody.charges:
        parts = {
            "contribution": charge.contribution,
            "penalty": charge.penalty,
            "enforcement_fee": charge.enforcement_fee,
        }
        amounts = {name: int(amount * 100) for name, amount in parts.items()}
        row = line | amounts | {"month": charge.month.first_day, "due_date": charge.due_date}
        work.execute(insert(charges).values(row))
    for payment in somebody.payments:
        row = line | {
            "month": payment.month.first_day, "paid_on": payment.paid_on, "amount": int(payment.amount * 100),
            "reference": f"{n}-{payment.reference}", "channel": "point",
        }  # fmt: skip
        work.execute(insert(payments).values(row))
    return person


def chosen(work: Work, person: PersonId, wanted: ColumnElement[bool]) -> bool:
    """Say whether the narrowing chooses somebody."""
    return work.execute(select(people.c.id).where(people.c.id == person, wanted)).first() is not None


@pytest.mark.long
@given(somebody=drawn())
def test_whoever_is_granted_is_looked_at(somebody: Drawn) -> None:
    """Any ledger, when all of it is past."""
    with begin(CLOCK, today=LATE) as work:
        person = on_file(work, somebody)
        lines = standing.of(work, person).cancellation.lines
        event(f"granted: {bool(lines)}")
        assert chosen(work, person, granting._perhaps_granted()) or not lines


@pytest.mark.long
@given(somebody=drawn())
def test_whoever_is_to_be_reminded_is_looked_at(somebody: Drawn) -> None:
    """Any ledger, three days before each of its due dates."""
    with begin(CLOCK) as work:
        person = on_file(work, somebody)
        for charge in somebody.charges:
            work.today, last = charge.due_date - timedelta(3), charge.due_date + timedelta(2)
            stands = standing.of(work, person)
            due = stands.cancellation.situation == "in-progress" and any(
                account.unpaid and work.today <= account.charge.due_date <= last for account in stands.months
            )
            event(f"reminded: {due}")
            assert chosen(work, person, notices._perhaps_due(work.today, last)) or not due
