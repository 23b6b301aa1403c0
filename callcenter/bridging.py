"""From an accepted offer to two people talking: whose leg is in the conference, and whose left.

The advisor's leg joins the conference first; then the caller's leg is fetched from the carrier's queue (`errands`). The
caller's leg ends the conference, an advisor's doesn't: of one that is lost, 20 s of grace, then the head of the queue.
Each is told to us by more than one way, late or twice: what counts is the row, and each change happens once.
"""

from datetime import datetime, timedelta
from typing import Literal

from backend.work import Work
from callcenter import dialling, errands, events, legs, news, talks, tickets
from callcenter.tickets import Ticket

GRACE = timedelta(seconds=20)  # for an advisor's leg that is gone, or has not come
QUIET = timedelta(seconds=6)  # an advisor who dialled in is in the conference by then, and we were told
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


def unheard(work: Work) -> list[Ticket]:
    """Return the accepted tickets whose advisor dialled in, and of whose coming nothing is heard since QUIET."""
    accepted = [each for each in tickets.in_state(work, "accepted") if each.advisor_sid and each.joined_at is None]
    return [each for each in accepted if not each.lost_at and each.accepted_at and each.accepted_at <= work.now - QUIET]


def goes_on(work: Work, leg: str) -> None:
    """Note that an advisor's leg is in the conference though nobody told: it goes on, and has nowhere else to be."""
    ticket = tickets.of_advisor_leg(work, leg, lock=True)
    if ticket and ticket.left_sid != leg:
        _advisor_joined(work, ticket)


def left(work: Work, room: str, leg: str) -> None:
    """Note that a leg is out of the conference. The caller's ends it: whoever was there has talked."""
    if (theirs := tickets.of_room(work, room, lock=True)) and theirs.caller_sid == leg:
        _caller_joined(work, theirs)
        if (talk := tickets.get(work, theirs.id)) and talk.state == "talking":
            talks.end(work, talk, "answered", by="caller")
        return
    legs.gone(work, leg)
    if not (ticket := tickets.of_advisor_leg(work, leg, lock=True)) or _met(work, ticket).room != room:
        return
    tickets.change(work, ticket.id, left_sid=leg)
    if ticket.state == "accepted":
        tickets.change(work, ticket.id, joined_at=None, lost_at=work.now)
    elif ticket.state == "talking" and ticket.kind == "consult":
        talks.end_consult(work, ticket)
    elif ticket.state == "talking":
        tickets.change(work, ticket.id, lost_at=work.now)
        talks.take_over(work, ticket)


def leg_over(work: Work, leg: str) -> None:
    """Note that a call is over, wherever it is learnt: a caller's ends the ticket, an advisor's is out of the room."""
    if ticket := tickets.of_advisor_leg(work, leg):
        left(work, _met(work, ticket).room, leg)
    caller_left(work, leg)
    legs.gone(work, leg)  # after the ticket, as in `left`: both are told of the same end at the same moment


def held(work: Work, room: str, leg: str, *, on_hold: bool) -> None:
    """Note that the caller of a conference is on hold, or back."""
    ticket = tickets.of_room(work, room, lock=True)
    if ticket and ticket.caller_sid == leg and ticket.on_hold != on_hold and ticket.state == "talking":
        tickets.change(work, ticket.id, on_hold=on_hold)
        events.record(work, "held" if on_hold else "resumed", ticket=ticket.id, advisor=ticket.advisor)
        asked = tickets.consult_of(work, ticket.id)
        if asked and asked.advisor:
            news.tell(work, asked.advisor)


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
        talks.end(work, ticket, "answered")
        return "talked"
    if ticket.state == "ended":
        return "talked" if ticket.outcome == "answered" else None
    return "transferred" if ticket.tier == "transferred" else "lost"


def caller_left(work: Work, leg: str) -> None:
    """Note that a caller hung up, wherever it is learnt: once."""
    ticket = tickets.of_leg(work, leg, lock=True)
    if ticket:
        talks.end(work, ticket, "answered" if ticket.state == "talking" else "abandoned", by="caller")


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
    talks.give_back(work, now, reason="unreachable")
    return True


def hand_over(work: Work, leg: str) -> bool:
    """Bring a caller to somebody else whose advisor may not be there any more; say whether there was one.

    Whoever was asked in has the call; else it is at the head of the queue. Nobody is hung up on but the advisor.
    """
    found = tickets.of_advisor_leg(work, leg)
    if found is None:
        return False
    dialling.hold(work, found.id)
    ticket = tickets.of_advisor_leg(work, leg, lock=True)
    if ticket is None or ticket.state == "waiting":
        return False
    if ticket.kind == "consult":
        talks.end_consult(work, ticket)
    elif not talks.take_over(work, ticket):
        talks.give_back(work, ticket, reason="unreachable")
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
            news.tell_asker(work, ticket)


def _met(work: Work, ticket: Ticket) -> Ticket:
    """Return the ticket whose conference it is: of a consult, the call that it is about."""
    return (ticket.parent and tickets.get(work, ticket.parent)) or ticket
