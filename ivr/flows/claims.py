"""Claim files: how many are open, where the newest stands and what comes next; then others, or the same by SMS."""

from dataclasses import dataclass

from backend import claim_statements
from backend.claim_statements import Statement
from backend.identity import Insured
from backend.rules.claim_words import DOCUMENT
from ivr.conversation import Caller, Ending
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


@dataclass
class Files:
    """The files of a caller, one of which was said last."""

    insured: Insured
    last: Statement

    async def next(self, caller: Caller) -> None:
        """Say the file deposited before the last one said."""
        found = await caller.once(claim_statements.following, self.insured, self.last)
        if found:
            await self.say(caller, found)
        else:
            await caller.hear("claims-no-next")

    async def by_sms(self, caller: Caller) -> None:
        """Send the last one said."""
        ending = await caller.once(claim_statements.send, self.insured, self.last, caller.speaks)
        await caller.hear("claim-sent", file=self.last.number, ending=ending)

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


async def say_file(caller: Caller, file: Statement) -> None:
    """Say whose file it is, how it stands and what comes next."""
    await caller.hear("claim-file", file=file.number, beneficiary=file.beneficiary, deposited_on=file.deposited_on)
    match file.status:
        case "received" | "in-review" as status:
            await caller.hear(f"claim-{status}")
        case "medical-check" if file.appointment:
            await caller.hear("claim-appointment", appointment=file.appointment)
        case "medical-check":
            await caller.hear("claim-medical-check")
        case "awaiting-documents":
            await say_missing(caller, file)
        case "rejected" if file.reason:
            await caller.hear("claim-rejected", reason=file.reason)
            await caller.hear("claim-contest")
        case "settled":
            await caller.hear("claim-settled", amount=file.amount)
        case "paid" if file.paid_on:
            await caller.hear("claim-paid", amount=file.amount, paid_on=file.paid_on)
    await say_delay(caller, file)


async def say_missing(caller: Caller, file: Statement) -> None:
    """Say each document that is missing, and where to bring it."""
    first, *others = file.missing
    await caller.hear("claim-missing", document=first)
    for document in others:
        await caller.hear("claim-missing-also", document=document)
    if DOCUMENT in file.missing:
        await caller.hear("claim-missing-which")
    await caller.hear("claim-bring")


async def say_delay(caller: Caller, file: Statement) -> None:
    """Say by which day a payment usually comes; once that is past, offer an advisor."""
    if not file.expected:
        return
    if file.expected.over:
        await caller.hear("claim-delay-over")
        return
    if file.status == "settled":
        await caller.hear("claim-payment-soon")
    await caller.hear("claim-expected", expected_on=file.expected.day)
