"""CSV that somebody will open in a spreadsheet: none of its cells may be run as a formula."""

import csv
import io
import re
from collections.abc import Iterable

from flask import Response

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
_A_NUMBER = re.compile(r"[+-][0-9][0-9 .,]*")


def answer(name: str, lines: Iterable[str]) -> Response:
    """Give a file to be kept under a name, line by line as they come."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)


def line(cells: Iterable[object], delimiter: str = ",") -> str:
    """Return a line of the file, its cells made harmless."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows rather than runs; numbers, and numbers of telephones, stay as they are."""
    if cell.startswith(_RUN) and not _A_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
