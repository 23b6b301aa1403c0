"""Promised calls as a person sees them, and those that nobody could keep."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from backend import audit
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.identity import Insured
from backend.seal import unseal
from backend.values import FewDigits
from backend.wording import Language
from backend.work import Work
from callcenter import hours
from callcenter.callbacks.attempts import end_waiting
from callcenter.callbacks.table import Kind, State, among, callbacks, change, end, opened, person_of
from callcenter.hours import Half
from callcenter.tickets import Ticket

MOST = 20


@dataclass(frozen=True)
class Callback:
    """A promised call as an operator sees it; of the number, the last two digits."""

    id: int
    kind: Kind
    state: State
    subject: str
    language: Language
    day: date | None
    half: Half | None
    due_at: datetime
    attempts: int
    ending: FewDigits
    promised_at: datetime
    note: str = ""  # of one that an advisor arranged; for who calls, and whose record is open


def listed(work: Work, *states: State, limit: int = 100) -> list[Callback]:
    """Return the promised calls in these states, those due first first."""
    found = select(callbacks).where(among(*states)).order_by(callbacks.c.due_at, callbacks.c.id).limit(limit)
    return [_callback(row) for row in work.execute(found)]


def of_lines(
    work: Work, subjects: Collection[str], languages: Collection[Language], limit: int = 20
) -> tuple[list[Callback], list[Callback]]:
    """Return the promised calls about these subjects, in these languages: of today or late, and missed ones.

    `limit`: how many of each, those due first first.
    """
    theirs = callbacks.c.subject.in_(subjects), callbacks.c.language.in_(languages)
    tomorrow = datetime.combine(work.today + timedelta(days=1), time(), CASABLANCA)
    lists = []
    for condition in (among("promised", "due") & (callbacks.c.due_at < tomorrow), among("missed")):
        found = select(callbacks).where(condition, *theirs).order_by(callbacks.c.due_at, callbacks.c.id).limit(limit)
        lists.append([_callback(row) for row in work.execute(found)])
    return lists[0], lists[1]


def of_person(work: Work, insured: Insured) -> list[Callback]:
    """Return the calls that somebody is promised, those due first first, with what is noted of them."""
    mine = select(callbacks).where(callbacks.c.person_id == insured.person, among("promised", "due"))
    found = work.execute(mine.order_by(callbacks.c.due_at, callbacks.c.id).limit(MOST)).all()
    audit.record(work, "callbacks.read", insured.person, callbacks=len(found))
    return [replace(_callback(row), note=_note(row)) for row in found]


def note_of(work: Work, callback: int) -> str:
    """Return what the advisor who arranged a call says to the one who makes it; nothing where there is nothing."""
    row = work.execute(select(callbacks).where(callbacks.c.id == callback)).one()
    if row.note:
        audit.record(work, "callback-note.read", person_of(row), callback=callback)
    return _note(row)


def withdraw(work: Work, insured: Insured, callback: int) -> Ticket | None:
    """Give up a call that somebody is promised, as they wish; return the ticket that waited for it, ended.

    Raises BadInputError where it is not theirs, is over, or is being made just now.
    """
    mine = callbacks.c.id == callback, callbacks.c.person_id == insured.person, among("promised", "due")
    row = work.execute(select(callbacks).where(*mine).with_for_update()).one_or_none()
    waits = end_waiting(work, callback, "kept") if row and row.state == "due" else None
    if row is None or (row.state == "due" and waits is None):
        raise BadInputError(f"the call {callback} is over, or is being made: it can't be given up any more")
    end(work, row, "cancelled")
    return waits


def missed(work: Work) -> int:
    """Count the promised calls that a person must look at: nobody was reached."""
    return int(work.execute(select(func.count()).select_from(callbacks).where(among("missed"))).scalar_one())


def again(work: Work, callback: int, subjects: Collection[str] | None = None) -> Callback:
    """Promise a missed call anew, as a person decided. Raises BadInputError where it isn't one, of these subjects."""
    row = _missed(work, callback, subjects)
    due_at = hours.next_call(work, hours.moment(work))
    change(work, callback, state="promised", attempts=0, due_at=due_at, ended_at=None)
    audit.record(work, "callback.again", person_of(row), callback=callback)
    return _callback(work.execute(select(callbacks).where(callbacks.c.id == callback)).one())


def cancel(work: Work, callback: int, subjects: Collection[str] | None = None) -> None:
    """Give up a missed call, as a person decided. Raises BadInputError where it isn't one, of these subjects."""
    end(work, _missed(work, callback, subjects), "cancelled")


def _missed(work: Work, callback: int, subjects: Collection[str] | None) -> Row[Any]:
    row = work.execute(select(callbacks).where(callbacks.c.id == callback, among("missed")).with_for_update()).first()
    if row is None or (subjects is not None and row.subject not in subjects):
        raise BadInputError(f"{callback} is no missed call: `svi callbacks list --missed` shows them")
    return row


def _callback(row: Row[Any]) -> Callback:
    return Callback(
        id=row.id,
        kind=row.kind,
        state=row.state,
        subject=row.subject,
        language=row.language,
        day=row.day,
        half=row.half,
        due_at=row.due_at,
        attempts=row.attempts,
        ending=opened(row).ending if row.number else FewDigits(""),
        promised_at=row.promised_at,
    )


def _note(row: Row[Any]) -> str:
    return unseal(row.note, f"callback-notes:{row.id}").decode() if row.note else ""
