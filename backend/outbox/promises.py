"""Making a promise, taking those that are due, and noting what became of an attempt."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson
from sqlalchemy import Row, Select, bindparam, case, func, literal_column, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from backend import jobs, log
from backend.outbox.table import LEASE, LIFE, OFF, among, change, change_slice, move, outbox
from backend.seal import seal, unseal
from backend.telephony import Handed, Later, Outcome, Refused, Unknown
from backend.values import PersonId
from backend.work import Work

FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(minutes=15)
UNREACHABLE = frozenset({21211, 21214, 21217, 21265, 21407, 21610, 21612, 21614})
"""Twilio's errors that are about the number sent to: final. Others a person can mend (sender, region, account)."""

_PROMISE = insert(outbox).on_conflict_do_nothing(index_elements=["business_key"])
_PROMISED_SINCE = select(func.count()).where(
    or_(outbox.c.recipient == bindparam("recipient"), outbox.c.person_id == bindparam("person")),
    outbox.c.promised_at > bindparam("since"),
    outbox.c.priority == bindparam("priority"),
    ~among("withheld"),
)
_log = log.get("outbox")


@dataclass(frozen=True)
class Terms:
    """How a promise is kept: who comes first (0), and for how long it is worth anything.

    One with a validity is never sent twice; one without is kept for LIFE, and repeated once if it got lost.
    """

    priority: int
    validity: timedelta | None = None


@dataclass(frozen=True)
class Attempt:
    """One attempt at one promise, or a look at what became of it."""

    id: int
    number: int
    validity: int | None
    repeated: bool
    promised_at: datetime
    attempted_at: datetime
    key: str
    sealed: bytes

    def payload(self) -> dict[str, str]:
        """Return what is promised. Raises UnsealError."""
        opened: dict[str, str] = orjson.loads(unseal(self.sealed, _bound_to(self.key)))
        return opened


def promise(
    work: Work,
    key: str,
    kind: Literal["sms"],
    payload: Mapping[str, str],
    *,
    occasion: str,
    recipient: bytes,
    terms: Terms,
    person: PersonId | None = None,
    not_before: datetime | None = None,
    withheld: bool = False,
) -> None:
    """Promise something, once for each `key`: a second promise of the same changes nothing."""
    begins = max(not_before or work.now, work.now)
    row = {
        "business_key": key,
        "kind": kind,
        "occasion": occasion,
        "person_id": person,
        "recipient": recipient,
        "priority": terms.priority,
        "validity": int(terms.validity.total_seconds()) if terms.validity else None,
        "payload": None if withheld else seal(orjson.dumps(dict(payload)), _bound_to(key)),
        "state": "withheld" if withheld else "queued",
        "due_at": begins,
        "ends_at": begins + (terms.validity or LIFE),
        "promised_at": work.now,
    }
    work.execute(_PROMISE, row)
    if begins <= work.now and not withheld:
        work.after_commit(wake)


def withhold(work: Work) -> int:
    """Have what waits to be sent, and was switched off, not go, a SLICE at most; return how many."""
    return change_slice(work, among("queued"), OFF, state="withheld", payload=None)


def promised_since(work: Work, since: datetime, terms: Terms, recipient: bytes, person: PersonId | None) -> int:
    """Count what was promised on such terms to a recipient, or about a person, since then."""
    given = {"recipient": recipient, "person": person, "since": since, "priority": terms.priority}
    return int(work.execute(_PROMISED_SINCE, given).scalar_one())


def wake() -> None:
    """Wake whoever hands promises over."""
    jobs.wake("hand-over")


def claim(work: Work, limit: int, *, but: Terms | None = None) -> list[Attempt]:
    """Take promises that are due, `but` those on such terms; commit before trying any. Two never get the same.

    One that was switched off since it was promised, or since it was tried, is withheld instead.
    """
    due = (
        select(outbox.c.id)
        .where(among("queued"), outbox.c.due_at <= work.now, outbox.c.ends_at > work.now)
        .order_by(outbox.c.priority, outbox.c.due_at)
    )
    if but:
        due = due.where(outbox.c.priority != but.priority)
    begun = {
        "state": case((OFF, "withheld"), else_="sending"),
        "payload": case((OFF, null()), else_=outbox.c.payload),
        "attempts": outbox.c.attempts + case((OFF, 0), else_=1),
        "attempted_at": case((OFF, outbox.c.attempted_at), else_=work.now),
        "due_at": work.now + LEASE,
    }
    while rows := _change(work, due, limit, begun):
        if going := [_attempt(row) for row in rows if row.state == "sending"]:
            return going
    return []


def take(work: Work, due: Select[Any], limit: int, **values: Any) -> list[Attempt]:
    """Change up to `limit` rows that nobody else has hold of, and return them."""
    return [_attempt(row) for row in _change(work, due, limit, values)]


def _change(work: Work, due: Select[Any], limit: int, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
    free = due.limit(literal_column(str(limit))).with_for_update(skip_locked=True)
    changed = update(outbox).where(outbox.c.id.in_(free.scalar_subquery())).values(values).returning(outbox)
    return work.execute(changed).all()


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        number=row.attempts,
        validity=row.validity,
        repeated=row.repeated,
        promised_at=row.promised_at,
        attempted_at=row.attempted_at,
        key=row.business_key,
        sealed=row.payload,
    )


def settle(work: Work, attempt: Attempt, outcome: Outcome) -> None:
    """Note what became of an attempt, unless a status callback or a later attempt told more already."""
    mine = (among("sending", "uncertain"), outbox.c.attempts == attempt.number)
    match outcome:
        case Handed(sid):
            change(work, attempt.id, sid=sid)
            move(work, attempt.id, "handed", handed_at=work.now)
        case Refused(code) if code in UNREACHABLE or attempt.validity is not None:
            move(work, attempt.id, "failed", *mine, error_code=code)
        case Refused(code):
            move(work, attempt.id, "needs-attention", *mine, error_code=code)
        case Later(after):
            due = work.now + (after or _delay(attempt.number))
            change(work, attempt.id, *mine, state="queued", due_at=func.least(due, outbox.c.ends_at))
        case Unknown():
            change(work, attempt.id, *mine, state="uncertain", due_at=work.now)
    _log.info("settled", outbox=attempt.id, attempt=attempt.number, outcome=type(outcome).__name__)


def _delay(attempt: int) -> timedelta:
    """Return the growing delay before the next attempt, spread by a quarter so that not all come at once."""
    delay = min(FIRST_DELAY * 2 ** min(attempt - 1, 10), LONGEST_DELAY)
    spread = 0.75 + secrets.randbelow(501) / 1000
    return timedelta(seconds=delay.total_seconds() * spread)


def _bound_to(key: str) -> str:
    return f"outbox:{key}"
