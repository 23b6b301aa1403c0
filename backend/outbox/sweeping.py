"""What becomes of promises that an attempt left open: leases run out, uncertain rows, those that came to their end."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import case, select

from backend import log
from backend.outbox.promises import Attempt, take, wake
from backend.outbox.statuses import note
from backend.outbox.table import among, change, change_slice, move, outbox
from backend.telephony import Found
from backend.work import Work

LOOK_AGAIN = timedelta(seconds=20)
NOT_SEEN_AFTER = timedelta(minutes=2)  # what Twilio's list lacks by then, Twilio did not take
DECIDED_AFTER = timedelta(minutes=4)  # whether its list can be read or not
CLOCKS_DIFFER = timedelta(seconds=30)
_log = log.get("outbox")


def release(work: Work) -> int:
    """Make uncertain what a worker that is gone was sending, a SLICE at most; return how many."""
    lost = among("sending"), outbox.c.due_at <= work.now
    return _told("leases.over", change_slice(work, *lost, state="uncertain", due_at=work.now))


def expire(work: Work) -> int:
    """End what was not kept in its time, a SLICE at most; return how many."""
    c = outbox.c
    over = among("queued", "uncertain"), c.due_at <= work.now, c.ends_at <= work.now
    ended = case((c.validity.is_(None), "needs-attention"), else_="expired")
    return _told("promises.over", change_slice(work, *over, state=ended, payload=None))


def look_up(work: Work, limit: int) -> list[Attempt]:
    """Take uncertain rows that are to be looked up at Twilio now."""
    due = select(outbox.c.id).where(among("uncertain"), outbox.c.due_at <= work.now).order_by(outbox.c.due_at)
    return take(work, due, limit, due_at=work.now + LOOK_AGAIN)


def decide(work: Work, attempt: Attempt, found: Sequence[Found] | None) -> None:
    """Decide about an uncertain row by Twilio's list; None where it could not be read.

    Listed: it was taken. Not listed for two minutes: an information goes once more, marked, and the second time to a
    person; a code never goes again, and expires.
    """
    if found and (listed := _listed(work, attempt, found)):
        _log.info("uncertain.found", outbox=attempt.id)
        note(work, attempt.id, listed.sid, listed.status, listed.error)
        return
    patience = DECIDED_AFTER if found is None else NOT_SEEN_AFTER
    if attempt.validity is not None or work.now - attempt.attempted_at < patience:
        return
    still = (among("uncertain"), outbox.c.attempts == attempt.number)
    if attempt.repeated:
        move(work, attempt.id, "needs-attention", *still)
    else:
        change(work, attempt.id, *still, state="queued", due_at=work.now, repeated=True)
        work.after_commit(wake)
    _log.warning("uncertain.not-found", outbox=attempt.id, repeated=not attempt.repeated)


def erase(work: Work) -> int:
    """Erase what rows say whose time is over, whatever became of them, a SLICE at most; return how many."""
    over = outbox.c.payload.is_not(None), outbox.c.ends_at <= work.now
    return change_slice(work, *over, ~among("queued", "sending", "uncertain"), payload=None)


def _listed(work: Work, attempt: Attempt, found: Sequence[Found]) -> Found | None:
    """Return the message that this row became: same words, not older than the promise, no other row's."""
    body = attempt.payload()["body"]
    like = [each for each in found if each.body == body and each.created >= attempt.promised_at - CLOCKS_DIFFER]
    taken = select(outbox.c.sid).where(outbox.c.sid.in_([each.sid for each in like]), outbox.c.id != attempt.id)
    others = set(work.execute(taken).scalars())
    return next((each for each in like if each.sid not in others), None)


def _told(event: str, rows: int) -> int:
    if rows:
        _log.warning(event, rows=rows)
    return rows
