"""Careers to judge rights on: months of declared salaries, in a line each."""

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import strategies as st

from backend.rules.benefits import Salary
from backend.values import Month


def month(text: str) -> Month:
    """Return the month of `2024-03`."""
    return Month.parse(text)


def paid(first: str, months: int, days: int = 26, pay: str = "4100") -> tuple[Salary, ...]:
    """Return so many months in a row, each with the same days and pay."""
    return tuple(Salary(month(first) + n, days, Decimal(pay)) for n in range(months))


def days_before(last: str, days: int, pay: str = "4100") -> tuple[Salary, ...]:
    """Return months that end with `last` and make exactly so many days, the first of them with what remains."""
    whole, rest = divmod(days, 26)
    first = month(last) + -whole
    salaries = paid(str(first + 1), whole, pay=pay)
    return (Salary(first, rest, Decimal(pay)), *salaries) if rest else salaries


def careers(first: str, months: int) -> st.SearchStrategy[list[Salary]]:
    """Return careers with gaps, within so many months from `first`, in no order."""

    def salaries(chosen: Iterable[int]) -> st.SearchStrategy[list[Salary]]:
        pay = st.decimals(0, 12_000, places=2)
        rows = [st.builds(Salary, st.just(month(first) + n), st.integers(0, 26), pay) for n in chosen]
        return st.tuples(*rows).map(list).flatmap(st.permutations)

    return st.sets(st.integers(0, months - 1)).flatmap(salaries)
