"""How long the queue's figures take at national scale: a day counted from the log, a month added up, in three runs.

`python -m bench.reports` starts a PostgreSQL of its own (durable settings) and writes three days of the log, as the
count of the middle one reads half of its neighbours: each of 36,000 calls that want one of 900 advisors, some 9 events
a call. What is kept of the middle day is then copied to DAYS days, which reports add up: for them one is like another.
"""

import os
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from backend import db
from backend.work import Actor, begin
from callcenter import metrics, reports, tallies
from callcenter.figures.counting import day
from callcenter.reports import BYS, Asked
from callcenter.routing import SUBJECTS
from svi import embedded, migrate

ACTOR = Actor("job", "bench")
RUNS = 3
DAYS = 31

ADVISORS, CALLS_EACH, SLOT = 900, 40, 900
"""A day of ten hours: each advisor has a call in each slot of so many seconds."""
LAST = date(2024, 3, 28)
DAY = """
with calls as (
  select advisor, slot, (:day * 1000 + advisor) * 100 + slot as ticket, random() as dice,
    least(-ln(1 - random()) * 25, 300) as wait, 60 + least(-ln(1 - random()) * 150, 350) as talk, random() * 40 as wrap,
    slot * :slot + random() * 30 as begins
  from generate_series(1, :advisors) advisor, generate_series(0, :calls - 1) slot),
told as (
  select ticket, begins as after, null::int as advisor, 'queued' as type, jsonb_build_object('kind', 'call', 'again',
    false, 'reason', (array['asked', 'other'])[1 + ticket % 3 % 2], 'language', (array['fr', 'ar'])[1 + ticket % 2],
    'subject', (cast(:subjects as text[]))[1 + ticket % :many]) as details from calls
  union all select ticket, begins + wait, null, 'abandoned', '{}' from calls where dice < 0.06
  union all select ticket, begins + wait + shift, advisor, type, '{}' from calls,
    (values (-6, 'offered'), (-4, 'accepted'), (-1, 'joined'), (0, 'bridged')) given(shift, type) where dice >= 0.06
  union all select ticket, begins + wait + talk * part, advisor, type, '{}' from calls,
    (values (0.3, 'held'), (0.5, 'resumed')) given(part, type) where dice > 0.9
  union all select ticket, begins + wait + talk, advisor, type, '{}' from calls,
    (values ('ended'), ('wrap-up')) given(type) where dice >= 0.06
  union all select ticket, begins + wait + talk + wrap, advisor, 'wrapped-up', '{}' from calls where dice >= 0.06
  union all select null, begins + wait + talk + wrap, advisor, 'ready', '{}' from calls where dice >= 0.06
  union all select ticket, begins + wait + talk + 20, advisor, 'surveyed', jsonb_build_object('score', 1 + ticket % 5)
    from calls where dice > 0.6
  union all select null, after, advisor, type, '{}' from generate_series(1, :advisors) advisor,
    (values (-600, 'signed-in'), (-300, 'ready'), (36000, 'signed-out')) given(after, type))
insert into queue_events (at, type, ticket_id, advisor_id, details)
select cast(:begins as timestamptz) + after * interval '1 second', type, ticket, advisor, details
from told order by after
"""


def fill(days: int) -> None:
    """Write so many days of the log, up to LAST."""
    given = {"slot": SLOT, "advisors": ADVISORS, "calls": CALLS_EACH, "subjects": [*SUBJECTS], "many": len(SUBJECTS)}
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        for number in range(days):
            begins = day(LAST - timedelta(days=number)).begins + timedelta(hours=8)
            connection.execute(text(DAY), given | {"day": days - number, "begins": begins})
        connection.execute(text("vacuum analyze queue_events"))


def main() -> None:
    """Measure, and print the table."""
    table = Table(title=f"Figures of {DAYS} days, {ADVISORS * CALLS_EACH:,} calls a day to {ADVISORS} advisors")
    for column in ("", *(f"run {number}, s" for number in range(1, RUNS + 1)), "CPU s", "found", "MB held at most"):
        table.add_column(column, justify="right" if column else "left")
    with embedded.temporary_home() as home, embedded.postgresql(home) as url:
        os.environ["DATABASE_URL"] = url
        migrate.upgrade(url)
        fill(3)
        middle = LAST - timedelta(days=1)
        table.add_row("reading a day's log alone, as pages did", *_timed(lambda: _from_the_log(middle)))
        table.add_row("a day counted and kept, by the clock", *_timed(lambda: tallies.count_day(middle)))
        first, last = _copied(middle), middle
        for by in BYS:
            table.add_row(f"{DAYS} days by {by}", *_timed(partial(_report, Asked(first, last, by))))
        table.add_row(f"{DAYS} days by 15 minutes", *_timed(partial(_report, Asked(first, last, "interval", 15))))
        table.add_row("a day by 15 minutes, for trends", *_timed(partial(_trends, middle)))
        db.engine().dispose()
    Console(width=120).print(table)


def _copied(which: date) -> date:
    """Copy what is kept of a day to those before it; return the first of them."""
    names = ", ".join(c.name for c in tallies.queue_tallies.columns if c.name not in {"day", "begins"})
    with db.engine().begin() as connection:
        copy = f"""insert into queue_tallies (day, begins, {names})
            select day - n, begins - n * interval '1 day', {names} from queue_tallies, generate_series(1, :more) n"""
        connection.execute(text(copy), {"more": DAYS - 1})
        connection.execute(text("analyze queue_tallies"))
    return which - timedelta(days=DAYS - 1)


def _timed(act: Callable[[], int | None]) -> list[str]:
    """Return the seconds of each run, of our processor in the last, what was found, the most memory held so far."""
    seconds, found, worked = [], None, 0.0
    for _ in range(RUNS):
        began, worked = time.perf_counter(), time.process_time()
        found = act()
        seconds.append(f"{time.perf_counter() - began:.2f}")
        worked = time.process_time() - worked
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*seconds, f"{worked:.2f}", "" if found is None else f"{found:,}", f"{held:.0f}"]


def _from_the_log(which: date) -> int:
    with begin(ACTOR) as work:
        return len(metrics.history(work, day(which)).stories)


def _report(asked: Asked) -> int:
    with begin(ACTOR) as work:
        return len(reports.report(work, asked))


def _trends(which: date) -> int:
    with begin(ACTOR) as work:
        return len(tallies.of_day(work, which, 15))


if __name__ == "__main__":
    main()
