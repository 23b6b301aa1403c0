"""Keeping the promises of the outbox: hand over what is due, look up what is uncertain.

No connection to the database is held while Twilio is asked, and what is asked is committed before.
"""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from backend import jobs, log, messages, outbox, quiet_hours, telephony
from backend.seal import UnsealError
from backend.telephony import AT_ONCE, Later, Outcome, Refused, Unknown
from backend.work import Actor, begin

UNREADABLE = Refused(0)  # a person looks at it: the key that sealed it is gone
_ACTOR = Actor("job", "outbox")
_log = log.get("delivery")


def hand_over(seconds: float) -> int:
    """Hand promises to Twilio, AT_ONCE at a time, until none is due; begin none after `seconds`. Return how many.

    What is left then wakes another job; but while Twilio takes nothing, the rest waits for the clock.
    """
    until = time.monotonic() + seconds
    flying: dict[Future[Outcome], outbox.Attempt] = {}
    count = put_off = 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hand-over") as pool:
        while True:
            going_on = time.monotonic() < until and put_off < AT_ONCE
            claimed = _claim(AT_ONCE - len(flying)) if going_on else []
            flying |= {pool.submit(_send, each): each for each in claimed}
            count += len(claimed)
            if not flying:
                break
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            with begin(_ACTOR) as work:
                for each in done:
                    outcome = each.result()
                    outbox.settle(work, flying.pop(each), outcome)
                    put_off = put_off + 1 if isinstance(outcome, Later) else 0
    if time.monotonic() >= until and put_off < AT_ONCE:
        jobs.wake("hand-over")
    return count


def look_up(seconds: float) -> int:
    """Look at Twilio's list for what became of uncertain promises; begin none after `seconds`. Return how many."""
    until = time.monotonic() + seconds
    count = 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="look-up") as pool:
        while time.monotonic() < until:
            with begin(_ACTOR) as work:
                open_ones = outbox.look_up(work, AT_ONCE)
            if not open_ones:
                break
            for attempt, found in zip(open_ones, pool.map(_find, open_ones), strict=True):
                with begin(_ACTOR) as work:
                    outbox.decide(work, attempt, found)
            count += len(open_ones)
    return count


def _claim(limit: int) -> list[outbox.Attempt]:
    if not limit:
        return []
    with begin(_ACTOR) as work:  # what was due by day, and could not go then, waits for the morning
        return outbox.claim(work, limit, but=messages.NOTICE if quiet_hours.quiet(work.now) else None)


def _send(attempt: outbox.Attempt) -> Outcome:
    try:
        payload = attempt.payload()
        return telephony.send_sms(
            payload["to"],
            payload["body"],
            status_callback=outbox.status_url(attempt.id),
            validity=attempt.validity,
        )
    except UnsealError:
        return UNREADABLE
    except Exception as error:  # noqa: BLE001  a request may have gone: uncertain, and looked up
        _log.error("send.failed", outbox=attempt.id, error=type(error).__name__)
        return Unknown()


def _find(attempt: outbox.Attempt) -> list[telephony.Found] | None:
    try:
        return telephony.find_sms(attempt.payload()["to"])
    except Exception as error:  # noqa: BLE001  it is looked up again
        _log.error("look-up.failed", outbox=attempt.id, error=type(error).__name__)
        return None
