"""What an advisor does at the console: one POST each, to the functions that the terminal calls.

A deed returns the message that is said about it, or None. Each may come twice (a double click, a second page): what
has happened already happens no more.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TypedDict

from flask import abort, request

from backend.errors import BadInputError, UnreachableError
from backend.work import Work, begin
from callcenter import (
    agents,
    callbacks,
    cases,
    colleagues,
    dispositions,
    holding,
    offers,
    presence,
    records,
    talks,
    tickets,
)
from callcenter.console.guard import actor, me
from callcenter.console.typed import number_in_form
from callcenter.desk import Desk
from callcenter.routing import SUBJECTS, Subject
from callcenter.tickets import Ticket

Deed = Callable[[Desk], str | None]


class Target(TypedDict, total=False):
    """Where a call goes: a subject, or an advisor."""

    subject: Subject
    to: int


def be_ready(_at: Desk) -> str | None:
    """Be offered calls; not at a page that says of its telephone that it can't be reached."""
    if request.form.get("telephone") == "away":
        return "console-no-telephone"
    with begin(actor()) as work:
        presence.be_ready(work, me().id)
    return None


def be_unready(_at: Desk) -> None:
    """Be offered none, for a reason."""
    reason = next((each for each in agents.CHOSEN if each == request.form.get("reason")), None)
    if reason is None:
        abort(400)
    with begin(actor()) as work:
        presence.be_unready(work, me().id, reason)


def accept(at: Desk) -> str | None:
    """Take the offered call, the one that the page showed; never another."""
    offer = _offer()
    shown = at.offered.ticket.id if at.offered and at.offered.id == offer else None
    try:
        with begin(actor(shown)) as work:
            offers.accept(work, me().id, offer)
    except BadInputError:
        return "console-offer-over"
    return None


def reject(_at: Desk) -> None:
    """Leave the offered call to others."""
    offers.reject(me().id, _offer())


def hold(at: Desk) -> None:
    """Have the caller wait with music."""
    if not (talk := _talk(at)).on_hold:
        holding.hold(talk)


def resume(at: Desk) -> None:
    """Let the caller back in."""
    if (talk := _talk(at)).on_hold:
        holding.resume(talk)


def end(at: Desk) -> None:
    """End the talk; of who was asked in, leave it."""
    if _is_over(at):
        return
    with begin(actor(at.ticket.id if at.ticket else None)) as work:
        talks.end_talk(work, me().id)


def transfer(at: Desk) -> str | None:
    """Send the caller to a subject's queue, or to a colleague: first in it."""
    target = _target()
    if _is_over(at):
        return None
    ticket = _talk(at)
    if at.asked:
        raise BadInputError("a colleague is asked in: let them have the call, or out")
    with begin(actor(ticket.id)) as work:
        if not _is_there(work, target):
            return "console-colleague-away"
        talks.transfer(work, me().id, **target)
    return None


def ask(at: Desk) -> str | None:
    """Ask a colleague in, by a subject or by name; the caller waits with music meanwhile."""
    target, ticket = _target(), _talk(at)
    if at.asked:
        return None
    with begin(actor(ticket.id)) as work:
        if not _is_there(work, target):
            return "console-colleague-away"
    if not ticket.on_hold:
        holding.hold(ticket)
    with begin(actor(ticket.id)) as work:
        talks.consult(work, me().id, **target)
    return None


def hand_over(at: Desk) -> None:
    """Let the colleague who was asked in have the call, and leave it."""
    if _is_over(at):
        return
    ticket = _talk(at)
    with begin(actor(ticket.id)) as work:
        locked = tickets.get(work, ticket.id, lock=True)
        if locked is None or locked.advisor != me().id or not talks.take_over(work, locked):
            raise BadInputError("the colleague is not there")
    if ticket.on_hold:
        with suppress(UnreachableError):  # the call is theirs by now, who can do it as well
            holding.resume(ticket)


def take_back(at: Desk) -> None:
    """Ask no colleague any more, or have the one who came leave; the caller is back."""
    ticket = _talk(at)
    with begin(actor(ticket.id)) as work:
        if asked := tickets.consult_of(work, ticket.id, lock=True):
            talks.end_consult(work, asked)
    if ticket.on_hold:
        holding.resume(ticket)


def call_again(_at: Desk) -> None:
    """Promise a missed call anew."""
    with begin(actor()) as work:
        callbacks.again(work, number_in_form("callback"), me().skills)


def give_up(_at: Desk) -> None:
    """Give a missed call up: somebody saw to it."""
    with begin(actor()) as work:
        callbacks.cancel(work, number_in_form("callback"), me().skills)


def wrap_up(at: Desk) -> str | None:
    """Say what the talk ended as; a note opens a case about who was identified. Both, or neither."""
    chosen, note = request.form.get("disposition", ""), request.form.get("note", "").strip()
    if at.ticket is None or at.about is None or chosen not in dispositions.of(at.about.subject):
        return "console-no-disposition"
    with begin(actor(at.ticket.id)) as work:
        held = agents.require(work, me().id, lock=True)
        if held.state != "wrap-up" or held.ticket != at.ticket.id:
            raise BadInputError("this call is wrapped up already")
        if note:
            opened = records.at_hand(work, me().id)
            if opened is None or not opened.proved:
                return "console-nobody-to-note"
            cases.open_case(work, opened.insured.person, me().id, at.about.id, at.about.subject, note)
        talks.wrap_up(work, me().id, chosen)
    return None


def _talk(at: Desk) -> Ticket:
    """Return the talk that the page showed."""
    if at.stage != "talking" or at.about is None or not _is_shown(at):
        raise BadInputError("there is no talk")
    return at.about


def _is_over(at: Desk) -> bool:
    """Say whether the talk that the page showed is over already: a double click."""
    return at.stage == "wrap-up" and "ticket" in request.form and _is_shown(at)


def _is_shown(at: Desk) -> bool:
    """Say whether the page showed what is before the advisor: an old page's buttons never act on another call."""
    shown = request.form.get("ticket")
    return shown is None or (at.ticket is not None and shown == str(at.ticket.id))


def _target() -> Target:
    """Return where a call is to go: a subject, or an advisor."""
    chosen = request.form.get("to", "")
    subject = next((each for each in SUBJECTS if each == chosen), None)
    return {"subject": subject} if subject else {"to": number_in_form("to")}


def _is_there(work: Work, target: Target) -> bool:
    """Say whether a colleague who was named is at work; nobody is their own."""
    to = target.get("to")
    return to is None or (to != me().id and colleagues.is_there(work, to))


def _offer() -> int:
    return number_in_form("offer")


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "ready": be_ready,
        "unready": be_unready,
        "accept": accept,
        "reject": reject,
        "hold": hold,
        "resume": resume,
        "end": end,
        "transfer": transfer,
        "ask": ask,
        "hand-over": hand_over,
        "take-back": take_back,
        "call-again": call_again,
        "give-up": give_up,
        "wrap-up": wrap_up,
    }
)
