"""Registration: a self-employed worker listed by a liaison body completes it, and hears the number."""

from backend import identity, registrations
from backend.identity import Claim, Insured, Matched, Refused
from backend.messages import Sent, Withheld
from backend.registrations import AlreadyComplete, Completed
from backend.values import BankAccount
from ivr.conversation import Caller, Ending, Transfer
from ivr.flows.code import prove_by_code
from ivr.flows.resume import offer_to_resume
from ivr.inputs import birth_date, identity_card, moroccan_mobile, rib, tax_reference


async def complete_registration(caller: Caller) -> Ending | None:
    """Hold the whole registration."""
    await caller.hear("registration-intro")
    insured = await claim_and_prove(caller)
    person = await caller.once(registrations.present, insured)
    if person.complete:
        await say_already(caller, insured)
        return None
    await offer_to_resume(caller, insured)
    choices = {"1": "me", "2": "not-me"}
    if await caller.choose("confirm-identity", choices, name=person.name, category=person.category) == "not-me":
        return Transfer("wrong-person")
    account = await choose_payment(caller)
    if await caller.choose("declaration", {"1": "declare", "2": "cancel"}) == "cancel":
        await caller.hear("registration-cancelled")
        return None
    match await caller.once(registrations.complete, insured, account, caller.speaks):
        case Completed() as done:
            await say_completed(caller, done)
        case AlreadyComplete():
            await say_already(caller, insured)
    return None


async def claim_and_prove(caller: Caller) -> Insured:
    """Find whose registration is pending, and have the caller prove to be that person."""
    card = await caller.ask("identity-card", identity_card)
    born = await caller.ask("birth-date", birth_date)
    claim = await caller.once(identity.claim_registration, card, born)
    match claim.way:
        case "code":
            return await prove_by_code(caller, claim)
        case "tax-reference":
            await know_tax_reference(caller, claim)
            mobile = await caller.ask("new-mobile", moroccan_mobile)
            return await prove_by_code(caller, claim, mobile)
        case "advisor":
            raise Transfer("identity")


async def know_tax_reference(caller: Caller, claim: Claim) -> None:
    """Have the caller key the last digits of the tax identifier; whoever can't meets an advisor."""
    while True:
        keyed = await caller.ask("tax-reference", tax_reference)
        match await caller.once(identity.check_tax_reference, claim, keyed):
            case Matched():
                return
            case Refused(left) if left:
                await caller.hear("tax-reference-wrong")
            case _:
                raise Transfer("identity")


async def choose_payment(caller: Caller) -> BankAccount | None:
    """Return the account to debit, or None for somebody who pays themselves: no registration is lost for a RIB."""
    if await caller.choose("payment", {"1": "direct-debit", "2": "self"}) == "self":
        return None
    account = await caller.try_for("bank-account", rib, tries=2)
    if account:
        await caller.hear("bank-account-kept", ending=account.ending)
    else:
        await caller.hear("bank-account-given-up")
    return account


async def say_already(caller: Caller, insured: Insured) -> None:
    """Say that it is complete, and send the number to the mobile on file: it isn't spoken."""
    await caller.hear("registration-already")
    match await caller.once(registrations.remind, insured, caller.speaks):
        case Sent():
            await caller.hear("registration-already-sms")
        case Withheld():
            await caller.hear("message-withheld")


async def say_completed(caller: Caller, done: Completed) -> None:
    """Say the number twice, the dates, and what comes next."""
    await caller.hear("registration-completed", number=done.number)
    await caller.hear("registration-number-again", number=done.number)
    dates = "registration-opened" if done.opened else "registration-opens"
    await caller.hear(dates, contributions_from=done.contributions_from, amo_from=done.amo_from)
    await caller.hear("registration-sms")
    if done.portal_from:
        await caller.hear("registration-sms-held", portal_from=done.portal_from)
    await caller.hear("registration-next")
