"""A promised call: agreed on at the end of one, and kept by another."""

from backend.values import Telephone
from callcenter import callbacks, handover, hours
from callcenter.callbacks import NoPlace, PlaceKept
from callcenter.handover import Reached
from callcenter.routing import SUBJECTS, Subject
from ivr.conversation import Caller, Ending, HangUp, Transfer
from ivr.flows.survey import ask_survey
from ivr.inputs import telephone

HALVES: dict[str, callbacks.Half] = {"1": "morning", "2": "afternoon"}


async def wait_for_advisor(caller: Caller, ticket: int, room: str | None = None) -> Ending | None:
    """Wait until an advisor has ended the talk, or the place is kept; None where there is no room to wait."""
    while True:
        match await caller.wait(ticket, room):
            case "talked":
                return await ask_survey(caller, ticket)
            case "lost":
                await caller.hear("advisor-lost")
            case "transferred":
                await caller.hear("advisor-transferring")
            case "kept":
                return await confirm_number(caller)
            case "unserved":
                await caller.hear("advisors-busy")
                return None
        room = None


async def confirm_number(caller: Caller) -> Ending:
    """The place is kept: ask where to call, and say that we shall; without a number nobody can."""
    number = (
        await choose_number(caller) if caller.telephone else await caller.try_for("callback-number", telephone, tries=3)
    )
    kept = await caller.once(callbacks.renumber, number) if number else None
    match kept:
        case PlaceKept(ending):
            await caller.hear("place-kept", ending=ending)
        case NoPlace():
            await caller.hear("already-calling")
        case _:
            await caller.hear("place-lost")
    await caller.hear("goodbye")
    return HangUp()


async def arrange_callback(caller: Caller, transfer: Transfer, opening: hours.Opening) -> Ending:
    """Agree on a half-day to be called back in."""
    number = await choose_number(caller)
    days = {"1": "first", "2": "second"}
    chosen = await caller.choose("callback-day", days, first=opening.first, second=opening.second)
    day = opening.first if chosen == "first" else opening.second
    half = await caller.choose("callback-half-day", HALVES)
    promised = await caller.once(
        callbacks.promise,
        number,
        day,
        half,
        caller.speaks,
        transfer.reason,
        caller.insured,
        subject_of(caller),
        tuple(caller.path),
    )
    await caller.hear("callback-promised", day=promised.day, half=promised.half, ending=promised.ending)
    await caller.hear("goodbye")
    return HangUp()


async def choose_number(caller: Caller) -> Telephone:
    """Ask where to call back: the number that is calling, or another."""
    if calling := caller.telephone:
        mine = {"1": "this-number", "2": "another"}
        if await caller.choose("callback-number-confirm", mine, ending=calling.ending) == "this-number":
            return calling
    return await caller.ask("callback-number", telephone)


def subject_of(caller: Caller) -> Subject:
    """Return what the call is about: the service chosen last, in the first menu or for the reason of the call."""
    chosen = [choice for question, choice in caller.path if question.partition(".")[0] in {"main-menu", "reason"}]
    return next((subject for subject in SUBJECTS if chosen and subject == chosen[-1]), "other")


async def confirm_callback(caller: Caller) -> Ending:
    """Have whoever answers confirm that they wanted this call; nobody there is not reached."""
    confirmed = await caller.confirm_in_call("callback-confirm", {"1": "me"})
    if confirmed is None or caller.attempt is None:
        await caller.hear("callback-not-reached")
        return HangUp()
    reached = await caller.once(handover.reach, caller.attempt)
    if not isinstance(reached, Reached):
        return Transfer("callback")
    if ending := await wait_for_advisor(caller, reached.ticket, reached.room):
        return ending
    return await arrange_callback(caller, Transfer("callback"), await caller.once(hours.opening))
