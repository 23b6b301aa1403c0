"""How fast the queue's figures are counted, and read, over a month of the log at national scale.

`python -m bench.reports 30` starts a PostgreSQL of its own (durable settings) and writes so many days of the log: each
of 36,000 calls that want one of 900 advisors, some 9 events a call.
"""

from datetime import date, timedelta

from sqlalchemy import text

from backend import db
from callcenter.figures.counting import day
from callcenter.routing import SUBJECTS

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
