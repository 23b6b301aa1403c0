"""Importing a file: batch by batch, one transaction each, from where an interrupted import of the same file was."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from backend import audit, db
from backend.feeds import imports, rejected
from backend.feeds.catalogue import kind_named
from backend.feeds.imports import Counts, Progress, Run
from backend.feeds.kinds import Kind, Once, Record, Staged
from backend.feeds.reading import Row, Source, checksum
from backend.feeds.refusals import RefusedError
from backend.work import Actor, Work, begin

T = TypeVar("T")
BATCH = 20_000
"""Rows of one transaction."""
TRIES = 3
OPERATOR = Actor("command", "import")


@dataclass
class Batch:
    """Consecutive rows of a list: those that can be merged, and those that can't be used."""

    rows: list[Row] = field(default_factory=list)
    accepted: list[Staged] = field(default_factory=list)
    refused: dict[int, RefusedError] = field(default_factory=dict)

    def add(self, kind: Kind, once: Once, header: Sequence[str], row: Row) -> None:
        """Take in the next row, read by the rules of its kind."""
        try:
            self.accepted.append((row.line, _record(kind, once, header, row)))
        except RefusedError as error:
            self.refused[row.line] = error
        self.rows.append(row)


def run_import(kind: str, path: Path, progress: Callable[[Progress], None], *, actor: Actor = OPERATOR) -> Counts:
    """Import a file and return what became of its rows; `progress` is told after each batch.

    Raises BadInputError where the file as a whole can't be used; then nothing of it has been imported. Rows that
    can't be used go to `FILE.rejected.csv`. An interrupted import of the same file goes on where it was, and counts
    on.
    """
    chosen = kind_named(kind)
    source = Source(path, chosen.columns, chosen.required)
    with imports.alone():
        with begin(actor) as work:
            run = imports.start(work, kind, source.digest)
        if not run.lines_done:
            rejected.forget(path)
        for batch in _ahead(_batches(chosen, source, run.lines_done)):
            run = again(partial(_commit, actor, chosen, source, batch, run))
            progress(Progress(run.counts.rows, batch.rows[-1].end, source.size, run.counts))
        with begin(actor) as work:
            imports.finish(work, run)
    return run.counts


def was_imported(kind: str, path: Path) -> bool:
    """Say whether this very file was imported before, to its end. Raises BadInputError where it can't be read."""
    with begin(OPERATOR) as work:
        return imports.ended(work, kind, checksum(path))


def _batches(kind: Kind, source: Source, lines_done: int) -> Iterator[Batch]:
    """Give the rows after `lines_done`. Those before are read too: whom they list is not to be listed again."""
    once = Once(kind.keys)
    batch = Batch()
    for row in source.rows():
        batch.add(kind, once, source.header, row)
        if row.line <= lines_done:
            batch = Batch()
        elif len(batch.rows) == BATCH:
            yield batch
            batch = Batch()
    if batch.rows:
        yield batch


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Give every batch, the next one being read while PostgreSQL merges this one."""
    with ThreadPoolExecutor(1, "read-ahead") as reader:
        upcoming = reader.submit(next, batches, None)
        while batch := upcoming.result():
            upcoming = reader.submit(next, batches, None)
            yield batch


def _record(kind: Kind, once: Once, header: Sequence[str], row: Row) -> Record:
    if row.fault:
        raise row.fault
    record = kind.record(zip(header, row.cells, strict=True))
    once.admit(record)
    return record


def _commit(actor: Actor, kind: Kind, source: Source, batch: Batch, run: Run) -> Run:
    """Merge a batch, keep its rejected rows, note how far the import is: one transaction."""
    with begin(actor) as work:
        counts, refused = merge(work, kind, batch)
        size = run.rejected_bytes
        if refused:
            rows = [(row.line, refused[row.line], row.cells) for row in batch.rows if row.line in refused]
            size = rejected.write(source.path, source.header, rows, at=size)
        run = replace(run, lines_done=batch.rows[-1].line, rejected_bytes=size, counts=run.counts + counts)
        imports.advance(work, run)
        _audit(work, run, counts)
    return run


def merge(work: Work, kind: Kind, batch: Batch) -> tuple[Counts, dict[int, str]]:
    """Merge a batch; return what became of its rows, and the reason by line of those that can't be used."""
    work.execute(text("set local statement_timeout = '2min'"))
    merged = kind.merge(work, batch.accepted)
    refused = {line: str(error) for line, error in batch.refused.items()} | dict(merged.refused)
    counts = Counts(
        added=merged.added,
        changed=merged.changed,
        unchanged=len(batch.rows) - merged.added - merged.changed - len(refused),
        rejected=len(refused),
    )
    return counts, refused


def _audit(work: Work, run: Run, counts: Counts) -> None:
    audit.record(work, f"{run.kind}.imported", None, import_id=run.id, line=run.lines_done, **asdict(counts))


def again(act: Callable[[], T]) -> T:
    """Run a batch, once more where a call got in its way: a lock held for too long, a number just given."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except DBAPIError as error:
            if not (db.conflicted(error) or isinstance(error, IntegrityError)):
                raise
    return act()
