"""How many advisors a day takes, by the same days of past weeks (`callcenter.staffing` has the formulas)."""

from datetime import date, datetime, time, timedelta

from backend.clock import CASABLANCA
from backend.work import Work
from callcenter import hours, staffing, tallies
from callcenter.figures.counting import MINUTES
from callcenter.staffing import Plan, Target, TooFew

WEEKS = 4  # looked back at


def plan(work: Work, coming: date, target: Target) -> Plan | TooFew:
    """Return what a day takes, by working days of the same weekday that are in Ramadan, or out of it, like it."""
    looked_at = [coming - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    alike = [each for each in looked_at if hours.is_working_day(work, each) and _noon(each) == _noon(coming)]
    return staffing.plan([[*tallies.of_day(work, each, MINUTES[1]).values()] for each in alike], target)


def _noon(which: date) -> timedelta | None:
    """Return how far Morocco is from UTC, where it is in Ramadan alone: its hours, and its calls, are other ones."""
    return datetime.combine(which, time(12), CASABLANCA).utcoffset()
