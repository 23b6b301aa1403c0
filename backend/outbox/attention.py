"""Promises that nobody could keep: a person sees them, and may have them tried again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from backend.outbox.promises import wake
from backend.outbox.table import LIFE, among, change, outbox
from backend.values import PersonId
from backend.work import Work


@dataclass(frozen=True)
class Waiting:
    """A promise that waits for a person; `mendable` while what it says is not yet erased."""

    id: int
    occasion: str
    person: PersonId | None
    promised_at: datetime
    error_code: int | None
    mendable: bool


def attention(work: Work) -> int:
    """Count the promises that a person must look at."""
    return int(work.execute(select(func.count()).where(among("needs-attention"))).scalar_one())


def uncertain(work: Work) -> int:
    """Count the promises of which nobody knows yet whether they were kept."""
    return int(work.execute(select(func.count()).where(among("uncertain"))).scalar_one())


def waiting(work: Work, limit: int = 100) -> list[Waiting]:
    """Return the promises that a person must look at, oldest first."""
    c = outbox.c
    columns = (c.id, c.occasion, c.person_id, c.promised_at, c.error_code, c.payload.is_not(None).label("mendable"))
    found = work.execute(select(*columns).where(among("needs-attention")).order_by(c.id).limit(limit))
    return [
        Waiting(row.id, row.occasion, row.person_id, row.promised_at, row.error_code, row.mendable) for row in found
    ]


def send_again(work: Work, row: int) -> bool:
    """Have a promise tried again, as a person decided; say whether what it says is still there."""
    mendable = (among("needs-attention"), outbox.c.payload.is_not(None))
    work.after_commit(wake)
    return change(work, row, *mendable, state="queued", due_at=work.now, ends_at=work.now + LIFE)
