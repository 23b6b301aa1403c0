"""The one thing to do, said with its amount and its last day."""

from backend.rules.standing import NextStep
from ivr.conversation import Caller


async def say_next_step(caller: Caller, step: NextStep | None) -> None:
    """Say what to do next; nothing where there is nothing to do."""
    if step is None:
        return
    await caller.hear(f"step-{step.kind}")
    if step.kind == "advisor":
        return
    if step.amount and step.month:
        several = step.kind in ("months-before", "owed")
        await caller.hear("step-amount-since" if several else "step-amount", amount=step.amount, month=step.month)
    if step.not_before:
        await caller.hear("step-not-before", not_before=step.not_before)
    if step.by:
        await caller.hear("pay-by", by=step.by)
