"""The people of the demonstration at the console: accounts made once, with one password; changes to them stay."""

from typing import NamedTuple

from sqlalchemy import select

from backend.wording import Language
from backend.work import Actor, begin
from callcenter import agents, passwords
from callcenter.agents import Role
from callcenter.routing import SUBJECTS, Level, Subject


class Account(NamedTuple):
    """Somebody to sign in as."""

    login: str
    name: str
    languages: tuple[Language, ...]
    skills: dict[Subject, Level]
    role: Role = "advisor"


_EXPERT: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 3)
_AT_EASE: dict[Subject, Level] = dict.fromkeys(SUBJECTS, 2)
ACCOUNTS = (
    Account("s.alami", "Samira Alami", ("fr", "ar"), _EXPERT),
    Account("m.bennani", "Mehdi Bennani", ("ar", "fr"), _AT_EASE | {"registration": 3}),
    Account("n.idrissi", "Nadia Idrissi", ("fr",), {"claims": 3}),
    Account("k.tazi", "Karim Tazi", ("fr", "ar"), _AT_EASE, "supervisor"),
    Account("h.chraibi", "Hind Chraïbi", ("fr", "ar"), {}, "administrator"),
    Account("l.fassi", "Latifa Fassi", ("fr", "ar"), {}, "auditor"),
)


def told() -> str:
    """Return in a line whom to sign in as."""
    return f"{', '.join(_said(each) for each in ACCOUNTS)}, with the password: {passwords.DEMONSTRATION}"


def _said(account: Account) -> str:
    return account.login if account.role == "advisor" else f"{account.login} ({account.role})"


def load() -> None:
    """Open those accounts that nobody has opened yet, closed ones included."""
    with begin(Actor("command", "demo")) as work:
        known = set(work.execute(select(agents.advisors.c.login)).scalars())
        for each in ACCOUNTS:
            if each.login not in known:
                passwords.set_password(work, agents.add(work, *each).id, passwords.DEMONSTRATION)
