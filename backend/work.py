"""Who owns the transaction: whoever receives the outside event opens it, and nothing below commits.

A webhook, a console POST, a job or a command says `with begin(actor) as work:`; every function of a subject takes that
`work` first. Redis is touched only by what was given to `work.after_commit`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, Executable, Table, insert

from backend import clock, db, log
from backend.settings import settings

_log = log.get("work")


_insert = cache(insert)  # put together once


ActorKind = Literal["call", "advisor", "job", "command", "machine"]


@dataclass(frozen=True)
class Actor:
    """Who does this: a call, an advisor with a reason, a job, an operator's command, a machine by its token's name."""

    kind: ActorKind
    reference: str
    reason: str = ""
    during: int | None = None  # of an advisor: the call that they have
    form: str = ""  # of an advisor: the form that they posted

    @property
    def call(self) -> int | None:
        """The call in which this is done, where there is one."""
        return int(self.reference) if self.kind == "call" else self.during

    @property
    def occasion(self) -> str:
        """What has an effect once: a call; of an advisor, a form, however often it is posted."""
        return f"form:{self.form}" if self.form else self.reference


@dataclass
class Work:
    """One transaction, its actor, its business day, its instant (UTC)."""

    connection: Connection
    actor: Actor
    today: date
    now: datetime
    rehearsed: list[Any] | None = None  # see `rehearsal`
    readings: dict[Any, dict[str, Any]] | None = None  # see `audit.together`
    _last_rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    _afterwards: list[Callable[[], object]] = field(default_factory=list)
    _in_any_case: list[Callable[[], object]] = field(default_factory=list)

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement in this transaction."""
        return self.connection.execute(statement, parameters)

    @property
    def call(self) -> int:
        """The call in which this is done. Raises ValueError where there is none."""
        if self.actor.call is None:
            raise ValueError(f"this is done in a call, and not by {self.actor.kind} {self.actor.reference} alone")
        return self.actor.call

    def insert_last(self, table: Table, row: dict[str, Any]) -> None:
        """Insert a row that nothing in this transaction reads at its end, in one go with others of its table."""
        self._last_rows.setdefault(table, []).append(row)

    @contextmanager
    def rehearsal(self) -> Iterator[list[Any]]:
        """Have what is done meanwhile undone at the end; give what `rehearsed` then bears: the SMS that would go."""
        rows = {table: len(some) for table, some in self._last_rows.items()}
        afterwards, self.rehearsed = len(self._afterwards), []
        savepoint = self.connection.begin_nested()
        try:
            yield self.rehearsed
        finally:
            savepoint.rollback()
            self.rehearsed = None
            del self._afterwards[afterwards:]
            for table, some in self._last_rows.items():
                del some[rows.get(table, 0) :]

    def finish(self) -> None:
        """Do what waited for the end of the transaction."""
        for table, rows in self._last_rows.items():
            if rows:  # none is left of what was only rehearsed
                self.execute(_insert(table), rows if len(rows) > 1 else rows[0])  # of one row, half the time

    def after_commit(self, act: Callable[[], object]) -> None:
        """Have `act` run once the transaction is committed; its failure is logged, and harms nothing."""
        self._afterwards.append(act)

    def in_any_case(self, act: Callable[[], object]) -> None:
        """Have `act` run once the transaction is over, committed or not: it undoes what was done outside of it."""
        self._in_any_case.append(act)

    def over(self, *, committed: bool) -> None:
        """Run what waited for the end."""
        for act in (*(self._afterwards if committed else ()), *self._in_any_case):
            try:
                act()
            except Exception as error:  # noqa: BLE001 a wake-up that fails must not undo a commit: a sweeper follows
                _log.warning("after-commit.failed", error=type(error).__name__)


def business_day() -> date:
    """Return the day that rules and sentences use: `SVI_TODAY`, else Morocco's day."""
    return settings().svi_today or clock.today()


@contextmanager
def begin(actor: Actor, *, today: date | None = None) -> Iterator[Work]:
    """Open a transaction; commit it at the end, roll it back on any exception."""
    work: Work | None = None
    try:
        with db.engine().begin() as connection:
            work = Work(connection, actor, today or business_day(), clock.now())
            yield work
            work.finish()
    except BaseException:
        if work:
            work.over(committed=False)
        raise
    work.over(committed=True)
