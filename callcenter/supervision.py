"""What supervisors may besides: see the queue and its advisors, be in a talk, have somebody serve other queues.

The role is checked here, for pages, terminals and legs alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from backend import audit
from backend.errors import BadInputError
from backend.wording import LANGUAGES, Language
from backend.work import Work
from callcenter import agents, offers, presence, records, sessions, tickets
from callcenter.agents import Advisor
from callcenter.presence import SUPERVISE
from callcenter.queue import Pressure
from callcenter.routing import SUBJECTS, Level, Subject
from callcenter.tickets import Ticket

Mode = Literal["listen", "whisper", "join"]
"""Hear a talk unheard; be heard by its advisor only; be heard by all."""
MODES: tuple[Mode, ...] = get_args(Mode)
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True)
class Served:
    """What an advisor serves: languages, the one spoken best first, and subjects with their levels."""

    languages: tuple[Language, ...]
    levels: Mapping[Subject, Level]

    @classmethod
    def by(cls, known: Advisor) -> "Served":
        """Return what an advisor serves."""
        return cls(known.languages, known.skills)

    def __str__(self) -> str:
        levels = (f"{subject}-{self.levels[subject]}" for subject in SUBJECTS if subject in self.levels)
        return "_".join([".".join(self.languages), *levels])

    @classmethod
    def read(cls, text: str) -> "Served":
        """Return what `str` made a text of. Raises BadInputError for any other."""
        spoken, *rest = text.split("_")
        languages = tuple(each for name in spoken.split(".") for each in LANGUAGES if each == name)
        levels = {
            subject: level for each in rest for subject in SUBJECTS for level in LEVELS if each == f"{subject}-{level}"
        }
        found = cls(languages, levels)
        if not languages or str(found) != text:
            raise BadInputError("this says nothing of what somebody serves")
        return found


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


def assign(work: Work, supervisor: int, advisor: int, to: Served, was: Served) -> Advisor:
    """Have an advisor serve something else from now on than they did.

    Raises BadInputError where somebody else changed it meanwhile, and without any language.
    """
    require(work, supervisor)
    known = agents.require(work, advisor, lock=True)
    if Served.by(known) == to:
        return known
    if Served.by(known) != was:
        raise BadInputError("somebody else has just changed this: look again")
    agents.speak(work, advisor, to.languages)
    known = agents.teach(work, advisor, to.levels)
    if known.state == "ready":
        offers.idle(work, known)
    return known


def stand_down(work: Work, supervisor: int, advisor: int) -> None:
    """Have an advisor be offered no calls; an offer that is open goes elsewhere. Raises BadInputError in a call."""
    require(work, supervisor)
    presence.be_unready(work, advisor, "supervisor")
    audit.record(work, "advisor.stood-down", None, advisor=advisor)


def sign_out(work: Work, supervisor: int, advisor: int) -> None:
    """End the day, and the sessions, of an advisor who is gone. Raises BadInputError in a call."""
    require(work, supervisor)
    presence.sign_out(work, advisor)
    records.put_away(work, advisor)
    sessions.close_all(work, advisor)
