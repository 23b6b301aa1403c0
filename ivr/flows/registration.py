"""Registration: a self-employed worker listed by a liaison body completes it, and hears the number."""

from backend import identity, registrations
from backend.identity import Claim, CodeSent, Expired, Insured, Matched, Refused, TooMany
from backend.registrations import AlreadyComplete, Completed
from backend.values import BankAccount, Mobile
from ivr.conversation import Caller, Ending, Transfer
from ivr.inputs import birth_date, identity_card, moroccan_mobile, rib, tax_reference
from ivr.flows.code import prove_by_code


async def complete_registration(caller: Caller) -> Ending | None:
    """Hold the whole registration."""
    await caller.hear("registration-intro")
    insured = await claim_and_prove(caller)
    person = await caller.once(registrations.present, insured)
    if person.complete:
        return await already_complete(caller, insured)
    confirmed = await caller.choose(
        "confirm-identity", {"1": "me", "2": "not-me"}, name=person.name, category=person.category
    )
    if confirmed == "not-me":
        return Transfer("wrong-person")
    account = await choose_payment(caller)
    if await caller.choose("declaration", {"1": "declare", "2": "cancel"}) == "cancel":
        await caller.hear("registration-cancelled")
        return None
    payment = "direct-debit" if account else "self"
    match await caller.once(registrations.complete, insured, payment, account, caller.language):
        case Completed() as done:
            await say_completed(caller, done)
        case AlreadyComplete():
            await caller.hear("registration-already")
    return None
