"""Calls: one row for each, by Twilio's CallSid; what is known of it that is not personal.

The caller's number is kept only as a keyed digest (limits, repeat callers) and inside the sealed journal.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from backend.db import metadata
from backend.seal import mac, mac_matches, macs
from backend.settings import Service
from backend.values import PersonId
from backend.work import Work

calls = Table(
    "calls",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("sid", Text, nullable=False, unique=True),
    Column("service", Text, nullable=False),
    Column("caller", LargeBinary, nullable=False),
    Column("today", Date, nullable=False),
    Column("language", Text),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("status", Text, nullable=False, server_default="in-progress"),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("seconds", Integer),
    Column("advisor_at", Text),  # the question at which it left for an advisor
    Index(None, "started_at"),
    Index(None, "caller", "started_at"),
    Index(None, "person_id", "started_at"),
    Index("calls_open_idx", "id", postgresql_where=text("ended_at IS NULL")),
)
LOST = "lost"  # the status of a call whose end nobody told us
ENDED = ("completed", "busy", "failed", "no-answer", "canceled")
_BEGIN = insert(calls).on_conflict_do_nothing(index_elements=["sid"]).returning(calls.c.id)
_BELONGS = update(calls).where(calls.c.id == bindparam("call"))


def begin_call(work: Work, sid: str, service: Service, caller: str | None) -> int | None:
    """Note that a call came in, and return its id, None where it is known. `caller`: E.164, None where withheld."""
    values = {
        "sid": sid,
        "service": service,
        "caller": caller_digest(caller),
        "today": work.today,
        "started_at": work.now,
    }
    return work.execute(_BEGIN, values).scalar_one_or_none()


def caller_digest(caller: str | None) -> bytes:
    """Return the keyed digest by which a caller's number is counted; all withheld numbers share one."""
    return mac("caller", caller or "withheld")


def is_withheld(digest: bytes) -> bool:
    """Say whether this is the digest of withheld numbers, under any key."""
    return mac_matches(digest, "caller", "withheld")


def withheld_digests() -> list[bytes]:
    """Return the digests of withheld numbers, under each key: they are nobody's number."""
    return macs("caller", "withheld")


def belongs_to(work: Work, call: int, person: PersonId) -> None:
    """Note whom this call turned out to be about, once identified."""
    work.execute(_BELONGS, {"call": call, "person_id": person})


def end_call(work: Work, sid: str, status: str, seconds: int | None) -> bool:
    """Note that a call is over, once; say whether it was news."""
    ended = update(calls).where(calls.c.sid == sid, calls.c.ended_at.is_(None))
    return work.execute(ended.values(status=status, seconds=seconds, ended_at=work.now)).rowcount > 0


def sid_of(work: Work, call: int) -> str:
    """Return the CallSid of a call."""
    return str(work.execute(select(calls.c.sid).where(calls.c.id == call)).scalar_one())


def caller_of(work: Work, call: int) -> bytes:
    """Return the keyed digest of the number that this call came from."""
    return bytes(work.execute(select(calls.c.caller).where(calls.c.id == call)).scalar_one())
