"""Days counted in months and in years of age."""

from datetime import date

import pytest

from backend.rules.dates import birthday, months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-01-05", 6, "2024-07-05"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_one_there_is(day: str, months: int, then: str) -> None:
    """Also backwards, and across the new year."""
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_somebody_born_on_29_february_has_a_birthday_every_year() -> None:
    """The 28th in common years."""
    assert birthday(date(2012, 2, 29), 12) == date(2024, 2, 29)
    assert birthday(date(2012, 2, 29), 13) == date(2025, 2, 28)
