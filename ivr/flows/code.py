"""The six digits sent by SMS: what proves who is calling."""

from backend import identity
from backend.identity import Claim, CodeSent, Expired, Insured, Refused, TooMany
from backend.values import Mobile
from ivr.conversation import Caller, Help, Transfer
from ivr.inputs import one_time_code


async def prove_by_code(caller: Caller, claim: Claim, mobile: Mobile | None = None) -> Insured:
    """Send a code to the mobile on file, or to a new one, and have the caller key it; else an advisor."""
    sent = await send_code(caller, claim, mobile)
    while True:
        keyed = await caller.ask_or_help("code", one_time_code, patient_until=sent.expires_at)
        if isinstance(keyed, Help):
            choices = {"1": "another", "2": "not-my-number"}
            if await caller.choose("code-help", choices) == "not-my-number":
                raise Transfer("mobile-changed")
            sent = await send_code(caller, claim, mobile)
            continue
        match await caller.once(identity.check_code, sent, keyed):
            case Insured() as insured:
                caller.insured = insured
                return insured
            case Refused(left) if left:
                await caller.hear("code-wrong", left=left)
            case Expired():
                await caller.hear("code-expired")
                sent = await send_code(caller, claim, mobile)
            case _:
                await caller.hear("codes-exhausted")
                raise Transfer("code")


async def send_code(caller: Caller, claim: Claim, mobile: Mobile | None) -> CodeSent:
    """Have a code sent, and say where; after too many, an advisor."""
    match await caller.once(identity.send_code, claim, caller.speaks, mobile):
        case CodeSent() as sent:
            await caller.hear("code-sent", ending=mobile.ending if mobile else claim.ending)
            return sent
        case TooMany():
            await caller.hear("codes-exhausted")
            raise Transfer("code")
