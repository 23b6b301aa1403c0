"""Days counted as rules count them: in months, and in years of age."""

from calendar import monthrange
from datetime import date

from backend.values import Month


def months_after(day: date, months: int) -> date:
    """Return the same day of the month, `months` later (or earlier); the month's last day where it has no such day."""
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, monthrange(month.year, month.number)[1]))


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody completes `age` years; born on 29 February, the 28th in common years."""
    return months_after(born, 12 * age)
