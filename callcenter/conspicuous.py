"""What an advisor did as often as they may, so that somebody asks why; and what they opened today, as counts.

A supervisor learns who and how often, never about whom: the audit log says that, to an auditor.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select

from backend import mobiles
from backend.mobiles import mobile_changes
from backend.work import Work
from callcenter.agents import advisors
from callcenter.records import HOUR, MOST_AN_HOUR, Reason, openings

DAY = timedelta(days=1)
Kind = Literal["records", "mobiles"]


@dataclass(frozen=True)
class Often:
    """An advisor reached a limit, `at` the last time: so many records in an hour, so many mobiles in a day."""

    kind: Kind
    advisor: int
    name: str
    count: int
    at: datetime


@dataclass(frozen=True)
class Sum:
    """So many records, or searches that found nobody, by a case or for a reason of the list."""

    by: Literal["case"] | Reason
    count: int


def often(work: Work) -> list[Often]:
    """Return who reached a limit within a day."""
    return [*_records(work), *_mobiles(work)]


def sums(work: Work, advisor: int) -> tuple[list[Sum], int]:
    """Return what an advisor opened within a day, the most frequent first, and how many mobiles they changed."""
    by, count = func.coalesce(openings.c.reason, openings.c.ground), func.count()
    theirs = openings.c.advisor_id == advisor, openings.c.ground != "call", openings.c.opened_at > work.now - DAY
    rows = work.execute(select(by.label("by"), count.label("times")).where(*theirs).group_by(by).order_by(count.desc()))
    return [Sum(row.by, row.times) for row in rows], mobiles.corrected_by(work, advisor)


def _records(work: Work) -> list[Often]:
    o = openings.c
    before = func.lag(o.opened_at, MOST_AN_HOUR - 1).over(partition_by=o.advisor_id, order_by=o.opened_at)
    since = o.opened_at > work.now - DAY - HOUR
    sought = select(o.advisor_id, o.opened_at, before.label("before")).where(o.ground != "call", since).subquery()
    reached = sought.c.before > sought.c.opened_at - HOUR, sought.c.opened_at > work.now - DAY
    last = func.max(sought.c.opened_at).label("at")
    found = select(advisors.c.id, advisors.c.name, last).join(sought, sought.c.advisor_id == advisors.c.id)
    rows = work.execute(found.where(*reached).group_by(advisors.c.id, advisors.c.name).order_by(last)).all()
    return [Often("records", row.id, row.name, MOST_AN_HOUR, row.at) for row in rows]


def _mobiles(work: Work) -> list[Often]:
    m = mobile_changes.c
    last, count = func.max(m.changed_at).label("at"), func.count()
    found = select(advisors.c.id, advisors.c.name, last).join(mobile_changes, m.advisor == advisors.c.id)
    lately = found.where(m.changed_at > work.now - mobiles.DAY).group_by(advisors.c.id, advisors.c.name)
    rows = work.execute(lately.having(count >= mobiles.MOST_BY_AN_ADVISOR).order_by(last)).all()
    return [Often("mobiles", row.id, row.name, mobiles.MOST_BY_AN_ADVISOR, row.at) for row in rows]
