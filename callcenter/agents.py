"""Advisors: their accounts, skills and presence. PostgreSQL holds their state; Redis only who is idle, for how long.

    signed-out → not-ready ⇄ ready → busy → wrap-up → ready | not-ready

Nobody leaves wrap-up without a disposition, but for the clock, after LONGEST_WRAP_UP.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Row,
    SmallInteger,
    Table,
    Text,
    any_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upserting

from backend import audit
from backend.db import metadata
from backend.errors import BadInputError
from backend.settings import Role as Role  # noqa: PLC0414  the settings' map of roles names them, too
from backend.wording import LANGUAGES, Language
from backend.work import Work
from callcenter import events
from callcenter.routing import OUTERMOST, Level, Subject

State = Literal["signed-out", "not-ready", "ready", "busy", "wrap-up"]
Reason = Literal[
    "signed-in", "break", "meal", "training", "task", "supervisor", "unanswered", "unreachable", "wrap-up-over"
]
"""Why somebody is not ready: the last three are the server's, the first is how a day begins."""
CHOSEN: tuple[Reason, ...] = ("break", "meal", "training", "task")
LEVELS = (1, 2, 3)  # 3: expert (`callcenter.routing`)
LONGEST_WRAP_UP = timedelta(minutes=3)
LONGEST_NAME = 80

advisors = Table(
    "advisors",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="advisor"),
    Column("languages", ARRAY(Text), nullable=False),
    Column("password", Text),  # argon2id; without one, nobody signs in by a browser (`callcenter.passwords`)
    Column("password_once", Boolean, nullable=False, server_default="false"),  # opens nothing but its own change
    Column("totp", LargeBinary),  # sealed: the second factor's key, where there is one (`callcenter.second_factor`)
    Column("totp_step", BigInteger),  # the last step whose code was taken: no code opens twice
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("state", Text, nullable=False, server_default="signed-out"),
    Column("reason", Text),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("ticket_id", BigInteger),  # busy with it, or wrapping it up
    CheckConstraint("role in ({})".format(", ".join(f"'{role}'" for role in get_args(Role))), name="role"),
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    CheckConstraint("(state in ('busy', 'wrap-up')) = (ticket_id is not null)", name="busy_with_something"),
    Index("advisors_present_idx", "state", postgresql_where=text("state <> 'signed-out'")),
)
skills = Table(
    "skills",
    metadata,
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), primary_key=True, autoincrement=False),
    Column("subject", Text, primary_key=True),
    Column("level", SmallInteger, nullable=False),
    CheckConstraint("level between 1 and 3", name="level"),
)


@dataclass(frozen=True)
class Advisor:
    """An advisor as the database has them; `skills`: subject → level, 3 the best."""

    id: int
    login: str
    name: str
    role: Role
    languages: tuple[Language, ...]
    skills: Mapping[Subject, Level]
    state: State
    reason: Reason | None
    since: datetime
    ticket: int | None
    password_once: bool = False
    """The password is one that an administrator read: it is to be changed before anything else."""


def add(
    work: Work,
    login: str,
    name: str,
    languages: Sequence[Language],
    skills_: Mapping[Subject, Level],
    role: Role = "advisor",
) -> Advisor:
    """Open an account. Raises BadInputError where the login is taken, or something can't be."""
    login, name = login.strip().lower(), " ".join(name.split())
    if not (login.replace("-", "").replace(".", "").isalnum() and login.isascii() and len(login) <= LONGEST_NAME):
        raise BadInputError("a login is letters, figures, points and hyphens, such as s.alami")
    if not name or len(name) > LONGEST_NAME:
        raise BadInputError(f"a name has 1 to {LONGEST_NAME} characters")
    if not languages or set(languages) - set(LANGUAGES):
        raise BadInputError(f"languages are {', '.join(LANGUAGES)}")
    if set(skills_.values()) - set(LEVELS):
        raise BadInputError("a skill has a level from 1 to 3, the best")
    row = {"login": login, "name": name, "role": role, "languages": list(dict.fromkeys(languages))}
    new = upserting(advisors).values(**row, added_at=work.now, since=work.now)
    id_ = work.execute(new.on_conflict_do_nothing(index_elements=["login"]).returning(advisors.c.id)).scalar()
    if id_ is None:
        raise BadInputError(f"there is already an account {login}: choose another login")
    _set_skills(work, id_, skills_)
    audit.record(work, "advisor.added", None, advisor=id_, role=role)
    return require(work, id_)


