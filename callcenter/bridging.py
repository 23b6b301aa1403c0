"""From an accepted offer to two people talking, and to the end of it: who is in the conference, who left, who ended.

The advisor's leg joins the conference first; then the caller's leg is fetched from the carrier's queue (`errands`). The
caller's leg ends the conference, an advisor's doesn't: of one that is lost, 20 s of grace, then the head of the queue.
Each is told to us by more than one way, late or twice: what counts is the row, and each change happens once.
"""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from backend import audit
from backend.errors import BadInputError
from backend.work import Work
from callcenter import agents, dialling, dispositions, errands, events, offers, presence, tickets
from callcenter.dialling import Over
from callcenter.routing import Subject, Tier
from callcenter.tickets import Outcome, Ticket

GRACE = timedelta(seconds=20)  # for an advisor's leg that is gone, or has not come
After = Literal["talked", "lost", "transferred"]


def join(work: Work, advisor: int, offer: int, leg: str) -> Ticket | None:
    """Note the leg by which an advisor dialled in, and return the ticket whose conference it joins.

    None where the offer is not theirs, or over. A second leg takes the place of the first.
    """
    ticket = tickets.of_offer(work, offer, lock=True)
    if ticket is None or ticket.advisor != advisor or ticket.state == "ended":
        return None
    tickets.change(work, ticket.id, advisor_sid=leg, lost_at=None)
    return _met(work, ticket)


def joined(work: Work, room: str, leg: str, conference: str) -> None:
    """Note that a leg is in the conference: of the advisor, then of the caller."""
    ticket = tickets.of_room(work, room, lock=True)
    if ticket is None:
        return
    taken = ticket if leg == ticket.caller_sid else tickets.of_advisor_leg(work, leg, lock=True)
    if taken is None or _met(work, taken).id != ticket.id or leg == taken.left_sid:
        return  # a supervisor's, another talk's, or news of a leg that is gone again
    if ticket.conference_sid != conference and ticket.state != "ended":
        tickets.change(work, ticket.id, conference_sid=conference)
    if leg == ticket.caller_sid:
        _caller_joined(work, ticket)
    else:
        _advisor_joined(work, taken)


def left(work: Work, room: str, leg: str) -> None:
    """Note that a leg is out of the conference. The caller's ends it: whoever was there has talked."""
    if (theirs := tickets.of_room(work, room, lock=True)) and theirs.caller_sid == leg:
        _caller_joined(work, theirs)
        if (talk := tickets.get(work, theirs.id)) and talk.state == "talking":
            end(work, talk, "answered")
        return
    if not (ticket := tickets.of_advisor_leg(work, leg, lock=True)) or _met(work, ticket).room != room:
        return
    tickets.change(work, ticket.id, left_sid=leg)
    if ticket.state == "accepted":
        tickets.change(work, ticket.id, joined_at=None, lost_at=work.now)
    elif ticket.state == "talking" and ticket.kind == "consult":
        end_consult(work, ticket)
    elif ticket.state == "talking":
        tickets.change(work, ticket.id, lost_at=work.now)
        take_over(work, ticket)


def leg_over(work: Work, leg: str) -> None:
    """Note that a call is over, wherever it is learnt: a caller's ends the ticket, an advisor's is out of the room."""
    if ticket := tickets.of_advisor_leg(work, leg):
        left(work, _met(work, ticket).room, leg)
    caller_left(work, leg)


def held(work: Work, room: str, leg: str, *, on_hold: bool) -> None:
    """Note that the caller of a conference is on hold, or back."""
    ticket = tickets.of_room(work, room, lock=True)
    if ticket and ticket.caller_sid == leg and ticket.on_hold != on_hold and ticket.state == "talking":
        tickets.change(work, ticket.id, on_hold=on_hold)
        events.record(work, "held" if on_hold else "resumed", ticket=ticket.id, advisor=ticket.advisor)


def fetched(work: Work, offer: int, leg: str) -> Ticket | None:
    """Return the ticket whose caller's leg comes to be bridged; None where that offer is over, or the leg another's."""
    ticket = tickets.of_offer(work, offer)
    return ticket if ticket and ticket.state in {"accepted", "talking"} and ticket.caller_sid == leg else None


