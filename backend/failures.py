"""Failed proofs of identity, counted: by call, by caller's number, by person, and over all.

PostgreSQL counts, so that no restart forgets. Persons and numbers are kept as keyed digests; the unknown count alike.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from backend import calls, log
from backend.db import metadata
from backend.work import Work

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AN_HOUR_OF_A_NUMBER = 20  # a telephone shop, a family: one number, many people
AN_HOUR_OF_THE_WITHHELD = 60  # all callers without a number together
AN_HOUR_OVER_ALL = 3_000  # guesses at a million codes: 0.3 % of one hit an hour, whoever tries
A_DAY_OF_ONE_PERSON = 9  # whoever calls
KEPT = timedelta(days=2)  # longer than any limit counts

failures = Table(
    "failures",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("caller", LargeBinary, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Index(None, "caller", "at"),
    Index(None, "subject", "at"),
    Index(None, "at"),
)
_LATELY = failures.c.at > bindparam("hour")
_COUNTS = select(
    calls.calls.c.caller,
    select(func.count()).where(failures.c.caller == calls.calls.c.caller, _LATELY).scalar_subquery(),
    select(func.count())
    .where(failures.c.subject == bindparam("subject"), failures.c.at > bindparam("day"))
    .scalar_subquery(),
    select(func.count()).where(_LATELY).scalar_subquery(),
).where(calls.calls.c.id == bindparam("call"))
_log = log.get("failures")


def note(work: Work, subject: bytes) -> int:
    """Count a failure of this call about `subject`; return how many this call has had about it."""
    call = work.call
    row = {"at": work.now, "call_id": call, "caller": calls.caller_of(work, call), "subject": subject}
    work.execute(insert(failures), row)
    here = select(func.count()).where(failures.c.call_id == call, failures.c.subject == subject)
    return int(work.execute(here).scalar_one())


def too_many(work: Work, subject: bytes) -> bool:
    """Say whether this caller's number, this person, or all callers together failed too often."""
    given = {"call": work.call, "subject": subject, "hour": work.now - HOUR, "day": work.now - DAY}
    found: Any = work.execute(_COUNTS, given).one()
    caller, of_caller, of_subject, over_all = found
    most = AN_HOUR_OF_THE_WITHHELD if calls.is_withheld(caller) else AN_HOUR_OF_A_NUMBER
    if over_all >= AN_HOUR_OVER_ALL:
        _log.error("failures.over-all", count=over_all, limit=AN_HOUR_OVER_ALL)
    return bool(of_caller >= most or of_subject >= A_DAY_OF_ONE_PERSON or over_all >= AN_HOUR_OVER_ALL)


def erase_old(work: Work) -> int:
    """Delete failures that no limit counts any more, and return how many."""
    return work.execute(delete(failures).where(failures.c.at < work.now - KEPT)).rowcount
