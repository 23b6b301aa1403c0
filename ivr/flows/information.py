"""Practical information, for anybody: how to register, to pay, to deposit a claim; the portal; the nearest agencies."""

from backend import agencies, information
from backend.agencies import Agency
from backend.information import Topic
from backend.messages import Sent, Withheld
from backend.values import Mobile, Postcode
from ivr.conversation import Back, Caller, Ending
from ivr.inputs import moroccan_mobile, postcode


async def inform(caller: Caller) -> Ending | None:
    """Ask what it is about, say it, and offer the same by SMS."""
    return await caller.offer(
        "information-menu",
        {
            "1": ("registering", how_to_register),
            "2": ("paying", how_to_pay),
            "3": ("depositing", how_to_deposit),
            "4": ("portal", what_the_portal_is_for),
            "5": ("agencies", where_agencies_are),
        },
    )


async def how_to_register(caller: Caller) -> None:
    """Say how a self-employed worker, or an employee, is registered."""
    if await caller.choose("registration-kind", {"1": "self-employed", "2": "employee"}) == "self-employed":
        await caller.hear("information-self-employed")
        await caller.hear("information-self-employed-where")
        await offer_sms(caller, "self-employed")
    else:
        await caller.hear("information-employee")
        await caller.hear("information-employee-where")
        await offer_sms(caller, "employee")


async def how_to_pay(caller: Caller) -> None:
    """Say how contributions are paid."""
    await caller.hear("information-paying")
    await caller.hear("information-paying-where")
    await offer_sms(caller, "paying")


async def how_to_deposit(caller: Caller) -> None:
    """Say how long, and where, a claim file may be deposited."""
    limits = await caller.once(information.deposit_limits)
    await caller.hear("information-depositing", months=limits.months, days=limits.days)
    await caller.hear("information-depositing-where")
    await offer_sms(caller, "depositing")


async def what_the_portal_is_for(caller: Caller) -> None:
    """Say what can be done on the portal and with the app."""
    await caller.hear("information-portal")
    await caller.hear("information-portal-where")
    await offer_sms(caller, "portal")


async def where_agencies_are(caller: Caller) -> None:
    """Ask for a postcode, and say the nearest agencies; where there are none, offer to try another."""
    while True:
        near = await caller.ask("postcode", postcode)
        if nearest := await caller.once(agencies.nearest, near):
            break
        await caller.hear("agencies-none")
        if await caller.choose("postcode-again", {"1": "again", "2": "other"}) == "other":
            raise Back
    await caller.hear("agencies-nearest")
    for agency in nearest:
        await say_agency(caller, agency)
    await offer_sms(caller, near)


async def say_agency(caller: Caller, agency: Agency) -> None:
    """Say what and where an agency is, and its hours where they can be said."""
    await caller.hear("agency", name=agency.name, place=agency.kind_term, address=agency.address, city=agency.city)
    for hours in agency.opening:
        await caller.hear("agency-hours", hours=hours)
    if not agency.opening:
        await caller.hear("agency-hours-by-sms")


async def offer_sms(caller: Caller, about: Topic | Postcode) -> None:
    """Offer the same by SMS."""
    if await caller.choose("information-sms", {"1": "send", "2": "no"}) == "no":
        return
    match await caller.once(information.send, about, await choose_mobile(caller), caller.speaks):
        case Sent(ending):
            await caller.hear("information-sent", ending=ending)
        case Withheld():
            await caller.hear("message-withheld")


async def choose_mobile(caller: Caller) -> Mobile:
    """Return where the SMS goes: the number that is calling, if it is a mobile's, else one that is keyed."""
    if calling := caller.mobile:
        return calling
    return await caller.ask("sms-mobile", moroccan_mobile)
