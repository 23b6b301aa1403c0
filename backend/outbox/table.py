"""The table of promises, its states, and the one way in which a row moves."""

from datetime import timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    literal_column,
    select,
    text,
    update,
)

from backend.db import metadata
from backend.work import Work

State = Literal[
    "queued",
    "sending",
    "uncertain",
    "needs-attention",  # a person decides: `send_again`, or not
    "expired",  # a code that is no longer worth anything
    "handed",
    "sent",
    "delivered",
    "undelivered",
    "failed",
    "withheld",  # switched off, or more than one person is to get in a day: recorded, not sent
]
RANKS: dict[State, int] = dict.fromkeys(get_args(State), 4) | {
    "queued": 0,
    "sending": 0,
    "uncertain": 0,
    "needs-attention": 1,
    "expired": 1,
    "handed": 2,
    "sent": 3,
}
"""News moves a row to a higher rank only: statuses come twice, late and out of order."""

ENDS: frozenset[State] = frozenset({"expired", "delivered", "undelivered", "failed", "withheld"})
LIFE = timedelta(hours=24)  # no attempt after it; then what a row says is erased, whatever its state
LEASE = timedelta(seconds=15)  # longer than an HTTP request can take
SLICE = 5_000  # rows changed in one statement: a fraction of a second, whatever the backlog

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("business_key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("recipient", LargeBinary, nullable=False),  # keyed digest: limits count by it
    Column("priority", SmallInteger, nullable=False),  # 0 first
    Column("validity", Integer),  # seconds; null: worth repeating within LIFE
    Column("payload", LargeBinary),  # sealed for `outbox:<business key>`
    Column("state", Text, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),  # when somebody must look at it next
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("promised_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("attempted_at", DateTime(timezone=True)),
    Column("handed_at", DateTime(timezone=True)),
    Column("repeated", Boolean, nullable=False, server_default="false"),
    Column("sid", Text, index=True),
    Column("error_code", Integer),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    Index("outbox_queued_idx", "priority", "due_at", postgresql_where=text("state = 'queued'")),
    Index("outbox_due_idx", "due_at", postgresql_where=text("state in ('queued', 'sending', 'uncertain')")),
    Index("outbox_attention_idx", "id", postgresql_where=text("state = 'needs-attention'")),
    Index("outbox_payload_idx", "ends_at", postgresql_where=text("payload is not null")),
    Index(None, "recipient", "promised_at"),
    Index(None, "person_id", "promised_at"),
)

switched_off = Table(
    "switched_off",
    metadata,
    Column("occasion", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
)
OFF = outbox.c.occasion.in_(select(switched_off.c.occasion))
"""An operator switched the row's occasion off."""


def among(*states: State) -> ColumnElement[bool]:
    """Compare the state with literals: a partial index serves no parameter."""
    return outbox.c.state.in_([literal_column(f"'{state}'") for state in states])


def move(work: Work, row: int, state: State, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Move a row to a state of a higher rank, and say whether it did; at an end, erase what it says."""
    lower = [each for each, rank in RANKS.items() if rank < RANKS[state]]
    if state in ENDS:
        values["payload"] = None
    return change(work, row, among(*lower), *conditions, state=state, **values)


def change(work: Work, row: int, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change a row if `conditions` hold, and say whether it did."""
    return work.execute(update(outbox).where(outbox.c.id == row, *conditions).values(values)).rowcount > 0


def change_slice(work: Work, *conditions: ColumnElement[bool], **values: Any) -> int:
    """Change up to SLICE rows for which `conditions` hold and that nobody has hold of; return how many.

    A full SLICE says that there may be more: call it again in another transaction.
    """
    some = select(outbox.c.id).where(*conditions).limit(literal_column(str(SLICE))).with_for_update(skip_locked=True)
    return work.execute(update(outbox).where(outbox.c.id.in_(some.scalar_subquery())).values(values)).rowcount
