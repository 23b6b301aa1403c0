"""Birth leave: three days that the employer pays, and is repaid by the fund up to a ceiling (002_…)."""

from collections.abc import Iterable
from datetime import date

from backend.rules import parameters
from backend.rules.benefits import (
    PENSIONER,
    Relative,
    Right,
    Salary,
    dirhams,
    employees_only,
    months_before,
    on_record,
    refusal,
)
from backend.rules.dates import months_after
from backend.values import Month

DOCUMENTS = ("birth-leave-form", "identity-card-copy", "birth-certificate")
"""The three of 002_…, in its order."""


def birth_leave(category: str, salaries: Iterable[Salary], family: Iterable[Relative], today: date) -> Right:
    """Return the right to the leave on the records of `today`; the amount is what the employer is repaid, in dirhams.

    Outcomes: `entitled`; `notice-late` (entitled, and the month in which the employer declares the birth is over: the
    records do not say whether that was done, an advisor); `not-declared` (no salary declared for the month of the
    birth or the two before); `employees-only`.

    The birth is that of the youngest child on file who is young enough for the employer to claim; without one it is
    judged as if a child were born today, and no last day is given. `notice_by` is the last day of the employer's
    declaration of the birth, `until` of the employer's claim.
    """
    figures = parameters.on("birth-leave", today)
    claim_months = figures.whole("claim-months")
    births = [child.birth_date for child in family if child.kind == "child" and child.birth_date <= today]
    newest = max((born for born in births if today <= months_after(born, claim_months)), default=None)
    worked = on_record(salaries, today)
    next_month = Month.of(newest or today) + 1
    recent = months_before(worked, next_month, figures.whole("recent-months") + 1)
    if employees_only(category, recent if category == PENSIONER else worked):
        return Right("employees-only", entitled=False)
    if not recent:
        return refusal("not-declared", figures)
    last = max(recent, key=lambda salary: salary.month)
    days = figures.whole("leave-days")
    notice_by = months_after(newest, figures.whole("declare-months")) if newest else None
    return Right(
        "notice-late" if notice_by and notice_by < today else "entitled",
        entitled=True,
        amount=dirhams(min(last.pay * days / last.days, figures.number("ceiling"))),
        until=months_after(newest, claim_months) if newest else None,
        estimate=figures.stale,
        conditions=("employer-declares-birth",),
        documents=DOCUMENTS,
        notice_by=notice_by,
        days=days,
    )
