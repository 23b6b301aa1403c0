"""Family allowances: for which children, how much a month, until when, and what must be told."""

from backend import rights
from backend.identity import Insured
from backend.rules.benefits import Right
from ivr.conversation import Caller
from ivr.flows.right import say_employees_only, say_reservations, say_verdict


async def tell_family_allowances(caller: Caller, insured: Insured) -> None:
    """Say whether the caller has a right to family allowances on today's records."""
    right = await caller.once(rights.family_allowances, insured)
    if right.outcome == "employees-only":
        return await say_employees_only(caller)
    await say_verdict(caller, right, "family-allowances")
    match right.outcome:
        case "no-child":
            await caller.hear("declared-no-child")
            await caller.hear("declare-relatives")
        case "children-too-old":
            await caller.hear("family-allowances-too-old")
        case "only-in-farming":
            await caller.hear("family-allowances-only-in-farming")
        case "children-of-a-pensioner":
            await caller.hear("family-allowances-of-a-pensioner")
    await say_amounts(caller, right)
    return await say_reservations(caller, right, "family-allowances")


async def say_amounts(caller: Caller, right: Right) -> None:
    """Say how much a month, for which children, until when, the last day to claim, and what must be told."""
    if right.amount:
        await caller.hear("right-a-month", amount=right.amount)
    for child in right.children:
        await caller.hear("family-allowances-child", child=child.first_name, amount=child.amount)
    if right.until:
        await caller.hear("family-allowances-until", until=right.until)
    if right.claim_by:
        await caller.hear("family-allowances-claim", claim_by=right.claim_by)
    if right.children:
        await caller.hear("family-allowances-changes")
