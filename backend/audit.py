"""Who read or changed whose record, and why: written by the subjects, in the same transaction.

Who looks at a whole record reads it in a dozen places: `together` makes one line of that, which names each.

An action that the fund's other systems are told of becomes an event too (`backend.events`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import BigInteger, Column, ColumnElement, DateTime, Identity, Index, Row, Table, Text, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from backend import events
from backend.clock import CASABLANCA
from backend.db import metadata
from backend.values import PersonId
from backend.work import Actor, ActorKind, Work

KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
STRETCH = 200_000
"""Rows looked through at once for those that are wanted: a fraction of a second, however rare they are."""
READ = ".read"
LATENESS = timedelta(minutes=10)
"""A row is written at its transaction's end, and bears the instant of its beginning: no transaction is longer."""

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("details", JSONB, nullable=False),
    Index(None, "person_id", "at"),
)


def record(work: Work, action: str, person: PersonId | None, **details: str | int | bool | None) -> None:
    """Note that `work.actor` did `action` (such as `person.read`); `details` hold identifiers, no amounts or names."""
    if work.readings is not None and action.endswith(READ):
        gathered = work.readings.setdefault((work.actor, person), {"read": []})
        gathered["read"] += [action] if action not in gathered["read"] else []
        gathered.update(details)
        return
    _write(work, work.actor, action, person, details)
    if action in events.TYPES:
        events.record(work, action, person, details)


@contextmanager
def together(work: Work, action: str) -> Iterator[None]:
    """Note what is read meanwhile as one line for each person, `action`, whose detail `read` names every reading."""
    work.readings = {}
    try:
        yield
    finally:
        readings, work.readings = work.readings, None
    for (actor, person), details in readings.items():
        _write(work, actor, action, person, details)


def _write(work: Work, actor: Actor, action: str, person: PersonId | None, details: Mapping[str, Any]) -> None:
    row = {
        "at": work.now,
        "actor_kind": actor.kind,
        "actor": actor.reference,
        "reason": actor.reason,
        "action": action,
        "person_id": person,
        "details": details,
    }
    work.insert_last(audit, row)


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    id: int
    at: datetime
    actor: Actor
    action: str
    person: PersonId | None
    details: Mapping[str, str | int | bool | list[str] | None]


@dataclass(frozen=True)
class Wanted:
    """Which lines: of a day of Morocco, of a kind of actor or one actor, of an action, about a person.

    Of a reading, also those that name it among others.
    """

    day: date | None = None
    kind: ActorKind | None = None
    reference: str | None = None
    action: str | None = None
    person: int | None = None


@dataclass(frozen=True)
class Page:
    """Lines, the newest first; `before`: where to go on, None at the end of what is wanted."""

    entries: list[Entry]
    before: int | None
    reached: datetime | None
    """Where the look ended that found no more, on its way to older lines."""


def read(work: Work, wanted: Wanted, before: int | None, limit: int) -> Page:
    """Return up to `limit` lines older than line `before`. Where few fit, the look ends early, and says where."""
    first, top = _ids_of(work, wanted.day)
    top = min(top, before or top)
    bottom = first if wanted.person else max(first, top - STRETCH)
    c = audit.c
    mine = (c.id >= bottom, c.id < top, *_conditions(wanted))
    rows = work.execute(select(audit).where(*mine).order_by(c.id.desc()).limit(limit)).all()
    entries = [_entry(row) for row in rows]
    if len(entries) == limit:
        return Page(entries, entries[-1].id, None)
    if bottom <= first:
        return Page(entries, None, None)
    return Page(entries, bottom, work.execute(select(c.at).where(c.id >= bottom).order_by(c.id).limit(1)).scalar())


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    c = audit.c
    if wanted.day:
        yield c.at.between(*_instants(wanted.day))
    if wanted.kind:
        yield c.actor_kind == wanted.kind
    if wanted.reference is not None:
        yield c.actor == wanted.reference
    if wanted.action:
        same = c.action == wanted.action
        yield or_(same, c.details.contains({"read": [wanted.action]})) if wanted.action.endswith(READ) else same
    if wanted.person:
        yield c.person_id == wanted.person


def _instants(day: date) -> tuple[datetime, datetime]:
    begins, ends = (
        datetime(each.year, each.month, each.day, tzinfo=CASABLANCA) for each in (day, day + timedelta(days=1))
    )
    return begins, ends - timedelta(microseconds=1)


def _ids_of(work: Work, day: date | None) -> tuple[int, int]:
    """Return between which ids the lines of a day are: the first, and the one after the last."""
    top = (work.execute(select(audit.c.id).order_by(audit.c.id.desc()).limit(1)).scalar() or 0) + 1
    if day is None:
        return 0, top
    begins, ends = _instants(day)
    return _first_since(work, begins - LATENESS, top), _first_since(work, ends + LATENESS, top)


def _first_since(work: Work, instant: datetime, top: int) -> int:
    """Return about the first id of an instant: ids and instants rise together, and so no index of instants is kept."""
    low, high = 0, top
    while low < high:
        middle = (low + high) // 2
        last = select(audit.c.at).where(audit.c.id <= middle).order_by(audit.c.id.desc()).limit(1)
        at = work.execute(last).scalar()
        if at is None or at < instant:
            low = middle + 1
        else:
            high = middle
    return low


def _entry(row: Row[Any]) -> Entry:
    actor = Actor(row.actor_kind, row.actor, row.reason)
    return Entry(row.id, row.at, actor, row.action, row.person_id, row.details)
