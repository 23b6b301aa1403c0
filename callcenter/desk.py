"""What an advisor has before them: their state, the offer or the talk, and all that is known of who calls.

A terminal and a page show the same. A name, and later a file, is shown only of who has proved who they are in the call.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import select

from backend import identity, people
from backend.errors import BadInputError
from backend.values import FewDigits, PersonName
from backend.work import Work
from callcenter import agents, callbacks, events, offers, tickets
from callcenter.agents import Advisor
from callcenter.dials import dials
from callcenter.offers import Offered
from callcenter.tickets import Ticket

INSTANT, LATELY = timedelta(seconds=2), timedelta(minutes=1)
VAIN_READY: tuple[events.Type, ...] = ("withdrawn", "abandoned", "not-reached")
VAIN_NOT_READY: tuple[events.Type, ...] = ("unanswered", "unacknowledged", "lost")
LEFT: tuple[events.Type, ...] = ("rejected", "unanswered", "unacknowledged")
Parting = Literal["caller-left", "lost", "transferred"]
Stage = Literal["calling", "coming", "talking", "asked-in", "wrap-up"]


@dataclass(frozen=True)
class Desk:
    """An advisor at one moment.

    `ticket` is what they accepted, talk about or wrap up; `about` the call that it is about (another one for who was
    asked in); `asked` the consult by which another advisor is asked in.
    """

    advisor: Advisor
    offered: Offered | None = None
    ticket: Ticket | None = None
    about: Ticket | None = None
    asked: Ticket | None = None

    @property
    def stage(self) -> Stage | None:
        """Where the call stands; None without one. `coming`: somebody's leg is still on its way."""
        if self.ticket is None:
            return None
        if self.advisor.state == "wrap-up":
            return "wrap-up"
        if self.ticket.state == "talking":
            return "asked-in" if self.ticket.kind == "consult" else "talking"
        return "calling" if self.ticket.kind == "callback" else "coming"


@dataclass(frozen=True)
class Promised:
    """A promised call as its advisor sees it: which attempt, and the last two digits of the number."""

    attempt: int
    ending: FewDigits


@dataclass(frozen=True)
class Vain:
    """What an offer, or a call that was accepted, came to without a talk; of a promised call, its result."""

    how: events.Type
    result: callbacks.Result | None


def look(work: Work, advisor: int) -> Desk:
    """Return what is before an advisor now; an offer that stands is thereby shown. Raises RedisError."""
    known = agents.require(work, advisor)
    if known.state == "ready":
        return Desk(known, offers.shown(work, advisor))
    ticket = tickets.get(work, known.ticket) if known.ticket else None
    if ticket and known.state == "busy" and not _has(advisor, ticket):  # it changed hands between the two reads
        known = agents.require(work, advisor)
        ticket = tickets.get(work, known.ticket) if known.ticket else None
    if ticket is None:
        return Desk(known)
    about = (tickets.get(work, ticket.parent) if ticket.parent else None) or ticket
    return Desk(known, None, ticket, about, tickets.consult_of(work, about.id))


def name(work: Work, advisor: int, ticket: Ticket) -> PersonName | None:
    """Return the name of who is identified in a ticket; None for a stranger.

    Raises BadInputError for an advisor who is not offered the ticket, has not got it, and does not wrap it up.
    """
    about = (tickets.get(work, ticket.parent) if ticket.parent else None) or ticket
    if not about.identified or about.person is None or about.call is None:
        return None
    offer = offers.ask(lambda queue: queue.offered(advisor))
    if ticket.id not in {agents.require(work, advisor).ticket, offer and offer.ticket}:
        raise BadInputError("a record is opened for the call that one has")
    insured = identity.open_record(work, about.call, about.person)
    return people.get(work, insured.person).name


def promised(work: Work, ticket: Ticket) -> Promised | None:
    """Return which attempt at a promised call a ticket is; None for any other."""
    if ticket.callback is None:
        return None
    attempts = select(callbacks.callbacks.c.attempts).where(callbacks.callbacks.c.id == ticket.callback)
    made = int(work.execute(attempts).scalar_one())
    return Promised(made + 1, callbacks.number_of(work, ticket.callback).ending)


def result(work: Work, ticket: int) -> callbacks.Result | None:
    """Return what became of the call that was made for a ticket; None before its end."""
    newest = select(dials.c.result).where(dials.c.ticket_id == ticket)
    found: callbacks.Result | None = work.execute(newest.order_by(dials.c.id.desc()).limit(1)).scalar()
    return found


def vain(work: Work, known: Advisor) -> Vain | None:
    """Return why an offer, or a call, has just come to nothing for an advisor without one; None where none has."""
    since = known.since - INSTANT
    if known.state == "ready":
        last = events.newest_of_advisor(work, known.id, max(since, work.now - LATELY), VAIN_READY)
    elif known.reason in {"unanswered", "unreachable"}:
        last = events.newest_of_advisor(work, known.id, since, VAIN_NOT_READY)
    else:
        return None
    return Vain(last.type, last.details.get("result")) if last else None


def parting(work: Work, known: Advisor) -> Parting | None:
    """Return how the talk ended that an advisor wraps up; None where nothing more is to be said of it."""
    last = events.newest_of_advisor(work, known.id, known.since - INSTANT, ("ended", "lost", "transferred"))
    if last is None:
        return None
    if last.type == "ended":
        return "caller-left" if last.details.get("by") == "caller" else None
    return "lost" if last.type == "lost" else "transferred"


def refused_by(work: Work, asked: Ticket) -> str | None:
    """Return the name of the advisor who last left a consult that still waits; None where nobody has."""
    last = events.newest_of_ticket(work, asked.id, LEFT) if asked.state == "waiting" else None
    return agents.name_of(work, last.advisor) if last and last.advisor else None


def _has(advisor: int, ticket: Ticket) -> bool:
    return ticket.advisor == advisor and ticket.state in {"accepted", "talking"}
