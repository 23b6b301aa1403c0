"""Daily allowances of maternity: who has them, how much a day, for how long, until when to ask for them (002_…)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from backend.rules import parameters
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
from backend.rules.dates import months_after
from backend.rules.parameters import Figures
from backend.values import Dirhams, Month


def maternity(category: str, salaries: Iterable[Salary], today: date, *, leave_start: date | None = None) -> Right:
    """Return the right to the allowances on the records of `today`; the amount is dirhams a day, for 98 days.

    Outcomes: `entitled`; `notice-late` (entitled, and the thirty days for the notice are over: an advisor);
    `days-missing`; `too-late` (over nine months after the leave's start); `employees-only`. Without an answer the
    leave is judged as if it started today, and no last day is given. The ten and the six months "before" are the
    whole calendar months before that of the start.
    """
    figures = parameters.on("maternity", today)
    start = Month.of(leave_start or today)
    worked = on_record(salaries, today)
    reference = months_before(worked, start, figures.whole("months"))
    if employees_only(category, reference if category == PENSIONER else worked):
        return Right("employees-only", entitled=False)
    until = months_after(leave_start, figures.whole("claim-months")) if leave_start else None
    if until and until < today:
        return refusal("too-late", figures, until=until)
    if missing := lacking("days", figures.whole("days"), days_of(reference)):
        return refusal("days-missing", figures, missing=missing, until=until)
    notice_by = leave_start + timedelta(figures.whole("notice-days")) if leave_start else None
    return Right(
        "notice-late" if notice_by and notice_by < today else "entitled",
        entitled=True,
        amount=_daily(months_before(reference, start, figures.whole("average-months")), figures),
        until=until,
        estimate=figures.stale,
        conditions=("stops-paid-work",),
        notice_by=notice_by,
        days=figures.whole("paid-days"),
    )


def _daily(recent: list[Salary], figures: Figures) -> Dirhams | None:
    """Return dirhams a day: the pay of the six months, each capped, by the days declared in them; None without any."""
    if not recent:
        return None
    pay = sum((min(salary.pay, figures.number("pay-ceiling")) for salary in recent), Decimal(0))
    return dirhams(pay * figures.number("rate") / days_of(recent))
