"""Walking a call through a Dial: into a conference, or to somebody who is called for it.

https://www.twilio.com/docs/voice/twiml/dial and …/conference. The action is asked when the Dial is over. A
caller who hangs up in it ends it too: the action is asked with `CallStatus` completed, and what it answers is
not performed. A call that is sent elsewhere by REST leaves its Dial without the action being asked. Both are
what applications meet; Twilio's pages are silent on them.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from exchange.complaints import Complaint, ComplaintError
from exchange.effects import (
    Confer,
    Connected,
    Effect,
    Event,
    Held,
    HungUp,
    Join,
    Joined,
    NotJoined,
    Part,
    Parted,
    Resumed,
    RingOut,
    Round,
)
from exchange.steps import InterruptionError, Request
from exchange.verbs import Client, Conference, Dial, Number, Pause, Play, Redirect, Say

if TYPE_CHECKING:
    from exchange.walker import Steps, Walker

HOLDING: frozenset[type] = frozenset({Play, Say, Pause, Redirect})
Told = dict[str, str]


def walk(walker: "Walker", dial: Dial, base: str) -> "Steps":
    """Dial; the request of the action, or None to go on with the next verb."""
    try:
        match dial.target:
            case Conference() as conference:
                told = yield from _conferred(walker, _absolute(conference, base), base)
            case target:
                told = yield from _connected(walker, dial, target)
    except InterruptionError as interrupted:
        if isinstance(interrupted.event, HungUp) and dial.action:
            walker.status = "completed"
            yield from walker.tell(_action(dial, base, {"DialCallStatus": "completed"}))
        raise
    return _action(dial, base, told) if dial.action else None


def _action(dial: Dial, base: str, told: Told) -> Request:
    return Request(dial.method, urljoin(base, dial.action), told)


def _absolute(conference: Conference, base: str) -> Conference:
    return replace(
        conference,
        wait_url=conference.wait_url and urljoin(base, conference.wait_url),
        status_callback=conference.status_callback and urljoin(base, conference.status_callback),
    )


def _conferred(walker: "Walker", conference: Conference, base: str) -> Generator[Effect, Event, Told]:
    match (yield from walker.ask(Join(conference))):
        case Joined():
            pass
        case NotJoined(code, detail):
            walker.complaints.append(Complaint(code, detail, base))
            return {"DialCallStatus": "failed"}
    try:
        yield from _confer(walker, conference.name)
    except InterruptionError as interrupted:
        if isinstance(interrupted.event, HungUp):
            walker.status = "completed"
        yield Part()
        if not isinstance(interrupted.event, Parted):
            raise
    except ComplaintError as stopped:
        walker.complaints.append(stopped.complaint)
        yield Part()
        return {"DialCallStatus": "failed"}
    return {"DialCallStatus": "answered"}


def _confer(walker: "Walker", name: str) -> Generator[Effect, Event, None]:
    """Be in the conference, or hear a document instead, until something ends it."""
    while True:
        try:
            event = yield from walker.ask(Confer(name))
            if isinstance(event, Held):
                yield from _hear(walker, event)
        except InterruptionError as interrupted:
            if not isinstance(interrupted.event, Resumed):
                raise


def _hear(walker: "Walker", held: Held) -> Generator[Effect, Event, None]:
    while True:
        request: Request | None = Request(held.method, held.url)
        while request is not None:
            document = yield from walker.fetch(request)
            request = yield from walker.perform(document, HOLDING)
        if not held.again:
            return
        yield from walker.ask(Round())


def _connected(walker: "Walker", dial: Dial, target: Client | Number) -> Generator[Effect, Event, Told]:
    caller = dial.caller_id or walker.call.from_
    match (yield from walker.ask(RingOut(target, caller, float(dial.timeout)))):
        case Connected(call_sid, status, seconds):
            told = {"DialCallStatus": status, "DialCallSid": call_sid}
            bridged = status == "completed"
            return (
                told | {"DialBridged": str(bridged).lower()} | ({"DialCallDuration": str(seconds)} if bridged else {})
            )
        case event:
            raise AssertionError(f"somebody who is called does not answer with {event}")
