"""A flow of which no caller reaches everything."""

from ivr.conversation import Caller, Ending, HangUp


async def half(caller: Caller) -> Ending:
    """Offer one choice, and wait for another."""
    chosen: str = await caller.choose("payment", {"1": "cash"})
    if chosen == "card":
        await caller.choose("declaration", {"1": "declare"})
    return HangUp()
