"""A log of events written as it is told: `Log().queued(at=0, ticket=1).bridged(at=12, advisor=7).ended(at=60)`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import insert

from backend.work import Work
from callcenter.events import Type, queue_events
from callcenter.figures.counting import Counted, count
from callcenter.figures.reading import Event, Interval
from callcenter.figures.stories import History, tell

NINE = datetime(2024, 3, 20, 9, tzinfo=UTC)
TYPES: frozenset[Type] = frozenset(get_args(Type))
OF_NO_TICKET: frozenset[Type] = frozenset({"signed-in", "ready", "not-ready", "signed-out", "promised", "missed"})
DETAILS: dict[str, dict[str, Any]] = {"queued": {"kind": "call", "subject": "claims", "language": "fr", "again": False}}


class Log:
    """Each method is a type of event, `at` seconds after nine; the ticket and the advisor are those told last."""

    def __init__(self, begins: datetime = NINE) -> None:
        self.begins = begins
        self.events: list[Event] = []
        self._ticket: int | None = None
        self._advisor: int | None = None

    def __getattr__(self, name: str) -> Callable[..., "Log"]:
        type_ = name.replace("_", "-")
        if type_ not in TYPES:
            raise AttributeError(name)
        return lambda **told: self._add(type_, **told)

    def _add(
        self, type_: Any, *, at: float, ticket: int | None = None, advisor: int | None = None, **details: Any
    ) -> "Log":
        self._ticket = ticket or self._ticket
        self._advisor = advisor if type_ == "queued" else advisor or self._advisor
        about = None if type_ in OF_NO_TICKET else self._ticket
        told = DETAILS.get(type_, {}) | details
        self.events.append(Event(self.begins + timedelta(seconds=at), type_, about, self._advisor, told))
        return self

    def told(self, now: float = 36_000) -> History:
        """Return what it tells, so many seconds after nine."""
        return tell(self.events, self.begins + timedelta(seconds=now))

    def counted(self, begins: float = 0, ends: float = 36_000, target: float = 20) -> Counted:
        """Return what is counted between two instants, long after."""
        return count(self.told(), self.between(begins, ends), timedelta(seconds=target))

    def between(self, begins: float, ends: float) -> Interval:
        """Return the interval between two instants."""
        return Interval(self.begins + timedelta(seconds=begins), self.begins + timedelta(seconds=ends))

    def write(self, work: Work) -> None:
        """Put it into the database."""
        columns = ("at", "type", "ticket_id", "advisor_id", "details")
        rows = [(each.at, each.type, each.ticket, each.advisor, dict(each.details)) for each in self.events]
        work.execute(insert(queue_events), [dict(zip(columns, row, strict=True)) for row in rows])
