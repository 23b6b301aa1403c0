"""The caller of a talk on hold, and back. The carrier is asked with no transaction open.

Its events tell what came of it (`bridging.held`): until then the row says what was, and a second wish is the same.
"""

from backend import telephony
from backend.errors import UnreachableError
from backend.telephony import Handed
from callcenter.tickets import Ticket


def hold(talk: Ticket) -> None:
    """Have the caller of a talk wait with music. Raises UnreachableError where the carrier did not take it."""
    _ask(talk, f"/voice/hold/{talk.heard_in or 'both'}")


def resume(talk: Ticket) -> None:
    """Let the caller of a talk back in. Raises UnreachableError where the carrier did not take it."""
    _ask(talk, None)


def _ask(talk: Ticket, path: str | None) -> None:
    if talk.conference_sid is None or talk.caller_sid is None:
        raise UnreachableError("the caller is not in the conference yet: try again")
    outcome = telephony.hold(talk.conference_sid, talk.caller_sid, path)
    if not isinstance(outcome, Handed):
        raise UnreachableError(f"the carrier did not do it ({type(outcome).__name__}): try again")
