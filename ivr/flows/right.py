"""What is said of any benefit: whether there is a right on today's records, on what conditions, by which documents."""

from backend import rights
from backend.identity import Insured
from backend.messages import Sent, Withheld
from backend.rights import Documented
from backend.rules.benefits import Right
from backend.values import Dirhams, Term
from ivr.conversation import Caller, Conversation, Ending, IdentifiedConversation

ADVISED = ("already-pensioner", "not-declared", "notice-late", "too-late")
"""What an advisor can look into, though the records say yes or no."""


def about(conversation: IdentifiedConversation, insured: Insured) -> Conversation:
    """Return a conversation with an insured person as a menu offers it."""

    async def tell(caller: Caller) -> Ending | None:
        return await conversation(caller, insured)

    return tell


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


async def say_reservations(caller: Caller, right: Right, benefit: str) -> None:
    """Say what no record tells, what is late, and that an advisor has to confirm or decide, where that is so."""
    for condition in right.conditions:
        await caller.hear(f"{benefit}-if-{condition}")
    match right.outcome:
        case "notice-late":
            await caller.hear("notice-is-late")
        case "too-late" if right.until:
            await caller.hear("claim-is-late", until=right.until)
    if right.estimate:
        await caller.hear("right-estimate")
    if right.estimate or right.entitled is None or right.outcome in ADVISED:
        await caller.hear("right-advisor")


async def say_employees_only(caller: Caller) -> None:
    """Say that the benefit is for employees, and offer an advisor; plans for others are promised to nobody."""
    await caller.hear("right-employees-only")
    await caller.hear("right-advisor")


async def send_documents(caller: Caller, insured: Insured, benefit: Documented) -> None:
    """Send the list of documents, and say where it goes."""
    match await caller.once(rights.send_documents, insured, benefit, caller.speaks):
        case Sent(ending):
            await caller.hear("documents-sent", ending=ending)
        case Withheld():
            await caller.hear("message-withheld")