def teach(work: Work, advisor: int, skills_: Mapping[Subject, Level]) -> Advisor:
    """Replace an advisor's skills; they count from the next time that the advisor is ready."""
    work.execute(delete(skills).where(skills.c.advisor_id == advisor))
    _set_skills(work, advisor, skills_)
    audit.record(work, "advisor.skills", None, advisor=advisor)
    return require(work, advisor)


def speak(work: Work, advisor: int, languages: Sequence[Language]) -> None:
    """Replace an advisor's languages, the one spoken best first. Raises BadInputError for none, or an unknown one."""
    if not languages or set(languages) - set(LANGUAGES):
        raise BadInputError(f"languages are {', '.join(LANGUAGES)}")
    spoken = list(dict.fromkeys(languages))
    work.execute(update(advisors).where(advisors.c.id == advisor).values(languages=spoken))
    audit.record(work, "advisor.languages", None, advisor=advisor)


def give_role(work: Work, advisor: int, role: Role) -> None:
    """Give an advisor another role; it counts from their next request."""
    work.execute(update(advisors).where(advisors.c.id == advisor).values(role=role))
    audit.record(work, "advisor.role", None, advisor=advisor, role=role)


def close(work: Work, advisor: int) -> None:
    """Close an account for good: its login opens nothing any more. Raises BadInputError while they are signed in."""
    gone = (advisors.c.id == advisor) & (advisors.c.state == "signed-out") & advisors.c.closed_at.is_(None)
    if not work.execute(update(advisors).where(gone).values(closed_at=work.now)).rowcount:
        raise BadInputError("this advisor is signed in: have them sign out first")
    audit.record(work, "advisor.closed", None, advisor=advisor)


def every(work: Work, *, closed: bool = False) -> list[Advisor]:
    """Return the open accounts, or those that are closed, in the order in which they were opened."""
    return _many(work, advisors.c.closed_at.is_not(None) if closed else advisors.c.closed_at.is_(None))


class LegName(NamedTuple):
    """Whose leg it is, by the carrier's word; `session`: the tag of the one whose page dialled, None of a terminal."""

    advisor: int
    session: str | None


def identity(advisor: int, session: str | None = None) -> str:
    """Return the name of an advisor's leg at the carrier (`client:` goes before it): nothing personal."""
    return f"advisor-{advisor}-{session}" if session else f"advisor-{advisor}"


def of_identity(from_: str) -> LegName | None:
    """Return whose leg it is, by the carrier's `From`; None where it is no advisor's."""
    found = re.fullmatch(r"client:advisor-([0-9]{1,18})(?:-([0-9a-f]{1,32}))?", from_)
    return LegName(int(found[1]), found[2]) if found else None


def by_login(work: Work, login: str) -> Advisor | None:
    """Return the open account with this login."""
    return _one(work, (advisors.c.login == login.strip().lower()) & advisors.c.closed_at.is_(None))


def require(work: Work, advisor: int, *, lock: bool = False) -> Advisor:
    """Return an advisor, the row locked if asked. Raises BadInputError where there is none."""
    found = _one(work, (advisors.c.id == advisor) & advisors.c.closed_at.is_(None), lock=lock)
    if found is None:
        raise BadInputError(f"there is no advisor {advisor}")
    return found


def name_of(work: Work, advisor: int) -> str:
    """Return an advisor's name, whose account may be closed meanwhile."""
    return str(work.execute(select(advisors.c.name).where(advisors.c.id == advisor)).scalar_one())


