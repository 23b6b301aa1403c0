"""What an advisor does at the console: one POST each, to the functions that the terminal calls.

A deed returns the message that is said about it, or None. Each may come twice (a double click, a second page): what
has happened already happens no more.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import abort, request

from backend.errors import BadInputError
from backend.work import begin
from callcenter import agents, cases, desk, dispositions, holding, offers, presence, talks
from callcenter.console.guard import actor, me
from callcenter.desk import Desk
from callcenter.tickets import Ticket

Deed = Callable[[Desk], str | None]


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
    with begin(actor(at.ticket.id if at.ticket else None)) as work:
        talks.end_talk(work, me().id)


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
            insured = desk.open_record(work, me().id, at.ticket)
            if insured is None:
                return "console-nobody-to-note"
            cases.open_case(work, insured.person, me().id, at.about.id, at.about.subject, note)
        talks.wrap_up(work, me().id, chosen)
    return None


def _talk(at: Desk) -> Ticket:
    if at.stage != "talking" or at.about is None:
        raise BadInputError("there is no talk")
    return at.about


def _offer() -> int:
    text = request.form.get("offer", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 what PostgreSQL's bigint holds
        abort(400)
    return int(text)


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "ready": be_ready,
        "unready": be_unready,
        "accept": accept,
        "reject": reject,
        "hold": hold,
        "resume": resume,
        "end": end,
        "wrap-up": wrap_up,
    }
)
