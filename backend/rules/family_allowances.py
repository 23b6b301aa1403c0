"""Family allowances of employees: for which children, how much a month, until when (002_…; decree 2.23.715)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal

from backend.rules import minimum_wage, parameters
from backend.rules.benefits import (
    PENSIONER,
    Child,
    Missing,
    Relative,
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
from backend.rules.dates import birthday, months_after
from backend.rules.parameters import Figures
from backend.values import Month

ENDLESS = date.max
_AGES = {"none": "age", "apprentice": "age-apprentice", "student": "age-student"}


def family_allowances(category: str, salaries: Iterable[Salary], family: Iterable[Relative], today: date) -> Right:
    """Return the right to family allowances on the records of `today`; the amount is dirhams a month, for all children.

    Outcomes: `entitled`; `no-child` (none on file); `children-too-old` (none of those on file counts);
    `days-missing`; `pay-too-low` (`missing` says how many dirhams a month); `only-in-farming` (enough for farming's
    minimum wage alone: the records do not say the sector, an advisor decides); `children-of-a-pensioner` (those born
    at the latest 300 days after the pension's start count, and the records do not say when it started: an advisor);
    `employees-only`.

    The six months are the whole calendar months before this one, and the monthly pay is the best of them: a month
    begun or ended in between says nothing of the pay. Without a sourced minimum wage the pay is not tested, and
    `minimum-wage` is a condition.

    `until` is the last day on which the amount is this one: the first day on which a child stops counting whom no
    other replaces. A death, or the end of studies or of an apprenticeship, is not on the records until it is told.
    """
    figures = parameters.on("family-allowances", today)
    worked = on_record(salaries, today)
    if category != PENSIONER and employees_only(category, worked):
        return Right("employees-only", entitled=False)
    declared = [relative for relative in family if relative.kind == "child" and relative.birth_date <= today]
    if not declared:
        return Right("no-child", entitled=False)
    children = _counted(declared, figures)
    if not children:
        return refusal("children-too-old", figures)
    if category == PENSIONER:
        return Right("children-of-a-pensioner", entitled=None, estimate=figures.stale)
    recent = months_before(worked, Month.of(today), figures.whole("months"))
    if missing := lacking("days", figures.whole("days"), days_of(recent)):
        return refusal("days-missing", figures, missing=missing)
    return _by_pay(max(salary.pay for salary in recent), children, figures)


def _by_pay(pay: Decimal, children: list[Relative], figures: Figures) -> Right:
    """Return the right of somebody who has the days and the children, by what was paid in a month."""
    wage = minimum_wage.on(figures.today)
    conditions = ("resident", "children-dependent") + (() if wage else ("minimum-wage",))
    estimate = figures.stale or bool(wage and wage.stale)
    share = figures.number("share-of-minimum-wage")
    if wage and pay < share * wage.in_farming:
        lacking_pay = int((share * wage.in_farming - pay).to_integral_value(ROUND_CEILING))
        return Right(
            "pay-too-low",
            entitled=None if estimate else False,
            missing=(Missing("pay", lacking_pay),),
            estimate=estimate,
        )
    in_farming_alone = bool(wage and pay < share * wage.outside_farming)
    paid = _paid(children, figures)
    return Right(
        "only-in-farming" if in_farming_alone else "entitled",
        entitled=None if in_farming_alone else True,
        amount=dirhams(sum((child.amount for child in paid), Decimal(0))),
        until=_amount_holds_until(children, figures),
        estimate=estimate,
        conditions=conditions,
        claim_by=_claim_by(children, figures),
        children=paid,
    )


def _last_day(child: Relative, figures: Figures) -> date:
    """Return the last day on which a child counts: "not over twelve" holds on the twelfth birthday itself.

    A disabled child without income counts without end; one with an income is judged by age.
    """
    if child.disabled and not child.income:
        return ENDLESS
    return birthday(child.birth_date, figures.whole(_AGES[child.schooling]))


def _counted(children: list[Relative], figures: Figures) -> list[Relative]:
    """Return the children who count on the day, eldest first, more than six of them too."""
    counted = [child for child in children if figures.today <= _last_day(child, figures)]
    return sorted(counted, key=lambda child: child.birth_date)


def _most(figures: Figures) -> int:
    return figures.whole("first-children") + figures.whole("next-children")


def _paid(children: list[Relative], figures: Figures) -> tuple[Child, ...]:
    """Return the six eldest of those who count, with what each brings a month."""
    paid = []
    for rank, child in enumerate(children[: _most(figures)]):
        amount = figures.number("first-amount" if rank < figures.whole("first-children") else "next-amount")
        last = _last_day(child, figures)
        until = None if last == ENDLESS else last
        paid.append(Child(child.first_name, dirhams(amount), until, _paid_from(child.birth_date, figures)))
    return tuple(paid)


def _amount_holds_until(children: list[Relative], figures: Figures) -> date | None:
    """Return the last day before fewer than today's paid children count; a seventh takes the place of the first."""
    spare = max(len(children) - _most(figures), 0)
    last = sorted(_last_day(child, figures) for child in children)[spare]
    return None if last == ENDLESS else last


def _paid_from(born: date, figures: Figures) -> date:
    """Return the first day paid for if the child is claimed for today: birth, or six months back at most."""
    return max(born, months_after(figures.today, -figures.whole("claim-months")))


def _claim_by(children: list[Relative], figures: Figures) -> date | None:
    """Return the nearest last day to claim for a child without losing a month; None where all are past."""
    days = (months_after(child.birth_date, figures.whole("claim-months")) for child in children)
    return min((day for day in days if day >= figures.today), default=None)
