"""An advisor: waiting in the queue, and what comes after; out of hours, a promised call."""

from callcenter import handover, hours
from callcenter.handover import InQueue
from ivr.conversation import Caller, Ending, Transfer
from ivr.flows.callback import arrange_callback, subject_of, wait_for_advisor


async def meet_advisor(caller: Caller, transfer: Transfer) -> Ending:
    """Wait for an advisor; out of hours, or where there is no room to wait, arrange a call."""
    if transfer.reason != "asked":
        await caller.hear("to-advisor")
    opening = await caller.once(hours.opening)
    if not opening.now:
        at = await caller.once(hours.opens_at, opening.opens)
        await caller.hear("advisor-closed", opens=opening.opens, hour=at.hour, minute=at.minute)
        return await arrange_callback(caller, transfer, opening)
    recording = await caller.try_to_choose("recording", {"1": "yes", "2": "no"}, tries=2) == "yes"
    taken = await caller.once(
        handover.take_place,
        transfer.reason,
        subject_of(caller),
        caller.speaks,
        tuple(caller.path),
        caller.insured,
        recording,
    )
    if not isinstance(taken, InQueue):
        await caller.hear("advisors-busy")
        return await arrange_callback(caller, transfer, opening)
    return await wait_for_advisor(caller, taken.ticket) or await arrange_callback(caller, transfer, opening)
