"""My AMO rights: open or not, what opens them again, and which spouse and children are declared."""

from backend import rights, standing
from backend.identity import Insured
from ivr.conversation import Caller
from ivr.flows.amo import say_amo
from ivr.flows.next_step import say_next_step


async def tell_amo_rights(caller: Caller, insured: Insured) -> None:
    """Say whether the health insurance is open, and for whom; an employee's is not on these records."""
    told = await caller.once(standing.tell, insured)
    if told.amo.status == "unknown":
        await caller.hear("amo-of-employee")
        await caller.hear("right-advisor")
    else:
        await say_amo(caller, told.amo)
    if told.amo.status in ("closed", "waiting"):
        await say_next_step(caller, told.step)
    await say_relatives(caller, insured)


async def say_relatives(caller: Caller, insured: Insured) -> None:
    """Say the first names of the relatives on file, and where to declare who is not."""
    declared = await caller.once(rights.declared, insured)
    for spouse in declared.spouses:
        await caller.hear("declared-spouse", relative=spouse)
    if not declared.spouses:
        await caller.hear("declared-no-spouse")
    for child in declared.children:
        await caller.hear("declared-child", relative=child)
    if not declared.children:
        await caller.hear("declared-no-child")
    await caller.hear("declare-relatives")
