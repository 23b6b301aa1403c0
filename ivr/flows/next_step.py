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
        await caller.hear("step-amount", amount=step.amount, months=step.months, month=step.month)
    if step.not_before:
        await caller.hear("step-not-before", not_before=step.not_before)
    if step.by:
        await caller.hear("pay-by", by=step.by)
    if step.amo_on:
        await caller.hear("step-amo", opens_on=step.amo_on)
