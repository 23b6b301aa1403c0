"""The clock: does what no job did, and what comes due by itself. It needs PostgreSQL only; Redis may be away.

Two clocks harm nothing: every duty takes rows that nobody else has hold of, or changes only what is still to change.
"""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from backend import db, granting, identity, log, mobiles, notices, outbox
from backend.api import requests, tokens
from backend.feeds import uploads
from backend.settings import settings
from backend.work import Actor, Work, begin
from callcenter import acting, admission, bridging, callbacks, offers, presence, retention, sessions, tallies
from callcenter.tickets import Ticket
from ivr import journal
from svi import delivery, legs, placing, uploading

if TYPE_CHECKING:
    from datetime import date

HAND_OVER_SECONDS, LOOK_UP_SECONDS, ERRAND_SECONDS, DIAL_SECONDS = 5.0, 5.0, 2.0, 0.5
DIALLED_WITHIN = 30.0  # seconds: no more advisors are asked for calls of ours than can be dialled in this time
WHILE_SECONDS = 2.0
"""So long at most one duty with much to do keeps the others waiting."""
COUNTED_EVERY, COUNTING_PAUSE = 10.0, 10
"""Seconds at least between two counts of a day, and a count's own time so many times over: a tenth of a processor."""
HOUR = 3600.0
_ACTOR = Actor("job", "clock")
_log = log.get("clock")


@dataclass
class Duty:
    """Something to do every so many seconds, the first time at once."""

    name: str
    seconds: float
    act: Callable[[], object]
    next_at: float = 0.0


def run() -> None:
    """Do the duties until SIGTERM or SIGINT."""
    log.configure("clock")
    db.engine()  # a missing setting is said now
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    others = (urgent_duties(), carrier_duties(), list_duties(stop.is_set), figure_duties())
    lanes = [threading.Thread(target=keep, args=(lane, stop)) for lane in others]
    for lane in lanes:
        lane.start()
    keep(duties(), stop)
    for lane in lanes:
        lane.join()


def duties() -> list[Duty]:
    """List all duties: outbox every 15 s, what comes due every 5, erasing by minute or hour."""
    return [
        Duty("callbacks", 5, _while_more(_full_slice(_call_back, callbacks.SLICE))),
        Duty("outbox", 15, sweep_outbox),
        Duty("claim-notices", 5, _while_more(notices.tell_of_claims)),
        Duty("reminders", 5, _while_more(notices.remind)),
        Duty("grants", 5, _while_more(granting.grant)),
        Duty("erase-promises", 60, _while_more(_full_slice(outbox.erase))),
        Duty("end-quiet-calls", HOUR, _in_one(journal.end_quiet)),
        Duty("erase-journals", HOUR, _in_one(journal.erase_old)),
        Duty("erase-codes", HOUR, _in_one(identity.erase_old)),
        Duty("erase-numbers", HOUR, _in_one(callbacks.erase_old)),
        Duty("erase-mobile-changes", HOUR, _while_more(_full_slice(mobiles.erase_old, mobiles.SLICE))),
        Duty("erase-events", HOUR, _while_more(_full_slice(retention.erase_events, retention.SLICE))),
        Duty("erase-dials", HOUR, _while_more(_full_slice(retention.erase_dials, retention.SLICE))),
        Duty("erase-openings", HOUR, _while_more(_full_slice(retention.erase_openings, retention.SLICE))),
        Duty("erase-tickets", HOUR, _while_more(_full_slice(retention.erase_tickets, retention.SLICE))),
        Duty("erase-acts", HOUR, _in_one(acting.erase_old)),
        Duty("erase-answers", HOUR, _in_one(requests.erase_old)),
        Duty("erase-refusals", HOUR, _in_one(tokens.erase_old)),
        Duty("erase-sessions", HOUR, _in_one(sessions.erase_old)),
        Duty("erase-advisors-figures", HOUR, _in_one(tallies.erase_old)),
        Duty("erase-lists", 60, _in_one(uploads.erase)),
        Duty("erase-sign-in-refusals", HOUR, _in_one(admission.erase_old)),
    ]


def urgent_duties() -> list[Duty]:
    """List what people on the line wait for, and no other duty may hold up."""
    return [
        Duty("offers", 0.5, offers.sweep),
        Duty("lost-advisors", 2, sweep_lost),
        Duty("reconcile", 5, _in_one(offers.reconcile)),
        Duty("reconcile-ready", 10, _reconciling_ready()),
        Duty("wrap-ups", 5, _in_one(presence.end_long_wrap_ups)),
        Duty("sign-out-gone", 60, _in_one(presence.sign_out_gone)),
    ]


