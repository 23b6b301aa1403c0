"""Exporting a kind: the columns of an import, streamed from one statement, in a file that imports again as it is."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import text

from backend import audit
from backend.errors import BadInputError
from backend.feeds.catalogue import kind_named
from backend.work import Actor, begin

OPERATOR = Actor("command", "export")


def run_export(
    kind: str, file: IO[bytes], progress: Callable[[int], None] = lambda _bytes: None, *, actor: Actor = OPERATOR
) -> int:
    """Write all rows of a kind, as they are at one moment, as CSV with a header; return how many rows.

    `progress` is told how many bytes are written so far. The audit log knows before the first byte leaves.
    """
    query = kind_named(kind).export
    with begin(actor) as work:
        audit.record(work, f"{kind}.exported", None)
    with begin(actor) as work:
        work.execute(text("set local statement_timeout = 0"))
        connection = work.connection.connection.driver_connection
        assert connection  # noqa: S101 an open transaction has one
        select = query.compile(dialect=work.connection.dialect, compile_kwargs={"literal_binds": True})
        written = 0
        with connection.cursor() as cursor:
            with cursor.copy(f"copy ({select}) to stdout (format csv, header)") as copy:
                for block in copy:
                    file.write(block)
                    progress(written := written + len(block))
            return int(cursor.rowcount)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file, readable by its owner alone, that takes its place at `path` once it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise BadInputError(f"{path} can't be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
