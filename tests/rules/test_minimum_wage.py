"""The legal minimum wage by day: decrees since 2021, an hour outside farming and a day in it."""

from datetime import date

import pytest

from backend.rules import minimum_wage
from backend.values import Dirhams


@pytest.mark.parametrize(
    ("day", "outside", "inside"),
    [
        ("2022-08-31", "2828.71", "1994.20"),
        ("2022-09-01", "2970.05", "2193.62"),
        ("2024-03-20", "3111.39", "2303.08"),
        ("2024-12-31", "3111.39", "2303.08"),
        ("2025-01-01", "3266.10", "2303.08"),
        ("2025-04-01", "3266.10", "2418.00"),
        ("2026-11-22", "3422.72", "2533.44"),
    ],
)
def test_the_minimum_wage_is_that_of_the_day(day: str, outside: str, inside: str) -> None:
    """191 hours, 26 days a month; farming follows some months later."""
    wage = minimum_wage.on(date.fromisoformat(day))
    assert wage
    assert (wage.outside_farming, wage.in_farming) == (Dirhams(outside), Dirhams(inside))


def test_a_day_without_a_sourced_value_has_none() -> None:
    """Nothing is guessed."""
    assert minimum_wage.on(date(2020, 12, 31)) is None


@pytest.mark.parametrize(("day", "stale"), [("2027-11-22", False), ("2027-11-23", True)])
def test_a_value_not_checked_for_a_year_is_stale(day: str, stale: bool) -> None:
    """It may have been raised since."""
    wage = minimum_wage.on(date.fromisoformat(day))
    assert wage
    assert wage.stale is stale
