"""Who waits for an advisor, and talks to one: what each webhook of it comes to. One webhook, one transaction.

The queue's own documents (music, place) are no turns of the conversation; what becomes of the place is one
(`ivr.call.hear_news`).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from backend import calls, db
from backend.values import Telephone, parsed
from backend.work import Actor, Work, begin
from callcenter import bridging, callbacks, hours, legs, offers, supervision, talks, tickets, waiting
from callcenter.agents import LegName
from callcenter.supervision import Mode
from callcenter.tickets import Ticket
from ivr import call, journal, twiml
from ivr.call import Line
from ivr.conversation import News, Prompt

FAILED = {"error", "system-error"}
LATELY = timedelta(seconds=60)  # longer than a wait document lasts: who asked for one since failed once
ELSEWHERE = {"redirected", "redirected-from-bridged", "bridged", "hangup"}
RESULTS = {"leave", "queue-full", *FAILED}
"""The results of the carrier's queue after which the leg is somewhere else, and those with which the call goes on.

https://www.twilio.com/docs/voice/twiml/enqueue#attributes-action-parameters
"""


@dataclass(frozen=True)
class Advisor:
    """An advisor's leg: whose it is and by which session, by the carrier's word, and which offer it comes for.

    `mode`: how a supervisor comes into the talk that the offer led to; None for the offer's own advisor.
    """

    sid: str
    name: LegName
    offer: int
    mode: Mode | None = None


def wait(line: Line, ticket_id: int, pressed: str, queue_sid: str) -> bytes:
    """Answer what is heard while waiting; `1` keeps the place, and leaves; so does who waits when all have gone."""

    def heard() -> Ticket | None:
        with begin(Actor("call", "")) as work:
            ticket = tickets.get(work, ticket_id, lock=True)
            if ticket is None or ticket.caller_sid != line.sid or ticket.state == "ended":
                return None
            if pressed == "1" and ticket.state == "waiting":
                _keep(work, ticket, line)
                return None
            if ticket.state == "waiting" and not hours.opening(work).now and not offers.served(work, ticket):
                return None
            tickets.change(work, ticket.id, queue_sid=queue_sid or ticket.queue_sid, waited_on=work.now)
            return ticket

    ticket = db.twice(heard)
    if ticket is None:
        return twiml.leave()
    return twiml.waiting(ticket.id, news(ticket), ticket.heard_in)


def news(ticket: Ticket) -> tuple[Prompt, ...]:
    """Return what somebody who waits is told: the place, how long it may last, and that one may be called back."""
    if ticket.state != "waiting":
        return (Prompt("advisor-coming"),)
    offers.ensure(ticket)
    with begin(Actor("call", str(ticket.call))) as work:
        ahead = tickets.ahead(work, ticket)
        band = waiting.announce(work, ticket, ahead) if offers.served(work, ticket) else None
    lasts = Prompt("waiting-unknown") if band is None else Prompt(f"waiting-band-{band}")
    return (Prompt("waiting-place", {"rank": ahead.place}), lasts, Prompt("waiting-keep"))


def after_queue(line: Line, ticket_id: int, result: str) -> bytes:
    """Go on after the carrier's queue, by its result; who waited well until a document failed waits on."""
    if result == "hangup":
        db.twice(lambda: _gone(line.sid))
    if result in ELSEWHERE:
        return twiml.nothing()
    if result not in RESULTS:
        return call.stand(line)

    def came_to() -> News | Literal["waits on"] | None:
        with begin(Actor("call", "")) as work:
            ticket = tickets.get(work, ticket_id, lock=True)
            if ticket is None or ticket.caller_sid != line.sid:
                return None
            if ticket.state == "ended":
                return call.NEWS_OF.get(ticket.outcome, "unserved")
            if result in FAILED and ticket.waited_on and ticket.waited_on > work.now - LATELY:
                return "waits on"
            talks.end(work, ticket, "unserved")
            return "unserved"

    became = db.twice(came_to)
    if became == "waits on":
        return call.stand(line)
    return call.hear_news(line, became) if became else twiml.hang_up()


def bridge(line: Line, offer: int) -> bytes:
    """Bring a caller's leg to its advisor; where that offer is over, back to where the conversation stands."""
    with begin(Actor("call", "")) as work:
        ticket = bridging.fetched(work, offer, line.sid)
    return twiml.bridge(ticket.id, ticket.room, recording=ticket.recording) if ticket else call.stand(line)


def after_talk(line: Line, ticket_id: int, status: str) -> bytes:
    """Go on after the talk: with the survey, or in the queue again where the advisor was lost; not once it is over."""
    if status in calls.ENDED:
        db.twice(lambda: _gone(line.sid))
        return twiml.nothing()

    def came_to() -> tuple[News | None, Ticket | None]:
        with begin(Actor("call", "")) as work:
            return bridging.after(work, ticket_id, line.sid), tickets.get(work, ticket_id)

    became, ticket = db.twice(came_to)
    if became is None or ticket is None:
        return call.stand(line)
    return call.hear_news(line, became, ticket.queued_at if became in {"lost", "transferred"} else None)


def meet(leg: Advisor) -> bytes:
    """Let an advisor's leg into the conference of the offer that it comes for: theirs, or one they supervise.

    Where its session has ended, or its role may not, it is hung up (`callcenter.legs`).
    """
    advisor = leg.name.advisor

    def joining() -> Ticket | None:
        with begin(Actor("advisor", str(advisor), leg.mode or "offer")) as work:
            if not legs.may_come(work, leg.name, attends=bool(leg.mode)):
                return None
            if leg.mode:
                ticket = supervision.attend(work, advisor, leg.offer, leg.mode)
            else:
                ticket = bridging.join(work, advisor, leg.offer, leg.sid)
            if ticket:
                legs.come(work, leg.sid, leg.name, attends=bool(leg.mode))
            return ticket

    met = db.twice(joining)
    if met is None:
        return twiml.hang_up()
    coached = met.advisor_sid if leg.mode == "whisper" else None
    muted, recording = leg.mode == "listen", met.recording and not leg.mode
    return twiml.meet(met.room, advisor, muted=muted, coach=coached, recording=recording)


def conference(event: str, room: str, leg: str, sid: str) -> None:
    """Note what happened in a conference."""

    def note() -> None:
        with begin(Actor("job", "conference")) as work:
            if event == "participant-join":
                bridging.joined(work, room, leg, sid)
            elif event == "participant-leave":
                bridging.left(work, room, leg)
            elif event in {"participant-hold", "participant-unhold"}:
                bridging.held(work, room, leg, on_hold=event == "participant-hold")

    db.twice(note)


def _keep(work: Work, ticket: Ticket, line: Line) -> None:
    """Keep the place of a caller who hangs up; where to call is asked next, and known already if the number is."""
    work.actor = Actor("call", str(ticket.call))
    conversing = journal.read(db.driver(work.connection), line.sid)
    number = parsed(Telephone.parse, conversing.caller) if conversing and conversing.caller else None
    callbacks.keep_place(work, ticket, number)
    talks.end(work, ticket, "kept")


def _gone(sid: str) -> None:
    with begin(Actor("call", sid)) as work:
        bridging.caller_left(work, sid)
