"""How many promises were made since some instant, and what became of them, by occasion."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from backend.outbox.table import State, outbox
from backend.work import Work


def made_since(work: Work, start: datetime) -> dict[str, Counter[State]]:
    """Count the promises of each occasion by their state; all that is read are the rows since `start`."""
    before = select(outbox.c.id).where(outbox.c.promised_at < start).order_by(outbox.c.id.desc()).limit(1)
    last = work.execute(before).scalar() or 0
    counted = select(outbox.c.occasion, outbox.c.state, func.count().label("number")).where(outbox.c.id > last)
    found: dict[str, Counter[State]] = {}
    for row in work.execute(counted.group_by(outbox.c.occasion, outbox.c.state)):
        found.setdefault(row.occasion, Counter())[row.state] = row.number
    return found
