"""What callers say of the talk they had; never asked of who gave up waiting."""

from callcenter import surveys
from ivr.conversation import Caller, Ending, HangUp

SCORES: dict[str, str] = {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}
WHY: dict[str, surveys.Reason] = {
    "1": "waiting",
    "2": "welcome",
    "3": "explanations",
    "4": "solution",
    "5": "other",
}


async def ask_survey(caller: Caller, ticket: int) -> Ending:
    """Ask how it went; whoever does not answer has said enough."""
    score = await caller.try_to_choose("survey", SCORES, tries=2)
    if score:
        await caller.once(surveys.answer, ticket, int(score))
        reason = await caller.try_to_choose("survey-reason", WHY, tries=1)
        if reason:
            await caller.once(surveys.give_reason, ticket, reason)
        await caller.hear("survey-thanks")
    await caller.hear("goodbye")
    return HangUp()
