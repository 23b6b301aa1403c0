"""Doing the errands of `callcenter.errands` at the carrier, and looking for legs of which nobody tells any more.

No connection to the database is held while the carrier is asked.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from backend import calls, log, telephony
from backend.telephony import AT_ONCE, Gone, Later, Outcome, Unknown
from backend.work import Actor, begin
from callcenter import bridging, errands, legs, sessions, talks, tickets
from callcenter.errands import Errand
from callcenter.legs import Leg

SILENT = timedelta(seconds=100)  # two wait requests that did not come
_ACTOR = Actor("job", "errands")
_log = log.get("legs")


def do_errands(seconds: float) -> int:
    """Do what is due, AT_ONCE at a time; begin nothing after `seconds`. Return how many."""
    until, count = time.monotonic() + seconds, 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="errand") as pool:
        while time.monotonic() < until:
            with begin(_ACTOR) as work:
                due = errands.claim(work, AT_ONCE)
            if not due:
                break
            for errand, outcome in zip(due, pool.map(_do, due), strict=True):
                _settle(errand, outcome)
            count += len(due)
    return count


def look_for_silent() -> None:
    """Ask for the state of legs of which nothing was heard for long, AT_ONCE at most, and note the end of those over.

    Of who waits, no wait request came; of who talks, nobody tells anything: both legs are asked for now and then.
    """
    with begin(_ACTOR) as work:
        silent = tickets.silent(work, AT_ONCE, work.now - SILENT)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="silent") as pool:
        list(pool.map(_end_if_over, silent))


def look_for_unheard() -> None:
    """Ask for the state of advisors' legs of whose coming nobody told, and note those that go on: they are there."""
    with begin(_ACTOR) as work:
        unheard = [each.advisor_sid for each in bridging.unheard(work) if each.advisor_sid][:AT_ONCE]
    for leg in unheard:
        if telephony.call_status(leg) == "in-progress":
            with begin(_ACTOR) as work:
                bridging.goes_on(work, leg)


def end_fallen() -> None:
    """Hang up the legs whose session has ended, or whose role may not any more, and hand their callers over.

    Where the advisor has another session, its page dials in again; a leg that the carrier does not end now comes again.
    """
    with begin(_ACTOR) as work:
        fallen = legs.fallen(work)
    fallen = [leg for leg in fallen if _hand_over(leg)]
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fallen") as pool:
        for leg, outcome in zip(fallen, pool.map(_end, fallen), strict=True):
            if not isinstance(outcome, Later | Unknown):
                with begin(_ACTOR) as work:
                    legs.gone(work, leg.sid)


def _hand_over(leg: Leg) -> bool:
    """Hand the caller of a leg over, if it has one and must; say whether nothing went wrong."""
    try:
        with begin(_ACTOR) as work:
            if leg.role_over or not sessions.standing(work, leg.advisor):
                bridging.hand_over(work, leg.sid)
    except Exception as error:  # noqa: BLE001  one that fails stops no other, and comes again
        _log.error("hand-over.failed", **log.cause(error))
        return False
    return True


def _end(leg: Leg) -> Outcome | Gone:
    try:
        return telephony.end_call(leg.sid)
    except Exception as error:  # noqa: BLE001  it comes again
        _log.error("hang-up.failed", **log.cause(error))
        return Unknown()


def _do(errand: Errand) -> Outcome | Gone:
    try:
        match errand.what:
            case "fetch" if errand.queue:
                return telephony.fetch_member(errand.queue, errand.leg, f"/voice/bridge/{errand.offer}")
            case "fetch":  # it is on its way into the carrier's queue
                return Later()
            case "send-on":
                return telephony.send_call(errand.leg, f"/voice/after/{errand.ticket}")
            case "hang-up":
                return telephony.end_call(errand.leg)
    except Exception as error:  # noqa: BLE001  it may have been done: it is tried again
        _log.error("errand.failed", errand=errand.id, what=errand.what, error=type(error).__name__)
        return Unknown()


def _settle(errand: Errand, outcome: Outcome | Gone) -> None:
    with begin(_ACTOR) as work:
        hopeless = errands.settle(work, errand, outcome)
    missing = isinstance(outcome, Gone) and errand.what == "fetch"
    if (missing or hopeless) and (_end_if_over(errand.leg) or _note_if_there(errand)):
        return
    if not hopeless:
        return
    with begin(_ACTOR) as work:
        ticket = tickets.get(work, errand.ticket, lock=True)
        if ticket and ticket.state == "accepted" and ticket.offer == errand.offer:
            _log.warning("fetch.hopeless", ticket=ticket.id, outcome=type(outcome).__name__)
            talks.give_back(work, ticket)


def _note_if_there(errand: Errand) -> bool:
    """Note that a caller's leg is in the conference, where nobody told us; say whether it is."""
    with begin(_ACTOR) as work:
        ticket = tickets.get(work, errand.ticket)
    if ticket is None or ticket.offer != errand.offer or ticket.conference_sid is None:
        return False
    if there := telephony.is_in(ticket.conference_sid, errand.leg):
        with begin(_ACTOR) as work:
            bridging.joined(work, ticket.room, errand.leg, ticket.conference_sid)
    return there


def _end_if_over(leg: str) -> bool:
    """End the ticket whose caller's leg is over, by the carrier's word; say whether it is."""
    over = telephony.call_status(leg) in calls.ENDED
    if over:
        with begin(_ACTOR) as work:
            bridging.leg_over(work, leg)
    return over
