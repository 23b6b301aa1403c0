"""Old-age pension of employees: who has it, how much a month, what is missing (002_…; law 02.24, decree 2.25.265)."""

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
from backend.rules.dates import birthday
from backend.rules.parameters import Figures
from backend.values import Dirhams


def pension(category: str, born: date, salaries: Iterable[Salary], today: date) -> Right:
    """Return the right to a pension on the records of `today`; the amount is dirhams a month.

    Outcomes: `entitled`; `days-missing` (how many); `too-young` (enough days; `opens_on` is the day after the sixtieth
    birthday: the text says "over sixty"); `already-pensioner` (entitled, the amount is not on these records);
    `employees-only`. Whoever lacks both age and days hears of the days, and `opens_on` is given too.
    """
    figures = parameters.on("pension", today)
    worked = on_record(salaries, today)
    if category == PENSIONER:
        return Right("already-pensioner", entitled=True)
    if employees_only(category, worked):
        return Right("employees-only", entitled=False)
    old_enough = birthday(born, figures.whole("older-than")) + timedelta(1)
    opens_on = old_enough if today < old_enough else None
    days = days_of(worked)
    if missing := lacking("days", figures.whole("days"), days):
        return refusal("days-missing", figures, missing=missing, opens_on=opens_on)
    if opens_on:
        return refusal("too-young", figures, opens_on=opens_on)
    return Right("entitled", entitled=True, amount=_amount(worked, days, figures), estimate=figures.stale)


def _amount(worked: list[Salary], days: int, figures: Figures) -> Dirhams:
    """Return dirhams a month: the rate of the average pay and at least the floor, or the band of a short career."""
    beyond = days - figures.whole("full-days")
    if beyond < 0:
        return dirhams(max(amount for least, amount in figures.bands("reduced") if least <= days))
    steps = beyond // figures.whole("step-days")
    rate = min(figures.number("rate") + steps * figures.number("rate-step"), figures.number("rate-ceiling"))
    return dirhams(max(rate * _average(worked, figures), figures.number("floor")))


def _average(worked: list[Salary], figures: Figures) -> Decimal:
    """Return the average pay, each month capped, of the 96 calendar months before the last insured one.

    A month among them without a declared salary counts as zero, and the sum is divided by 96 all the same.
    """
    last = max(salary.month for salary in worked)
    months = figures.whole("average-months")
    ceiling = figures.number("pay-ceiling")
    capped = (min(salary.pay, ceiling) for salary in months_before(worked, last, months))
    return sum(capped, Decimal(0)) / months