def carrier_duties() -> list[Duty]:
    """List what asks the carrier, which may be slow to answer: legs first, calls of ours, who is silent."""
    return [
        Duty("errands", 1, lambda: legs.do_errands(ERRAND_SECONDS)),
        Duty("dial", 1, lambda: placing.place(DIAL_SECONDS)),
        Duty("follow-calls", 5, placing.follow),
        Duty("fallen-legs", 1, legs.end_fallen),
        Duty("unheard-legs", 3, legs.look_for_unheard),
        Duty("silent-legs", 5, legs.look_for_silent),
    ]


def list_duties(is_over: Callable[[], bool]) -> list[Duty]:
    """List what brings in the lists of the console, which may take minutes: it gives up once `is_over` says so."""
    return [Duty("lists", 1, lambda: uploading.bring_in_next(is_over))]


def figure_duties() -> list[Duty]:
    """List what reads a day's log, which takes seconds."""
    return [Duty("figures", 1, _counting_days())]


def keep(duties: list[Duty], stop: threading.Event) -> None:
    """Do each duty when it comes due, until `stop`; one that fails is logged and comes again."""
    while not stop.is_set():
        for duty in duties:
            if duty.next_at <= time.monotonic() and not stop.is_set():
                duty.next_at = time.monotonic() + duty.seconds
                _do(duty.name, duty.act)
        stop.wait(max(0.0, min(duty.next_at for duty in duties) - time.monotonic()))


def sweep_outbox() -> None:
    """Keep promises that no job kept, and decide about uncertain ones; a step that fails stops no other."""
    _do("outbox.release", _while_more(_full_slice(outbox.release)))
    _do("outbox.expire", _while_more(_full_slice(outbox.expire)))
    _do("outbox.withhold", _while_more(_full_slice(outbox.withhold)))
    _do("outbox.hand-over", lambda: delivery.hand_over(HAND_OVER_SECONDS))
    _do("outbox.look-up", lambda: delivery.look_up(LOOK_UP_SECONDS))


def sweep_lost() -> None:
    """Give back what lost advisors hold, each in a transaction of its own: one that fails stops no other."""
    with begin(_ACTOR) as work:
        lost = bridging.lost(work)
    for ticket in lost:
        _do("lost-advisor", partial(db.twice, partial(_give_back, ticket)))


def _give_back(ticket: Ticket) -> None:
    with begin(_ACTOR) as work:
        bridging.give_back_lost(work, ticket)


def _reconciling_ready() -> Callable[[], None]:
    """Return the duty that finds who is ready in PostgreSQL alone; it remembers whom it missed the last time."""
    missed: set[int] = set()

    def done() -> None:
        nonlocal missed
        with begin(_ACTOR) as work:
            missed = offers.reconcile_ready(work, missed)

    return done


def _counting_days() -> Callable[[], None]:
    """Return the duty that counts a day that is due, the newest first, then lets it be for COUNTING_PAUSE as long."""
    next_at: dict[date, float] = {}

    def done() -> None:
        with begin(_ACTOR) as work:
            days = tallies.due(work)
        began = time.monotonic()
        which = next((each for each in days if next_at.get(each, 0) <= began), None)
        for gone in {*next_at} - {*days}:
            del next_at[gone]
        if which:
            next_at[which] = began + COUNTED_EVERY  # though it fails
            tallies.count_day(which)
            next_at[which] += COUNTING_PAUSE * (time.monotonic() - began)

    return done


def _call_back(work: Work) -> int:
    """Have promised calls wait for an advisor whose time has come, and put off those that waited in vain today."""
    most = max(1, int(settings().svi_calls_per_second * DIALLED_WITHIN))
    due, put_off = callbacks.due(work, most), callbacks.put_off(work)
    for ticket in due:
        offers.enter(work, ticket)
    for ticket in put_off:
        offers.leave(work, ticket.id)
    return max(len(due), len(put_off))


def _do(name: str, act: Callable[[], object]) -> None:
    try:
        act()
    except Exception as error:  # noqa: BLE001  the edge of a duty: the others, and the next time, go on
        _log.error("duty.failed", duty=name, error=type(error).__name__)


def _while_more(act: Callable[[Work], bool]) -> Callable[[], None]:
    """Return `act` in one transaction after another, while it says that there is more, for WHILE_SECONDS at most."""

    def done() -> None:
        until, more = time.monotonic() + WHILE_SECONDS, True
        while more and time.monotonic() < until:
            with begin(_ACTOR) as work:
                more = act(work)

    return done


def _full_slice(act: Callable[[Work], int], slice_: int = outbox.SLICE) -> Callable[[Work], bool]:
    """Return `act` saying whether it changed as many rows as it may at once: there may be more."""
    return lambda work: act(work) >= slice_


def _in_one(act: Callable[[Work], int]) -> Callable[[], None]:
    """Return `act` in a transaction of its own."""

    def done() -> None:
        with begin(_ACTOR) as work:
            count = act(work)
        if count:
            _log.info("duty.done", what=f"{act.__module__}.{act.__name__}", rows=count)

    return done
