"""Placing the calls that wait to be placed (`callcenter.dialling`), and asking for the state of those that are silent.

No connection to the database is held while Twilio is asked, and what is asked is committed before.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from backend import log, telephony
from backend.settings import settings
from backend.telephony import AT_ONCE, Outcome, Unknown
from backend.work import Actor, Work, begin
from callcenter import dialling, talks
from callcenter.dialling import Attempt, Over, Wait
from callcenter.dials import Dial

T = TypeVar("T")
MOST = 100  # silent calls looked up at once
_ACTOR = Actor("job", "dialling")
_log = log.get("placing")


def place(seconds: float) -> int:
    """Place calls at the pace that is allowed until none waits; begin none after `seconds`. Return how many."""
    until, count = time.monotonic() + seconds, 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dial") as pool:
        while (left := until - time.monotonic()) > 0:
            match _in_one(dialling.claim):
                case Attempt() as attempt:
                    pool.submit(_place, attempt)
                    count += 1
                case Wait(pause) if pause < left:
                    time.sleep(pause)
                case Over():
                    continue
                case _:
                    break
    return count


def follow() -> None:
    """End the calls of which nothing was heard; ask Twilio for the state of those whose end is overdue."""
    while _in_one(dialling.lost):
        continue
    for _ in range(MOST):
        dial = _in_one(dialling.silent)
        if dial is None:
            break
        _look_up(dial)


def _place(attempt: Attempt) -> None:
    outcome = _ask(attempt)
    try:
        _in_one(lambda work: dialling.settle(work, attempt.id, outcome))
    except Exception as error:  # noqa: BLE001  the edge of a thread: its webhooks, or the clock, decide
        _log.error("settle.failed", dial=attempt.id, error=type(error).__name__)


def _ask(attempt: Attempt) -> Outcome:
    try:
        return telephony.create_call(
            attempt.number,
            from_=settings().caller_id,
            url=dialling.callback_url(attempt.id),
            status_callback=dialling.status_url(attempt.id),
            ring=dialling.RING,
        )
    except Exception as error:  # noqa: BLE001  a request may have gone: its webhook is waited for
        _log.error("call.failed", dial=attempt.id, error=type(error).__name__)
        return Unknown()


def _look_up(dial: Dial) -> None:
    state = telephony.call_status(dial.sid) if dial.sid else None
    if dial.sid and state:
        sid, status = dial.sid, state
        _in_one(lambda work: dialling.note_status(work, sid, status))


def _in_one(act: Callable[[Work], T]) -> T:
    """Do `act` in a transaction of its own: whatever ends a call here passes through it."""
    with begin(_ACTOR) as work:
        done = act(work)
        if isinstance(done, Over):
            talks.let_go(work, done)
        return done
