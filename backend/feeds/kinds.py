"""What a kind of file is: its columns, the rules of a row, and how a batch of rows is merged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.errors import BadInputError
from backend.feeds.cells import Cell
from backend.work import Work

Record = dict[str, str | None]
"""A row's values by column, each as PostgreSQL reads it; None where the cell is empty or the column absent."""
Staged = tuple[int, Record]
"""A row's line and its values."""


@dataclass(frozen=True)
class Merged:
    """What became of a batch: how many people are new and how many changed; the reason by line of who was refused."""

    added: int
    changed: int
    refused: Mapping[int, str]


@dataclass(frozen=True)
class Kind:
    """A kind of file. `rule` looks at a whole row, may mend it, and raises BadInputError."""

    columns: Mapping[str, Cell]
    required: frozenset[str]
    keys: tuple[str, ...]
    """Columns of digits and capitals that name a person: the same value on two lines is a mistake."""
    rule: Callable[[Record], None]
    merge: Callable[[Work, Sequence[Staged]], Merged]

    def record(self, texts: Iterable[tuple[str, str]]) -> Record:
        """Return the values of a row of cells, each with its column.

        Raises BadInputError naming every column that is wrong, and how to mend it.
        """
        record = self._nothing.copy()
        wrong = []
        for column, text in texts:
            if stripped := text.strip():
                try:
                    record[column] = self.columns[column](stripped)
                except BadInputError as error:
                    wrong.append(f"{column}: {error}")
            elif column in self.required:
                wrong.append(f"{column}: is empty: fill it in")
        if wrong:
            raise BadInputError("; ".join(wrong))
        self.rule(record)
        return record

    @cached_property
    def _nothing(self) -> Record:
        return dict.fromkeys(self.columns)


class Once:
    """Who was on an earlier line of the file: the first line counts, a later one is refused.

    So a file gives the same result however it is cut into batches, and none when it is imported again. It takes about
    80 bytes a row and key.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._seen: dict[str, set[int]] = {key: set() for key in keys}

    def admit(self, record: Record) -> None:
        """Remember who this row is about. Raises BadInputError where an earlier one was about them."""
        for key, seen in self._seen.items():
            if (value := record[key]) and int(value, 36) in seen:
                raise BadInputError(f"{key}: {value} is on an earlier line, which counts: keep one of them")
        for key, seen in self._seen.items():
            if value := record[key]:
                seen.add(int(value, 36))
