"""A call that ended early: going on where it stopped, with the choices made there."""

from backend.identity import Insured
from backend.values import Term
from ivr import unfinished
from ivr.conversation import Caller


async def offer_to_resume(caller: Caller, insured: Insured) -> None:
    """Offer to go on with what this person chose in a call of the last 24 hours; it is said, and not asked again."""
    left = dict(await caller.once(unfinished.choices, insured))
    caller.carried = {}
    if left and await caller.choose("resume", {"1": "go-on", "2": "afresh"}) == "go-on":
        caller.carried = left
        await caller.hear("resumed")
        match left.get("payment"):
            case "direct-debit" | "self" as chosen:
                await caller.hear("resumed-payment", payment=Term(f"payment-{chosen}"))
