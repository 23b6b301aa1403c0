"""Walking a call through a queue: https://www.twilio.com/docs/voice/twiml/enqueue.

While it waits, the call walks the documents of the wait URL, which is asked again when they end. How it
left is told to the action, if there is one: at once for all results that are possible here. After `redirected`
and `hangup` what the action answers is not performed: the call is elsewhere, or over. Parameters of the
queue go with the wait URL only; for an action of a Gather inside, Twilio's pages promise none.
"""

from collections.abc import Generator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from exchange.complaints import ComplaintError
from exchange.effects import Effect, Entered, EnterQueue, Event, HungUp, LeaveQueue, Place, Rest, Round
from exchange.steps import InterruptionError, LeftError, OverError, Request
from exchange.verbs import Enqueue, Gather, Hangup, Leave, Pause, Play, Redirect, Say

if TYPE_CHECKING:
    from exchange.walker import Steps, Walker

WAITING: frozenset[type] = frozenset({Play, Say, Pause, Hangup, Redirect, Leave, Gather})
MUSIC_SECONDS = 10.0


def walk(walker: "Walker", enqueue: Enqueue, base: str) -> "Steps":
    """Wait in a queue; the request of the action, or None to go on with the next verb."""
    entered = yield from walker.ask(EnterQueue(enqueue))
    if not isinstance(entered, Entered):
        return _action(enqueue, base, "queue-full", None)
    place = entered.place
    try:
        result = yield from _waited(walker, enqueue, base, place)
        yield from walker.ask(LeaveQueue(result))
    except InterruptionError as interrupted:
        yield from _left(walker, enqueue, base, place, hung_up=isinstance(interrupted.event, HungUp))
        raise
    except OverError:
        yield from _left(walker, enqueue, base, place, hung_up=True)
        raise
    return _action(enqueue, base, result, place)


def _waited(walker: "Walker", enqueue: Enqueue, base: str, place: Place) -> Generator[Effect, Event, str]:
    """Walk the documents of the wait URL until one says to leave, or cannot be walked."""
    try:
        while True:
            if enqueue.wait_url:
                url = urljoin(base, enqueue.wait_url)
                request: Request | None = Request(enqueue.wait_method, url, place.params())
                while request is not None:
                    document = yield from walker.fetch(request)
                    request = yield from walker.perform(document, WAITING)
            else:
                yield from walker.sound(Rest(MUSIC_SECONDS))
            yield from walker.ask(Round())
    except LeftError:
        return "leave"
    except ComplaintError as stopped:
        walker.complaints.append(stopped.complaint)
        return "error"


def _left(
    walker: "Walker", enqueue: Enqueue, base: str, place: Place, *, hung_up: bool
) -> Generator[Effect, Event, None]:
    """Tell the action of a call that is elsewhere, or over."""
    result = "hangup" if hung_up else "redirected"
    yield LeaveQueue(result)
    if hung_up:
        walker.status = "completed"
    if (request := _action(enqueue, base, result, place)) is not None:
        yield from walker.tell(request)


def _action(enqueue: Enqueue, base: str, result: str, place: Place | None) -> Request | None:
    if not enqueue.action:
        return None
    told = {"QueueResult": result}
    if place is not None:
        told |= {"QueueSid": place.queue_sid, "QueueTime": str(place.seconds)}
    return Request(enqueue.method, urljoin(base, enqueue.action), told)
