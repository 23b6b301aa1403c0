"""Doing the errands of `callcenter.errands` at the carrier, and looking for legs of which nobody tells any more.

No connection to the database is held while the carrier is asked.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from backend import log, telephony
from backend.telephony import AT_ONCE, Gone, Later, Outcome, Refused, Unknown
from backend.work import Actor, begin
from callcenter import bridging, errands, tickets
from callcenter.tickets import Ticket

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
            for ticket, outcome in zip(due, pool.map(_do, due), strict=True):
                _settle(ticket, outcome)
            count += len(due)
    return count


def look_for_silent() -> None:
    """Ask for the state of calls whose wait requests do not come any more, and end those that are over."""
    with begin(_ACTOR) as work:
        waiting = [each for each in tickets.in_state(work, "waiting") if each.kind == "call" and each.caller_sid]
        silent = [each for each in waiting if (each.waited_on or each.queued_at) < work.now - SILENT]
    for each in silent:
        _end_if_over(each)


def _do(ticket: Ticket) -> Outcome | Gone:
    try:
        match ticket.errand:
            case "fetch" if ticket.queue_sid and ticket.caller_sid:
                path = f"/voice/bridge/{ticket.offer}"
                return telephony.fetch_member(ticket.queue_sid, ticket.caller_sid, path)
            case "send-on" if ticket.caller_sid:
                return telephony.send_call(ticket.caller_sid, f"/voice/after/{ticket.id}")
            case "close" if ticket.conference_sid:
                return telephony.end_conference(ticket.conference_sid)
            case "close" if ticket.advisor_sid:
                return telephony.end_call(ticket.advisor_sid)
        return Refused(0) if ticket.errand == "close" else Later()  # nothing to close; or a leg that is still to come
    except Exception as error:  # noqa: BLE001  it may have been done: it is tried again
        _log.error("errand.failed", ticket=ticket.id, errand=ticket.errand, error=type(error).__name__)
        return Unknown()


def _settle(ticket: Ticket, outcome: Outcome | Gone) -> None:
    with begin(_ACTOR) as work:
        hopeless = errands.settle(work, ticket, outcome)
    if hopeless and ticket.errand == "fetch":
        _log.warning("fetch.hopeless", ticket=ticket.id, outcome=type(outcome).__name__)
        if not _end_if_over(ticket):
            with begin(_ACTOR) as work:
                still = tickets.get(work, ticket.id, lock=True)
                if still and still.state == "accepted" and still.offer == ticket.offer:
                    bridging.give_back(work, still)


def _end_if_over(ticket: Ticket) -> bool:
    """End a ticket whose caller's leg is over, by the carrier's word; say whether it is."""
    status = telephony.call_status(ticket.caller_sid) if ticket.caller_sid else None
    over = status in {"completed", "busy", "failed", "no-answer", "canceled"}
    if over and ticket.caller_sid:
        with begin(_ACTOR) as work:
            bridging.caller_left(work, ticket.caller_sid)
    return over
