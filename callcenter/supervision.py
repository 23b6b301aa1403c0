"""What supervisors may besides: see the queue and its advisors, be in a talk, teach somebody another subject.

The role is checked here, for pages, terminals and legs alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from backend import audit
from backend.errors import BadInputError
from backend.work import Work
from callcenter import agents, offers, tickets
from callcenter.agents import Advisor, Role
from callcenter.queue import Pressure
from callcenter.routing import Level, Subject
from callcenter.tickets import Ticket

Mode = Literal["listen", "whisper", "join"]
"""Hear a talk unheard; be heard by its advisor only; be heard by all."""
MODES: tuple[Mode, ...] = get_args(Mode)
SUPERVISE: frozenset[Role] = frozenset({"supervisor", "administrator"})


@dataclass(frozen=True)
class Overview:
    """How it stands: classes in which somebody waits, everybody who is there, all talks."""

    at: datetime
    waiting: Sequence[Pressure]
    advisors: Sequence[Advisor]
    talks: Sequence[Ticket]


def require(work: Work, supervisor: int) -> Advisor:
    """Return who may supervise. Raises BadInputError for anybody else."""
    known = agents.require(work, supervisor)
    if known.role not in SUPERVISE:
        raise BadInputError("only supervisors may do this")
    return known


def overview(work: Work, supervisor: int) -> Overview:
    """Return how it stands. Raises BadInputError, RedisError."""
    require(work, supervisor)
    pressure = offers.ask(lambda queue: queue.pressure())
    return Overview(
        work.now,
        [each for each in pressure if each.waiting],
        agents.present(work),
        [each for each in tickets.in_state(work, "accepted", "talking") if each.kind != "consult"],
    )


def attend(work: Work, supervisor: int, offer: int, mode: Mode) -> Ticket | None:
    """Return the ticket into whose talk a supervisor comes, by the offer that it goes back to; it is audited.

    None where the talk is over, and for anybody who is no supervisor.
    """
    ticket = tickets.of_offer(work, offer)
    over = ticket is None or ticket.state != "talking" or ticket.kind == "consult"
    if ticket is None or over or agents.require(work, supervisor).role not in SUPERVISE:
        return None
    audit.record(work, f"talk.{mode}", ticket.person, ticket=ticket.id)
    return ticket


def move(work: Work, supervisor: int, login: str, subject: Subject, level: Level | None) -> Advisor:
    """Let an advisor serve a subject from now on, at a level, or (None) no more. Raises BadInputError."""
    require(work, supervisor)
    known = agents.by_login(work, login)
    if known is None:
        raise BadInputError(f"there is no account {login}")
    kept = {each: now for each, now in known.skills.items() if each != subject}
    known = agents.teach(work, known.id, {**kept, **({subject: level} if level else {})})
    if known.state == "ready":
        offers.idle(work, known)
    return known
