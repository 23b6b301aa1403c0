"""The first menu of each number, and what ends every service."""

from ivr.conversation import Caller, Conversation, Ending, HangUp, Transfer
from ivr.flows.claims import tell_claims
from ivr.flows.contributions import tell_contributions
from ivr.flows.identify import identified
from ivr.flows.information import inform
from ivr.flows.registration import complete_registration
from ivr.flows.rights import tell_rights


def service(conversation: Conversation) -> Conversation:
    """Return the conversation followed by `anything-else`: back to the menu, or goodbye."""

    async def whole(caller: Caller) -> Ending | None:
        if ending := await conversation(caller):
            return ending
        if await caller.choose("anything-else", {"1": "main-menu", "2": "goodbye"}) == "main-menu":
            return None
        await caller.hear("goodbye")
        return HangUp()

    return whole


def or_advisor(conversation: Conversation) -> Conversation:
    """Return the conversation for who wants the answer now, after the choice of an advisor instead."""

    async def whole(caller: Caller) -> Ending | None:
        if await caller.choose("self-service", {"1": "now", "2": "advisor"}) == "advisor":
            return Transfer("asked")
        return await conversation(caller)

    return whole


SERVICES: dict[str, tuple[str, Conversation]] = {
    "1": ("registration", service(complete_registration)),
    "2": ("contributions", service(identified(tell_contributions))),
    "3": ("claims", service(identified(tell_claims))),
    "4": ("rights", service(identified(tell_rights))),
}


async def main_menu(caller: Caller) -> Ending:
    """Offer the services of the vocal server."""
    return await caller.menu("main-menu", SERVICES | {"5": ("information", service(inform))})


async def another_reason(_caller: Caller) -> Ending:
    """Bring any other reason to an advisor at once."""
    return Transfer("other")


async def reason(caller: Caller) -> Ending:
    """Ask callers of the call centre and of 3939 why they call."""
    served = {key: (name, or_advisor(conversation)) for key, (name, conversation) in SERVICES.items()}
    return await caller.menu("reason", served | {"5": ("other", another_reason)})