def present(work: Work, *states: State) -> list[Advisor]:
    """Return the advisors in these states; without any, all who are signed in."""
    if states:
        return _many(work, advisors.c.state.in_(states))
    return _many(work, advisors.c.state != "signed-out")


def serve(work: Work, subject: Subject, language: Language, wanted: int | None = None) -> bool:
    """Say whether anybody who is at work may take a ticket: `wanted`, or whoever knows subject and language."""
    at_work = advisors.c.state.in_(["ready", "busy", "wrap-up"])
    able = (
        (skills.c.advisor_id == advisors.c.id)
        & (skills.c.subject == subject)
        & (literal(language) == any_(advisors.c.languages))
    )
    found = exists().where(at_work, advisors.c.id == wanted if wanted else able)
    return bool(work.execute(select(found)).scalar_one())


def inner_ring(work: Work, subject: Subject, language: Language) -> int:
    """Return the ring of the best who is at work (`routing.ring_of`), ready or not; the outermost where nobody is."""
    later = func.array_position(advisors.c.languages, language) - 1
    theirs = select(func.min(3 - skills.c.level + later)).join(advisors, skills.c.advisor_id == advisors.c.id)
    here = advisors.c.state.in_(["ready", "busy", "wrap-up"]), literal(language) == any_(advisors.c.languages)
    best: int | None = work.execute(theirs.where(*here, skills.c.subject == subject)).scalar_one()
    return OUTERMOST if best is None else min(best, OUTERMOST)


def change(
    work: Work,
    advisor: int,
    state: State,
    *from_states: State,
    reason: Reason | None = None,
    ticket: int | None = None,
) -> bool:
    """Bring an advisor into a state, from one of `from_states` only (none: from any); say whether it happened.

    What it brings about is logged; Redis is the caller's affair, after the commit (`callcenter.offers`).
    """
    here = [advisors.c.id == advisor, *([advisors.c.state.in_(from_states)] if from_states else [])]
    values = {"state": state, "reason": reason, "since": work.now, "ticket_id": ticket}
    if not work.execute(update(advisors).where(*here).values(values)).rowcount:
        return False
    type_: Mapping[State, events.Type] = {
        "signed-out": "signed-out",
        "not-ready": "not-ready",
        "ready": "ready",
        "wrap-up": "wrap-up",
    }
    if state in type_:
        events.record(work, type_[state], advisor=advisor, ticket=ticket, reason=reason)
    return True


def _set_skills(work: Work, advisor: int, levels: Mapping[Subject, Level]) -> None:
    rows = [{"advisor_id": advisor, "subject": subject, "level": level} for subject, level in levels.items()]
    if rows:
        work.execute(insert(skills), rows)


def _one(work: Work, condition: ColumnElement[bool], *, lock: bool = False) -> Advisor | None:
    found = select(advisors).where(condition)
    row = work.execute(found.with_for_update() if lock else found).one_or_none()
    return _advisors(work, [row])[0] if row else None


def _many(work: Work, condition: ColumnElement[bool]) -> list[Advisor]:
    return _advisors(work, work.execute(select(advisors).where(condition).order_by(advisors.c.id)).all())


def _advisors(work: Work, rows: Sequence[Row[Any]]) -> list[Advisor]:
    levels: dict[int, dict[Subject, Level]] = {row.id: {} for row in rows}
    for skill in work.execute(select(skills).where(skills.c.advisor_id.in_(levels))):
        levels[skill.advisor_id][skill.subject] = skill.level
    return [
        Advisor(
            id=row.id,
            login=row.login,
            name=row.name,
            role=row.role,
            languages=tuple(row.languages),
            skills=levels[row.id],
            state=row.state,
            reason=row.reason,
            since=row.since,
            ticket=row.ticket_id,
            password_once=row.password_once,
        )
        for row in rows
    ]
