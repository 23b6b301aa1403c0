"""An advisor: until calls can wait in a queue, opening hours and a wish to be called back that nothing loses."""

from backend.values import Telephone
from callcenter import callbacks, hours
from ivr.conversation import Caller, Ending, HangUp, Transfer
from ivr.inputs import telephone

HALVES: dict[str, callbacks.Half] = {"1": "morning", "2": "afternoon"}


async def meet_advisor(caller: Caller, transfer: Transfer) -> Ending:
    """Say plainly what an advisor can do now, and arrange a call."""
    if transfer.reason != "asked":
        await caller.hear("to-advisor")
    opening = await caller.once(hours.opening)
    if opening.now:
        await caller.hear("advisor-not-connected")
    else:
        await caller.hear("advisor-closed", opens=opening.opens)
    number = await choose_number(caller)
    days = {"1": "first", "2": "second"}
    chosen = await caller.choose("callback-day", days, first=opening.first, second=opening.second)
    day = opening.first if chosen == "first" else opening.second
    half = await caller.choose("callback-half-day", HALVES)
    promised = await caller.once(callbacks.promise, number, day, half, caller.speaks, transfer.reason, caller.insured)
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
