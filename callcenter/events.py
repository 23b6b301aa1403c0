"""What happened in the call centre, in an append-only log: figures are computed from it, a forgetful Redis rebuilt.

No row holds anything personal: ids, the type, the instant, and details that are words of ours or numbers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Select, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from backend.db import metadata
from backend.work import Work
from callcenter import news

Type = Literal[
    # a ticket
    "queued",  # it begins to wait, or waits again
    "offered",
    "rejected",
    "unanswered",  # the offer's time ran out
    "unacknowledged",  # the console did not say within 3 s that it shows the offer
    "withdrawn",  # the caller is gone, or the advisor is not ready any more
    "accepted",
    "joined",  # the advisor's leg is in the conference
    "bridged",  # both are
    "held",
    "resumed",
    "transferred",
    "lost",  # the advisor is gone without ending
    "kept",  # the caller hung up, and keeps the place: a callback
    "abandoned",  # the caller hung up while waiting
    "unserved",  # the queue was full, or the telephony failed: a callback was offered
    "ended",  # after talking
    "wrapped-up",
    "surveyed",
    # a callback
    "promised",
    "dialled",  # one attempt at it
    "reached",
    "not-reached",
    "missed",  # given up after the last attempt
    # an advisor
    "signed-in",
    "ready",
    "not-ready",
    "wrap-up",
    "signed-out",
]

queue_events = Table(
    "queue_events",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("type", Text, nullable=False),
    Column("ticket_id", BigInteger),
    Column("advisor_id", BigInteger),
    Column("offer_id", BigInteger),
    Column("details", JSONB, nullable=False),
    Index(None, "at"),
    Index(None, "ticket_id", "id"),
    Index(None, "advisor_id", "at"),
)


@dataclass(frozen=True)
class Event:
    """Something that happened, as the log has it."""

    type: Type
    at: datetime
    advisor: int | None
    details: Mapping[str, Any]


def record(
    work: Work,
    type_: Type,
    *,
    ticket: int | None = None,
    advisor: int | None = None,
    offer: int | None = None,
    **details: str | int | bool | None,
) -> None:
    """Note what happened, with the transaction that brings it about."""
    row = {
        "at": work.now,
        "type": type_,
        "ticket_id": ticket,
        "advisor_id": advisor,
        "offer_id": offer,
        "details": details,
    }
    work.insert_last(queue_events, row)
    if advisor:
        news.tell(work, advisor)


def newest_of_ticket(work: Work, ticket: int, types: Collection[Type]) -> Event | None:
    """Return what happened last, of these types, to a ticket; None where nothing has."""
    theirs = select(queue_events).where(queue_events.c.ticket_id == ticket, queue_events.c.type.in_(types))
    return _first(work, theirs.order_by(queue_events.c.id.desc()))


def newest_of_advisor(work: Work, advisor: int, since: datetime, types: Collection[Type]) -> Event | None:
    """Return what happened last, of these types, to an advisor from `since` on; None where nothing has."""
    lately = queue_events.c.advisor_id == advisor, queue_events.c.at >= since
    theirs = select(queue_events).where(*lately, queue_events.c.type.in_(types))
    return _first(work, theirs.order_by(queue_events.c.at.desc(), queue_events.c.id.desc()))


def _first(work: Work, found: Select[Any]) -> Event | None:
    row = work.execute(found.limit(1)).one_or_none()
    return Event(row.type, row.at, row.advisor_id, row.details) if row else None