def after(work: Work, ticket_id: int, leg: str) -> After | None:
    """Return what became of a talk whose caller's leg is out of the conference; None where it isn't this leg's."""
    ticket = tickets.get(work, ticket_id, lock=True)
    if ticket is None or ticket.caller_sid != leg:
        return None
    if ticket.state == "talking":  # the carrier ended the conference
        end(work, ticket, "answered")
        return "talked"
    if ticket.state == "ended":
        return "talked" if ticket.outcome == "answered" else None
    return "transferred" if ticket.tier == "transferred" else "lost"


def caller_left(work: Work, leg: str) -> None:
    """Note that a caller hung up, wherever it is learnt: once."""
    ticket = tickets.of_leg(work, leg, lock=True)
    if ticket:
        end(work, ticket, "answered" if ticket.state == "talking" else "abandoned")


def end_talk(work: Work, advisor: int) -> Ticket:
    """End the talk of an advisor: the caller's leg is sent on to what follows. Raises BadInputError without one."""
    ticket = _held(work, advisor)
    if ticket.kind == "consult":
        end_consult(work, ticket)
    elif ticket.state == "accepted":
        give_back(work, ticket)
    else:
        end(work, ticket, "answered")
        errands.give(work, ticket, "send-on", ticket.caller_sid)
    return ticket


def end(work: Work, ticket: Ticket, outcome: Outcome) -> None:
    """End a ticket, its row locked: its advisor wraps up, or is ready again where there was no talk."""
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
    events.record(work, happened[outcome], ticket=ticket.id, advisor=ticket.advisor, offer=ticket.offer)
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
        events.record(work, "not-reached", ticket=ticket.id, advisor=ticket.advisor, result=over.result)
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


def lost(work: Work) -> list[Ticket]:
    """Return the tickets whose advisor's leg is gone, or never came, since GRACE."""
    over = work.now - GRACE
    return [each for each in tickets.in_state(work, "accepted", "talking") if (at := _alone_since(each)) and at <= over]


def give_back_lost(work: Work, ticket: Ticket) -> bool:
    """Give a ticket of `lost` back, unless its advisor came meanwhile; say whether it was.

    Locks are taken in this order: a call of ours, its callback, the ticket, the advisor.
    """
    dialling.hold(work, ticket.id)
    now = tickets.get(work, ticket.id, lock=True)
    if now is None or now.offer != ticket.offer or now.state != ticket.state or _alone_since(now) is None:
        return False
    give_back(work, now, reason="unreachable")
    return True


def _alone_since(ticket: Ticket) -> datetime | None:
    """Return since when nobody of ours is with a ticket that was accepted."""
    never_came = ticket.accepted_at if ticket.joined_at is None else None
    return ticket.lost_at or never_came


def _caller_joined(work: Work, ticket: Ticket) -> None:
    here = tickets.tickets.c.state == "accepted"
    if tickets.change(work, ticket.id, here, state="talking", bridged_at=work.now):
        errands.take_back(work, "fetch", str(ticket.caller_sid))
        events.record(work, "bridged", ticket=ticket.id, advisor=ticket.advisor, offer=ticket.offer)


def _advisor_joined(work: Work, ticket: Ticket) -> None:
    if ticket.state == "ended":
        return
    tickets.change(work, ticket.id, lost_at=None)
    if ticket.joined_at is None and tickets.change(
        work, ticket.id, tickets.tickets.c.state == "accepted", joined_at=work.now
    ):
        events.record(work, "joined", ticket=ticket.id, advisor=ticket.advisor, offer=ticket.offer)
        if ticket.kind == "call":
            errands.give(work, ticket, "fetch", ticket.caller_sid)
        elif ticket.kind == "consult":
            tickets.change(work, ticket.id, state="talking", bridged_at=work.now)
            events.record(work, "bridged", ticket=ticket.id, advisor=ticket.advisor, offer=ticket.offer)


def _met(work: Work, ticket: Ticket) -> Ticket:
    """Return the ticket whose conference it is: of a consult, the call that it is about."""
    return (ticket.parent and tickets.get(work, ticket.parent)) or ticket


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
