"""Imports: one row for each, saying how far it is, so that an interrupted one goes on where it was.

A batch and its line here are one transaction: what a killed import has counted is what it has done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from backend import db
from backend.db import metadata
from backend.errors import BadInputError
from backend.work import Work

imports = Table(
    "imports",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("lines_done", Integer, nullable=False, server_default="0"),
    Column("rejected_bytes", BigInteger, nullable=False, server_default="0"),  # of FILE.rejected.csv
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("unchanged", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("started_by", Text, nullable=False),  # kind and reference of the actor
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)
Index(
    "imports_unfinished_key",
    imports.c.kind,
    imports.c.sha256,
    unique=True,
    postgresql_where=imports.c.ended_at.is_(None),
)
IMPORT_LOCK = 3940


class BusyError(BadInputError):
    """Another import is running."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of a file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return self.added + self.changed + self.unchanged + self.rejected

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True)
class Progress:
    """How far an import is: the rows of the file that are done, and the bytes that they take of all its bytes."""

    rows: int
    bytes_done: int
    bytes_total: int
    counts: Counts


@dataclass(frozen=True)
class Run:
    """One import of a file, as far as it is committed."""

    id: int
    kind: str
    lines_done: int
    rejected_bytes: int
    counts: Counts


@dataclass(frozen=True)
class Past:
    """An import of whatever day; one that has not ended goes on when the same file is imported again."""

    id: int
    kind: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    counts: Counts


@contextmanager
def alone() -> Iterator[None]:
    """Hold the right to import: one import at a time. Raises BusyError where another one runs."""
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:  # for as long as our lock time-out: PostgreSQL needs a moment to see that a killed import is gone
            connection.execute(select(func.pg_advisory_lock(IMPORT_LOCK)))
        except DBAPIError as error:
            if not db.conflicted(error):
                raise
            raise BusyError("another import is running: wait until it has ended") from None
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(IMPORT_LOCK)))


def alone_at_once(work: Work) -> bool:
    """Take the same right until this transaction ends, without waiting; say whether it was free."""
    return bool(work.execute(select(func.pg_try_advisory_xact_lock(IMPORT_LOCK))).scalar_one())


def newest(work: Work, limit: int) -> list[Past]:
    """Return the imports that began last, the newest first, whoever began them, by whatever way."""
    found = work.execute(select(imports).order_by(imports.c.id.desc()).limit(limit))
    return [Past(row.id, row.kind, row.started_by, row.started_at, row.ended_at, _counts(row)) for row in found]


def last_of_each(work: Work) -> dict[str, datetime]:
    """Return when a file of each kind was imported last; kinds of which none ever was are left out."""
    ends = select(imports.c.kind, func.max(imports.c.ended_at).label("at")).where(imports.c.ended_at.is_not(None))
    return {row.kind: row.at for row in work.execute(ends.group_by(imports.c.kind))}


def ended(work: Work, kind: str, sha256: bytes) -> bool:
    """Say whether this very file was imported to its end."""
    before = select(imports.c.id).where(
        imports.c.kind == kind, imports.c.sha256 == sha256, imports.c.ended_at.is_not(None)
    )
    return work.execute(before.limit(1)).first() is not None


def start(work: Work, kind: str, sha256: bytes) -> Run:
    """Return the unfinished import of this file, else a new one."""
    unfinished = select(imports).where(imports.c.kind == kind, imports.c.sha256 == sha256, imports.c.ended_at.is_(None))
    if row := work.execute(unfinished.with_for_update()).one_or_none():
        return Run(row.id, kind, row.lines_done, row.rejected_bytes, _counts(row))
    by = f"{work.actor.kind} {work.actor.reference}"
    values = {"kind": kind, "sha256": sha256, "started_by": by, "started_at": work.now}
    return Run(work.execute(insert(imports).values(values).returning(imports.c.id)).scalar_one(), kind, 0, 0, Counts())


def forget(work: Work, kind: str, sha256: bytes) -> None:
    """Forget how far an unfinished import of this file is: the next one begins at its first line."""
    mine = (imports.c.kind == kind) & (imports.c.sha256 == sha256) & imports.c.ended_at.is_(None)
    work.execute(delete(imports).where(mine))


def advance(work: Work, run: Run) -> None:
    """Note how far an import is, in the transaction that brought it there."""
    values = {"lines_done": run.lines_done, "rejected_bytes": run.rejected_bytes} | asdict(run.counts)
    work.execute(update(imports).where(imports.c.id == run.id).values(values))


def finish(work: Work, run: Run) -> None:
    """Note that an import has ended."""
    work.execute(update(imports).where(imports.c.id == run.id).values(ended_at=work.now))


def _counts(row: Row[Any]) -> Counts:
    return Counts(row.added, row.changed, row.unchanged, row.rejected)
