"""What is said of any right: whether there is one on today's records, on what conditions, by which documents."""

from backend import rights
from backend.identity import Insured
from backend.rules.benefits import Right
from backend.rights import Documented
from backend.values import Dirhams, Term
from ivr.conversation import Caller


async def say_verdict(caller: Caller, right: Right, benefit: str) -> None:
    """Say whether the caller is entitled on today's records, and what is missing, as figures."""
    match right.entitled:
        case True:
            await caller.hear("right-entitled", benefit=Term(f"benefit-{benefit}"))
        case False:
            await caller.hear("right-refused", benefit=Term(f"benefit-{benefit}"))
        case None:
            await caller.hear("right-undecided", benefit=Term(f"benefit-{benefit}"))
    for missing in right.missing:
        match missing.what:
            case "days":
                await caller.hear("missing-days", days=missing.count)
            case "days-in-last-12-months":
                await caller.hear("missing-days-lately", days=missing.count)
            case "pay":
                await caller.hear("missing-pay", amount=Dirhams(missing.count))


async def say_conditions(caller: Caller, right: Right, benefit: str) -> None:
    """Say what no record tells, and whether an advisor has to confirm or decide."""
    for condition in right.conditions:
        await caller.hear(f"{benefit}-if-{condition}")
    if right.estimate:
        await caller.hear("right-estimate")
    if right.estimate or right.entitled is None:
        await caller.hear("right-advisor")


async def say_employees_only(caller: Caller) -> None:
    """Say that the benefit is for employees, and offer an advisor; plans for others are promised to nobody."""
    await caller.hear("right-employees-only")
    await caller.hear("right-advisor")


async def offer_documents(caller: Caller, insured: Insured, benefit: Documented) -> None:
    """Offer the list of documents by SMS."""
    if await caller.choose("documents-sms", {"1": "send", "2": "no"}) == "send":
        ending = await caller.once(rights.send_documents, insured, benefit, caller.speaks)
        await caller.hear("documents-sent", ending=ending)
