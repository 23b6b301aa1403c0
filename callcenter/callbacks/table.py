"""The table of promised calls, their states, and how a row changes."""

from datetime import timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Row,
    SmallInteger,
    Table,
    Text,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from backend import audit
from backend.calls import caller_digest
from backend.db import metadata
from backend.seal import seal, unseal
from backend.values import PersonId, Telephone
from backend.work import Work
from callcenter.hours import Half
from callcenter.tickets import tickets

Kind = Literal["place", "half-day"]
State = Literal["promised", "due", "kept", "missed", "cancelled"]
Result = Literal["reached", "busy", "no-answer", "failed", "not-confirmed", "cancelled"]
"""What became of an attempt; `cancelled`: by us, before anybody could be reached. It counts as none."""
SLICE = 100
NUMBER_KEPT = timedelta(days=1)  # after the end

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed number binds it
    Column("call_id", BigInteger, ForeignKey("calls.id"), unique=True),  # that it was promised in, by no advisor
    Column("advisor_id", BigInteger, ForeignKey("advisors.id")),  # who arranged it
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("kind", Text, nullable=False),
    Column("number", LargeBinary),  # sealed, E.164; null: a place whose caller withheld it, and has not yet keyed one
    Column("callee", LargeBinary),  # its digest as a caller's: who rings from there gets the place back
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("path", JSONB, nullable=False),
    Column("note", LargeBinary),  # sealed: what the advisor who arranged it says to the one who calls
    Column("counts_from", DateTime(timezone=True)),  # of a place
    Column("day", Date),
    Column("half", Text),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="promised"),
    Column("promised_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in get_args(Kind))), name="kind"),
    CheckConstraint("half in ({})".format(", ".join(f"'{half}'" for half in get_args(Half))), name="half"),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    CheckConstraint("(kind = 'half-day') = (day is not null and half is not null)", name="half_day_is_one"),
    CheckConstraint("(kind = 'place') = (counts_from is not null)", name="place_counts"),
    CheckConstraint("(call_id is null) = (advisor_id is not null)", name="promised_by_one"),
    CheckConstraint("(state in ('kept', 'missed', 'cancelled')) = (ended_at is not null)", name="ended_some_time"),
    Index("callbacks_promised_idx", "due_at", postgresql_where=text("state = 'promised'")),
    Index("callbacks_due_idx", "id", postgresql_where=text("state = 'due'")),
    Index("callbacks_missed_idx", "id", postgresql_where=text("state = 'missed'")),
    Index("callbacks_callee_idx", "callee", postgresql_where=text("state in ('promised', 'due')")),
    Index("callbacks_person_idx", "person_id", postgresql_where=text("state in ('promised', 'due')")),
)


def change(work: Work, callback: int, **values: Any) -> None:
    """Change columns of a promised call."""
    work.execute(update(callbacks).where(callbacks.c.id == callback).values(values))


def end(work: Work, row: Row[Any], state: State) -> None:
    """Bring a promised call to an end."""
    change(work, row.id, state=state, ended_at=work.now)
    audit.record(work, f"callback.{state}", person_of(row), callback=row.id)


def hold(work: Work, ticket: int) -> None:
    """Lock the promised call that a ticket is an attempt at, if it is one: before the ticket is."""
    its = select(tickets.c.callback_id).where(tickets.c.id == ticket).scalar_subquery()
    work.execute(select(callbacks.c.id).where(callbacks.c.id == its).with_for_update())


def erase_old(work: Work) -> int:
    """Erase the numbers and notes of promised calls that were kept or given up a day ago, and return how many."""
    over = among("kept", "cancelled"), callbacks.c.ended_at < work.now - NUMBER_KEPT, callbacks.c.number.is_not(None)
    return work.execute(update(callbacks).where(*over).values(number=None, callee=None, note=None)).rowcount


def number_of(work: Work, callback: int) -> Telephone:
    """Return the number to call."""
    return opened(work.execute(select(callbacks).where(callbacks.c.id == callback)).one())


def numbered(callback: int, number: Telephone) -> dict[str, bytes]:
    """Return the columns that hold a number to call."""
    return {"number": seal(number.encode(), f"callbacks:{callback}"), "callee": caller_digest(number)}


def opened(row: Row[Any]) -> Telephone:
    """Return the number that a row holds."""
    return Telephone(unseal(row.number, f"callbacks:{row.id}").decode())


def person_of(row: Row[Any]) -> PersonId | None:
    """Return whom a row is about."""
    return PersonId(row.person_id) if row.person_id else None


def among(*states: State) -> ColumnElement[bool]:
    """Compare the state with literals: a partial index serves no parameter."""
    return callbacks.c.state.in_([literal_column(f"'{state}'") for state in states])
