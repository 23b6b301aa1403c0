"""When promised calls come due, and what becomes of each attempt."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select

from backend import log, messages
from backend.calls import calls
from backend.values import Mobile, parsed
from backend.work import Work
from callcenter import events, hours, tickets
from callcenter.callbacks.table import SLICE, Result, among, callbacks, change, end, opened, person_of
from callcenter.tickets import Ticket

ATTEMPTS = 3
PAUSES = (timedelta(minutes=10), timedelta(hours=1))  # after the first attempt, after the second
GOODBYE = timedelta(minutes=5)  # a call whose end nobody told us is over by then
_log = log.get("callbacks")


def due(work: Work, most: int = SLICE) -> list[Ticket]:
    """Make a ticket for each promised call whose time has come, `most` open at once; queue them after the commit.

    A place: once its caller has hung up. A half-day: from its beginning on. Neither while people may not be called.
    """
    if not hours.may_call(work):
        return []
    over = exists().where(calls.c.id == callbacks.c.call_id, calls.c.ended_at.is_not(None))
    now = hours.moment(work)
    come = and_(among("promised"), callbacks.c.number.is_not(None), callbacks.c.due_at <= now)
    hung_up = or_(callbacks.c.kind == "half-day", over, callbacks.c.promised_at <= work.now - GOODBYE)
    open_ = select(func.count()).where(tickets.tickets.c.kind == "callback", tickets.among("waiting", "accepted"))
    room = max(0, min(SLICE, most - int(work.execute(open_).scalar_one())))
    some = select(callbacks).where(come, hung_up).order_by(callbacks.c.due_at, callbacks.c.id).limit(room)
    made = []
    for row in work.execute(some.with_for_update(skip_locked=True)).all():
        ticket = tickets.add(
            work,
            kind="callback",
            callback_id=row.id,
            person_id=row.person_id,
            subject=row.subject,
            reason=row.reason,
            language=row.language,
            path=row.path,
            tier="kept" if row.kind == "place" else "promised",
            counts_from=row.counts_from or work.now,
        )
        change(work, row.id, state="due")
        made.append(ticket)
    return made


def settle(work: Work, ticket: Ticket, result: Result) -> Ticket | None:
    """Note what became of an attempt, once: whoever was reached is called no more, others again later, or missed.

    Return the ticket, ended where nobody was reached; None where it was settled, put off or taken back before. Its
    advisor is the caller's affair.
    """
    mine = select(callbacks).where(callbacks.c.id == ticket.callback, among("due")).with_for_update()
    row, open_ = work.execute(mine).one_or_none(), tickets.get(work, ticket.id, lock=True)
    if row is None or open_ is None or open_.state == "ended":
        return None
    if result == "reached":
        change(work, row.id, attempts=row.attempts + 1)
        events.record(work, "reached", ticket=ticket.id, advisor=ticket.advisor)
        end(work, row, "kept")
        return open_
    ended = _end_ticket(work, ticket.id, "not-reached")
    events.record(work, "not-reached", ticket=ticket.id, advisor=ticket.advisor, result=result)
    _after(work, row, row.attempts + (result != "cancelled"))
    return ended


def put_off(work: Work) -> list[Ticket]:
    """Put off to the next working day what nobody was free for, a SLICE at most; take the tickets out of the queue.

    It counts as no attempt. A promised call whose ticket ended without anybody saying what became of it goes on, too; a
    place that was left without a number is given up.
    """
    _give_up(work)
    _go_on(work)
    if hours.may_call(work):
        return []
    waiting = exists().where(tickets.tickets.c.callback_id == callbacks.c.id, tickets.among("waiting"))
    some = select(callbacks.c.id).where(among("due"), waiting).order_by(callbacks.c.id).limit(SLICE)
    ended = []
    for id_ in work.execute(some.with_for_update(skip_locked=True)).scalars().all():
        if ticket := end_waiting(work, id_, "unserved"):
            change(work, id_, state="promised", due_at=hours.next_call(work, hours.moment(work)))
            ended.append(ticket)
    return ended


def _after(work: Work, row: Row[Any], attempts: int) -> None:
    """Promise again after so many attempts, with a growing pause; after the last, leave it to a person, and say so."""
    change(work, row.id, attempts=attempts)
    if attempts < ATTEMPTS:
        pause = PAUSES[max(0, attempts - 1)]
        change(work, row.id, state="promised", due_at=hours.next_call(work, hours.moment(work) + pause))
        return
    end(work, row, "missed")
    events.record(work, "missed", subject=row.subject, language=row.language, callback=row.id)
    if mobile := parsed(Mobile.parse, opened(row)):
        key = f"callback-missed:{row.id}:{work.now.isoformat()}"
        messages.send(work, "sms-callback-missed", key, mobile, row.language, person=person_of(row))


def end_waiting(work: Work, callback: int, outcome: tickets.Outcome) -> Ticket | None:
    """End the ticket of a promised call, if it still waits."""
    found = select(tickets.tickets.c.id).where(tickets.tickets.c.callback_id == callback, tickets.among("waiting"))
    id_ = work.execute(found).scalar_one_or_none()
    return _end_ticket(work, id_, outcome, tickets.among("waiting")) if id_ else None


def _end_ticket(work: Work, ticket: int, outcome: tickets.Outcome, *conditions: ColumnElement[bool]) -> Ticket | None:
    return tickets.change(work, ticket, *conditions, state="ended", outcome=outcome, ended_at=work.now)


def _go_on(work: Work) -> None:
    """Count as an attempt in vain what is due and has no open ticket: nobody said what became of it."""
    open_ones = exists().where(tickets.tickets.c.callback_id == callbacks.c.id, tickets.tickets.c.state != "ended")
    forgotten = select(callbacks).where(among("due"), ~open_ones).limit(SLICE).with_for_update(skip_locked=True)
    for row in work.execute(forgotten).all():
        _log.error("callback.unsettled", callback=row.id)
        _after(work, row, row.attempts + 1)


def _give_up(work: Work) -> None:
    """Cancel the places that nobody can be called for: no number was given before the call ended."""
    over = exists().where(calls.c.id == callbacks.c.call_id, calls.c.ended_at.is_not(None))
    numberless = select(callbacks).where(among("promised"), callbacks.c.number.is_(None), over).limit(SLICE)
    for row in work.execute(numberless.with_for_update(skip_locked=True)).all():
        end(work, row, "cancelled")
