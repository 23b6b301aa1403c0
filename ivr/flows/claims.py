"""Claim files: how many are open, where the newest stands and what comes next; then others, or the same by SMS."""

from backend import claim_statements
from backend.claim_statements import Statement
from backend.identity import Insured
from backend.messages import Sent, Withheld
from ivr.conversation import Caller, Ending
from ivr.flows.claim_file import say_file
from ivr.inputs import file_number


async def tell_claims(caller: Caller, insured: Insured) -> Ending | None:
    """Say how many files are open and how the newest stands; then offer the next, an SMS, or one by its number."""
    overview = await caller.once(claim_statements.overview, insured)
    if not overview.newest:
        await caller.hear("claims-none")
        return None
    await caller.hear("claims-open", open=overview.open)
    await say_file(caller, overview.newest)
    files = Files(insured, overview.newest)
    choices = {"1": ("next", files.next), "2": ("by-sms", files.by_sms), "3": ("by-number", files.by_number)}
    return await caller.menu("claims-menu", choices)


class Files:
    """The files of a caller, one of which was said last."""

    def __init__(self, insured: Insured, last: Statement) -> None:
        self.insured = insured
        self.last = last

    async def next(self, caller: Caller) -> None:
        """Say the file deposited before the last one said."""
        found = await caller.once(claim_statements.following, self.insured, self.last)
        if found:
            await self.say(caller, found)
        else:
            await caller.hear("claims-no-next")

    async def by_sms(self, caller: Caller) -> None:
        """Send the last one said."""
        match await caller.once(claim_statements.send, self.insured, self.last, caller.speaks):
            case Sent(ending):
                await caller.hear("claim-sent", file=self.last.number, ending=ending)
            case Withheld():
                await caller.hear("message-withheld")

    async def by_number(self, caller: Caller) -> None:
        """Say the file of a number; the answer to somebody else's is that to an unknown one."""
        number = await caller.ask("file-number", file_number)
        found = await caller.once(claim_statements.numbered, self.insured, number)
        if found:
            await self.say(caller, found)
        else:
            await caller.hear("file-number-unknown")

    async def say(self, caller: Caller, file: Statement) -> None:
        """Say a file, which is the last one said from now on."""
        self.last = file
        await say_file(caller, file)
