"""Opening hours: whether advisors answer and people may be called, now and next.

The day is the business day, the time of day the real one. Morocco is on UTC+1, and on UTC in Ramadan, when other hours
hold: a day's hours are Moroccan wall-clock times, whatever the offset of that day. `hours.yaml` has those of the
beginning; an administrator changes them from a day on, and what held before stays on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from sqlalchemy import Column, Date, DateTime, Row, SmallInteger, Table, Text, Time, delete, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from backend import audit
from backend.clock import CASABLANCA
from backend.db import metadata
from backend.errors import BadInputError
from backend.examples import examples
from backend.settings import settings
from backend.work import Work
from callcenter import holidays

Half = Literal["morning", "afternoon"]
HALVES: tuple[Half, ...] = ("morning", "afternoon")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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
class Span:
    """The hours of a day, and where its morning ends."""

    opens: time
    midday: time
    closes: time


@dataclass(frozen=True)
class Timetable:
    """The hours that hold from a day on, until a later timetable; those of the file hold from the beginning."""

    from_day: date
    days: frozenset[int]
    """Of the week, Monday being 0."""
    usual: Span
    ramadan: Span
    calls_from: time
    calls_until: time
    said_by: str | None = None
    said_at: datetime | None = None


@dataclass(frozen=True)
class Day:
    """What holds of a day: its hours, or why it has none."""

    day: date
    span: Span | None
    in_ramadan: bool
    holiday: holidays.Holiday | None


opening_hours = Table(
    "opening_hours",
    metadata,
    Column("from_day", Date, primary_key=True),
    Column("days", ARRAY(SmallInteger), nullable=False),
    *(Column(name, Time, nullable=False) for name in ("opens", "midday", "closes")),
    *(Column(f"ramadan_{name}", Time, nullable=False) for name in ("opens", "midday", "closes")),
    Column("calls_from", Time, nullable=False),
    Column("calls_until", Time, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
)


@cache
def _of_file() -> Timetable:
    file = yaml.safe_load(files(__package__).joinpath("hours.yaml").read_text("utf-8"))
    days = frozenset(WEEK.index(day) for day in file["days"])
    usual, ramadan = (
        Span(*(time.fromisoformat(span[name]) for name in ("opens", "midday", "closes")))
        for span in (file["usual"], file["ramadan"])
    )
    calls = file["calls"]
    return Timetable(
        date.min, days, usual, ramadan, time.fromisoformat(calls["opens"]), time.fromisoformat(calls["closes"])
    )


def timetables(work: Work) -> list[Timetable]:
    """Return all timetables, that of the file first, then by the day from which they hold."""
    said = work.execute(select(opening_hours).order_by(opening_hours.c.from_day))
    return [_of_file(), *map(_timetable, said)]


def change(work: Work, wanted: Timetable) -> None:
    """Have other hours from a day on. Raises BadInputError for a day that is past, or hours that can't be."""
    if wanted.from_day <= work.today:
        raise BadInputError("hours change from tomorrow on at the earliest: people were told of today's")
    if not wanted.days or wanted.days - set(range(7)):
        raise BadInputError("at least one day of the week must be open")
    for span in (wanted.usual, wanted.ramadan):
        if not span.opens < span.midday < span.closes:
            raise BadInputError("a day opens, has its midday, and closes, in this order")
        if not max(span.opens, wanted.calls_from) < min(span.closes, wanted.calls_until):
            raise BadInputError("people must be called at some time at which advisors are there")
    row = {
        "from_day": wanted.from_day,
        "days": sorted(wanted.days),
        **{name: getattr(wanted.usual, name) for name in ("opens", "midday", "closes")},
        **{f"ramadan_{name}": getattr(wanted.ramadan, name) for name in ("opens", "midday", "closes")},
        "calls_from": wanted.calls_from,
        "calls_until": wanted.calls_until,
        "said_by": f"{work.actor.kind} {work.actor.reference}",
        "said_at": work.now,
    }
    new = insert(opening_hours).values(row).on_conflict_do_nothing().returning(opening_hours.c.from_day)
    if not work.execute(new).first():
        raise BadInputError("hours change on that day already: take that change back first")
    audit.record(work, "hours.changed", None, from_day=wanted.from_day.isoformat())


