"""Doing what a form asks, once: a form has a number, and one that comes again is answered with what was said then.

The number counts how often this was done in this call, or for this opening; so a page shows the same form until it is
posted, a double click and the back button do nothing twice, and who wants it again posts the next form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as inserting

from backend.db import metadata
from backend.errors import BadInputError
from backend.messages import Draft
from backend.seal import seal, unseal
from backend.wording import LANGUAGES, Language, written
from backend.work import Work
from callcenter.acting.forms import Offer, Said, Wrong, read
from callcenter.acting.standpoint import At
from callcenter.acting.table import ACTS, Act

KEPT = timedelta(days=1)  # what was said; that it was done stays
SHOWN = 10

acts = Table(
    "acts",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed words bind it
    Column("scope", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("said", LargeBinary),  # sealed, in each language
    Column("done_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("scope", "name", "number"),
    Index("acts_said_idx", "done_at", postgresql_where=text("said is not null")),
)


@dataclass(frozen=True)
class Done:
    """What was done, and what was said about it."""

    name: str
    at: datetime
    said: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form as it can be filled in now."""

    act: Act
    number: int
    offer: Offer


def forms(work: Work, at: At) -> list[Form]:
    """Return what can be done now, in the order of the table."""
    counted = _counts(work, at)
    offered = ((act, act.offered(work, at)) for act in ACTS.values() if _may(act, at))
    return [Form(act, counted.get(act.name, 0), offer) for act, offer in offered if offer is not None]


def done(work: Work, at: At, language: Language) -> list[Done]:
    """Return what this advisor did in this call, or for this opening: the newest first, SHOWN at most."""
    mine = (acts.c.scope == at.scope) & acts.c.said.is_not(None)
    newest = select(acts).where(mine).order_by(acts.c.id.desc()).limit(SHOWN)
    rows = work.execute(newest).all() if at.scope else []
    return [Done(row.name, row.done_at, _opened(row.id, row.said)[language]) for row in rows]


def do(work: Work, at: At, name: str, number: int, typed: Mapping[str, str]) -> Said | Wrong:
    """Do what a form asks; a second time, say what was said. Raises BadInputError where it can't be done now."""
    act = _require(at, name)
    if number > _counts(work, at).get(name, 0):
        raise BadInputError(f"form {number} of {name} is none that a page showed")
    row = {"scope": at.scope, "name": name, "number": number, "advisor_id": at.advisor.id, "done_at": work.now}
    person = at.person.id if at.person else None
    new = inserting(acts).values(row | {"person_id": person}).on_conflict_do_nothing()
    id_ = work.execute(new.returning(acts.c.id)).scalar_one_or_none()
    if id_ is None:
        return Said(())
    outcome = _run(work, at, act, typed, number)
    if isinstance(outcome, Wrong):
        work.execute(acts.delete().where(acts.c.id == id_))
        return outcome
    worded = {each: [written(each, line.message, **line.values) for line in outcome.lines] for each in LANGUAGES}
    work.execute(update(acts).where(acts.c.id == id_).values(said=seal(orjson.dumps(worded), f"acts:{id_}")))
    return outcome


def preview(work: Work, at: At, name: str, number: int, typed: Mapping[str, str]) -> Sequence[Draft] | Wrong:
    """Return the SMS that a form would send, and send none. Raises as `do` does."""
    act = _require(at, name)
    with work.rehearsal() as drafts:
        outcome = _run(work, at, act, typed, number)
    return outcome if isinstance(outcome, Wrong) else drafts


def erase_old(work: Work) -> int:
    """Erase what was said a day ago, and return of how many acts."""
    old = acts.c.said.is_not(None) & (acts.c.done_at < work.now - KEPT)
    return work.execute(update(acts).where(old).values(said=None)).rowcount


def _run(work: Work, at: At, act: Act, typed: Mapping[str, str], number: int) -> Said | Wrong:
    offer = act.offered(work, at)
    if offer is None:
        raise BadInputError(f"{act.name} is not offered now")
    values = read(act.fields, offer, typed)
    if isinstance(values, Wrong):
        return values
    work.actor = replace(work.actor, form=f"{at.scope}:{act.name}:{number}")
    outcome = act.run(work, at, values)
    work.actor = replace(work.actor, form="")
    return outcome


def _require(at: At, name: str) -> Act:
    act = ACTS.get(name)
    if act is None or not at.scope or not _may(act, at):
        raise BadInputError(f"{name} can't be done now")
    return act


def _may(act: Act, at: At) -> bool:
    """Say whether an act's role, phase and ground are given."""
    if at.advisor.role not in act.roles or at.phase not in act.phases:
        return False
    match act.needs:
        case "anybody":
            return bool(at.scope)
        case "call":
            return at.ticket is not None and at.ticket.call is not None and not at.proved
        case "record":
            return at.opened is not None
        case "proof":
            return at.proved


def _counts(work: Work, at: At) -> dict[str, int]:
    """Return how often each act was done here."""
    if not at.scope:
        return {}
    found = select(acts.c.name, func.count().label("times")).where(acts.c.scope == at.scope).group_by(acts.c.name)
    return {row.name: int(row.times) for row in work.execute(found)}


def _opened(act: int, sealed: bytes) -> dict[Language, tuple[str, ...]]:
    held: Any = orjson.loads(unseal(sealed, f"acts:{act}"))
    return {each: tuple(held[each]) for each in LANGUAGES}
