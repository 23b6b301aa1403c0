"""Opening hours: whether advisors answer now, and the next days on which they will."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

import holidays
import yaml

from backend.clock import CASABLANCA
from backend.examples import examples
from backend.settings import settings
from backend.work import Work

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FAR = 60  # days to look ahead


@dataclass(frozen=True)
class Opening:
    """Whether advisors answer now, else the day on which they will; the next two days for being called back."""

    now: bool
    opens: date
    first: date
    second: date


@dataclass(frozen=True)
class _Span:
    opens: time
    closes: time


@dataclass(frozen=True)
class _Hours:
    days: frozenset[int]
    usual: _Span
    ramadan: _Span


@cache
def _hours() -> _Hours:
    file = yaml.safe_load(files(__package__).joinpath("hours.yaml").read_text("utf-8"))
    days = frozenset(_WEEK.index(day) for day in file["days"])
    usual, ramadan = (
        _Span(time.fromisoformat(span["opens"]), time.fromisoformat(span["closes"]))
        for span in (file["usual"], file["ramadan"])
    )
    return _Hours(days, usual, ramadan)


def _span(day: date) -> _Span:
    """Return the hours of a day: those of Ramadan are kept while Morocco is on UTC, which it is for Ramadan alone."""
    in_ramadan = datetime.combine(day, time(12), CASABLANCA).utcoffset() == timedelta(0)
    return _hours().ramadan if in_ramadan else _hours().usual


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("MA", years=year))


def is_working_day(day: date) -> bool:
    """Say whether advisors answer on `day` at all."""
    return day.weekday() in _hours().days and day not in _holidays(day.year)


@examples(
    Opening(now=True, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
    Opening(now=False, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
)
def opening(work: Work) -> Opening:
    """Return whether advisors answer now (the business day, the real time of day), and the next two working days."""
    time_of_day = work.now.astimezone(CASABLANCA).time()
    today, hours, forced = is_working_day(work.today), _span(work.today), settings().svi_open
    within = today and hours.opens <= time_of_day < hours.closes
    ahead = (work.today + timedelta(days=n) for n in range(1, FAR))
    first, second, *_ = (day for day in ahead if is_working_day(day))
    opens = work.today if today and forced is None and time_of_day < hours.opens else first
    return Opening(forced == "always" or (within and forced != "never"), opens, first, second)
