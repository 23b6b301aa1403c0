"""What becomes of a talk: ended, given back to the queue, transferred, shared with another advisor, wrapped up."""

import secrets
from typing import Literal

from backend import audit
from backend.errors import BadInputError
from backend.work import Work
from callcenter import agents, dialling, dispositions, errands, events, news, offers, presence, tickets
from callcenter.dialling import Over
from callcenter.routing import Subject, Tier
from callcenter.tickets import Outcome, Ticket

By = Literal["caller", "advisor"]


def end_talk(work: Work, advisor: int) -> Ticket:
    """End the talk of an advisor: the caller's leg is sent on to what follows. Raises BadInputError without one."""
    ticket = _held(work, advisor)
    if ticket.kind == "consult":
        end_consult(work, ticket)
    elif ticket.state == "accepted":
        give_back(work, ticket)
    else:
        end(work, ticket, "answered", by="advisor")
        errands.give(work, ticket, "send-on", ticket.caller_sid)
    return ticket


def end(work: Work, ticket: Ticket, outcome: Outcome, *, by: By | None = None) -> None:
    """End a ticket, its row locked: its advisor wraps up, or is ready again where there was no talk.

    `by`: who ended a talk, as far as it is known.
    """
    ended = tickets.change(
        work, ticket.id, tickets.tickets.c.state != "ended", state="ended", outcome=outcome, ended_at=work.now
    )
    if ended is None:
        return
    happened: dict[Outcome, events.Type] = {
        "answered": "ended",
        "abandoned": "abandoned",
        "kept": "kept",
        "unserved": "unserved",
        "not-reached": "not-reached",
    }
    ending = {"by": by} if by else {}
    events.record(work, happened[outcome], ticket=ticket.id, advisor=ticket.advisor, offer=ticket.offer, **ending)
    news.tell_asker(work, ticket)
    if consult := tickets.consult_of(work, ticket.id, lock=True):
        end(work, consult, "answered" if consult.state == "talking" else "unserved")
    if ticket.state == "waiting":
        offers.leave(work, ticket.id)
    elif ticket.advisor and ticket.state == "talking":
        presence.wrap_up(work, ticket.advisor, ticket.id)
        if ticket.kind == "consult":  # the conference goes on without them
            errands.give(work, ticket, "hang-up", ticket.advisor_sid)
    elif ticket.advisor:
        presence.free(work, ticket.advisor, ticket.id)
        errands.give(work, ticket, "hang-up", ticket.advisor_sid)


def give_back(work: Work, ticket: Ticket, *, reason: agents.Reason | None = None) -> None:
    """Bring a ticket whose advisor was lost back to the head of the queue, its row locked.

    `reason`: why that advisor is not ready any more; None: they are.
    """
    advisor, talked = ticket.advisor, ticket.state == "talking"
    events.record(work, "lost", ticket=ticket.id, advisor=advisor, offer=ticket.offer)
    errands.give(work, ticket, "hang-up", ticket.advisor_sid)
    if advisor and talked:
        presence.wrap_up(work, advisor, ticket.id)
    elif advisor:
        presence.free(work, advisor, ticket.id, reason=reason)
    if ticket.caller_sid:
        again = requeue(work, ticket, excluded=advisor)
        if talked:
            errands.give(work, again, "send-on", again.caller_sid)
    elif over := dialling.cancel(work, ticket.id):
        errands.give(work, ticket, "hang-up", over.dial.sid)
    else:
        end(work, ticket, "unserved")


def let_go(work: Work, over: Over) -> None:
    """Let the advisor go who waited for somebody whom our call did not reach."""
    if (ticket := over.ticket) and ticket.advisor:
        presence.free(work, ticket.advisor, ticket.id)
        errands.give(work, ticket, "hang-up", ticket.advisor_sid)


def requeue(
    work: Work,
    ticket: Ticket,
    *,
    excluded: int | None = None,
    subject: str | None = None,
    wanted: int | None = None,
    tier: Tier = "returned",
) -> Ticket:
    """Have a ticket wait again, at the head, with a room that nobody has been in.

    Whoever was called back is on the line by now, and waits as any caller.
    """
    again = tickets.change(
        work,
        ticket.id,
        kind="call",
        state="waiting",
        tier=tier,
        subject=subject or ticket.subject,
        wanted_id=wanted,
        advisor_id=None,
        offer_id=None,
        advisor_sid=None,
        conference_sid=None,
        accepted_at=None,
        joined_at=None,
        bridged_at=None,
        lost_at=None,
        on_hold=False,
        announced=None,
        queued_at=work.now,
        room=secrets.token_urlsafe(18),
    )
    assert again  # noqa: S101 for mypy: its row is locked
    offers.enter(work, again, excluded=excluded)
    return again


