"""What the rules of employee benefits share: the records they read, and the right that each of them returns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from backend.rules.parameters import Figures
from backend.values import CENTIME, Dirhams, Month

EMPLOYEE = "employee"
PENSIONER = "pensioner"

Outcome = Literal[
    "entitled",
    "employees-only",
    "days-missing",
    "too-late",
    "too-young",
    "already-pensioner",
    "own-choice",
    "no-child",
    "children-too-old",
    "children-of-a-pensioner",
    "pay-too-low",
    "only-in-farming",
    "notice-late",
    "not-declared",
]
"""What a flow tells apart; each rule's function says which of them it returns, and when."""


@dataclass(frozen=True, slots=True)
class Salary:
    """What an employer declared of one month, one record a month: days worked, gross pay in dirhams."""

    month: Month
    days: int
    pay: Decimal


@dataclass(frozen=True, slots=True)
class Relative:
    """A spouse or child on the person's file; `income` in dirhams, None or zero where there is none."""

    kind: Literal["spouse", "child"]
    first_name: str
    birth_date: date
    schooling: Literal["none", "apprentice", "student"] = "none"
    disabled: bool = False
    income: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What is lacking, as a figure: `days` of insurance, `days-in-last-12-months`, `pay` in whole dirhams a month."""

    what: Literal["days", "days-in-last-12-months", "pay"]
    count: int


@dataclass(frozen=True, slots=True)
class Child:
    """A child that counts for the allowances: how much a month, and until which day (None: without end).

    `paid_from` is the first day that would be paid for if it were claimed on the day asked.
    """

    first_name: str
    amount: Dirhams
    until: date | None
    paid_from: date


@dataclass(frozen=True, slots=True)
class Right:
    """What the records of a day say of one benefit.

    `entitled` is None where they cannot decide: an advisor does. `estimate`: a parameter was last checked over twelve
    months ago; it is then said as an estimate, to be confirmed by an advisor, and `entitled` is never False for it.
    `conditions` are said to the caller and not tested.
    """

    outcome: Outcome
    entitled: bool | None
    missing: tuple[Missing, ...] = ()
    amount: Dirhams | None = None
    """Dirhams a month; a day for maternity; for the three days of a birth leave."""
    until: date | None = None
    """The last day to claim, both included; of family allowances the last day on which the amount is this one."""
    estimate: bool = False
    conditions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    opens_on: date | None = None
    """Pension: the first day on which age allows it, where that is still to come."""
    notice_by: date | None = None
    """Maternity: the last day to give notice of the leave. Birth leave: of the employer's declaration of the birth."""
    claim_by: date | None = None
    """Family allowances: the last day to claim for the newest child without losing a month."""
    months: int = 0
    """Loss of employment: how many months at most."""
    days: int = 0
    """Maternity, birth leave: how many days."""
    tell_within: int = 0
    """Loss of employment: days within which a new job is declared."""
    children: tuple[Child, ...] = ()


def refusal(
    outcome: Outcome,
    figures: Figures,
    *,
    missing: tuple[Missing, ...] = (),
    until: date | None = None,
    opens_on: date | None = None,
) -> Right:
    """Return the right of somebody whom the figures do not admit: no, or on stale ones "an advisor confirms"."""
    return Right(
        outcome,
        entitled=None if figures.stale else False,
        missing=missing,
        until=until,
        opens_on=opens_on,
        estimate=figures.stale,
    )


def employees_only(category: str, worked: list[Salary]) -> bool:
    """Whether somebody hears that the benefit is for employees: no employee, and without declared salaries.

    Plans for the self-employed (001_…) are promised to nobody; one who has declared salaries is judged on them.
    """
    return category != EMPLOYEE and not worked


def on_record(salaries: Iterable[Salary], today: date) -> list[Salary]:
    """Return the months worked up to and including that of `today`."""
    return [salary for salary in salaries if salary.days and salary.month <= Month.of(today)]


def months_before(salaries: Iterable[Salary], month: Month, months: int) -> list[Salary]:
    """Return those of the `months` calendar months before `month`, which is not among them."""
    return [salary for salary in salaries if month + -months <= salary.month < month]


def days_of(salaries: Iterable[Salary]) -> int:
    """Return the days worked in all."""
    return sum(salary.days for salary in salaries)


def lacking(what: Literal["days", "days-in-last-12-months"], required: int, have: int) -> tuple[Missing, ...]:
    """Return what lacks to `required` days, if anything."""
    return (Missing(what, required - have),) if have < required else ()


def dirhams(amount: Decimal) -> Dirhams:
    """Return an amount to the centime; half a centime is rounded up."""
    return Dirhams(amount.quantize(CENTIME, ROUND_HALF_UP))
