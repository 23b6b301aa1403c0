"""Promising a call: a half-day that was chosen, or a place in the queue; giving the place back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from backend import audit, messages
from backend.calls import caller_digest
from backend.errors import BadInputError
from backend.examples import examples
from backend.identity import Insured
from backend.seal import seal
from backend.values import FewDigits, Mobile, PersonId, Telephone, Term, parsed
from backend.wording import Language
from backend.work import Work
from callcenter import events, hours
from callcenter.callbacks.attempts import end_waiting
from callcenter.callbacks.table import Kind, among, callbacks, change, end, numbered, opened, person_of
from callcenter.hours import Half
from callcenter.tickets import Ticket

LONGEST_NOTE = 2_000  # characters


@dataclass(frozen=True)
class Promised:
    """When we shall call, and on which number."""

    day: date
    half: Term
    ending: FewDigits


@dataclass(frozen=True)
class PlaceKept:
    """The place in the queue is kept, and the number that ends so is called when its turn comes."""

    ending: FewDigits


@dataclass(frozen=True)
class NoPlace:
    """This call kept no place, or was called back already."""


@dataclass(frozen=True)
class TakenBack:
    """A place that its caller has again; `ticket`: the one that waited for it, and does so no more."""

    counts_from: datetime
    ticket: int | None


@examples(lambda number, day, half, *_others: Promised(day, Term(f"half-day-{half}"), number.ending))
def promise(
    work: Work,
    number: Telephone,
    day: date,
    half: Half,
    language: Language,
    reason: str,
    insured: Insured | None,
    subject: str = "other",
    path: Sequence[tuple[str, str]] = (),
) -> Promised:
    """Record the wish, once a call; confirm it by SMS where the number is a mobile. Twice: what was promised first.

    Of a closed day, or a half-day that is over, the next half-day on which advisors answer is promised. A number is
    promised one call a half-day, however often it is asked for.
    """
    call, person = work.call, insured.person if insured else None
    on = hours.half_day(work, day, half)
    promised = Promised(on.day, Term(f"half-day-{on.half}"), number.ending)
    if _promised_already(work, number, on):
        return promised
    row = {
        "call_id": call,
        "person_id": person,
        "language": language,
        "reason": reason,
        "subject": subject,
        "path": [list(step) for step in path],
        "day": on.day,
        "half": on.half,
        "due_at": on.begins,
    }
    id_ = _add(work, "half-day", number, row)
    if id_ is None:
        return _promised_before(work, call)
    _confirm(work, id_, number, promised, language, person)
    return promised


@dataclass(frozen=True)
class Arranged:
    """A call that an advisor arranged: its row, None where that number is promised one in that half-day already."""

    callback: int | None
    promised: Promised


def arrange(
    work: Work,
    insured: Insured | None,
    advisor: int,
    number: Telephone,
    day: date,
    half: Half,
    language: Language,
    subject: str,
    note: str = "",
    path: Sequence[tuple[str, str]] = (),
) -> Arranged:
    """Promise a call as an advisor arranges it, with a `note` for who calls; by the rules of `promise`.

    Raises BadInputError for a note that is too long.
    """
    if len(note) > LONGEST_NOTE:
        raise BadInputError(f"a note has {LONGEST_NOTE} characters at most, not {len(note)}")
    person, on = insured.person if insured else None, hours.half_day(work, day, half)
    promised = Promised(on.day, Term(f"half-day-{on.half}"), number.ending)
    if _promised_already(work, number, on):
        return Arranged(None, promised)
    row = {
        "advisor_id": advisor,
        "person_id": person,
        "language": language,
        "reason": "arranged",
        "subject": subject,
        "path": [list(step) for step in path],
        "day": on.day,
        "half": on.half,
        "due_at": on.begins,
    }
    id_ = _add(work, "half-day", number, row)
    if id_ and note.strip():
        change(work, id_, note=seal(note.strip().encode(), f"callback-notes:{id_}"))
    if id_:
        _confirm(work, id_, number, promised, language, person)
    return Arranged(id_, promised)


def _confirm(
    work: Work, callback: int, number: Telephone, promised: Promised, language: Language, person: PersonId | None
) -> None:
    if mobile := parsed(Mobile.parse, number):
        occasion, key = "sms-callback-arranged", f"callback-arranged:{callback}"
        messages.send(work, occasion, key, mobile, language, person=person, day=promised.day, half=promised.half)


def _promised_already(work: Work, number: Telephone, on: hours.HalfDay) -> bool:
    same = callbacks.c.callee == caller_digest(number), callbacks.c.day == on.day, callbacks.c.half == on.half
    return bool(work.execute(select(exists().where(among("promised", "due"), *same))).scalar_one())


def keep_place(work: Work, ticket: Ticket, number: Telephone | None) -> bool:
    """Keep the place of a call that waits, once; say whether this did. `number`: None where we can't call theirs.

    The caller confirms the number, or gives another, in the questions that follow (`renumber`).
    """
    if ticket.call is None:
        raise ValueError(f"ticket {ticket.id} is no call's")
    row = {
        "call_id": ticket.call,
        "person_id": ticket.person,
        "language": ticket.language,
        "reason": ticket.reason,
        "subject": ticket.subject,
        "path": [list(step) for step in ticket.path],
        "counts_from": ticket.counts_from,
        "due_at": hours.moment(work),
    }
    return _add(work, "place", number, row) is not None


@examples(lambda number: PlaceKept(number.ending), NoPlace())
def renumber(work: Work, number: Telephone) -> PlaceKept | NoPlace:
    """Call this number when the turn of the place that this call keeps has come; say so by SMS, once, to a mobile."""
    call = work.call
    mine = select(callbacks).where(callbacks.c.call_id == call, callbacks.c.kind == "place", among("promised"))
    row = work.execute(mine.with_for_update()).one_or_none()
    if row is None:
        return NoPlace()
    change(work, row.id, **numbered(row.id, number))
    if mobile := parsed(Mobile.parse, number):
        key = f"callback-arranged:{row.id}"
        messages.send(work, "sms-callback-place", key, mobile, row.language, person=person_of(row))
    return PlaceKept(number.ending)


def take_back(work: Work, caller: bytes, person: PersonId | None) -> TakenBack | None:
    """Give a caller who rings again the place that is kept for them, unless we are calling them just now.

    Theirs is what is kept for the person they proved to be; of a place that nobody in particular kept, what is kept for
    the number they ring from (`caller`: its digest, `calls.caller_of`). A telephone is shared: by its number alone,
    nobody takes, or cancels, what a known person was promised. The promised call is cancelled.
    """
    # nobody is called on a withheld number
    theirs = and_(callbacks.c.callee == caller, callbacks.c.person_id.is_(None))
    if person:
        theirs = or_(theirs, callbacks.c.person_id == person)
    mine = select(callbacks).where(callbacks.c.kind == "place", among("promised", "due"), theirs)
    row = work.execute(mine.order_by(callbacks.c.counts_from).limit(1).with_for_update()).one_or_none()
    if row is None:
        return None
    waits = None
    if row.state == "due":
        waits = end_waiting(work, row.id, "kept")
        if waits is None:
            return None
    end(work, row, "cancelled")
    return TakenBack(row.counts_from, waits.id if waits else None)


def _add(work: Work, kind: Kind, number: Telephone | None, columns: Mapping[str, Any]) -> int | None:
    """Insert a row, once a call; return its id, None where the call has one."""
    id_ = int(work.execute(select(func.nextval("callbacks_id_seq"))).scalar_one())
    row = {"id": id_, "kind": kind, "promised_at": work.now, **columns, **(numbered(id_, number) if number else {})}
    new = insert(callbacks).values(row).on_conflict_do_nothing(index_elements=["call_id"]).returning(callbacks.c.id)
    if work.execute(new).first() is None:
        return None
    audit.record(work, "callback.promised", columns["person_id"], callback=id_)
    events.record(work, "promised", subject=columns["subject"], language=columns["language"], callback=id_)
    return id_


def _promised_before(work: Work, call: int) -> Promised:
    row = work.execute(select(callbacks).where(callbacks.c.call_id == call)).one()
    return Promised(row.day, Term(f"half-day-{row.half}"), opened(row).ending)
