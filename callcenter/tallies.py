"""Each day's figures, counted from the log by the clock and kept: reports add them up, and never read the log.

A day is counted whole: anew while anything of it may change, and a last time once the log has all that can belong to it
(what lasts longer than LONGEST is over by definition). So nothing is resumed, and nothing is added twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_type_hints

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    SmallInteger,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql

from backend import clock
from backend.clock import CASABLANCA
from backend.db import metadata
from backend.work import Actor, Work, begin
from callcenter import metrics
from callcenter.events import queue_events
from callcenter.figures.counting import MINUTES, TARGET, Counted, Waits, count, day, parts, within
from callcenter.figures.reading import LONGEST, Interval
from callcenter.figures.stories import Happening, History, Story

Kind = Literal["interval", "queue", "reason", "advisor"]
SETTLED = LONGEST + timedelta(minutes=5)  # after a day's end; no transaction that logs something takes so long
KEPT = timedelta(days=2 * 365)
AT_A_TIME = 500  # rows held
_ACTOR = Actor("job", "figures")
_READING = """
set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '120s'; set local work_mem = '64MB'
"""

_TYPES = get_type_hints(Counted)
_ADDED = [name for name, type_ in _TYPES.items() if type_ in {int, timedelta} and not name.endswith("_in_time")]
_WAITS = [each.name for each in fields(Waits)]

queue_days = Table(
    "queue_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("final", Boolean, nullable=False),
    Column("version", SmallInteger, nullable=False),
)
"""Days that were counted: when, whether for the last time, by which version of the definitions."""

queue_tallies = Table(
    "queue_tallies",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("begins", DateTime(timezone=True), primary_key=True),  # of an interval; else the day's
    Column("name", Text, primary_key=True),  # a queue's is `subject:language`, an advisor's the id, an interval's empty
    *(Column(name, Integer if _TYPES[name] is int else postgresql.INTERVAL, nullable=False) for name in _ADDED),
    *(Column(f"{name}_waits", ARRAY(Integer), nullable=False) for name in _WAITS),
)
"""What was counted in each quarter of an hour, and in a day for each queue, reason and advisor; no row of nothing."""


@dataclass(frozen=True)
class State:
    """How far days are counted: for good, where `until` is None and none is missing."""

    until: datetime | None  # what was logged later is not in yet
    missing: int  # days that were not counted yet


def count_day(which: date) -> None:
    """Count a day from the log, and keep it in place of what was counted before; of two who do, the later one."""
    with begin(_ACTOR) as work:
        work.execute(text(_READING))
        told, now = metrics.history(work, day(which)), work.now
    rows = [{"day": which, **row} for row in _rows(told, which)]  # no transaction is open: this takes seconds
    final = now >= day(which).ends + SETTLED
    known = {"day": which, "counted_at": now, "final": final, "version": metrics.VERSION}
    earlier = queue_days.c.counted_at <= now
    said = postgresql.insert(queue_days).values(known)
    said = said.on_conflict_do_update(index_elements=["day"], set_=known, where=earlier)
    with begin(_ACTOR) as work:
        if work.execute(said.returning(queue_days.c.day)).first():
            work.execute(delete(queue_tallies).where(queue_tallies.c.day == which))
            if rows:
                work.execute(insert(queue_tallies), rows)


def due(work: Work) -> list[date]:
    """Return the days of the log that were not counted for the last time, the newest first."""
    begins = _begins(work)
    if begins is None:
        return []
    done = {row.day for row in work.execute(select(queue_days).where(queue_days.c.final)) if _stands(row, begins)}
    return [each for each in reversed(_days(begins.astimezone(CASABLANCA).date(), clock.today())) if each not in done]


def bring_up_to_date(first: date, last: date) -> None:
    """Count what is due of these days: for commands, which may take their time."""
    with begin(_ACTOR) as work:
        days = due(work)
    for which in days:
        if first <= which <= last:
            count_day(which)


def state(work: Work, first: date, last: date) -> State:
    """Return how far these days are counted."""
    begins = _begins(work)
    rows = work.execute(select(queue_days).where(queue_days.c.day.between(first, last))).all()
    days = _days(max(first, begins.astimezone(CASABLANCA).date()), last) if begins else []
    until = min((row.counted_at for row in rows if not row.final), default=None)
    return State(until, len({*days} - {row.day for row in rows}))


def erase_old(work: Work) -> int:
    """Erase what single advisors did more than KEPT ago; return the number of rows."""
    old = queue_tallies.c.day < clock.today() - KEPT
    return work.execute(delete(queue_tallies).where(queue_tallies.c.kind == "advisor", old)).rowcount


def whole(work: Work, first: date, last: date, target: timedelta) -> Counted:
    """Return what was counted in these days together."""
    return _added(work, "interval", first, last, None, target)[None]


def by_interval(
    work: Work, first: date, last: date, minutes: int | None, target: timedelta
) -> dict[date | datetime, Counted]:
    """Return what was counted by intervals of so many minutes, by when they begin; None: by days."""
    if minutes is None:
        return _added(work, "interval", first, last, queue_tallies.c.day, target)
    step = func.date_bin(timedelta(minutes=minutes), queue_tallies.c.begins, day(first).begins)
    return _added(work, "interval", first, last, step, target)


def of_day(work: Work, which: date, minutes: int) -> dict[Interval, Counted]:
    """Return what was counted in each interval of a day, those of nothing too."""
    found = by_interval(work, which, which, minutes, TARGET)
    nothing = _counted([None] * len(_ADDED), Waits(), TARGET)
    return {each: found.get(each.begins, nothing) for each in parts(day(which), minutes)}


def by_name(
    work: Work, kind: Kind, first: date, last: date, target: timedelta, *, part: int | None = None
) -> dict[str, Counted]:
    """Return what was counted by queue, reason or advisor; `part`: by the first or second part of the name."""
    name = queue_tallies.c.name
    group = name if part is None else func.split_part(name, ":", part)
    found = _added(work, kind, first, last, group, target)
    return {each: found[each] for each in sorted(found) if all(each.split(":"))}


def _added(
    work: Work, kind: Kind, first: date, last: date, group: ColumnElement[Any] | None, target: timedelta
) -> dict[Any, Counted]:
    """Add up rows by a group; None: all of them, under None."""
    columns = queue_tallies.c
    chosen = (columns.kind == kind) & columns.day.between(first, last)
    label = [] if group is None else [group.label("grouped")]
    waits: dict[Any, Waits] = defaultdict(Waits)
    listed = select(*label, *(columns[f"{name}_waits"] for name in _WAITS)).where(chosen)
    for row in work.execute(listed.execution_options(yield_per=AT_A_TIME)):
        for name, seconds in zip(_WAITS, row[len(label) :], strict=True):
            getattr(waits[row[0] if label else None], name).update(seconds)
    sums = select(*label, *(func.sum(columns[name]) for name in _ADDED)).where(chosen)
    rows = work.execute(sums if group is None else sums.group_by("grouped"))
    return {
        key: _counted(values, waits[key], target)
        for key, values in ((row[0], row[1:]) if label else (None, row) for row in rows)
    }


def _counted(sums: Any, waits: Waits, target: timedelta) -> Counted:
    added: dict[str, Any] = {name: value or _TYPES[name]() for name, value in zip(_ADDED, sums, strict=True)}
    in_time = within(waits.answered, target), within(waits.abandoned, target)
    return Counted(**added, answered_in_time=in_time[0], abandoned_in_time=in_time[1], waits=waits)


def _rows(told: History, which: date) -> Iterator[dict[str, Any]]:
    """Give what is kept of a day."""
    of_day = day(which)
    counts = [("interval", each, "", told) for each in parts(of_day, MINUTES[0])]
    counts += [("queue", of_day, name, part) for name, part in told.by(_queue)]
    counts += [("reason", of_day, name, part) for name, part in told.by(lambda each: each.reason)]
    counts += [("advisor", of_day, str(advisor), part) for advisor, part in told.by_advisor()]
    for kind, interval, name, part in counts:
        counted = count(part, interval)
        added = {name: getattr(counted, name) for name in _ADDED}
        if any(added.values()):
            waits = {f"{name}_waits": sorted(getattr(counted.waits, name).elements()) for name in _WAITS}
            yield {"kind": kind, "begins": interval.begins, "name": name, **added, **waits}


def _queue(each: Story | Happening) -> str | None:
    """Return the name of a queue; of what has a subject alone, a part of it."""
    return f"{each.subject or ''}:{each.language or ''}" if each.subject or each.language else None


def _begins(work: Work) -> datetime | None:
    """Return when the log begins; None of an empty one."""
    return work.execute(select(func.min(queue_events.c.at))).scalar()


def _stands(row: Any, begins: datetime) -> bool:
    """Say whether a day that was counted stays: by these definitions, or the log has not all of it any more."""
    return row.version == metrics.VERSION or day(row.day).begins - LONGEST < begins


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
