"""Dated parameters: what is in force on a day, by which source, and when that is too long ago."""

from datetime import date

import pytest

from backend.errors import MisconfiguredError
from backend.rules import parameters

RULES = (
    "pension",
    "loss-of-employment",
    "family-allowances",
    "maternity",
    "birth-leave",
    "minimum-wage",
    "claim-delay",
    "reminders",
    "alarms",
)
CHECKED = date(2026, 11, 22)


@pytest.mark.parametrize("rule", RULES)
def test_each_value_says_who_says_so_and_when_it_was_last_checked(rule: str) -> None:
    """And the values of a parameter follow one another in time."""
    for name, values in parameters.history(rule).items():
        assert all(value.source and value.checked for value in values), name
        days = [value.since or date.min for value in values]
        assert days == sorted(set(days)), name


@pytest.mark.parametrize(
    ("day", "amount"), [("2022-12-31", 36), ("2023-01-01", 100), ("1990-01-01", 36), ("2030-01-01", 100)]
)
def test_a_value_is_in_force_from_its_day_on(day: str, amount: int) -> None:
    """The value before it on the day before; the first one as far back as the source knows."""
    assert parameters.on("family-allowances", date.fromisoformat(day)).number("next-amount") == amount


@pytest.mark.parametrize(
    ("day", "stale"), [("2024-03-20", False), ("2026-11-22", False), ("2027-11-22", False), ("2027-11-23", True)]
)
def test_what_was_checked_over_twelve_months_before_the_day_asked_is_stale(day: str, stale: bool) -> None:
    """The day asked counts, not the real one; twelve months to the day are not over."""
    figures = parameters.on("pension", date.fromisoformat(day))
    assert figures.in_force["floor"].checked == CHECKED
    assert figures.stale is stale


def test_what_was_not_in_force_is_not_given() -> None:
    """A band of 2025 says nothing of 2024."""
    figures = parameters.on("pension", date(2025, 4, 30))
    assert "reduced" not in figures
    with pytest.raises(MisconfiguredError, match=r"pension\.yaml gives no reduced for 2025-04-30"):
        figures.bands("reduced")
