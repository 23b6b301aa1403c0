"""The debt cancellation: where the caller stands in it, and the one thing to do next."""

from backend import cancellation, standing
from backend.identity import Insured
from backend.messages import Sent
from backend.rules.cancellation import Cancellation
from ivr.conversation import Caller, Ending, Transfer
from ivr.flows.amo import say_amo
from ivr.flows.next_step import say_next_step


async def tell_cancellation(caller: Caller, insured: Insured) -> Ending | None:
    """Say the situation with its figures and what to do; what only a person can decide goes to an advisor."""
    told = await caller.once(standing.tell, insured)
    measure = told.cancellation
    if measure.advisor and measure.situation == "open":  # all was paid before the window: no first payment can be made
        return Transfer("debt-cancellation")
    await say_situation(caller, measure)
    if measure.situation not in ("not-concerned", "upcoming", "open"):
        await say_amo(caller, told.amo)
    if measure.advisor:
        return Transfer("debt-cancellation")
    if measure.situation in ("upcoming", "open") and not measure.covered:
        return None
    await say_next_step(caller, told.step)
    if measure.situation == "open":
        await undertake(caller, insured)
    return None


async def say_situation(caller: Caller, measure: Cancellation) -> None:
    """Say one of the seven situations, with its figures."""
    match measure.situation:
        case "not-concerned":
            await caller.hear("cancellation-not-concerned", unpaid=measure.unpaid_months)
        case "upcoming" | "open" | "in-progress" if not measure.covered:
            await caller.hear("cancellation-nothing-left", unpaid=measure.unpaid_months)
        case "upcoming":
            await caller.hear("cancellation-upcoming", unpaid=measure.unpaid_months, covered=measure.covered)
        case "open":
            await caller.hear("cancellation-open", unpaid=measure.unpaid_months, covered=measure.covered)
        case "in-progress":
            await caller.hear("cancellation-in-progress", covered=measure.covered)
            await caller.hear("cancellation-months", paid=measure.months_paid, required=measure.months_required)
        case "interrupted":
            await caller.hear("cancellation-months", paid=measure.months_paid, required=measure.months_required)
            await caller.hear("cancellation-interrupted")
        case "granted" if measure.granted_on:
            await caller.hear("cancellation-granted", covered=measure.covered, granted_on=measure.granted_on)
        case "missed":
            await caller.hear("cancellation-missed")


async def undertake(caller: Caller, insured: Insured) -> None:
    """Offer to undertake regular payments from now on; what was undertaken before is said, and not asked again."""
    made = await caller.once(cancellation.recall, insured)
    if made:
        await caller.hear("commitment-made", made_on=made.made_on)
    elif await caller.choose("commitment", {"1": "undertake", "2": "not-now"}) == "undertake":
        sent = await caller.once(cancellation.commit, insured, caller.speaks)
        await caller.hear("commitment-recorded")
        await caller.hear("pay-sms" if isinstance(sent, Sent) else "message-withheld")
