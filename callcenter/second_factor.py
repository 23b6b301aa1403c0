"""The second factor of an account that has one: codes of an authenticator app (TOTP, RFC 6238), each good once."""

import pyotp
from sqlalchemy import or_, select, update

from backend import audit
from backend.seal import seal, unseal
from backend.work import Work
from callcenter.agents import advisors

ISSUER = "SVI 3939"
STEP_SECONDS = 30
STEPS_AROUND = 1  # a telephone's clock may be half a minute wrong


def new_key() -> str:
    """Return a key that no account has yet, as apps read it."""
    return pyotp.random_base32()


def address(key: str, login: str) -> str:
    """Return what an app scans: the key, with whose it is."""
    return pyotp.TOTP(key).provisioning_uri(name=login, issuer_name=ISSUER)


def is_asked(work: Work, advisor: int) -> bool:
    """Say whether an advisor has a second factor."""
    return bool(work.execute(select(advisors.c.totp.is_not(None)).where(advisors.c.id == advisor)).scalar_one())


def enrol(work: Work, advisor: int, key: str, code: str) -> bool:
    """Have a second factor asked from now on, if `code` shows that the app has the key; say whether it does.

    One that there is stays: it is removed first, which asks for its code.
    """
    step = _step_of(work, key, code)
    if step is None:
        return False
    values = {"totp": seal(key.encode(), f"advisors.totp:{advisor}"), "totp_step": step}
    new = update(advisors).where(advisors.c.id == advisor, advisors.c.totp.is_(None))
    if not work.execute(new.values(values)).rowcount:
        return False
    audit.record(work, "advisor.second-factor", None, advisor=advisor, enrolled=True)
    return True


def remove(work: Work, advisor: int) -> None:
    """Ask for no second factor any more."""
    work.execute(update(advisors).where(advisors.c.id == advisor).values(totp=None, totp_step=None))
    audit.record(work, "advisor.second-factor", None, advisor=advisor, enrolled=False)


def passes(work: Work, advisor: int, code: str) -> bool:
    """Say whether a code opens: the app's of this half-minute or of one beside it, and not taken before."""
    sealed = work.execute(select(advisors.c.totp).where(advisors.c.id == advisor)).scalar_one()
    step = _step_of(work, unseal(sealed, f"advisors.totp:{advisor}").decode(), code)
    if step is None:
        return False
    later = or_(advisors.c.totp_step.is_(None), advisors.c.totp_step < step)
    taken = update(advisors).where(advisors.c.id == advisor, later).values(totp_step=step)
    return bool(work.execute(taken).rowcount)


def _step_of(work: Work, key: str, code: str) -> int | None:
    """Return which half-minute's code it is; None for another code."""
    totp, now = pyotp.TOTP(key), int(work.now.timestamp()) // STEP_SECONDS
    code = "".join(code.split())
    around = range(now - STEPS_AROUND, now + STEPS_AROUND + 1)
    return next((step for step in around if pyotp.utils.strings_equal(totp.generate_otp(step), code)), None)
