"""The kind of file `salaries`: what employers declared of each month; one row a person and month, all employers in it.

A row with other figures corrects what is on file.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import join

from backend.feeds import cells, writing
from backend.feeds.kinds import Column, Kind, Merged, Staged, anything
from backend.feeds.staging import recognise_all, stage, staging, upsert
from backend.people import people
from backend.salaries import salaries as table
from backend.work import Work

_staged = staging(table, "registration_number", "month", "days", "pay")


def salaries(today: date) -> Kind:
    """Return the salaries of people."""
    columns = {
        "registration_number": Column(cells.registration_number, people.c.registration_number),
        "month": Column(cells.month_until(today), writing.month(table.c.month)),
        "days": Column(cells.whole(0, 31), table.c.days),
        "pay": Column(cells.dirhams, writing.dirhams(table.c.pay)),
    }
    return Kind(
        columns=columns,
        required=frozenset(columns),
        keys=(("registration_number", "month"),),
        rule=anything,
        merge=_merge,
        source=join(table, people, people.c.id == table.c.person_id),
    )


def _merge(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _staged, rows)
    return upsert(work, _staged, table, ("person_id", "month"), recognise_all(work, _staged))
