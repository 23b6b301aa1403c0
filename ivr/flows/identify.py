"""Who is calling: the question before amounts, files and rights are spoken; asked once a call."""

from backend import identity, registrations
from backend.identity import Claim, Insured
from ivr.conversation import Caller, Conversation, Ending, IdentifiedConversation, Transfer
from ivr.flows.code import prove_by_code
from ivr.inputs import birth_date, identity_card, registration_number


def identified(conversation: IdentifiedConversation) -> Conversation:
    """Return the conversation with somebody who proved who they are."""

    async def whole(caller: Caller) -> Ending | None:
        insured = await identify(caller)
        return await conversation(caller, insured) if insured else None

    return whole


async def identify(caller: Caller) -> Insured | None:
    """Have the caller prove who they are; who has not completed the registration is told to do that first."""
    insured = caller.insured or await claim_and_prove(caller)
    if await caller.once(registrations.is_complete, insured):
        return insured
    await caller.hear("complete-first")
    return None


async def claim_and_prove(caller: Caller) -> Insured:
    """Have the caller claim to be somebody, and prove it by a code to the mobile on file."""
    claim = await claim_to_be(caller)
    if claim.way != "code":
        raise Transfer("identity")
    return await prove_by_code(caller, claim)


async def claim_to_be(caller: Caller) -> Claim:
    """Ask for the registration number, or the card of who does not know it, and for the birth date."""
    number = await caller.ask_if_known("registration-number", registration_number)
    if number:
        born = await caller.ask("birth-date", birth_date)
        return await caller.once(identity.claim_number, number, born)
    card = await caller.ask("identity-card", identity_card)
    born = await caller.ask("birth-date", birth_date)
    return await caller.once(identity.claim_card, card, born)
