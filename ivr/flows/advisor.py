"""An advisor: waiting in the queue, the talk, the survey after it; or a wish to be called back that nothing loses."""

from backend.values import Telephone
from callcenter import callbacks, handover, hours, surveys
from callcenter.callbacks import NoPlace, PlaceKept
from callcenter.handover import InQueue
from callcenter.routing import SUBJECTS, Subject
from ivr.conversation import Caller, Ending, HangUp, Transfer
from ivr.inputs import telephone

HALVES: dict[str, callbacks.Half] = {"1": "morning", "2": "afternoon"}
SCORES: dict[str, str] = {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}
WHY: dict[str, surveys.Reason] = {
    "1": "waiting",
    "2": "welcome",
    "3": "explanations",
    "4": "solution",
    "5": "other",
}


async def meet_advisor(caller: Caller, transfer: Transfer) -> Ending:
    """Wait for an advisor; out of hours, or where there is no room to wait, arrange a call."""
    if transfer.reason != "asked":
        await caller.hear("to-advisor")
    opening = await caller.once(hours.opening)
    if not opening.now:
        await caller.hear("advisor-closed", opens=opening.opens)
        return await arrange_callback(caller, transfer, opening)
    recording = await caller.try_to_choose("recording", {"1": "yes", "2": "no"}, tries=2) == "yes"
    taken = await caller.once(
        handover.take_place,
        transfer.reason,
        subject_of(caller),
        caller.speaks,
        tuple(caller.path),
        caller.number,
        caller.insured,
        recording,
    )
    if not isinstance(taken, InQueue):
        await caller.hear("advisors-busy")
        return await arrange_callback(caller, transfer, opening)
    while True:
        match await caller.wait(taken.ticket):
            case "talked":
                return await ask_survey(caller, taken.ticket)
            case "lost":
                await caller.hear("advisor-lost")
            case "kept":
                return await confirm_number(caller)
            case "unserved":
                await caller.hear("advisors-busy")
                return await arrange_callback(caller, transfer, opening)


def subject_of(caller: Caller) -> Subject:
    """Return what the call is about: the service chosen last, in the first menu or for the reason of the call."""
    chosen = [choice for question, choice in caller.path if question.partition(".")[0] in {"main-menu", "reason"}]
    return next((subject for subject in SUBJECTS if chosen and subject == chosen[-1]), "other")


async def confirm_number(caller: Caller) -> Ending:
    """The place is kept: ask where to call, and say that we shall."""
    number = await choose_number(caller)
    match await caller.once(callbacks.renumber, number):
        case PlaceKept(ending):
            await caller.hear("place-kept", ending=ending)
        case NoPlace():
            await caller.hear("already-calling")
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


async def ask_survey(caller: Caller, ticket: int) -> Ending:
    """Ask how it went; whoever does not answer has said enough."""
    score = await caller.try_to_choose("survey", SCORES, tries=2)
    if score:
        await caller.once(surveys.answer, ticket, int(score))
        reason = await caller.try_to_choose("survey-reason", WHY, tries=1)
        if reason:
            await caller.once(surveys.give_reason, ticket, reason)
    await caller.hear("survey-thanks")
    await caller.hear("goodbye")
    return HangUp()
