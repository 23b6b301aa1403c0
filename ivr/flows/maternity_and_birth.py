"""Maternity's daily allowances, and the birth leave that an employer pays: two rights, chosen by the caller."""

from backend import rights
from backend.identity import Insured
from backend.rules.benefits import Right
from ivr.conversation import Caller, Conversation, Ending
from ivr.flows.right import offer_documents, say_conditions, say_employees_only, say_verdict
from ivr.inputs import calendar_date


async def tell_maternity_and_birth(caller: Caller, insured: Insured) -> Ending | None:
    """Ask which of the two it is about."""
    choices = {"1": ("maternity", maternity(insured)), "2": ("birth-leave", birth_leave(insured))}
    return await caller.offer("maternity-or-birth", choices)


def maternity(insured: Insured) -> Conversation:
    """Return the conversation about maternity's daily allowances."""

    async def tell(caller: Caller) -> None:
        if not await caller.once(rights.is_for, insured, "maternity"):
            return await say_employees_only(caller)
        leave_start = await caller.ask("leave-start", calendar_date)
        right = await caller.once(rights.maternity, insured, leave_start)
        if right.outcome == "employees-only":
            return await say_employees_only(caller)
        await caller.hear("leave-start-said", day=leave_start)
        await say_verdict(caller, right, "maternity")
        await say_maternity(caller, right)
        return await say_conditions(caller, right, "maternity")

    return tell


async def say_maternity(caller: Caller, right: Right) -> None:
    """Say how much a day, for how many days, and the last days for the notice and the claim."""
    if right.amount:
        await caller.hear("maternity-amount", amount=right.amount)
    if right.days:
        await caller.hear("maternity-days", days=right.days)
    if right.notice_by and right.outcome == "entitled":
        await caller.hear("maternity-notice", notice_by=right.notice_by)
    if right.notice_by and right.outcome == "notice-late":
        await caller.hear("notice-is-late", notice_by=right.notice_by)
    if right.until and right.entitled:
        await caller.hear("maternity-claim", until=right.until)
    if right.until and right.outcome == "too-late":
        await caller.hear("claim-is-late", until=right.until)
    if right.outcome in ("notice-late", "too-late"):
        await caller.hear("right-advisor")


def birth_leave(insured: Insured) -> Conversation:
    """Return the conversation about the birth leave."""

    async def tell(caller: Caller) -> None:
        right = await caller.once(rights.birth_leave, insured)
        if right.outcome == "employees-only":
            return await say_employees_only(caller)
        await say_verdict(caller, right, "birth-leave")
        if right.outcome == "not-declared":
            await caller.hear("birth-leave-not-declared")
            await caller.hear("right-advisor")
        elif right.amount:
            await say_birth_leave(caller, right)
        ...
    return tell
