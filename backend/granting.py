"""Granting: the lines that the debt cancellation writes into the ledger, once, for those who met its last condition.

A grant holds in every figure from its day on, before its lines are written (`rules.cancellation`): this is the record.
"""

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from backend import audit, scans, standing
from backend.contributions import cancelled, charges, newest, payments
from backend.people import people
from backend.rules import categories
from backend.rules.cancellation import measure
from backend.values import Month, PersonId
from backend.work import Work

_WRITE = insert(cancelled).on_conflict_do_nothing().returning(cancelled.c.month)


def grant(work: Work) -> bool:
    """Write the lines of the next people to whom it is granted, and say whether there is more to do today."""
    return scans.go_on(work, "granting", _perhaps_granted(), _grant)


def _grant(work: Work, person: PersonId) -> None:
    lines = [
        {
            "person_id": person,
            "month": line.month.first_day,
            "granted_on": line.granted_on,
            "contribution": line.contribution.centimes,
            "penalty": line.penalty.centimes,
            "enforcement_fee": line.enforcement_fee.centimes,
        }
        for line in standing.of(work, person).cancellation.lines
    ]
    if lines and (written := work.execute(_WRITE, lines).all()):
        audit.record(work, "cancellation.granted", person, months=len(written))


def _perhaps_granted() -> ColumnElement[bool]:
    """Choose of `people` to whom it may be granted, by what no grant goes without.

    Self-employed, a payment in the window, nothing cancelled so far, and paid in all at least the contributions of the
    months that every course has to pay: from the first that isn't covered to the twelfth after the window's first.
    """
    last = (Month.of(measure().window_from) + measure().months_required).first_day
    mine, needed = payments.c.person_id == people.c.id, charges.c.person_id == people.c.id
    paid = select(func.sum(payments.c.amount)).where(mine, newest(payments, "reference"))
    owed = select(func.sum(charges.c.contribution)).where(
        needed,
        charges.c.month.between(measure().resumed_from.first_day, last),
        newest(charges, "person_id", "month"),
    )
    return and_(
        people.c.category.in_(categories.self_employed()),
        exists().where(mine, payments.c.paid_on.between(measure().window_from, measure().window_to)),
        ~exists().where(cancelled.c.person_id == people.c.id),
        exists().where(needed, charges.c.month >= last),
        paid.scalar_subquery() >= owed.scalar_subquery(),
    )
