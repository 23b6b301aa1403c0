"""What a kind of file is: its columns, the rules of a row, how a batch is merged, and what is written back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, select, true

from backend.feeds.cells import Cell
from backend.feeds.refusals import Fault, RefusedError, refused
from backend.work import Work

Record = dict[str, str | None]
"""A row's values by column, each as PostgreSQL reads it; None where the cell is empty or the column absent."""
Staged = tuple[int, Record]
"""A row's line and its values."""


@dataclass(frozen=True)
class Merged:
    """What became of a batch: how many rows are new, how many changed something; the reason by line of the refused."""

    added: int
    changed: int
    refused: Mapping[int, str]


class Column(NamedTuple):
    """A column of a file: how its cells are read, and what an export writes into them."""

    read: Cell
    written: ColumnElement[Any]


def anything(_record: Record) -> None:
    """Refuse no row as a whole: the rule of a kind whose cells say it all."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: read cell by cell, merged batch by batch, and written back."""

    columns: Mapping[str, Column]
    required: frozenset[str]
    keys: tuple[tuple[str, ...], ...]
    """Columns that together name what a row is about: the same values on two lines are a mistake."""
    rule: Callable[[Record], None]
    """Looks at a whole row, may mend it, raises RefusedError."""
    merge: Callable[[Work, Sequence[Staged]], Merged]
    source: FromClause
    """Where an export finds its rows."""
    counting: ColumnElement[bool] = field(default_factory=true)
    """Which of them count."""

    def record(self, texts: Iterable[tuple[str, str]]) -> Record:
        """Return the values of a row of cells, each with its column.

        Raises RefusedError naming every column that is wrong, and how to mend it.
        """
        record, read = self._nothing.copy(), self._read
        wrong: list[Fault] = []
        for column, text in texts:
            if stripped := text.strip():
                try:
                    record[column] = read[column](stripped)
                except RefusedError as error:
                    wrong += error.within(column)
            elif column in self.required:
                wrong.append(Fault("empty", {}, column))
        if wrong:
            raise RefusedError(*wrong)
        self.rule(record)
        return record

    @property
    def export(self) -> Select[Any]:
        """All that is on file, under the names of the columns, as an import reads it."""
        cells = (column.written.label(name) for name, column in self.columns.items())
        return select(*cells).select_from(self.source).where(self.counting)

    @cached_property
    def _read(self) -> dict[str, Cell]:
        return {name: column.read for name, column in self.columns.items()}

    @cached_property
    def _nothing(self) -> Record:
        return dict.fromkeys(self.columns)


class Once:
    """What was on an earlier line of the file: the first line counts, a later one is refused.

    So a file gives the same result however it is cut into batches, and none when it is imported again. It takes about
    80 to 100 bytes a row and key.
    """

    def __init__(self, keys: Sequence[tuple[str, ...]]) -> None:
        self._seen: dict[tuple[str, ...], set[int]] = {key: set() for key in keys}

    def admit(self, record: Record) -> None:
        """Remember what this row is about. Raises RefusedError where an earlier one was about the same."""
        about = []
        for key, seen in self._seen.items():
            values = [value for column in key if (value := record[column])]
            if len(values) < len(key):
                continue
            number = int.from_bytes("\n".join(values).encode())
            if number in seen:
                raise refused("twice", ", ".join(key), found=" ".join(values))
            about.append((seen, number))
        for seen, number in about:
            seen.add(number)
