"""Allowance for the loss of employment (IPE): who has it, how much a month, until when to ask for it (002_…)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from backend.rules import minimum_wage, parameters
from backend.rules.benefits import (
    PENSIONER,
    Right,
    Salary,
    days_of,
    dirhams,
    employees_only,
    lacking,
    months_before,
    on_record,
    refusal,
)
from backend.values import Month

DOCUMENTS = (
    "loss-of-employment-form",
    "identity-card-copy",
    "labour-inspector-report",
    "work-contract-copy",
    "court-judgment-copy",
    "bank-details",
    "return-to-work-declaration",
)
"""The seven of 002_…, in its order."""


def loss_of_employment(
    category: str,
    salaries: Iterable[Salary],
    today: date,
    *,
    last_day_worked: date | None = None,
    own_choice: bool | None = None,
) -> Right:
    """Return the right to the allowance on the records of `today`; the amount is dirhams a month, for six at most.

    Outcomes: `entitled`; `days-missing`; `too-late` (over sixty days after the last day worked); `own-choice`;
    `employees-only`. Without answers it is judged as if today were the last day worked, and not by choice: then no
    last day to ask is given, and `involuntary` is among the conditions.

    The 36 and the 12 months "before the day of unemployment" are the whole calendar months before the month that the
    day after the last day worked is in. Without a sourced minimum wage, which caps it, the amount is None and
    `minimum-wage` is a condition; the cap is that outside farming, and `outside-farming` is a condition where the
    amount is above farming's.
    """
    figures = parameters.on("loss-of-employment", today)
    unemployed = Month.of((last_day_worked or today) + timedelta(1))
    worked = on_record(salaries, today)
    reference = months_before(worked, unemployed, figures.whole("months"))
    if employees_only(category, reference if category == PENSIONER else worked):
        return Right("employees-only", entitled=False)
    if own_choice:
        return Right("own-choice", entitled=False)
    until = last_day_worked + timedelta(figures.whole("claim-days")) if last_day_worked else None
    if until and until < today:
        return refusal("too-late", figures, until=until)
    recent = months_before(reference, unemployed, figures.whole("recent-months"))
    missing = lacking("days", figures.whole("days"), days_of(reference)) + lacking(
        "days-in-last-12-months", figures.whole("recent-days"), days_of(recent)
    )
    if missing:
        return refusal("days-missing", figures, missing=missing, until=until)
    conditions = ("private-sector", "seeking-work") + (("involuntary",) if own_choice is None else ())
    wage = minimum_wage.on(today)
    amount = None
    if wage:
        pay = sum((salary.pay for salary in reference), Decimal(0))
        amount = dirhams(min(pay * figures.number("rate") / figures.whole("months"), wage.outside_farming))
        conditions += ("outside-farming",) if amount > wage.in_farming else ()
    else:
        conditions += ("minimum-wage",)
    return Right(
        "entitled",
        entitled=True,
        amount=amount,
        until=until,
        estimate=figures.stale or bool(wage and wage.stale),
        conditions=conditions,
        documents=DOCUMENTS,
        months=figures.whole("paid-months"),
        tell_within=figures.whole("tell-new-job-days"),
    )
