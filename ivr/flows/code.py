"""The six digits sent by SMS: what proves who is calling."""

from backend import identity
from backend.identity import CallComing, Claim, CodeSent, Expired, Insured, Refused, TooMany
from backend.values import Mobile
from callcenter import dialling, handover
from ivr.conversation import Caller, HangUp, Help, Transfer
from ivr.inputs import one_time_code


async def prove_by_code(caller: Caller, claim: Claim, mobile: Mobile | None = None) -> Insured:
    """Send a code to the mobile on file, or to a new one, and have the caller key it; else an advisor."""
    sent = await send_code(caller, claim, mobile)
    while True:
        keyed = await caller.ask_or_help("code", one_time_code, patient_until=sent.expires_at)
        if isinstance(keyed, Help):
            if insured := await help_with_code(caller, claim, mobile):
                return insured
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


async def help_with_code(caller: Caller, claim: Claim, mobile: Mobile | None) -> Insured | None:
    """Help who has no code: by a call to that number, which proves the same; None: by another code."""
    match await caller.choose("code-help", {"1": "another", "2": "not-my-number", "3": "call-me"}):
        case "not-my-number":
            raise Transfer("mobile-changed")
        case "call-me":
            return await prove_by_call(caller, claim, mobile)
    return None


async def prove_by_call(caller: Caller, claim: Claim, mobile: Mobile | None) -> Insured:
    """Hang up, call the mobile on file, or the new one, and go on there with whoever presses the key."""
    coming = await caller.once(dialling.prove, claim, mobile)
    if not isinstance(coming, CallComing):
        await caller.hear("codes-exhausted")
        raise Transfer("code")
    await caller.hear("call-coming", ending=coming.ending)
    if await caller.confirm_in_call("callback-confirm", {"1": "me"}, says="proof-confirm") == "me":
        proved = await caller.once(handover.prove, coming)
        if isinstance(proved, Insured):
            caller.insured = proved
            return proved
    await caller.hear("callback-not-reached")
    raise HangUp


async def send_code(caller: Caller, claim: Claim, mobile: Mobile | None) -> CodeSent:
    """Have a code sent, and say where; after too many, an advisor."""
    match await caller.once(identity.send_code, claim, caller.speaks, mobile):
        case CodeSent() as sent:
            await caller.hear("code-sent", ending=mobile.ending if mobile else claim.ending)
            return sent
        case TooMany():
            await caller.hear("codes-exhausted")
            raise Transfer("code")