def take_back(work: Work, from_day: date) -> None:
    """Undo a change that does not hold yet. Raises BadInputError where there is none; what held stays on record."""
    coming = (opening_hours.c.from_day == from_day) & (opening_hours.c.from_day > work.today)
    if not work.execute(delete(opening_hours).where(coming)).rowcount:
        raise BadInputError("no change of hours is to come on that day")
    audit.record(work, "hours.taken-back", None, from_day=from_day.isoformat())


def of_day(work: Work, day: date) -> Day:
    """Return what holds of a day, whatever `SVI_OPEN` says."""
    table = _on(timetables(work), day)
    holiday = next((each for each in holidays.of_years(work, day.year, day.year) if each.day == day), None)
    kept = holiday if holiday and holiday.kept else None
    works = day.weekday() in table.days and not kept
    return Day(day, _span(table, day) if works else None, in_ramadan(day), kept)


def in_ramadan(day: date) -> bool:
    """Say whether the hours of Ramadan hold: they do while Morocco is on UTC, which it is for Ramadan alone."""
    return datetime.combine(day, time(12), CASABLANCA).utcoffset() == timedelta(0)


def _timetable(row: Row[Any]) -> Timetable:
    return Timetable(
        row.from_day,
        frozenset(row.days),
        Span(row.opens, row.midday, row.closes),
        Span(row.ramadan_opens, row.ramadan_midday, row.ramadan_closes),
        row.calls_from,
        row.calls_until,
        row.said_by,
        row.said_at,
    )


def _on(tables: list[Timetable], day: date) -> Timetable:
    """Return the timetable that holds on a day."""
    return next(each for each in reversed(tables) if each.from_day <= day)


def _span(table: Timetable, day: date) -> Span:
    return table.ramadan if in_ramadan(day) else table.usual


def moment(work: Work) -> datetime:
    """Return this moment of the business day: its date with the real time of day, in Morocco."""
    return datetime.combine(work.today, work.now.astimezone(CASABLANCA).time(), CASABLANCA)


def is_working_day(work: Work, day: date) -> bool:
    """Say whether advisors answer on `day` at all."""
    return next(_working_days(work, day, timetables(work))) == day


@examples(
    Opening(now=True, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
    Opening(now=False, opens=date(2024, 3, 21), first=date(2024, 3, 21), second=date(2024, 3, 22)),
)
def opening(work: Work) -> Opening:
    """Return whether advisors answer now, and the next two working days."""
    tables, time_of_day, forced = timetables(work), moment(work).time(), settings().svi_open
    hours = _span(_on(tables, work.today), work.today)
    days = _working_days(work, work.today, tables)
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
    tables = timetables(work)
    working = next(_working_days(work, day, tables))
    opens = _span(_on(tables, working), working).opens
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
    tables = timetables(work)
    for day in _working_days(work, first, tables):
        table = _on(tables, day)
        span = _span(table, day)
        for half, opens, closes in zip(HALVES, (span.opens, span.midday), (span.midday, span.closes), strict=True):
            begins, ends = max(opens, table.calls_from), min(closes, table.calls_until)
            if begins < ends:
                yield HalfDay(day, half, *(datetime.combine(day, each, CASABLANCA) for each in (begins, ends)))


def _working_days(work: Work, first: date, tables: list[Timetable]) -> Iterator[date]:
    """Yield the days on which advisors answer, from a day on."""
    last = first + timedelta(days=FAR)
    closed = holidays.kept(work, first.year, last.year)
    for number in range(FAR):
        day = first + timedelta(days=number)
        if day.weekday() in _on(tables, day).days and day not in closed:
            yield day