def transfer(work: Work, advisor: int, *, subject: Subject | None = None, to: int | None = None) -> Ticket:
    """Send the caller to another queue, or to one advisor: at the head, without waiting for who takes it (cold).

    Raises BadInputError where there is no talk, for oneself, and for somebody who isn't there.
    """
    ticket = _talk(work, advisor)
    if ticket.kind == "consult" or (subject is None) == (to is None):
        raise BadInputError("a call goes to a subject or to an advisor, not to both")
    _require_other(work, advisor, to)
    events.record(work, "transferred", ticket=ticket.id, advisor=advisor, subject=subject, to=to, warm=False)
    audit.record(work, "ticket.transferred", ticket.person, ticket=ticket.id)
    presence.wrap_up(work, advisor, ticket.id)
    errands.give(work, ticket, "hang-up", ticket.advisor_sid)
    again = requeue(work, ticket, excluded=advisor, subject=subject, wanted=to, tier="transferred")
    errands.give(work, again, "send-on", again.caller_sid)
    return again


def consult(work: Work, advisor: int, *, subject: Subject | None = None, to: int | None = None) -> Ticket:
    """Ask another advisor in, by an offer of their own; the caller is held meanwhile (`callcenter.holding`).

    Raises BadInputError where there is no talk, for oneself, for somebody who isn't there, and for a second consult.
    """
    ticket = _talk(work, advisor)
    if ticket.kind == "consult" or (subject is None) == (to is None):
        raise BadInputError("a consult is about a call, with a subject or an advisor")
    _require_other(work, advisor, to)
    if tickets.consult_of(work, ticket.id):
        raise BadInputError("another advisor is being asked already: end that first")
    asked = tickets.add(
        work,
        kind="consult",
        parent_id=ticket.id,
        person_id=ticket.person,
        identified=ticket.identified,
        subject=subject or ticket.subject,
        reason="consult",
        language=ticket.language,
        path=[list(step) for step in ticket.path],
        wanted_id=to,
        tier="consult",
    )
    offers.enter(work, asked, excluded=advisor)
    return asked


def take_over(work: Work, ticket: Ticket) -> bool:
    """Let the advisor who was asked in have the call, whose first advisor leaves; say whether there is one (warm)."""
    asked = tickets.consult_of(work, ticket.id, lock=True)
    if asked is None or asked.state != "talking" or asked.advisor is None or ticket.advisor is None:
        return False
    events.record(work, "transferred", ticket=ticket.id, advisor=ticket.advisor, to=asked.advisor, warm=True)
    tickets.change(work, asked.id, state="ended", outcome="answered", ended_at=work.now, offer_id=None)
    errands.give(work, ticket, "hang-up", ticket.advisor_sid)
    first, offer = ticket.advisor, asked.offer
    tickets.change(
        work, ticket.id, advisor_id=asked.advisor, advisor_sid=asked.advisor_sid, offer_id=offer, lost_at=None
    )
    agents.change(work, asked.advisor, "busy", "busy", ticket=ticket.id)
    presence.wrap_up(work, first, ticket.id)
    return True


def end_consult(work: Work, asked: Ticket) -> None:
    """The advisor who was asked in leaves again, or is not asked any more: the first one goes on."""
    end(work, asked, "answered" if asked.state == "talking" else "unserved")


def wrap_up(work: Work, advisor: int, disposition: str) -> None:
    """Note what a talk ended as, and let its advisor be ready. Raises BadInputError where there was none."""
    held = agents.require(work, advisor, lock=True)
    if held.state != "wrap-up" or held.ticket is None:
        raise BadInputError("there is nothing to wrap up")
    dispositions.require(disposition)
    tickets.change(work, held.ticket, disposition=disposition)
    events.record(work, "wrapped-up", ticket=held.ticket, advisor=advisor, disposition=disposition)
    presence.wrapped_up(work, advisor)


def _talk(work: Work, advisor: int) -> Ticket:
    ticket = _held(work, advisor)
    if ticket.state != "talking":
        raise BadInputError("the caller is not on the line yet")
    return ticket


def _held(work: Work, advisor: int) -> Ticket:
    held = tickets.held_by(work, advisor)
    ticket = tickets.get(work, held.id, lock=True) if held else None
    if ticket is None or ticket.state == "ended" or ticket.advisor != advisor:
        raise BadInputError("there is no call")
    return ticket


def _require_other(work: Work, advisor: int, to: int | None) -> None:
    if to == advisor:
        raise BadInputError("a call is not transferred to oneself")
    if to and agents.require(work, to).state not in offers.THERE:
        raise BadInputError("this advisor is not at work just now")
