"""A transfer becomes a waiting ticket, with all that is known: who, about what, in which language, by which way."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from backend import audit, calls
from backend.examples import examples
from backend.identity import Insured
from backend.wording import Language
from backend.work import Work
from callcenter import callbacks, offers, tickets
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
    number: str | None,
    insured: Insured | None,
    recording: bool,
) -> InQueue | Full:
    """Have a call wait for an advisor. Who kept a place by an earlier call, and rings again, has that place.

    `number`: E.164, None where withheld. `path`: as `ivr.conversation.Caller` has it.
    """
    waiting = select(func.count()).where(tickets.among("waiting"), tickets.tickets.c.kind == "call")
    if work.execute(waiting).scalar_one() >= MOST_WAITING:
        return Full()
    call = int(work.actor.reference)
    person = insured.person if insured else None
    kept = callbacks.take_back(work, number, person)
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
        tier="kept" if kept else "usual",
        counts_from=kept.counts_from if kept else work.now,
    )
    audit.record(work, "ticket.queued", person, ticket=ticket.id, subject=subject)
    offers.enter(work, ticket)
    return InQueue(ticket.id)
