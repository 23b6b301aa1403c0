"""Opening hours: whether advisors answer and people may be called, now and next.

The day is the business day, the time of day the real one. Morocco is on UTC+1, and on UTC in Ramadan, when other hours
hold: a day's hours are Moroccan wall-clock times, whatever the offset of that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from backend.clock import CASABLANCA
from backend.examples import examples
from backend.settings import settings
from backend.work import Work
from callcenter import holidays

Half = Literal["morning", "afternoon"]
HALVES: tuple[Half, ...] = ("morning", "afternoon")
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
class OpensAt:
    """The time of a day at which advisors begin to answer."""

    hour: int
    minute: int


@dataclass(frozen=True)
class HalfDay:
    """A half-day on which advisors answer: when calling people begins on it, and ends."""

    day: date
    half: Half
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class _Span:
    opens: time
    midday: time
    closes: time


@dataclass(frozen=True)
class _Hours:
    days: frozenset[int]
    usual: _Span
    ramadan: _Span
    calls_from: time
    calls_until: time


@cache
def _hours() -> _Hours:
    file = yaml.safe_load(files(__package__).joinpath("hours.yaml").read_text("utf-8"))
    days = frozenset(_WEEK.index(day) for day in file["days"])
    usual, ramadan = (
        _Span(*(time.fromisoformat(span[name]) for name in ("opens", "midday", "closes")))
        for span in (file["usual"], file["ramadan"])
    )
    calls = file["calls"]
    return _Hours(days, usual, ramadan, time.fromisoformat(calls["opens"]), time.fromisoformat(calls["closes"]))


def _span(day: date) -> _Span:
    """Return the hours of a day: those of Ramadan are kept while Morocco is on UTC, which it is for Ramadan alone."""
    in_ramadan = datetime.combine(day, time(12), CASABLANCA).utcoffset() == timedelta(0)
    return _hours().ramadan if in_ramadan else _hours().usual


def moment(work: Work) -> datetime:
    """Return this moment of the business day: its date with the real time of day, in Morocco."""
    return datetime.combine(work.today, work.now.astimezone(CASABLANCA).time(), CASABLANCA)


def is_working_day(work: Work, day: date) -> bool:
    """Say whether advisors answer on `day` at all."""
    return next(_working_days(work, day)) == day


@examples(
    Opening(now=True, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
    Opening(now=False, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
)
def opening(work: Work) -> Opening:
    """Return whether advisors answer now, and the next two working days."""
    time_of_day, hours, forced = moment(work).time(), _span(work.today), settings().svi_open
    days = _working_days(work, work.today)
    first = next(days)
    today = first == work.today
    if today:
        first = next(days)
    within = today and hours.opens <= time_of_day < hours.closes
    opens = work.today if today and forced is None and time_of_day < hours.opens else first
    return Opening(forced == "always" or (within and forced != "never"), opens, first, next(days))


@examples(OpensAt(8, 30))
def opens_at(work: Work, day: date) -> OpensAt:
    """Return from when on advisors answer on a day, or on the next on which they do."""
    opens = _span(next(_working_days(work, day))).opens
    return OpensAt(opens.hour, opens.minute)


def may_call(work: Work) -> bool:
    """Say whether people may be called now: advisors are there, and it is not too early or late for a telephone.

    `SVI_OPEN` overrides both.
    """
    if forced := settings().svi_open:
        return forced == "always"
    now = moment(work)
    return any(half.begins <= now < half.ends for half in _half_days(work, work.today) if half.day == work.today)


def next_call(work: Work, after: datetime) -> datetime:
    """Return the first instant, from `after` on, at which people may be called; `after` itself where it is forced."""
    if settings().svi_open == "always":
        return after
    half = next(half for half in _half_days(work, after.astimezone(CASABLANCA).date()) if half.ends > after)
    return max(after, half.begins)


def half_day(work: Work, day: date, half: Half) -> HalfDay:
    """Return that half-day, or the next on which advisors answer, where that one is over or a closed day's."""
    now, wanted = moment(work), (day, HALVES.index(half))
    return next(
        each
        for each in _half_days(work, max(day, work.today))
        if each.ends > now and (each.day, HALVES.index(each.half)) >= wanted
    )


def _half_days(work: Work, first: date) -> Iterator[HalfDay]:
    """Yield the half-days on which people may be called, from a day on."""
    for day in _working_days(work, first):
        span, hours = _span(day), _hours()
        for half, opens, closes in zip(HALVES, (span.opens, span.midday), (span.midday, span.closes), strict=True):
            begins, ends = max(opens, hours.calls_from), min(closes, hours.calls_until)
            if begins < ends:
                yield HalfDay(day, half, *(datetime.combine(day, each, CASABLANCA) for each in (begins, ends)))


def _working_days(work: Work, first: date) -> Iterator[date]:
    """Yield the days on which advisors answer, from a day on."""
    last = first + timedelta(days=FAR)
    closed = holidays.kept(work, first.year, last.year)
    for number in range(FAR):
        day = first + timedelta(days=number)
        if day.weekday() in _hours().days and day not in closed:
            yield day
