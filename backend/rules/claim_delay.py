"""Claim files: when one is usually paid, and until when one may be deposited (product.md, "claims"; 004_…)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from backend.rules import parameters


@dataclass(frozen=True, slots=True)
class Paid:
    """The files paid on one day: how many, and the days from deposit to payment of all of them together."""

    on: date
    files: int
    days: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The day by which a file is usually paid, and whether that day is past: "the usual delay is over"."""

    day: date
    over: bool


@dataclass(frozen=True, slots=True)
class DepositLimits:
    """How long a file may be deposited: months after the first medical act, days after a continuous treatment."""

    months: int
    days: int


def measured_from(today: date) -> date:
    """Return the first of the last 30 days, `today` included: files paid since then make the average."""
    return today - timedelta(parameters.on("claim-delay", today).whole("measured-days") - 1)


def average(paid: Iterable[Paid], today: date) -> Decimal:
    """Return the average days from deposit to payment of the files paid in the last 30 days.

    What was paid on other days is left out. With no file left, it is 9.15 days (004_…).
    """
    measured = [day for day in paid if measured_from(today) <= day.on <= today]
    if files := sum(day.files for day in measured):
        return Decimal(sum(day.days for day in measured)) / files
    return parameters.on("claim-delay", today).number("usual-days")


def expected(deposited_on: date, average_days: Decimal, today: date) -> Expected:
    """Return when a file deposited on a day is usually paid: the delay is rounded up to calendar days."""
    day = deposited_on + timedelta(int(average_days.to_integral_value(ROUND_CEILING)))
    return Expected(day, over=day < today)


def deposit_limits(today: date) -> DepositLimits:
    """Return how long a file may be deposited, by the rules in force on `today`."""
    figures = parameters.on("claim-delay", today)
    return DepositLimits(figures.whole("deposit-months"), figures.whole("deposit-days-after-treatment"))
