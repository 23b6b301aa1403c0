"""The events of an interval, typed, in the order in which they were written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from backend.work import Work
from callcenter.events import Type, queue_events

LONGEST = timedelta(hours=12)
"""No call and no shift is longer: what has no end in the log is over by then."""
AT_A_TIME = 5_000  # rows held


@dataclass(frozen=True)
class Interval:
    """From `begins` on, and before `ends`."""

    begins: datetime
    ends: datetime

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and self.begins <= at < self.ends


class Event(NamedTuple):
    """One row of the log."""

    at: datetime
    type: Type
    ticket: int | None
    advisor: int | None
    details: Mapping[str, Any]


def read(work: Work, interval: Interval) -> Iterator[Event]:
    """Give the events of `interval`, with those before and after it that belong to its calls and shifts.

    Their order is that of their ids: of two that change a ticket, whoever held its row first wrote first.
    """
    log = queue_events.c
    near = (log.at >= interval.begins - LONGEST) & (log.at < interval.ends + LONGEST)
    rows = select(log.at, log.type, log.ticket_id, log.advisor_id, log.details).where(near).order_by(log.id)
    for row in work.execute(rows.execution_options(yield_per=AT_A_TIME)):
        yield Event._make(row)
