"""AMO, the compulsory health insurance, of a self-employed worker: open or not, and since or from when."""

from backend.rules.amo import Amo
from ivr.conversation import Caller


async def say_amo(caller: Caller, amo: Amo) -> None:
    """Say whether rights are open, and what opens them again."""
    if amo.opens_on:
        await caller.hear("amo-open" if amo.status == "open" else "amo-waiting", opens_on=amo.opens_on)
    else:
        await caller.hear("amo-closed")
