"""Cases: what an advisor could not settle in the call, written down until somebody has.

    open → followed → closed

A case is in one advisor's hands: who opened it, or opened it again, until a supervisor hands it on. It opens the record
of its person to nobody else.

What is written may be personal: it is sealed, and read only by the `Insured` of a record that was opened; writing shows
nothing. Each change names the version that its writer saw: of two who change a case at once, the second is refused.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    text,
    update,
)

from backend import audit
from backend.db import metadata
from backend.errors import BadInputError
from backend.identity import Insured
from backend.seal import seal, unseal
from backend.values import PersonId
from backend.work import Work
from callcenter import agents, presence
from callcenter.agents import advisors

State = Literal["open", "followed", "closed"]
LONGEST = 20_000  # characters of a text
MOST = 20  # cases of a person that are listed
LISTED = 100  # cases on a page

cases = Table(
    "cases",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("ticket_id", BigInteger, ForeignKey("tickets.id")),
    Column("subject", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("opened_by", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("held_by", BigInteger, ForeignKey("advisors.id"), nullable=False),  # in whose hands it is
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    CheckConstraint("(state = 'closed') = (closed_at is not null)", name="closed"),
    Index(None, "person_id", "id"),
    Index(None, "ticket_id"),
    Index("cases_unsettled_idx", "id", postgresql_where=text("state <> 'closed'")),
    Index("cases_held_idx", "held_by", "id", postgresql_where=text("state <> 'closed'")),
)
notes = Table(
    "case_notes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed text binds it
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False),
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("text", LargeBinary, nullable=False),  # sealed
    Index(None, "case_id", "id"),
)


class ChangedMeanwhileError(BadInputError):
    """Somebody else changed the case since its reader read it."""


@dataclass(frozen=True)
class Note:
    """What an advisor wrote, and when."""

    advisor: int
    at: datetime
    text: str


@dataclass(frozen=True)
class Case:
    """A case with its notes, the first being what it is about."""

    id: int
    person: PersonId
    ticket: int | None
    subject: str
    state: State
    version: int
    opened_by: int
    opened_at: datetime
    notes: tuple[Note, ...]


def open_case(work: Work, person: PersonId, advisor: int, ticket: int | None, subject: str, what: str) -> int:
    """Open a case about somebody, and return its number; its version is 1. Raises BadInputError for a bad text."""
    what = _checked(what)
    row = {"person_id": person, "ticket_id": ticket, "subject": subject, "opened_by": advisor, "held_by": advisor}
    new = insert(cases).values(**row, opened_at=work.now, changed_at=work.now).returning(cases.c.id)
    case = int(work.execute(new).scalar_one())
    _write(work, case, advisor, what)
    audit.record(work, "case.opened", person, case=case, ticket=ticket)
    return case


def add_note(work: Work, case: int, advisor: int, version: int, text: str) -> int:
    """Write on, and return the new version: the case is followed from now on.

    Raises BadInputError where there is no such case or it is closed, ChangedMeanwhileError where `version` is no longer
    its version.
    """
    return _change(work, case, advisor, version, text, state="followed")


def close(work: Work, case: int, advisor: int, version: int, text: str) -> int:
    """Close a case, saying what came of it, and return the new version. Raises as `add_note` does."""
    return _change(work, case, advisor, version, text, state="closed", closed_at=work.now)


def reopen(work: Work, insured: Insured, case: int, advisor: int, version: int, text: str) -> int:
    """Go on with a case that was closed, saying why, in one's own hands; return its new version.

    Raises as `add_note` does.
    """
    text = _checked(text)
    same = (cases.c.id == case) & (cases.c.person_id == insured.person) & (cases.c.version == version)
    changed = update(cases).where(same, cases.c.state == "closed")
    again = {"version": version + 1, "changed_at": work.now, "held_by": advisor}
    changed = changed.values(**again, state="followed", closed_at=None)
    if not work.execute(changed).rowcount:
        raise _refusal(work, case, version)
    _write(work, case, advisor, text)
    audit.record(work, "case.reopened", insured.person, case=case)
    return version + 1


def hand(work: Work, supervisor: int, some: Collection[int], to: int) -> int:
    """Put cases that are not closed into another's hands, and return how many were in somebody else's.

    Raises BadInputError for anybody but a supervisor, and for who takes no calls.
    """
    if agents.require(work, supervisor).role != "supervisor":
        raise BadInputError("a supervisor hands cases on")
    if agents.require(work, to).role not in presence.ANSWERING:
        raise BadInputError("cases are followed by who answers calls")
    others = cases.c.id.in_(some), cases.c.state != "closed", cases.c.held_by != to
    handed = update(cases).where(*others).values(held_by=to).returning(cases.c.id, cases.c.person_id)
    rows = work.execute(handed).all()
    for row in rows:
        audit.record(work, "case.handed", PersonId(row.person_id), case=row.id, advisor=to)
    return len(rows)


def held(work: Work, case: int, advisor: int) -> PersonId | None:
    """Return whom a case is about that is not closed, and in this advisor's hands; None where it is not."""
    theirs = cases.c.id == case, cases.c.held_by == advisor, cases.c.state != "closed"
    return work.execute(select(cases.c.person_id).where(*theirs)).scalar_one_or_none()


