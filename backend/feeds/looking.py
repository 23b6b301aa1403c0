"""A look at a list before anything is done with it: its columns, and what the rules of a row say of the first rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson

from backend.feeds import campaigns
from backend.feeds.catalogue import KINDS, kind_named
from backend.feeds.importing import Batch
from backend.feeds.kinds import Once
from backend.feeds.reading import Source
from backend.feeds.refusals import Fault

ROWS = 5_000
"""So many rows are looked at: a fraction of a second."""
SHOWN = 20


@dataclass(frozen=True)
class Look:
    """What is seen of a file; `refused`: the first lines that can't be used, with why.

    Whether a registration number is on file, and what a row changes, is only seen when it is brought in.
    """

    columns: Sequence[str]
    absent: Sequence[str]
    looked_at: int
    refused: Sequence[tuple[int, Sequence[Fault]]]
    refused_count: int
    numbers: int = 0
    """Of a campaign: how many people it names."""

    def packed(self) -> bytes:
        """Return it as it is kept with its list."""
        refused = [
            (line, [(each.code, dict(each.values), each.where) for each in faults]) for line, faults in self.refused
        ]
        told = (list(self.columns), list(self.absent), self.looked_at, refused, self.refused_count, self.numbers)
        return orjson.dumps(told)

    @classmethod
    def unpacked(cls, kept: bytes) -> "Look":
        """Return what `packed` kept."""
        columns, absent, looked_at, refused, *counts = orjson.loads(kept)
        read = [(line, [Fault(*each) for each in faults]) for line, faults in refused]
        return cls(columns, absent, looked_at, read, *counts)


def look(kind: str, path: Path) -> Look:
    """Look at a file, once. Raises RefusedError where it can't be used as a whole."""
    if kind not in KINDS:
        return Look((), (), 0, (), 0, len(campaigns.numbers(path)))
    chosen = kind_named(kind)
    source = Source(path, chosen.columns, chosen.required)
    batch, once = Batch(), Once(chosen.keys)
    for row in islice(source.rows(), ROWS):
        batch.add(chosen, once, source.header, row)
    refused = sorted((line, error.faults) for line, error in batch.refused.items())
    absent = [name for name in chosen.columns if name not in source.header]
    return Look(source.header, absent, len(batch.rows), refused[:SHOWN], len(refused))
