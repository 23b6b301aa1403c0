"""The two kinds of file of the ledger: `contributions`, what is due for each month, and `payments`.

Lines are only added. A row that says what its newest line says adds nothing; one that says otherwise is a correction,
and adds a line. A payment is kept whether or not its month is charged: paid in advance, or charged late.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, exists, join, select

from backend.contributions import CHANNELS, charges, newest, payments
from backend.feeds import cells, refusals, writing
from backend.feeds.kinds import Column, Kind, Merged, Record, Staged, anything
from backend.feeds.staging import append, recognise_all, refuse, stage, staging
from backend.people import people
from backend.work import Work

AHEAD = timedelta(days=731)
"""How far from today a month may be."""
DUE = timedelta(days=62)
"""How long after the last of those months a due date may be."""

_NUMBER = Column(cells.registration_number, people.c.registration_number)
_charges = staging(charges, "registration_number", "month", "due_date", "contribution", "penalty", "enforcement_fee")
_payments = staging(payments, "registration_number", "reference", "month", "amount", "paid_on", "channel")


def contributions(today: date) -> Kind:
    """Return what is due of each person for each month."""
    columns = {
        "registration_number": _NUMBER,
        "month": Column(cells.month_until(today + AHEAD), writing.month(charges.c.month)),
        "due_date": Column(cells.day_near(today + AHEAD + DUE), charges.c.due_date),
        "contribution": Column(cells.dirhams, writing.dirhams(charges.c.contribution)),
        "penalty": Column(cells.dirhams, writing.dirhams(charges.c.penalty)),
        "enforcement_fee": Column(cells.dirhams, writing.dirhams(charges.c.enforcement_fee)),
    }
    return Kind(
        columns=columns,
        required=frozenset(columns),
        keys=(("registration_number", "month"),),
        rule=_due_in_time,
        merge=_merge_charges,
        source=join(charges, people, people.c.id == charges.c.person_id),
        counting=newest(charges, "person_id", "month"),
    )


def payments_received(today: date) -> Kind:
    """Return what was paid, each payment by its reference."""
    columns = {
        "reference": Column(cells.words, payments.c.reference),
        "registration_number": _NUMBER,
        "month": Column(cells.month_until(today + AHEAD), writing.month(payments.c.month)),
        "amount": Column(cells.dirhams, writing.dirhams(payments.c.amount)),
        "paid_on": Column(cells.day_until(today), payments.c.paid_on),
        "channel": Column(cells.one_of(CHANNELS), payments.c.channel),
    }
    return Kind(
        columns=columns,
        required=frozenset(columns),
        keys=(("reference",),),
        rule=anything,
        merge=_merge_payments,
        source=join(payments, people, people.c.id == payments.c.person_id),
        counting=and_(payments.c.amount > 0, newest(payments, "reference")),
    )


def _due_in_time(record: Record) -> None:
    month, due = record["month"], record["due_date"]
    if month and due and due < month:
        raise refusals.refused("before-month", "due_date", found=due)


def _merge_charges(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _charges, rows)
    return append(work, _charges, charges, ("person_id", "month"), recognise_all(work, _charges))


def _merge_payments(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _payments, rows)
    refused = recognise_all(work, _payments)
    same = payments.c.reference == _payments.c.reference
    another = select(_payments.c.line).join(payments, same).where(payments.c.person_id != _payments.c.person_id)
    refused |= refuse(work, _payments, "reference: on file of another person: check both", another)
    known = exists().where(same)
    nothing = select(_payments.c.line).where(_payments.c.amount == 0, ~known)
    reason = "amount: is 0, which takes a payment back, and no payment has this reference: check both"
    return append(work, _payments, payments, ("reference",), refused | refuse(work, _payments, reason, nothing))
