"""A transfer becomes a waiting ticket, with all that is known: who, about what, in which language, by which way."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from backend import audit, calls, identity
from backend.examples import examples, of
from backend.identity import CallComing, Insured, Refused
from backend.wording import Language
from backend.work import Work
from callcenter import callbacks, dialling, offers, tickets
from callcenter.routing import Subject

MOST_WAITING = 5_000
"""As many as the carrier's queue has room for (https://www.twilio.com/docs/voice/api/queue-resource)."""


@dataclass(frozen=True)
class InQueue:
    """The caller waits, with this ticket."""

    ticket: int


@dataclass(frozen=True)
class Full:
    """There is no room to wait."""


@examples(InQueue(1), Full())
def take_place(
    work: Work,
    reason: str,
    subject: Subject,
    language: Language,
    path: Sequence[tuple[str, str]],
    insured: Insured | None,
    recording: bool,
) -> InQueue | Full:
    """Have a call wait for an advisor. Who kept a place by an earlier call, and rings again, has that place.

    `path`: as `ivr.conversation.Caller` has it.
    """
    waiting = select(func.count()).where(tickets.among("waiting"), tickets.tickets.c.kind == "call")
    if work.execute(waiting).scalar_one() >= MOST_WAITING:
        return Full()
    call = int(work.actor.reference)
    person = insured.person if insured else None
    kept = callbacks.take_back(work, calls.caller_of(work, call), person)
    if kept and kept.ticket:
        offers.leave(work, kept.ticket)
    ticket = tickets.add(
        work,
        kind="call",
        call_id=call,
        person_id=person,
        identified=insured is not None,
        subject=subject,
        reason=reason,
        language=language,
        path=[list(step) for step in path],
        recording=recording,
        caller_sid=calls.sid_of(work, call),
        waited_on=work.now,
        tier="kept" if kept else "usual",
        counts_from=kept.counts_from if kept else work.now,
    )
    audit.record(work, "ticket.queued", person, ticket=ticket.id, subject=subject)
    offers.enter(work, ticket)
    return InQueue(ticket.id)


@dataclass(frozen=True)
class Reached:
    """Whom we called is there; the advisor of this ticket waits in this room."""

    ticket: int
    room: str


@dataclass(frozen=True)
class TooLate:
    """The advisor is not there any more, or the call is not the one that we made."""


@examples(Reached(1, "room"), TooLate())
def reach(work: Work, attempt: int) -> Reached | TooLate:
    """Note that who was called confirmed it: the ticket's person is on the line."""
    call = int(work.actor.reference)
    leg = calls.sid_of(work, call)
    over = dialling.confirmed(work, attempt, leg)
    ticket = tickets.get(work, over.dial.ticket, lock=True) if over and over.dial.ticket else None
    if ticket is None or ticket.state != "accepted":
        return TooLate()
    tickets.change(work, ticket.id, call_id=call, caller_sid=leg)
    return Reached(ticket.id, ticket.room)


@examples(*of(identity.check_call))
def prove(work: Work, coming: CallComing) -> Insured | Refused:
    """Note that who was called on the mobile on file pressed the key in that very call: that proves who they are."""
    attempt = dialling.of_proof(work, coming.id)
    leg = calls.sid_of(work, int(work.actor.reference))
    if attempt is None or dialling.confirmed(work, attempt, leg) is None:
        return Refused(0)
    return identity.check_call(work, coming)
