"""Whether an advisor can be offered calls: changes of state in PostgreSQL, then of who is idle in Redis.

A console, or a terminal, says every HEARTBEAT seconds that it is there; whoever does not for LEASE is not reachable.
"""

from datetime import timedelta

from backend import audit
from backend.errors import BadInputError
from backend.work import Work
from callcenter import agents, offers
from callcenter.agents import Advisor, Reason, Role

HEARTBEAT = timedelta(seconds=5)
ANSWERING: frozenset[Role] = frozenset({"advisor", "supervisor"})
SUPERVISE: frozenset[Role] = frozenset({"supervisor", "administrator"})
GONE = timedelta(hours=1)  # not reachable for so long: the day is over


def sign_in(work: Work, login: str) -> Advisor:
    """Begin an advisor's day, not ready yet. Raises BadInputError for a login that there isn't."""
    known = agents.by_login(work, login)
    if known is None:
        raise BadInputError("no such account: `svi user list` names them")
    if agents.change(work, known.id, "not-ready", "signed-out", reason="signed-in"):
        audit.record(work, "advisor.signed-in", None, advisor=known.id)
    return agents.require(work, known.id)


def be_ready(work: Work, advisor: int) -> None:
    """Have an advisor be offered calls. Raises BadInputError in a talk, and in a wrap-up without a disposition."""
    known = agents.require(work, advisor, lock=True)
    if known.state == "wrap-up":
        raise BadInputError("say first what the call ended as")
    if known.role not in ANSWERING:
        raise BadInputError("this account answers no calls")
    if known.state == "ready":
        return
    if not agents.change(work, advisor, "ready", "not-ready"):
        raise BadInputError("there is a call" if known.state == "busy" else "sign in first")
    offers.idle(work, agents.require(work, advisor))


def be_unready(work: Work, advisor: int, reason: Reason) -> None:
    """Have an advisor not be offered calls; an offer that is open goes elsewhere. Raises BadInputError in a talk."""
    known = agents.require(work, advisor, lock=True)
    if known.state == "wrap-up":
        raise BadInputError("say first what the call ended as")
    if not agents.change(work, advisor, "not-ready", "ready", "not-ready", reason=reason):
        raise BadInputError("there is a call" if known.state == "busy" else "sign in first")
    offers.withdraw(work, advisor)


def be_unreachable(work: Work, advisor: int) -> None:
    """Have an advisor whose telephone can't be reached not be offered calls; an open offer goes elsewhere."""
    if agents.change(work, advisor, "not-ready", "ready", reason="unreachable"):
        offers.withdraw(work, advisor)


def sign_out(work: Work, advisor: int) -> None:
    """End an advisor's day. Raises BadInputError in a talk, and in a wrap-up without a disposition."""
    be_unready(work, advisor, "break")
    agents.change(work, advisor, "signed-out")
    audit.record(work, "advisor.signed-out", None, advisor=advisor)


def free(work: Work, advisor: int, ticket: int, *, reason: Reason | None = None) -> None:
    """Let an advisor go whose ticket came to nothing: ready again, or not ready for a `reason`."""
    if agents.require(work, advisor).ticket != ticket:
        return
    if reason:
        agents.change(work, advisor, "not-ready", "busy", reason=reason)
    elif agents.change(work, advisor, "ready", "busy"):
        offers.idle(work, agents.require(work, advisor))


def wrap_up(work: Work, advisor: int, ticket: int) -> None:
    """Have an advisor wrap up a talk that is over."""
    if agents.require(work, advisor).ticket == ticket:
        agents.change(work, advisor, "wrap-up", "busy", ticket=ticket)


def wrapped_up(work: Work, advisor: int) -> None:
    """Let an advisor be ready who said what the talk ended as."""
    if agents.change(work, advisor, "ready", "wrap-up"):
        offers.idle(work, agents.require(work, advisor))


def end_long_wrap_ups(work: Work) -> int:
    """End what nobody wraps up: after LONGEST_WRAP_UP they are not ready, and say so themselves; return how many."""
    late = [each for each in agents.present(work, "wrap-up") if each.since <= work.now - agents.LONGEST_WRAP_UP]
    return sum(agents.change(work, each.id, "not-ready", "wrap-up", reason="wrap-up-over") for each in late)


def sign_out_gone(work: Work) -> int:
    """Sign out who was not reachable for GONE; return how many."""
    gone = [each for each in agents.present(work, "not-ready") if each.reason == "unreachable"]
    return sum(
        agents.change(work, each.id, "signed-out", "not-ready") for each in gone if each.since <= work.now - GONE
    )
