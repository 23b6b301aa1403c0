"""The vocal server's main menu, and what ends every service."""

from ivr.conversation import Caller, Conversation, Ending, HangUp
from ivr.flows.registration import complete_registration


def service(conversation: Conversation) -> Conversation:
    """Return the conversation followed by `anything-else`: the main menu, or goodbye."""

    async def whole(caller: Caller) -> Ending | None:
        if ending := await conversation(caller):
            return ending
        if await caller.choose("anything-else", {"1": "main-menu", "2": "goodbye"}) == "main-menu":
            return None
        await caller.hear("goodbye")
        return HangUp()

    return whole


async def not_open(caller: Caller) -> None:
    """Say that a choice is not served by phone yet, and what there is."""
    await caller.hear("choice-not-open")


async def main_menu(caller: Caller) -> Ending:
    """Offer the services; those without a conversation of their own yet say so."""
    return await caller.menu(
        "main-menu",
        {
            "1": ("registration", service(complete_registration)),
            "2": ("contributions", not_open),
            "3": ("claims", not_open),
            "4": ("rights", not_open),
            "5": ("information", not_open),
        },
    )