def of_person(work: Work, insured: Insured) -> list[Case]:
    """Return somebody's cases, the newest first, MOST of them."""
    newest = select(cases).where(cases.c.person_id == insured.person).order_by(cases.c.id.desc()).limit(MOST)
    found = _cases(work, work.execute(newest).all())
    audit.record(work, "cases.read", insured.person, cases=len(found))
    return found


@dataclass(frozen=True)
class Line:
    """A case of which one knows no more than this before its record is opened."""

    id: int
    subject: str
    state: State
    opened_at: datetime
    changed_at: datetime
    held_by: int
    holder: str  # their name
    notes: int


def unsettled(
    work: Work, *, held_by: int | None = None, subject: str | None = None, after: int = 0, limit: int = LISTED
) -> list[Line]:
    """Return the cases that are not closed, the oldest first, those after the case `after`; `limit` at most."""
    written = select(func.count()).where(notes.c.case_id == cases.c.id).scalar_subquery()
    found = select(cases, advisors.c.name, written.label("notes")).join(advisors, advisors.c.id == cases.c.held_by)
    found = found.where(cases.c.state != "closed", cases.c.id > after)
    if held_by is not None:
        found = found.where(cases.c.held_by == held_by)
    if subject is not None:
        found = found.where(cases.c.subject == subject)
    return [
        Line(row.id, row.subject, row.state, row.opened_at, row.changed_at, row.held_by, row.name, row.notes)
        for row in work.execute(found.order_by(cases.c.id).limit(limit))
    ]


def _change(work: Work, case: int, advisor: int, version: int, text: str, **values: Any) -> int:
    text = _checked(text)
    unchanged = (cases.c.id == case) & (cases.c.version == version) & (cases.c.state != "closed")
    changed = update(cases).where(unchanged).values(version=version + 1, changed_at=work.now, **values)
    row = work.execute(changed.returning(cases.c.person_id)).one_or_none()
    if row is None:
        raise _refusal(work, case, version)
    _write(work, case, advisor, text)
    audit.record(work, f"case.{values['state']}", PersonId(row.person_id), case=case)
    return version + 1


def _refusal(work: Work, case: int, version: int) -> BadInputError:
    row = work.execute(select(cases.c.version).where(cases.c.id == case)).one_or_none()
    if row is None:
        return BadInputError(f"there is no case {case}")
    if row.version != version:
        return ChangedMeanwhileError(f"somebody else has changed case {case}: read it again, then write")
    return BadInputError(f"case {case} is closed: open another")


def _checked(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise BadInputError(f"a text has 1 to {LONGEST} characters, not {len(text)}")
    return text


def _write(work: Work, case: int, advisor: int, text: str) -> None:
    id_ = int(work.execute(select(func.nextval("case_notes_id_seq"))).scalar_one())
    sealed = seal(text.encode(), f"case_notes:{id_}")
    row = {"id": id_, "case_id": case, "advisor_id": advisor, "at": work.now, "text": sealed}
    work.execute(insert(notes).values(row))


def _cases(work: Work, rows: Iterable[Row[Any]]) -> list[Case]:
    by_case: dict[int, list[Note]] = {row.id: [] for row in rows}
    for note in work.execute(select(notes).where(notes.c.case_id.in_(by_case)).order_by(notes.c.id)):
        text = unseal(note.text, f"case_notes:{note.id}").decode()
        by_case[note.case_id].append(Note(note.advisor_id, note.at, text))
    return [
        Case(
            id=row.id,
            person=PersonId(row.person_id),
            ticket=row.ticket_id,
            subject=row.subject,
            state=row.state,
            version=row.version,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            notes=tuple(by_case[row.id]),
        )
        for row in rows
    ]
