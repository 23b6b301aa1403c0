"""`FILE.rejected.csv`: the rows that could not be used, each with its line in FILE and the reason.

Its header is FILE's with `line` and `reason` before: mended, it can be imported as it is.
"""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from backend.errors import BadInputError

Rejection = tuple[int, str, Sequence[str]]
"""Line, reason, cells."""


def path_of(source: Path) -> Path:
    """Return where the rejected rows of `source` go: beside it."""
    return source.with_name(f"{source.name}.rejected.csv")


def forget(source: Path) -> None:
    """Remove the rejected rows of an earlier import of `source`."""
    try:
        path_of(source).unlink(missing_ok=True)
    except OSError as error:
        raise BadInputError(f"{path_of(source)} can't be removed: {error.strerror}") from None


def write(source: Path, header: Sequence[str], rows: Iterable[Rejection], at: int) -> int:
    """Write rows after the first `at` bytes, in place of whatever follows; return the bytes that the file then has.

    What lies past `at` was written for a batch that was never committed. On return the rows are on the disk.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    if at == 0:
        lines.writerow(["line", "reason", *header])
    lines.writerows([line, reason, *cells] for line, reason, cells in rows)
    path = path_of(source)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 a descriptor, for its mode
            file.truncate(min(at, os.fstat(descriptor).st_size))
            file.seek(0, os.SEEK_END)
            file.write(text.getvalue().encode())
            file.flush()
            os.fsync(descriptor)
            return file.tell()
    except OSError as error:
        raise BadInputError(f"{path} can't be written: {error.strerror}") from None
