"""Calling out: for the application (`Calls` by REST), and for a call whose document says Dial.

A phone rings until somebody picks it up, rejects it, or the time is over; what a number does may also be set in
advance (`Behaviour`), for tests and demonstrations. Whom a Dial calls talks with the caller in a conference of their
own that no REST call shows.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from exchange import twiml
from exchange.effects import Answered, CallFacts, Confer, Connected, Event, Parted, RingOut, Unanswered
from exchange.floor import StatusCallback
from exchange.verbs import Client, Conference, Dial, Method
from exchange.walker import Walker

if TYPE_CHECKING:
    from exchange.line import Line
    from exchange.switchboard import Switchboard

Does = Literal["rings", "answers", "busy", "no-answer"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a number does when it is called; `pace` is that of a call that it answers."""

    does: Does = "rings"
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """Whom the application wants to call, and what it says to them; `seconds` that it rings."""

    to: str
    from_: str
    url: str
    method: Method
    fallback_url: str | None
    callback: StatusCallback | None
    seconds: float


def begin(board: "Switchboard", wanted: OutgoingCall) -> "Line":
    """Begin a call that the application wants."""
    call = CallFacts(board.new_sid(), board.account.sid, wanted.from_, wanted.to, direction="outbound-api")
    walker = Walker(
        call,
        voice_url=wanted.url,
        voice_method=wanted.method,
        fallback_url=wanted.fallback_url,
        rings_for=wanted.seconds,
    )
    return _rung(board, call, walker, wanted.callback)


async def for_call(board: "Switchboard", line: "Line", wanted: RingOut) -> Event:
    """Call somebody for a call, and let them talk: `Connected`, or what interrupted it."""
    to = f"client:{wanted.target.name}" if isinstance(wanted.target, Client) else wanted.target.number
    facts = {"direction": "outbound-dial", "parent_sid": line.call.sid}
    call = CallFacts(board.new_sid(), board.account.sid, wanted.caller_id, to, **facts)  # type: ignore[arg-type]
    room = Conference(call.sid, beep="false", end_on_exit=True, wait_url="")
    board.conferences.keep_private(room.name)
    walker = Walker(call, voice_url="", document=twiml.Document("", (Dial(room),)), rings_for=wanted.seconds)
    other = _rung(board, call, walker, None)
    line.tell("calling", who=other.known_as)

    async def talks() -> None:
        while other.ended is None and board.conferences.of(call.sid) is None:
            await other.events.wait(len(other.events), 1.0)

    if (event := await line.unless_interrupted(wanted, asyncio.create_task(talks()))) is not None:
        other.hang_up()
        return event
    if other.ended is None and board.conferences.of(call.sid) is not None:
        board.conferences.join(line, room)
        event = await line.confer(Confer(room.name))
        board.conferences.leave(line.call.sid, "participant_hung_up")
        if not isinstance(event, Parted):
            return event
    return Connected(call.sid, "completed" if other.answered else other.status, other.seconds)


def _rung(board: "Switchboard", call: CallFacts, walker: Walker, callback: StatusCallback | None) -> "Line":
    behaviour = board.behaviours.get(call.to, Behaviour())
    line = board.connect(call, walker, behaviour.pace, callback)
    match behaviour.does:
        case "answers":
            line.must(Answered())
        case "busy" | "no-answer":
            line.must(Unanswered(behaviour.does))
    board.rung.append(line.call.sid)
    return line
