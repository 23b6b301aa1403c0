"""Accounts as an administrator keeps them: opened, changed, closed, opened again; passwords and second factors reset.

There is always an administrator: the last one can neither be closed nor become anything else, whoever asks for it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import func, select, update

from backend import audit
from backend.errors import BadInputError
from backend.wording import LANGUAGES, Language
from backend.work import Work
from callcenter import agents, passwords, presence, second_factor, sessions
from callcenter.agents import Advisor, Role, advisors
from callcenter.routing import SUBJECTS, Level, Subject

ROLES: tuple[Role, ...] = get_args(Role)
Refusal = Literal["changed", "languages-wrong", "last", "login", "name", "signed-in", "taken"]


_SAID: Mapping[Refusal, str] = {
    "last": "this is the last administrator: make somebody else one first",
    "signed-in": "this advisor is signed in: have them sign out first",
}


class RefusedError(BadInputError):
    """Something can't be done with an account; `why` says it in a word that pages have a sentence for."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(_SAID.get(why, f"this can't be done with the account ({why}): look at it again"))
        self.why = why


@dataclass(frozen=True)
class Account:
    """An account with what its administrator needs to know of it; `seen` is told back with a change."""

    known: Advisor
    closed_at: datetime | None
    has_password: bool
    has_factor: bool
    sessions: int

    @property
    def seen(self) -> str:
        """What can be changed here, in short: another one says that somebody else changed it meanwhile."""
        return _seen(self.known)


@dataclass(frozen=True)
class Wanted:
    """What somebody filled in of an account."""

    name: str
    role: Role
    languages: tuple[Language, ...]
    skills: Mapping[Subject, Level]


def every(work: Work) -> list[Account]:
    """Return all accounts: those that are open, then those that are closed, by name."""
    opened, closed = agents.every(work), agents.every(work, closed=True)
    known = [*sorted(opened, key=lambda each: each.name), *sorted(closed, key=lambda each: each.name)]
    c, s = advisors.c, sessions.sessions.c
    live = sessions.sessions.join(advisors)
    counted = (
        select(s.advisor_id, func.count().label("alive"))
        .select_from(live)
        .where(sessions.live(work))
        .group_by(s.advisor_id)
    )
    alive: dict[int, int] = {row.advisor_id: row.alive for row in work.execute(counted)}
    columns = (c.id, c.closed_at, c.password.is_not(None).label("password"), c.totp.is_not(None).label("totp"))
    more = {row.id: row for row in work.execute(select(*columns))}
    return [
        Account(each, (row := more[each.id]).closed_at, row.password, row.totp, alive.get(each.id, 0)) for each in known
    ]


def find(work: Work, advisor: int) -> Account:
    """Return an account, closed ones too. Raises BadInputError where there is none."""
    for each in every(work):
        if each.known.id == advisor:
            return each
    raise BadInputError(f"there is no account {advisor}")


def add(work: Work, login: str, wanted: Wanted) -> tuple[Advisor, str]:
    """Open an account, and return it with its one-time password. Raises RefusedError; asked twice at once, once."""
    _check(wanted)
    _one_by_one(work)
    login = login.strip().lower()
    if work.execute(select(advisors.c.id).where(advisors.c.login == login)).first():
        raise RefusedError("taken")
    try:
        known = agents.add(work, login, wanted.name, wanted.languages, wanted.skills, wanted.role)
    except BadInputError:
        raise RefusedError("login") from None
    return known, _new_password(work, known.id)


def edit(work: Work, advisor: int, seen: str, wanted: Wanted) -> Advisor:
    """Change name, role, languages and skills of an open account.

    Raises RefusedError where somebody changed it since it was `seen`, and for a role that answers no calls while they
    are at work.
    """
    _check(wanted)
    _one_by_one(work)
    known = agents.require(work, advisor, lock=True)
    if _seen(known) != seen:
        raise RefusedError("changed")
    if known.role == "administrator" != wanted.role and _is_last(work):
        raise RefusedError("last")
    if wanted.role not in presence.ANSWERING and known.state != "signed-out":
        raise RefusedError("signed-in")
    values = {"name": _tidy(wanted.name), "role": wanted.role, "languages": list(dict.fromkeys(wanted.languages))}
    work.execute(update(advisors).where(advisors.c.id == advisor).values(values))
    audit.record(work, "advisor.changed", None, advisor=advisor, role=wanted.role)
    if dict(known.skills) != dict(wanted.skills):
        agents.teach(work, advisor, wanted.skills)
    return agents.require(work, advisor)


def of_login(work: Work, login: str) -> Account | None:
    """Return the account of a login, closed ones too; None where there is none."""
    return next((each for each in every(work) if each.known.login == login.strip().lower()), None)


def give_role(work: Work, advisor: int, role: Role) -> bool:
    """Give an account the role that the provider says; whether it was given: the last administrator stays one."""
    _one_by_one(work)
    known = agents.require(work, advisor, lock=True)
    if known.role == role:
        return True
    if known.role == "administrator" and _is_last(work):
        audit.record(work, "advisor.role-kept", None, advisor=advisor, role=known.role, wanted=role)
        return False
    agents.give_role(work, advisor, role)
    return True


def close(work: Work, advisor: int) -> None:
    """Close an account, and end its sessions. Raises RefusedError at work, and for the last administrator."""
    _one_by_one(work)
    known = agents.require(work, advisor, lock=True)
    if known.role == "administrator" and _is_last(work):
        raise RefusedError("last")
    if known.state != "signed-out":
        raise RefusedError("signed-in")
    sessions.close_all(work, advisor)
    agents.close(work, advisor)


def reopen(work: Work, advisor: int) -> str | None:
    """Open a closed account again, with another one-time password, which is returned; None where it was open."""
    again = update(advisors).where(advisors.c.id == advisor, advisors.c.closed_at.is_not(None))
    if not work.execute(again.values(closed_at=None)).rowcount:
        return None
    audit.record(work, "advisor.reopened", None, advisor=advisor)
    return _new_password(work, advisor)


def reset_password(work: Work, advisor: int) -> str:
    """Give an account a one-time password, end its sessions, and return it: it is stored nowhere."""
    agents.require(work, advisor, lock=True)
    sessions.close_all(work, advisor)
    return _new_password(work, advisor)


def forget_factor(work: Work, advisor: int) -> None:
    """Ask an account for no second factor any more, as its telephone was lost."""
    agents.require(work, advisor, lock=True)
    if second_factor.is_asked(work, advisor):
        second_factor.remove(work, advisor)


def _new_password(work: Work, advisor: int) -> str:
    password = passwords.one_time()
    passwords.set_password(work, advisor, password, once=True)
    return password


def _check(wanted: Wanted) -> None:
    if not 1 <= len(_tidy(wanted.name)) <= agents.LONGEST_NAME:
        raise RefusedError("name")
    if not wanted.languages or set(wanted.languages) - set(LANGUAGES):
        raise RefusedError("languages-wrong")
    if set(wanted.skills) - set(SUBJECTS) or set(wanted.skills.values()) - set(agents.LEVELS):
        raise RefusedError("changed")


def _is_last(work: Work) -> bool:
    administrators = select(func.count()).where(advisors.c.role == "administrator", advisors.c.closed_at.is_(None))
    return bool(work.execute(administrators).scalar_one() <= 1)


def _one_by_one(work: Work) -> None:
    """Wait for whoever changes accounts just now: two administrators must not demote each other."""
    work.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("accounts", 0))))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _seen(known: Advisor) -> str:
    told = (known.name, known.role, known.languages, sorted(known.skills.items()))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
