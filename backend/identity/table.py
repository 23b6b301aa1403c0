"""Codes, and calls instead of them: what was sent to whom, how many tries are left, and in which call it proved."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    delete,
)

from backend import failures
from backend.db import metadata
from backend.seal import unseal
from backend.values import Mobile
from backend.work import Work

KEPT = timedelta(days=2)  # longer than any limit counts, and any call lasts

codes = Table(
    "codes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the digest binds it
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),  # null: a code that was never sent
    Column("mobile", LargeBinary),  # sealed: where it went
    Column("digest", LargeBinary),  # null: no code, but a call to that mobile, confirmed with a key
    Column("aloud", Boolean, nullable=False, server_default="false"),  # to be said to an advisor
    Column("tries_left", Integer, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_in", BigInteger, ForeignKey("calls.id")),  # of a call: that call itself
    Column("proved_at", DateTime(timezone=True)),
    Index(None, "subject", "sent_at"),
    Index(None, "call_id", "id"),
)


def mobile_of(row: Row[Any]) -> Mobile:
    """Return where a code, or a call instead of one, went."""
    return Mobile(unseal(row.mobile, f"codes:{row.id}").decode())


def erase_old(work: Work) -> int:
    """Delete codes and failures that no limit counts any more, and return how many."""
    gone = work.execute(delete(codes).where(codes.c.sent_at < work.now - KEPT)).rowcount
    return gone + failures.erase_old(work)
