"""The table of outgoing calls, and how a row changes (`callcenter.dialling` places them)."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    literal_column,
    select,
    text,
    update,
)

from backend.db import metadata
from backend.work import Work

Kind = Literal["callback", "proof"]
State = Literal["queued", "dialling", "ringing", "answered", "ended"]

dials = Table(
    "dials",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed number binds it
    Column("kind", Text, nullable=False),
    Column("ticket_id", BigInteger, ForeignKey("tickets.id")),  # of a callback
    Column("proof_id", BigInteger, unique=True),  # of a proof: `codes.id`, erased before
    Column("call_id", BigInteger, ForeignKey("calls.id")),  # of a proof: the call that asked for it
    Column("number", LargeBinary),  # sealed; erased when it has ended
    Column("state", Text, nullable=False, server_default="queued"),
    Column("result", Text),
    Column("sid", Text, unique=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),  # when somebody must look at it next
    Column("attempted_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in get_args(Kind))), name="kind"),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    CheckConstraint("(state = 'ended') = (result is not null)", name="ended_somehow"),
    CheckConstraint("(kind = 'callback') = (ticket_id is not null)", name="callback_of_a_ticket"),
    CheckConstraint("(kind = 'proof') = (proof_id is not null)", name="proof_of_a_claim"),
    Index("dials_open_idx", "state", "due_at", postgresql_where=text("state <> 'ended'")),
    Index("dials_open_of_ticket_key", "ticket_id", unique=True, postgresql_where=text("state <> 'ended'")),
    Index(None, "attempted_at"),
    Index(None, "asked_at"),
    Index(None, "ticket_id"),
)


@dataclass(frozen=True)
class Dial:
    """An outgoing call: of a callback's ticket, or of a proof asked for in a call."""

    id: int
    kind: Kind
    state: State
    ticket: int | None
    proof: int | None
    call: int | None
    sid: str | None


def get(work: Work, dial: int) -> Dial | None:
    """Return an outgoing call; None where there is none."""
    row = work.execute(select(dials).where(dials.c.id == dial)).one_or_none()
    return dial_of(row) if row else None


def locked(work: Work, *conditions: ColumnElement[bool], skip: bool = False) -> Row[Any] | None:
    """Return the first row for which this holds, locked; with `skip`, but those that somebody else has hold of."""
    found = select(dials).where(*conditions).order_by(dials.c.id).limit(1).with_for_update(skip_locked=skip)
    return work.execute(found).one_or_none()


def change(work: Work, dial: int, **values: Any) -> Dial:
    """Change columns of a row, and return it."""
    return dial_of(work.execute(update(dials).where(dials.c.id == dial).values(values).returning(dials)).one())


def dial_of(row: Row[Any]) -> Dial:
    """Return what a row holds."""
    return Dial(row.id, row.kind, row.state, row.ticket_id, row.proof_id, row.call_id, row.sid)


def among(*states: State) -> ColumnElement[bool]:
    """Compare the state with literals: a partial index serves no parameter."""
    return dials.c.state.in_([literal_column(f"'{state}'") for state in states])
