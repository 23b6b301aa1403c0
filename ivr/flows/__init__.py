"""Conversations, one a file. This is their table of contents: what answers each number."""

from ivr.conversation import Caller, Ending, with_advisor
from ivr.flows.advisor import meet_advisor
from ivr.flows.callback import confirm_callback
from ivr.flows.language import choose_language
from ivr.flows.main_menu import main_menu, reason

FRONT_DOORS = {"vocal-server": main_menu, "call-centre": reason, "relation-centre": reason}


async def answer_call(caller: Caller) -> Ending:
    """Hold a whole call, from the language to goodbye; whoever asks for an advisor meets one."""
    return await with_advisor(caller, front_door, meet_advisor)


async def meet_called(caller: Caller) -> Ending:
    """Hold a call that we make because we promised it, from "it is us" to goodbye."""
    return await with_advisor(caller, confirm_callback, meet_advisor)


async def front_door(caller: Caller) -> Ending:
    """Ask for the language, then offer what the dialled number is for."""
    await choose_language(caller)
    return await FRONT_DOORS[caller.service](caller)
