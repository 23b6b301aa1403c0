"""The allowance for the loss of employment: by the last day worked, and whether it was by choice."""

from backend import rights
from backend.identity import Insured
from backend.rules.benefits import Right
from ivr.conversation import Caller, Transfer
from ivr.flows.right import say_employees_only, say_reservations, say_verdict, send_documents
from ivr.inputs import calendar_date


async def tell_loss_of_employment(caller: Caller, insured: Insured) -> None:
    """Ask when and how employment ended, and say whether the caller has a right to the allowance."""
    if not await caller.once(rights.is_for, insured, "loss-of-employment"):
        return await say_employees_only(caller)
    last_day = await caller.ask("last-day-worked", calendar_date)
    if not await caller.once(rights.has_come, last_day):
        await caller.hear("last-day-to-come", day=last_day)
        last_day = await caller.ask("last-day-worked", calendar_date)
        if not await caller.once(rights.has_come, last_day):
            raise Transfer("wrong")
    own_choice = await caller.choose("own-choice", {"2": "no", "1": "yes"}) == "yes"  # in drawings "no" goes first
    right = await caller.once(rights.loss_of_employment, insured, last_day, own_choice)
    if right.outcome == "employees-only":
        return await say_employees_only(caller)
    await caller.hear("last-day-said", day=last_day)
    await say_verdict(caller, right, "loss-of-employment")
    match right.outcome:
        case "own-choice":
            await caller.hear("loss-of-employment-own-choice")
        case "entitled":
            await say_allowance(caller, right)
    await say_reservations(caller, right, "loss-of-employment")
    if right.documents and await caller.choose("documents-sms", {"1": "send", "2": "no"}) == "send":
        await send_documents(caller, insured, "loss-of-employment")
    return None


async def say_allowance(caller: Caller, right: Right) -> None:
    """Say how much a month and for how long, until when to ask for it, and what happens back at work."""
    if right.amount:
        await caller.hear("right-a-month", amount=right.amount)
    await caller.hear("loss-of-employment-months", months=right.months)
    if right.until:
        await caller.hear("loss-of-employment-claim", until=right.until)
    await caller.hear("loss-of-employment-counts")
    await caller.hear("loss-of-employment-new-job", days=right.tell_within)
    await caller.hear("loss-of-employment-death")
