"""Passwords of advisors: argon2id digests, nothing else; the account's row holds one, or none yet."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update

from backend import audit
from backend.errors import BadInputError
from backend.settings import settings
from backend.work import Work
from callcenter.agents import advisors

HASHER = PasswordHasher()  # argon2id, by RFC 9106's second choice: 64 MiB, three passes
SHORTEST, LONGEST = 12, 200  # characters
DEMONSTRATION = "essai du 3939"
"""The password of every account of the demonstration: it opens nothing elsewhere."""
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def set_password(work: Work, advisor: int, password: str, *, once: bool = False) -> None:
    """Give an advisor a password in place of any other; `once`: to sign in with, and to be changed at once.

    Raises BadInputError for one that is too short or too long, and for the demonstration's outside of it.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInputError(f"a password has {SHORTEST} to {LONGEST} characters: a few words that nobody would guess")
    if _is_another_systems(password):
        raise BadInputError("that is the demonstration's password, which everybody knows: choose another")
    changed = update(advisors).where(advisors.c.id == advisor, advisors.c.closed_at.is_(None))
    if not work.execute(changed.values(password=HASHER.hash(password), password_once=once)).rowcount:
        raise BadInputError(f"there is no advisor {advisor}")
    audit.record(work, "advisor.password", None, advisor=advisor, once=once)


def one_time() -> str:
    """Return a password that can be read out: 16 letters and figures, none of them like another."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def has_password(work: Work, advisor: int) -> bool:
    """Say whether an advisor has a password."""
    return work.execute(select(advisors.c.password).where(advisors.c.id == advisor)).scalar_one() is not None


def matches(work: Work, advisor: int | None, password: str) -> bool:
    """Say whether it is an advisor's password; for nobody (None) it takes as long, and never is."""
    found = select(advisors.c.password).where(advisors.c.id == advisor)
    digest = work.execute(found).scalar() if advisor else None
    try:
        HASHER.verify(digest or _nobodys(), password[:LONGEST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    if digest is None or _is_another_systems(password):
        return False
    if HASHER.check_needs_rehash(digest):
        work.execute(update(advisors).where(advisors.c.id == advisor).values(password=HASHER.hash(password)))
    return True


def _is_another_systems(password: str) -> bool:
    return password == DEMONSTRATION and not settings().svi_demo


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
