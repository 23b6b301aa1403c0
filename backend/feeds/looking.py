"""A look at a list before anything is done with it: its columns, and what the rules of a row say of the first rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import orjson

from backend.feeds import campaigns
from backend.feeds.catalogue import KINDS, kind_named
from backend.feeds.importing import Batch
from backend.feeds.kinds import Once
from backend.feeds.reading import Source

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
    refused: Sequence[tuple[int, str]]
    refused_count: int
    numbers: int = 0
    """Of a campaign: how many people it names."""

    def packed(self) -> bytes:
        """Return it as it is kept with its list."""
        return orjson.dumps(asdict(self))

    @classmethod
    def unpacked(cls, kept: bytes) -> "Look":
        """Return what `packed` kept."""
        return cls(**orjson.loads(kept))


def look(kind: str, path: Path) -> Look:
    """Look at a file, once. Raises BadInputError where it can't be used as a whole."""
    if kind not in KINDS:
        return Look((), (), 0, (), 0, len(campaigns.numbers(path)))
    chosen = kind_named(kind)
    source = Source(path, chosen.columns, chosen.required)
    batch, once = Batch(), Once(chosen.keys)
    for row in islice(source.rows(), ROWS):
        batch.add(chosen, once, source.header, row)
    refused = sorted(batch.refused.items())
    absent = [name for name in chosen.columns if name not in source.header]
    return Look(source.header, absent, len(batch.rows), refused[:SHOWN], len(refused))
