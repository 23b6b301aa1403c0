"""The mobile on file: another one that somebody gives by telephone, and the number before it again.

A number that was given by telephone opens no portal access for 72 hours, and the old one is told; within them whoever
says "it was not me" has the old one back. Both numbers are sealed, read by nobody but who restores the old one, and
erased with their row after KEPT: the audit log still says that the number changed, and by whom.

So many corrections a day a person has, and an advisor makes: nobody takes over numbers one after the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Row,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from backend import audit, messages, people
from backend.db import metadata
from backend.errors import BadInputError
from backend.identity import Insured
from backend.seal import seal, unseal
from backend.values import FewDigits, Mobile
from backend.wording import Language
from backend.work import Work

HOLD = timedelta(hours=72)
DAY = timedelta(days=1)
MOST_OF_A_PERSON = 2  # corrections in a day
MOST_BY_AN_ADVISOR = 20
KEPT = timedelta(days=30)
SLICE = 500

mobile_changes = Table(
    "mobile_changes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed numbers bind it
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("old", LargeBinary),  # sealed; null: there was none
    Column("new", LargeBinary, nullable=False),  # sealed
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("held_until", DateTime(timezone=True), nullable=False),
    Column("held_before", DateTime(timezone=True)),  # until when the old number was held
    Column("proved_before", DateTime(timezone=True)),  # from when the old number proved its person
    Column("restored_at", DateTime(timezone=True)),
    Column("advisor", BigInteger),  # who did it for the person
    Index(None, "person_id", "id"),
    Index(None, "advisor", "changed_at"),
    Index(None, "changed_at"),
)


@dataclass(frozen=True)
class Change:
    """A number came on file; `held_until`: it opens no portal access before, and can be taken off again."""

    old: FewDigits | None
    new: FewDigits
    changed_at: datetime
    held_until: datetime


@dataclass(frozen=True)
class SameMobile:
    """That number is on file already."""


@dataclass(frozen=True)
class TooManyChanges:
    """This person's number, or numbers by this advisor, were changed as often in a day as they may."""


def correct(work: Work, insured: Insured, new: Mobile, language: Language) -> Change | SameMobile | TooManyChanges:
    """Put another mobile on file, held for 72 hours, and tell the old one so by SMS, in `language`.

    One that was given by somebody who had not proved who they are proves nobody either while it is held: else a
    stranger, by an advisor who believes them, would be the person at once.
    """
    person = people.get(work, insured.person, lock=True)
    if person.mobile == new:
        return SameMobile()
    advisor = int(work.actor.reference) if work.actor.kind == "advisor" else None
    of_person = _lately(work, mobile_changes.c.person_id == person.id)
    if of_person >= MOST_OF_A_PERSON or (advisor and corrected_by(work, advisor) >= MOST_BY_AN_ADVISOR):
        audit.record(work, "mobile.changed-too-often", person.id)
        return TooManyChanges()
    id_ = int(work.execute(select(func.nextval("mobile_changes_id_seq"))).scalar_one())
    until = work.now + HOLD
    row = {
        "id": id_,
        "person_id": person.id,
        "old": seal(person.mobile.encode(), f"mobile_changes:{id_}:old") if person.mobile else None,
        "new": seal(new.encode(), f"mobile_changes:{id_}:new"),
        "changed_at": work.now,
        "held_until": until,
        "held_before": person.portal_from,
        "proved_before": person.mobile_proves_from,
        "advisor": advisor,
    }
    proves_from = until if insured.proof is None else None
    work.execute(insert(mobile_changes).values(row))
    people.change(work, person.id, "mobile.corrected", mobile=new, portal_from=until, mobile_proves_from=proves_from)
    audit.record(work, "mobile.changed", person.id, held_hours=72)
    if person.mobile:
        messages.send(work, "sms-mobile-changed", f"mobile-changed:{id_}", person.mobile, language, person=person.id)
    return Change(person.mobile.ending if person.mobile else None, new.ending, work.now, until)


def held(work: Work, insured: Insured) -> Change | None:
    """Return the last change that can be taken back: its hold is not over, and nothing changed the number since."""
    row = _last(work, insured)
    if row is None:
        return None
    new, old = _number(row, "new"), _number(row, "old")
    assert new  # noqa: S101 for mypy: a change has one
    return Change(old.ending if old else None, new.ending, row.changed_at, row.held_until)


def restore(work: Work, insured: Insured) -> Change:
    """Put the number on file that was there before the last change. Raises BadInputError where `held` has none."""
    person = people.get(work, insured.person, lock=True)
    row = _last(work, insured)
    new = _number(row, "new") if row else None
    if row is None or new is None:
        raise BadInputError("no change of the mobile can be taken back any more")
    old = _number(row, "old")
    work.execute(update(mobile_changes).where(mobile_changes.c.id == row.id).values(restored_at=work.now))
    people.change(
        work,
        person.id,
        "mobile.restored",
        mobile=old,
        portal_from=row.held_before,
        mobile_proves_from=row.proved_before,
    )
    audit.record(work, "mobile.changed", person.id, held_hours=0)
    return Change(old.ending if old else None, new.ending, row.changed_at, row.held_until)


def corrected_by(work: Work, advisor: int) -> int:
    """Return how many numbers an advisor changed within a day."""
    return _lately(work, mobile_changes.c.advisor == advisor)


def erase_old(work: Work) -> int:
    """Delete changes that nothing needs any more, a SLICE at most, and return how many."""
    old = select(mobile_changes.c.id).where(mobile_changes.c.changed_at < work.now - KEPT)
    some = old.order_by(mobile_changes.c.changed_at).limit(SLICE)
    return work.execute(delete(mobile_changes).where(mobile_changes.c.id.in_(some.scalar_subquery()))).rowcount


def _lately(work: Work, whose: ColumnElement[bool]) -> int:
    counted = select(func.count()).where(whose, mobile_changes.c.changed_at > work.now - DAY)
    return int(work.execute(counted).scalar_one())


def _last(work: Work, insured: Insured) -> Row[Any] | None:
    """Return the last change that stands, if it can be taken back."""
    mine = select(mobile_changes).where(
        mobile_changes.c.person_id == insured.person, mobile_changes.c.restored_at.is_(None)
    )
    row = work.execute(mine.order_by(mobile_changes.c.id.desc()).limit(1)).one_or_none()
    if row is None or row.held_until <= work.now:
        return None
    return row if people.get(work, insured.person).mobile == _number(row, "new") else None


def _number(row: Row[Any], which: str) -> Mobile | None:
    sealed = getattr(row, which)
    return Mobile(unseal(sealed, f"mobile_changes:{row.id}:{which}").decode()) if sealed else None
