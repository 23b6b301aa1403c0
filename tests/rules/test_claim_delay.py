"""When a claim file is usually paid, and until when it may be deposited (product.md, "claims"; 004_…)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.claim_delay import Expected, Paid, average, expected, measured_from

TODAY = date(2024, 3, 20)


def ago(days: int, files: int, total: int) -> Paid:
    """Return files paid so many days ago, and their days from deposit to payment in all."""
    return Paid(TODAY - timedelta(days), files, total)


def test_the_average_is_over_files_not_over_days() -> None:
    """Three files of four days and one of eight make five."""
    assert average([ago(0, 3, 12), ago(5, 1, 8)], TODAY) == 5


@pytest.mark.parametrize(("days", "measured"), [(-1, False), (0, True), (29, True), (30, False)])
def test_files_paid_in_the_last_30_days_are_measured(days: int, measured: bool) -> None:
    """Today is the thirtieth of them; with none, it is 9.15 days."""
    assert average([ago(days, 2, 40)], TODAY) == (20 if measured else Decimal("9.15"))
    assert (measured_from(TODAY) <= ago(days, 2, 40).on <= TODAY) is measured


def test_without_files_the_delay_is_the_published_one() -> None:
    """9.15 days (004_…)."""
    assert average([], TODAY) == Decimal("9.15")


@pytest.mark.parametrize(
    ("delay", "day"), [("9", "2024-03-27"), ("9.15", "2024-03-28"), ("9.99", "2024-03-28"), ("0", "2024-03-18")]
)
def test_the_expected_day_is_deposit_and_delay_rounded_up(delay: str, day: str) -> None:
    """In calendar days."""
    assert expected(date(2024, 3, 18), Decimal(delay), TODAY).day == date.fromisoformat(day)


@pytest.mark.parametrize(("today", "over"), [("2024-03-28", False), ("2024-03-29", True)])
def test_the_usual_delay_is_over_once_its_day_is_past(today: str, over: bool) -> None:
    """Not on that day."""
    when = expected(date(2024, 3, 18), Decimal("9.15"), date.fromisoformat(today))
    assert when == Expected(date(2024, 3, 28), over=over)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 200)), min_size=1, max_size=30))
def test_whole_days_are_never_rounded_up_further(paid: list[tuple[int, int]]) -> None:
    """The expected day is the first whose distance is no less than the average, exactly."""
    measured = [ago(n, files, files * days + n % 2) for n, (files, days) in enumerate(paid)]
    files, days = sum(day.files for day in measured), sum(day.days for day in measured)
    waited = (expected(TODAY, average(measured, TODAY), TODAY).day - TODAY).days
    assert (waited - 1) * files < days <= waited * files
