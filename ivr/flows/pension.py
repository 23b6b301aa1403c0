"""The pension of employees: how much a month, or what is missing."""

from backend import rights
from backend.identity import Insured
from ivr.conversation import Caller
from ivr.flows.right import say_employees_only, say_reservations, say_verdict


async def tell_pension(caller: Caller, insured: Insured) -> None:
    """Say whether the caller has a right to a pension on today's records."""
    right = await caller.once(rights.pension, insured)
    match right.outcome:
        case "employees-only":
            return await say_employees_only(caller)
        case "already-pensioner":
            await caller.hear("pension-already")
        case _:
            await say_verdict(caller, right, "pension")
    if right.amount:
        await caller.hear("right-a-month", amount=right.amount)
    if right.opens_on:
        await caller.hear("pension-age", opens_on=right.opens_on)
    return await say_reservations(caller, right, "pension")
