"""To whom a call may go from an advisor: the other advisors who are at work, and how it stands with each subject."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from backend.wording import Language
from backend.work import Work
from callcenter import agents, offers, pressure
from callcenter.agents import State, advisors
from callcenter.pressure import Standing
from callcenter.routing import SUBJECTS, Subject

MOST = 300


@dataclass(frozen=True)
class Colleague:
    """Another advisor who is at work."""

    id: int
    name: str
    state: State


@dataclass(frozen=True)
class Line:
    """A subject in one language: whether anybody who serves it is at work, and how it stands, as far as known."""

    subject: Subject
    served: bool
    standing: Standing | None


def others(work: Work, advisor: int) -> list[Colleague]:
    """Return the other advisors at work, by name, those who are ready first, MOST at most."""
    here = advisors.c.state.in_(offers.THERE), advisors.c.id != advisor, advisors.c.closed_at.is_(None)
    found = select(advisors.c.id, advisors.c.name, advisors.c.state).where(*here)
    ordered = found.order_by(advisors.c.state != "ready", advisors.c.name, advisors.c.id).limit(MOST)
    return [Colleague(row.id, row.name, row.state) for row in work.execute(ordered)]


def is_there(work: Work, advisor: int) -> bool:
    """Say whether an advisor is at work."""
    here = advisors.c.id == advisor, advisors.c.state.in_(offers.THERE), advisors.c.closed_at.is_(None)
    return bool(work.execute(select(exists().where(*here))).scalar_one())


def lines(work: Work, language: Language) -> list[Line]:
    """Return every subject in a language."""
    standing = pressure.by_subject(language)
    return [Line(each, agents.serve(work, each, language), standing.get(each)) for each in SUBJECTS]
