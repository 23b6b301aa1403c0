"""Contributions: what a self-employed worker owes, how to pay, what was paid, and when AMO opens."""

from backend import standing
from backend.identity import Insured
from backend.messages import Sent
from backend.rules.standing import Standing
from ivr.conversation import Caller, Conversation, Ending
from ivr.flows.amo import say_amo
from ivr.flows.debt_cancellation import tell_cancellation
from ivr.flows.next_step import say_next_step


async def tell_contributions(caller: Caller, insured: Insured) -> Ending | None:
    """Say what is owed, what of it can be cancelled and the one thing to do; then offer what goes with it."""
    told = await caller.once(standing.tell, insured)
    if told.amo.status == "unknown":
        await caller.hear("contributions-by-employer")
        return None
    await say_balance(caller, told)
    situation = told.cancellation.situation
    choices = {
        "1": ("how-to-pay", how_to_pay(insured)),
        "2": ("debt-cancellation", cancellation_of(insured)),
        "3": ("last-payments", last_payments(insured)),
        "4": ("amo", amo_of(told)),
    }
    return await caller.offer("contributions-menu", choices, situation=situation)


async def say_balance(caller: Caller, told: Standing) -> None:
    """Say what is owed, what can be or will be cancelled, the one thing to do, and the parts."""
    owed, covered = told.balance, told.cancellation.covered
    await caller.hear("owed", owed=owed.owed)
    match told.cancellation.situation:
        case "upcoming" | "open" if covered:
            await caller.hear("owed-can-be-cancelled", covered=covered)
        case "in-progress" if covered:
            await caller.hear("owed-will-be-cancelled", covered=covered)
    await say_next_step(caller, told.step)
    if owed.since:
        await caller.hear("owed-contributions", amount=owed.contributions)
        await caller.hear("owed-penalties", amount=owed.penalties)
        await caller.hear("owed-fees", amount=owed.enforcement_fees)
        await caller.hear("owed-since", months=owed.months, since=owed.since)


def how_to_pay(insured: Insured) -> Conversation:
    """Return the conversation that says how to pay what is to be paid next, and sends it."""

    async def tell(caller: Caller) -> None:
        step = await caller.once(standing.next_step, insured)
        if step:
            await say_next_step(caller, step)
        else:
            await caller.hear("pay-nothing-now")
        await caller.hear("pay-how")
        sent = await caller.once(standing.send_payment, insured, step, caller.speaks)
        await caller.hear("pay-sms" if isinstance(sent, Sent) else "message-withheld")

    return tell


def cancellation_of(insured: Insured) -> Conversation:
    """Return the conversation about the debt cancellation."""

    async def tell(caller: Caller) -> Ending | None:
        return await tell_cancellation(caller, insured)

    return tell


def last_payments(insured: Insured) -> Conversation:
    """Return the conversation that says the last payments on record."""

    async def tell(caller: Caller) -> None:
        payments = await caller.once(standing.last_payments, insured)
        if not payments:
            await caller.hear("payments-none")
        for paid in payments:
            await caller.hear("payments-each", amount=paid.amount, paid_on=paid.paid_on, month=paid.month)

    return tell


def amo_of(told: Standing) -> Conversation:
    """Return the conversation that says when AMO opens."""

    async def tell(caller: Caller) -> None:
        await say_amo(caller, told.amo)
        if not told.amo.opens_on:
            await say_next_step(caller, told.step)

    return tell
