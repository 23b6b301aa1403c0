"""Records that another system posts: one batch, read and merged as a file's rows are, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from backend import audit
from backend.feeds import imports
from backend.feeds.catalogue import kind_named
from backend.feeds.importing import Batch, merge
from backend.feeds.imports import Counts
from backend.feeds.kinds import Once
from backend.feeds.reading import Row, cells_of
from backend.feeds.refusals import RefusedError
from backend.work import Work


@dataclass(frozen=True)
class Taken:
    """What became of a batch; `refused` is the reason by the record's place, from 1."""

    counts: Counts
    refused: dict[int, str]


def take(work: Work, kind: str, records: Sequence[object]) -> Taken | None:
    """Merge records of a kind; what isn't a JSON object of its columns is refused, and stops no other.

    None, and nothing done, where another import is running. Raises BadInputError where there is no such kind.
    """
    chosen = kind_named(kind)
    if not imports.alone_at_once(work):
        return None
    batch, once, header = Batch(), Once(chosen.keys), list(chosen.columns)
    for place, record in enumerate(records, 1):
        batch.add(chosen, once, header, _row(place, record, header))
    counts, refused = merge(work, chosen, batch)
    audit.record(work, f"{kind}.imported", None, **asdict(counts))
    return Taken(counts, dict(sorted(refused.items())))


def _row(place: int, record: object, header: Sequence[str]) -> Row:
    try:
        return Row(place, 0, cells_of(record, header))
    except RefusedError as error:
        return Row(place, 0, [], error)
