"""Signing in by a browser: password, then the second factor where there is one; refusals are counted and limited.

PostgreSQL counts, so that no restart forgets: by login, whether there is such an account or not, and by address. Both
are kept as keyed digests. A refusal says nothing of why, and takes as long for a login that there isn't. A browser by
which somebody has come in bears what proves it, and has its tries for itself: strangers lock nobody out of their own.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upserting

from backend import audit
from backend.db import metadata
from backend.errors import BadInputError
from backend.seal import mac, mac_matches
from backend.settings import settings
from backend.work import Work
from callcenter import agents, passwords, presence, second_factor, sessions
from callcenter.agents import Advisor
from callcenter.sessions import Session

Problem = Literal["too-often", "wrong", "same", "weak"]
"""Why a new password is not taken."""

WINDOW = timedelta(minutes=15)
MOST_OF_A_LOGIN = 10
MOST_OF_AN_ADDRESS = 100  # a call centre is behind one address
KEPT = timedelta(hours=1)  # longer than any limit counts

refusals = Table(
    "sign_in_refusals",
    metadata,
    Column("whose", LargeBinary, primary_key=True),  # keyed digest of a login, or of an address
    Column("minute", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
)


@dataclass(frozen=True)
class Admitted:
    """The token of a session that has begun."""

    advisor: int
    token: str


@dataclass(frozen=True)
class CodeWanted:
    """The password is right; the second factor's code is missing."""


@dataclass(frozen=True)
class NotByPassword:
    """The password is right; this account comes in by the house's identity provider (`callcenter.openid`)."""


@dataclass(frozen=True)
class Refused:
    """Login, password or code is not right; `too_often`: nothing was looked at, it is to be tried later."""

    too_often: bool = False


def admit(
    work: Work, login: str, password: str, code: str, address: str, introduced: str = ""
) -> Admitted | CodeWanted | NotByPassword | Refused:
    """Sign somebody in who shows password and, where it is asked, code; `introduced`: what their browser bears."""
    login = login.strip().lower()
    if _is_introduced(login, introduced):
        subjects = {mac("sign-in", "browser", introduced): MOST_OF_A_LOGIN}
    else:
        subjects = _of_strangers(login, address)
    if any(_lately(work, whose) >= most for whose, most in subjects.items()):
        return Refused(too_often=True)
    known = agents.by_login(work, login)
    right = passwords.matches(work, known.id if known else None, password)
    if known is None or not right:
        return _refuse(work, subjects)
    emergency = settings().password_logins
    if emergency is not None and login not in emergency:  # said only to who knows the password
        return NotByPassword()
    if second_factor.is_asked(work, known.id):
        if not code.strip():
            return CodeWanted()
        if not second_factor.passes(work, known.id, code):
            return _refuse(work, subjects)
    return Admitted(known.id, sessions.open_session(work, known.id))


def introduction(login: str) -> tuple[str, str]:
    """Return what a browser bears by which somebody has come in: a name, which tells no login, and the proof."""
    login, number = login.strip().lower(), secrets.token_hex(16)
    return browser_of(login), f"{number}.{mac('introduction', login, number).hex()}"


def browser_of(login: str) -> str:
    """Return the name under which a browser bears its introduction."""
    return f"svi-browser-{mac('introduction-of', login.strip().lower()).hex()[:12]}"


def change_password(work: Work, session: Session, present: str, new: str) -> Problem | None:
    """Take an advisor's own new password, and end their other sessions; return why not, where it is not taken.

    The present one is asked: tries at it count as those of signing in, so a session left open is no way to guess it.
    """
    subjects = {mac("sign-in", "login", session.advisor.login): MOST_OF_A_LOGIN}
    if any(_lately(work, whose) >= most for whose, most in subjects.items()):
        return "too-often"
    if not passwords.matches(work, session.advisor.id, present):
        _refuse(work, subjects)
        return "wrong"
    if new == present:
        return "same"
    try:
        passwords.set_password(work, session.advisor.id, new)
    except BadInputError:
        return "weak"
    sessions.close_others(work, session)
    return None


def remove_factor(work: Work, session: Session, code: str) -> bool:
    """Ask for no second factor any more, by its code, and say whether it is gone.

    Tries count as those of signing in, so a session left open is no way to guess a code.
    """
    subjects = {mac("sign-in", "login", session.advisor.login): MOST_OF_A_LOGIN}
    if any(_lately(work, whose) >= most for whose, most in subjects.items()):
        return False
    if not second_factor.passes(work, session.advisor.id, code):
        _refuse(work, subjects)
        return False
    second_factor.remove(work, session.advisor.id)
    return True


def begin_day(work: Work, advisor: int) -> Advisor:
    """Begin the day of who has come in: whoever takes calls is there, and not ready yet."""
    known = agents.require(work, advisor)
    if known.role in presence.ANSWERING:
        presence.sign_in(work, known.login)
    return known


def erase_old(work: Work) -> int:
    """Delete counts that no limit looks at any more, and return how many."""
    return work.execute(delete(refusals).where(refusals.c.minute < work.now - KEPT)).rowcount


def _is_introduced(login: str, introduced: str) -> bool:
    number, _, proof = introduced.partition(".")
    return bool(re.fullmatch(r"[0-9a-f]{64}", proof)) and mac_matches(
        bytes.fromhex(proof), "introduction", login, number
    )


def _of_strangers(login: str, address: str) -> dict[bytes, int]:
    return {mac("sign-in", "login", login): MOST_OF_A_LOGIN, mac("sign-in", "address", address): MOST_OF_AN_ADDRESS}


def _lately(work: Work, whose: bytes) -> int:
    counted = select(func.coalesce(func.sum(refusals.c.count), 0))
    since = work.now - WINDOW
    return int(work.execute(counted.where(refusals.c.whose == whose, refusals.c.minute > since)).scalar_one())


def _refuse(work: Work, subjects: dict[bytes, int]) -> Refused:
    minute = work.now.replace(second=0, microsecond=0)
    for whose in sorted(subjects):  # one order for all: two who are refused at once wait for each other, and go on
        counted = upserting(refusals).values(whose=whose, minute=minute, count=1)
        again = counted.on_conflict_do_update(index_elements=["whose", "minute"], set_={"count": refusals.c.count + 1})
        work.execute(again)
    audit.record(work, "session.refused", None)
    return Refused()
