"""A promised call: who answers says that it is them, and meets the advisor who waits already."""

from callcenter import handover
from callcenter.handover import Reached
from ivr.conversation import Caller, Ending, HangUp, Transfer
from ivr.flows.advisor import ask_survey


async def confirm_callback(caller: Caller) -> Ending:
    """Have whoever answers confirm that they wanted this call; nobody there is not reached."""
    confirmed = await caller.confirm_in_call("callback-confirm", {"1": "me"})
    if confirmed is None or caller.attempt is None:
        await caller.hear("callback-not-reached")
        return HangUp()
    reached = await caller.once(handover.reach, caller.attempt)
    if not isinstance(reached, Reached):
        return Transfer("callback")
    if await caller.wait(reached.ticket, reached.room) == "talked":
        return await ask_survey(caller, reached.ticket)
    return Transfer("callback")
