"""The service level of each queue, counted by the database: the same as `counting`, without reading a day's log.

For what is shown while it happens. A queue is a subject and a language: those for which a call waited first.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.work import Work
from callcenter.events import queue_events
from callcenter.figures.counting import SHORT, TARGET
from callcenter.figures.reading import Interval

ENDINGS = ("bridged", "abandoned", "kept", "unserved")


@dataclass(frozen=True)
class Standing:
    """Calls that began to wait in an interval, by the definitions of docs/metrics.md."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.offered + other.offered,
            self.answered + other.answered,
            self.answered_in_time + other.answered_in_time,
            self.abandoned + other.abandoned,
        )

    @property
    def decided(self) -> int:
        """Return how many the service level is about."""
        return self.answered + self.abandoned

    @property
    def level(self) -> float | None:
        """Return the service level; None of nothing."""
        return self.answered_in_time / self.decided if self.decided else None


def by_queue(work: Work, interval: Interval, target: timedelta = TARGET) -> dict[tuple[str, str], Standing]:
    """Return how each queue stood in an interval, by subject and language; those without a call left out."""
    log = queue_events.c
    began = (log.type == "queued") & (log.details["kind"].astext == "call") & (log.details["again"].astext == "false")
    ended = log.type.in_(ENDINGS)

    def first(column: ColumnElement[object], of: ColumnElement[bool]) -> ColumnElement[object]:
        return func.array_agg(aggregate_order_by(column, log.id)).filter(of)[1]

    story = (
        select(
            first(log.details["subject"].astext, began).label("subject"),
            first(log.details["language"].astext, began).label("language"),
            first(log.at, began).label("queued_at"),
            first(log.type, ended).label("ending"),
            first(log.at, ended).label("ended_at"),
        )
        .where(log.at >= interval.begins, log.type.in_(["queued", *ENDINGS]), log.ticket_id.is_not(None))
        .group_by(log.ticket_id)
        .subquery()
    )
    c = story.c
    waited = c.ended_at - c.queued_at
    answered, abandoned = c.ending == "bridged", (c.ending == "abandoned") & (waited >= SHORT)
    rows = work.execute(
        select(
            c.subject,
            c.language,
            func.count().label("offered"),
            func.count().filter(answered).label("answered"),
            func.count().filter(answered & (waited <= target)).label("in_time"),
            func.count().filter(abandoned).label("abandoned"),
        )
        .where(c.queued_at < interval.ends)
        .group_by(c.subject, c.language)
    )
    return {
        (row.subject, row.language): Standing(row.offered, row.answered, row.in_time, row.abandoned) for row in rows
    }
