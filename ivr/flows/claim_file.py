"""One claim file, said: where it stands in plain words, and what comes next."""

from backend.claim_statements import Statement
from backend.rules.claim_words import DOCUMENT
from ivr.conversation import Caller


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
        case "rejected" if file.reason:
            await caller.hear("claim-rejected", reason=file.reason)
            await caller.hear("claim-contest")
        case "settled":
            await caller.hear("claim-settled", amount=file.amount)
        case "paid" if file.paid_on:
            await caller.hear("claim-paid", amount=file.amount, paid_on=file.paid_on)
    if file.missing:
        await say_missing(caller, file)
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
