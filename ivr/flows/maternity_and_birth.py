"""Maternity's daily allowances, and the birth leave that an employer pays: two rights, chosen by the caller."""

from backend import rights
from backend.identity import Insured
from backend.rules.benefits import Right
from ivr.conversation import Caller, Ending
from ivr.flows.right import about, say_employees_only, say_reservations, say_verdict, send_documents
from ivr.inputs import calendar_date


async def tell_maternity_and_birth(caller: Caller, insured: Insured) -> Ending | None:
    """Ask which of the two it is about."""
    choices = {
        "1": ("maternity", about(tell_maternity, insured)),
        "2": ("birth-leave", about(tell_birth_leave, insured)),
    }
    return await caller.offer("maternity-or-birth", choices)


async def tell_maternity(caller: Caller, insured: Insured) -> None:
    """Ask when the leave starts, and say whether the caller has a right to daily allowances."""
    if not await caller.once(rights.is_for, insured, "maternity"):
        return await say_employees_only(caller)
    leave_start = await caller.ask("leave-start", calendar_date)
    right = await caller.once(rights.maternity, insured, leave_start)
    if right.outcome == "employees-only":
        return await say_employees_only(caller)
    await caller.hear("leave-start-said", day=leave_start)
    await say_verdict(caller, right, "maternity")
    if right.entitled:
        await say_allowances(caller, right)
    return await say_reservations(caller, right, "maternity")


async def say_allowances(caller: Caller, right: Right) -> None:
    """Say how much a day, for how many days, and the last days for the notice and the claim."""
    if right.amount:
        await caller.hear("maternity-amount", amount=right.amount)
    await caller.hear("maternity-days", days=right.days)
    if right.notice_by:
        await caller.hear("maternity-notice", notice_by=right.notice_by)
    if right.until:
        await caller.hear("maternity-claim", until=right.until)


async def tell_birth_leave(caller: Caller, insured: Insured) -> None:
    """Say whether the caller has a right to the birth leave, and what the employer does."""
    right = await caller.once(rights.birth_leave, insured)
    if right.outcome == "employees-only":
        return await say_employees_only(caller)
    if right.entitled and not right.until:
        await caller.hear("birth-leave-no-newborn")
        await caller.hear("birth-leave-at-birth", days=right.days)
    else:
        await say_verdict(caller, right, "birth-leave")
    if right.until:
        await say_leave(caller, right)
    elif not right.entitled:
        await caller.hear("birth-leave-not-declared")
    await say_reservations(caller, right, "birth-leave")
    if right.documents and await caller.choose("documents-sms", {"1": "send", "2": "no"}) == "send":
        await send_documents(caller, insured, "birth-leave")
    return None


async def say_leave(caller: Caller, right: Right) -> None:
    """Say how many days, what the employer is repaid, and the last days for both declaration and claim."""
    await caller.hear("birth-leave-days", days=right.days)
    if right.amount:
        await caller.hear("birth-leave-amount", amount=right.amount)
    if right.notice_by and right.until:
        await caller.hear("birth-leave-deadlines", notice_by=right.notice_by, until=right.until)
