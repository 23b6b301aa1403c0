"""Outgoing calls: each a row before it is a call, dialled once, at the pace that the carrier allows.

    queued → dialling (committed before the request) → ringing (the carrier has it) → answered → ended, with a result

A `callback` is dialled for a ticket whose advisor is reserved; a `proof` goes to the mobile on file of the person whom
a caller claims to be. Nobody is dialled twice blindly: where the answer to a request was lost, the call's own webhooks
are waited for. Neither a machine nor a silence is taken for a person: only who presses a key is reached.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from backend import identity, jobs, log
from backend.examples import examples
from backend.identity import CallComing, Claim, TooMany
from backend.seal import UnsealError, seal, unseal
from backend.settings import settings
from backend.telephony import Handed, Later, Outcome, Refused, Unknown
from backend.values import FewDigits, Mobile, Telephone
from backend.work import Work
from callcenter import callbacks, events, hours, tickets
from callcenter.callbacks import Result
from callcenter.dials import Dial, among, change, dial_of, dials, locked
from callcenter.tickets import Ticket

PACE = 3942
"""The advisory lock of whoever takes the next call to be dialled."""
RING = 25  # seconds
WORTH_DIALLING = timedelta(seconds=60)  # after that an advisor, or a caller, waits no more
HEARD_OF = timedelta(seconds=45)  # a call that was really placed has rung, and told us, by then
ASKED_AFTER = timedelta(seconds=90)  # longer than one rings, and than its key is waited for: its state is asked for
ASKED_AGAIN = timedelta(seconds=30)
GIVEN_UP_AFTER = timedelta(minutes=10)
PUT_OFF = timedelta(seconds=2)
RESULTS: dict[str, Result] = {
    "busy": "busy",
    "no-answer": "no-answer",
    "failed": "failed",
    "canceled": "cancelled",
    "completed": "not-confirmed",  # a key would have ended it before
}
"""What the last word of the carrier about a call means (https://www.twilio.com/docs/voice/api/call-resource)."""

_log = log.get("dialling")


@dataclass(frozen=True)
class Attempt:
    """A call to place now: the row is committed as `dialling`."""

    id: int
    number: Telephone


@dataclass(frozen=True)
class Wait:
    """The next call may be placed after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Over:
    """An outgoing call that ended; of a callback, its ticket, ended too where nobody was reached."""

    dial: Dial
    result: Result
    ticket: Ticket | None


def call_back(work: Work, ticket: Ticket) -> int:
    """Have the person called whose ticket an advisor accepted, once while one is under way; return the dial's id.

    It is `<attempt>` in `/voice/callback/<attempt>`.
    """
    if ticket.kind != "callback" or ticket.callback is None or ticket.state != "accepted":
        raise ValueError(f"ticket {ticket.id} is no callback that an advisor accepted")
    number = callbacks.number_of(work, ticket.callback)
    if id_ := _queue(work, number, kind="callback", ticket_id=ticket.id):
        return id_
    open_ = select(dials.c.id).where(dials.c.ticket_id == ticket.id, dials.c.state != "ended")
    return int(work.execute(open_).scalar_one())


@examples(CallComing(1, FewDigits("12")), TooMany())
def prove(work: Work, claim: Claim, mobile: Mobile | None) -> CallComing | TooMany:
    """Have the mobile on file called, as a proof of this claim; of an unknown one, say the same and call nobody.

    Who answers and presses `1` has proved it, in that call (`confirmed`, then `identity.check_call`).
    """
    asked = identity.ask_for_call(work, claim, mobile)
    if isinstance(asked, TooMany):
        return asked
    coming, to = asked
    if to:
        _queue(work, to, kind="proof", proof_id=coming.id, call_id=int(work.actor.reference))
    return coming


def of_proof(work: Work, proof: int) -> int | None:
    """Return the outgoing call that is to prove a claim (`identity.CallComing.id`)."""
    return work.execute(select(dials.c.id).where(dials.c.proof_id == proof)).scalar_one_or_none()


def claim(work: Work) -> Attempt | Wait | Over | None:
    """Take the next call to place, at the pace of `SVI_CALLS_PER_SECOND` over all processes; commit before placing it.

    Over: it was not worth placing any more. None: nothing waits.
    """
    work.execute(select(func.pg_advisory_xact_lock(PACE)))
    waiting = (
        select(dials)
        .where(among("queued"), dials.c.due_at <= work.now)
        .order_by(
            dials.c.kind.desc(),
            dials.c.asked_at,
            dials.c.id,  # proofs first: somebody hung up to be called at once
        )
    )
    row = work.execute(waiting.limit(1).with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    if not _worth_dialling(work, row):
        return _end(work, row, "cancelled")
    interval = 1 / settings().svi_calls_per_second
    last = work.execute(select(func.max(dials.c.attempted_at))).scalar_one()
    if last and (left := interval - (work.now - last).total_seconds()) > 0:
        return Wait(min(left, interval))
    try:
        number = Telephone(unseal(row.number, f"dials:{row.id}").decode())
    except UnsealError:
        _log.error("dial.unreadable", dial=row.id)
        return _end(work, row, "failed")
    change(work, row.id, state="dialling", attempted_at=work.now, due_at=work.now + HEARD_OF)
    if row.ticket_id:
        events.record(work, "dialled", ticket=row.ticket_id, dial=row.id)
    return Attempt(row.id, number)


def settle(work: Work, dial: int, outcome: Outcome) -> Over | None:
    """Note what the carrier said to the request, unless the call itself told more already; return it if it is over."""
    row = locked(work, dials.c.id == dial, among("dialling", "ringing", "answered"))
    if row is None:
        return None
    match outcome:
        case Handed(sid) if row.sid is None:
            change(work, dial, sid=sid, state="ringing", due_at=row.attempted_at + ASKED_AFTER)
        case Refused(code) if row.state == "dialling":
            _log.warning("dial.refused", dial=dial, code=code)
            return _end(work, row, "failed")
        case Later(after) if row.state == "dialling":
            change(work, dial, state="queued", due_at=work.now + (after or PUT_OFF))
        case Unknown():
            _log.warning("dial.uncertain", dial=dial)
    return None


def answered(work: Work, dial: int, sid: str) -> Dial | None:
    """Note that a call was answered; None where it is not the one that was recorded, or is over: hang up."""
    same = or_(dials.c.sid.is_(None), dials.c.sid == sid)
    row = locked(work, dials.c.id == dial, same, among("dialling", "ringing", "answered"))
    if row is None:
        _log.warning("dial.not-this-one", dial=dial)
        return None
    if row.state == "answered":
        return dial_of(row)
    return change(work, dial, sid=sid, state="answered", answered_at=work.now, due_at=work.now + ASKED_AFTER)


def confirmed(work: Work, dial: int, sid: str) -> Over | None:
    """Note that `1` was pressed in a call: its person is reached, or has proved who they are. None: it was over.

    Of a proof, `work` must act for the call that was answered: it is the one that has proved something.
    """
    row = locked(work, dials.c.id == dial, dials.c.sid == sid, among("answered"))
    if row is None:
        return None
    if row.proof_id:
        identity.confirm_call(work, row.proof_id)
    return _end(work, row, "reached")


def note_status(work: Work, sid: str, status: str, dial: int | None = None) -> Over | None:
    """Note a status of a call that we placed, and return it if this ended it. Old news changes nothing.

    `dial` is in the URL of the status callback: a request whose answer was lost is told apart by it.
    """
    same = dials.c.sid == sid
    if dial is not None:
        same = or_(same, (dials.c.id == dial) & dials.c.sid.is_(None))
    row = locked(work, same, among("dialling", "ringing", "answered"))
    if row is None:
        return None
    if result := RESULTS.get(status):
        return _end(work, row, result, sid=sid)
    if row.state == "dialling":
        change(work, row.id, sid=sid, state="ringing", due_at=row.attempted_at + ASKED_AFTER)
    return None


def hold(work: Work, ticket: int) -> None:
    """Lock the call that is being made for a ticket, if any, and its callback: before the ticket is."""
    row = locked(work, dials.c.ticket_id == ticket, among("queued", "dialling", "ringing", "answered"))
    if row:
        callbacks.hold(work, ticket)


def cancel(work: Work, ticket: int) -> Over | None:
    """Give up calling for a ticket, whose advisor is gone: it ends, and the person is called later.

    Where it has a SID already, the call is to be ended by `telephony.end_call` after the commit.
    """
    row = locked(work, dials.c.ticket_id == ticket, among("queued", "dialling", "ringing", "answered"))
    return _end(work, row, "cancelled") if row else None


def lost(work: Work) -> Over | None:
    """End the next call of which nothing was heard, or not the end; None where there is none."""
    unheard = among("dialling") & (dials.c.due_at <= work.now)
    endless = among("ringing", "answered") & (dials.c.attempted_at <= work.now - GIVEN_UP_AFTER)
    row = locked(work, or_(unheard, endless), skip=True)
    return _end(work, row, "failed") if row else None


def silent(work: Work) -> Dial | None:
    """Take the next call whose end is overdue, to ask the carrier for its state; None where there is none."""
    row = locked(work, among("ringing", "answered"), dials.c.due_at <= work.now, skip=True)
    if row is None:
        return None
    return change(work, row.id, due_at=work.now + ASKED_AGAIN)


def callback_url(dial: int) -> str:
    """Return where the carrier asks what to do with a call that was answered."""
    return f"{settings().public_url}/voice/callback/{dial}"


def status_url(dial: int) -> str:
    """Return where the carrier reports the states of a call."""
    return f"{settings().public_url}/voice/status?dial={dial}"


def _queue(work: Work, number: Telephone, **columns: Any) -> int | None:
    """Insert a row, unless one is open already; return its id."""
    id_ = int(work.execute(select(func.nextval("dials_id_seq"))).scalar_one())
    sealed = seal(number.encode(), f"dials:{id_}")
    row = {"id": id_, "number": sealed, "asked_at": work.now, "due_at": work.now, **columns}
    new = insert(dials).values(row).on_conflict_do_nothing().returning(dials.c.id)
    if work.execute(new).first() is None:
        return None
    work.after_commit(lambda: jobs.wake("dial"))
    return id_


def _worth_dialling(work: Work, row: Row[Any]) -> bool:
    """Say whether somebody still waits for a call; an advisor's, in the hours in which people may be called."""
    if row.asked_at + WORTH_DIALLING <= work.now:
        return False
    if row.kind == "proof":
        return True
    ticket = tickets.get(work, row.ticket_id)
    return ticket is not None and ticket.state == "accepted" and hours.may_call(work)


def _end(work: Work, row: Row[Any], result: Result, **values: Any) -> Over:
    """End a call, and settle the callback that it was for."""
    ended = change(work, row.id, state="ended", result=result, ended_at=work.now, number=None, **values)
    _log.info("dial.ended", dial=row.id, result=result)
    ticket = tickets.get(work, row.ticket_id) if row.ticket_id else None
    settled = callbacks.settle(work, ticket, result) if ticket else None
    return Over(ended, result, settled)
