"""What happened in the call centre, in an append-only log: figures are computed from it, a forgetful Redis rebuilt.

No row holds anything personal: ids, the type, the instant, and details that are words of ours or numbers.
"""

from typing import Literal

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text
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
