"""Reading a file of records: UTF-8, either CSV with a header (`,` or `;`) or JSON lines.

A record is one line, always: a quotation mark left open spoils its own row and no other, and the line that a reason
names is the line that a text editor shows.
"""

import csv
import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import NamedTuple

from backend.feeds.cells import cut, quoted
from backend.feeds.refusals import RefusedError, refused

IGNORED = frozenset({"line", "reason"})
"""Columns of a `.rejected.csv`: once mended, it can be imported as it is."""
LONGEST_LINE = 100_000
"""Bytes: a file without line ends, of whatever size, is not taken into memory."""
_BOM = "\ufeff"
_DELIMITERS = ",;"
_MOST_NAMED = 5
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """One record of a file: its cells in the order of the header, or the `fault` that makes it unreadable."""

    line: int
    end: int
    """Bytes of the file up to its end."""
    cells: list[str]
    fault: RefusedError | None = None


class Source:
    """A file of records, checked as a whole: readable, UTF-8, with the columns that its kind has.

    Raises RefusedError, with one line that says what is wrong and how to mend it.
    """

    def __init__(self, path: Path, columns: Collection[str], required: Collection[str]) -> None:
        self.path = path
        self.digest = checksum(path)
        self.size = path.stat().st_size
        self._columns = columns
        first = self._first_line()
        self._json = first.startswith("{")
        self._delimiter = max(_DELIMITERS, key=lambda mark: len(_header(first, mark) & set(columns)))
        self._written = self._names(first) if self._json else [name.strip().lower() for name in self._split(first)]
        self._taken = [place for place, name in enumerate(self._written) if not self._passed_over(place, name)]
        names = [self._written[place] for place in self._taken]
        self._check_header(names, required)
        self.header = list(columns) if self._json else names

    def rows(self) -> Iterator[Row]:
        """Give every record, in the order of the file. Empty lines are passed over."""
        end = 0
        with self.path.open("rb") as file:
            for line, raw in enumerate(file, 1):
                end += len(raw)
                text = raw.decode().removeprefix(_BOM).rstrip("\r\n") if line == 1 else raw.decode().rstrip("\r\n")
                if (line == 1 and not self._json) or not text.strip(" \t,;"):
                    continue
                try:
                    yield Row(line, end, self._cells(text))
                except RefusedError as error:
                    yield Row(line, end, [text], error)

    def _cells(self, text: str) -> list[str]:
        if self._json:
            return self._json_cells(text)
        cells = self._split(text if text.isprintable() else _tidied(text))
        if len(cells) != len(self._written):
            raise refused("cells", found=len(cells), wanted=len(self._written))
        return cells if len(self._taken) == len(cells) else [cells[place] for place in self._taken]

    def _passed_over(self, place: int, name: str) -> bool:
        """Say whether a column is one of a `.rejected.csv`, even where the kind has a `reason` of its own."""
        if name not in self._columns:
            return name in IGNORED
        return name in IGNORED and "line" in self._written and self._written.index(name) == place

    def _split(self, text: str) -> list[str]:
        if '"' not in text:
            return text.split(self._delimiter)
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True))
        except csv.Error:
            raise refused("quotation") from None

    def _json_cells(self, text: str) -> list[str]:
        try:
            record = json.loads(text, parse_float=str)  # an amount is what was written, not its nearest binary
        except (ValueError, RecursionError):
            raise refused("no-json") from None
        return cells_of(record, self._columns)

    def _names(self, first: str) -> list[str]:
        try:
            return list(json.loads(first))
        except (ValueError, RecursionError):
            raise refused("first-no-json", str(self.path)) from None

    def _first_line(self) -> str:
        with self.path.open("rb") as file:
            line = next(file, b"").decode().removeprefix(_BOM).strip()
        if not line:
            raise refused("no-line", str(self.path))
        return line

    def _check_header(self, names: list[str], required: Collection[str]) -> None:
        if missing := sorted(set(required) - set(names)):
            raise refused("missing", str(self.path), names=", ".join(missing))
        if unknown := set(names) - set(self._columns):
            raise _unknown(unknown, self._columns, str(self.path))
        if twice := {name for name in names if names.count(name) > 1}:
            raise refused("doubled", str(self.path), names=", ".join(sorted(twice)))


def cells_of(record: object, columns: Collection[str]) -> list[str]:
    """Return the cells of a JSON object in the order of `columns`. Raises RefusedError where it is none, or wrong."""
    if not isinstance(record, dict):
        raise refused("no-object")
    if unknown := record.keys() - columns - IGNORED:
        raise _unknown(unknown, columns)
    cells = [_json_text(name, record.get(name)) for name in columns]
    return cells if "".join(cells).isprintable() else [_tidied(cell) for cell in cells]


def checksum(path: Path) -> bytes:
    """Return the file's SHA-256.

    Raises RefusedError where it can't be read, isn't UTF-8 to its end, or has a line longer than any record.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for line, raw in enumerate(iter(partial(file.readline, LONGEST_LINE + 1), b""), 1):
                digest.update(raw)
                if len(raw) > LONGEST_LINE:
                    raise refused("line-too-long", str(path), line=line, most=LONGEST_LINE)
                _check_utf8(path, line, raw)
    except OSError as error:
        raise refused("unreadable", str(path), why=error.strerror or "") from None
    return digest.digest()


def _check_utf8(path: Path, line: int, raw: bytes) -> None:
    try:
        raw.decode()
    except UnicodeDecodeError:
        seems = "UTF-16" if line == 1 and raw.startswith(_UTF16) else "Latin-1 or Windows-1252"
        raise refused("not-utf-8", str(path), line=line, found=seems) from None


def _header(line: str, delimiter: str) -> set[str]:
    return {name.strip(' "').lower() for name in line.split(delimiter)}


def _unknown(names: Collection[str], columns: Collection[str], where: str = "") -> RefusedError:
    told, meant = [], list[str]()
    named = sorted(names)[:_MOST_NAMED]
    for name in named:
        close = get_close_matches(name, columns, 1)
        told.append(f"{quoted(name)} (did you mean {close[0]}?)" if close else quoted(name))
        meant += close
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    code, shown = "columns-like" if meant else "columns", [cut(name) for name in named]
    return refused(code, where, told=f"{', '.join(told)}{more}", names=shown, meant=meant)


def _json_text(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case str() | int():
            return str(value)
        case _:
            raise refused("no-text", name)


def _tidied(text: str) -> str:
    """Return `text` with plain spaces for all others and without invisible marks (of direction, for example)."""
    tidy = []
    for character in text:
        match unicodedata.category(character):
            case "Zs" | "Zl" | "Zp":
                tidy.append(" ")
            case "Cf":
                continue
            case "Cc" if character == "\t":
                tidy.append(" ")
            case "Cc" | "Cs":
                raise refused("control", mark=f"U+{ord(character):04X}")
            case _:
                tidy.append(character)
    return "".join(tidy)
