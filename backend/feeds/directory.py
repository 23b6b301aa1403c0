"""The kind of file `agencies`: the directory of agencies, mobile agencies and points of proximity, each by its code.

A row says all of an agency: an empty cell empties.
"""

from collections.abc import Sequence
from datetime import date

from backend.agencies import KINDS
from backend.agencies import agencies as table
from backend.feeds import cells
from backend.feeds.kinds import Column, Kind, Merged, Record, Staged
from backend.feeds.refusals import refused
from backend.feeds.staging import stage, staging, upsert
from backend.work import Work

_COLUMNS = ("code", "name", "name_ar", "kind", "city", "postcode", "address", "hours", "latitude", "longitude")
_OPTIONAL = frozenset({"name_ar", "latitude", "longitude"})
_SOUTH, _NORTH, _WEST, _EAST = 20.0, 37.0, -18.0, -0.9
_staged = staging(table, *_COLUMNS)


def agencies(_today: date) -> Kind:
    """Return the agencies."""
    read = {
        "kind": cells.one_of(KINDS),
        "postcode": cells.postcode,
        "address": cells.sentence,
        "hours": cells.sentence,
        "latitude": cells.degrees(_SOUTH, _NORTH),
        "longitude": cells.degrees(_WEST, _EAST),
    }
    return Kind(
        columns={name: Column(read.get(name, cells.words), table.c[name]) for name in _COLUMNS},
        required=frozenset(_COLUMNS) - _OPTIONAL,
        keys=(("code",),),
        rule=_located,
        merge=_merge,
        source=table,
    )


def _located(record: Record) -> None:
    if (record["latitude"] is None) != (record["longitude"] is None):
        raise refused("one-of-two", "latitude, longitude")


def _merge(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _staged, rows)
    return upsert(work, _staged, table, ("code",), {})
