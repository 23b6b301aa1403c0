"""The code, or the call to the mobile on file, that proves a claim; both within the same limits.

A claim of nobody goes the same way, to a code that was never sent.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, final

from sqlalchemy import Row, bindparam, func, insert, select, text, update

from backend import audit, calls, failures, messages, people
from backend.examples import examples
from backend.identity.claiming import Claim
from backend.identity.table import codes, mobile_of
from backend.seal import mac, mac_matches, seal
from backend.values import FewDigits, Mobile, OneTimeCode, PersonId, TaxReference
from backend.wording import Language
from backend.work import Work

CODE_LIFE = timedelta(minutes=5)
TRIES = 3
HOUR = timedelta(hours=1)
CODES_AN_HOUR = 3  # a person, the first included, over all calls; a call to their mobile counts as one

# put together once: many calls send and check codes
_SERIALISE = text("select pg_advisory_xact_lock(:key)")
_NEXT = select(func.nextval("codes_id_seq"))
_INSERT = insert(codes)
_RECENT = select(func.count()).where(codes.c.subject == bindparam("subject"), codes.c.sent_at > bindparam("since"))
_OF_CALL = (
    select(codes)
    .where(codes.c.id <= bindparam("newest"), codes.c.call_id == bindparam("call"), codes.c.digest.is_not(None))
    .order_by(codes.c.id.desc())
    .limit(CODES_AN_HOUR)
    .with_for_update()
)
_USE_UP = update(codes).where(codes.c.call_id == bindparam("call"), codes.c.subject == bindparam("about"))


@final
@dataclass(frozen=True)
class Insured:
    """Somebody who proved who they are: amounts, files, rights and names need one. Only this package makes it.

    Without a proof an advisor has opened the record of somebody who has proved nothing, for a reason that is audited.
    """

    person: PersonId
    proof: int | None


@dataclass(frozen=True)
class CodeSent:
    """A code is on its way (or would be, for an unknown pair)."""

    id: int
    expires_at: datetime


@dataclass(frozen=True)
class CallComing:
    """The mobile on file that ends so is called (or would be, of an unknown pair)."""

    id: int
    ending: FewDigits


@dataclass(frozen=True)
class TooMany:
    """No more codes, calls or tries for now: an advisor."""


@dataclass(frozen=True)
class Refused:
    """Wrong; so many tries are left."""

    left: int


@dataclass(frozen=True)
class Expired:
    """Too late."""


@dataclass(frozen=True)
class Matched:
    """The tax reference is the one that the liaison body sent."""


@examples(Matched(), Refused(2), Refused(0), TooMany())
def check_tax_reference(work: Work, claim: Claim, keyed: TaxReference) -> Matched | Refused | TooMany:
    """Compare with the last four digits of the tax identifier on file; a wrong one counts as a failure."""
    _serialise(work, claim.subject)
    if failures.too_many(work, _bytes(claim)):
        return TooMany()
    on_file = people.get(work, claim.person).tax_id if claim.person else None
    if on_file and secrets.compare_digest(on_file[-len(keyed) :].encode(), keyed.encode()):
        return Matched()
    return Refused(max(0, TRIES - failures.note(work, _bytes(claim))))


@examples(CodeSent(1, datetime(2024, 3, 20, 12, 5, tzinfo=UTC)), TooMany())
def send_code(work: Work, claim: Claim, language: Language, mobile: Mobile | None = None) -> CodeSent | TooMany:
    """Send six digits to the mobile on file, or to `mobile` where there is none; nothing for an unknown claim.

    Where another mobile came on file meanwhile, an advisor has to see to it.
    """
    _serialise(work, claim.subject)
    if _had_enough(work, claim):
        return TooMany()
    on_file = _on_file(work, claim)
    if on_file and mobile and on_file != mobile:
        return TooMany()
    to = on_file or mobile
    code = OneTimeCode(f"{secrets.randbelow(10**6):06}")
    number = work.execute(_NEXT).scalar_one()
    expires_at = _note(work, number, claim, to, mac("code", str(number), code))
    if claim.person and to:
        occasion = "sms-code-aloud" if work.actor.kind == "advisor" else "sms-code"
        messages.send(work, occasion, f"code:{number}", to, language, person=claim.person, code=code)
    return CodeSent(number, expires_at)


def ask_for_call(work: Work, claim: Claim, mobile: Mobile | None) -> tuple[CallComing, Mobile | None] | TooMany:
    """Note that a call is to prove a claim, within the limits of codes; return it, and the mobile to call, if any.

    It is the one on file; of somebody without any, the new one (`mobile`).
    For an unknown claim the answer is the same, and there is none. `callcenter.dialling` places it.
    """
    _serialise(work, claim.subject)
    on_file = _on_file(work, claim)
    if _had_enough(work, claim) or (on_file and mobile and on_file != mobile):
        return TooMany()
    number, to = work.execute(_NEXT).scalar_one(), on_file or mobile
    _note(work, number, claim, to, None)
    return CallComing(number, mobile.ending if mobile else claim.ending), to if claim.person else None


def confirm_call(work: Work, proof: int) -> None:
    """Note that the call which `work` acts for is the one to the mobile on file, and that its key was pressed."""
    open_ = codes.c.digest.is_(None) & codes.c.confirmed_in.is_(None) & (codes.c.expires_at > work.now)
    confirmed = update(codes).where(codes.c.id == proof, open_).values(confirmed_in=work.call)
    work.execute(confirmed)


@examples(Insured(PersonId(1), 1), Refused(0))
def check_call(work: Work, coming: CallComing) -> Insured | Refused:
    """Say whether this call is the one to the mobile on file, and was confirmed in time: it proves once.

    Whoever asked for it may be somebody else, still on the line: their call proves nothing.
    """
    row = work.execute(select(codes).where(codes.c.id == coming.id).with_for_update()).one()
    here = row.confirmed_in == work.call
    if not here or row.proved_at or row.person_id is None or row.expires_at <= work.now:
        return Refused(0)
    return _proved(work, row)


@examples(Insured(PersonId(1), 1), Refused(2), Refused(0), Expired())
def check_code(work: Work, sent: CodeSent, keyed: OneTimeCode) -> Insured | Refused | Expired:
    """Compare with the code sent last, or one sent before it in this call and still alive: an SMS may be slow."""
    newest, *others = work.execute(_OF_CALL, {"newest": sent.id, "call": work.call}).all()
    if newest.proved_at or newest.tries_left == 0:
        return Refused(0)
    if newest.expires_at <= work.now:
        return Expired()
    for row in [newest, *others]:
        alive = row.subject == newest.subject and row.expires_at > work.now
        right = mac_matches(row.digest, "code", str(row.id), keyed)
        if right and alive and newest.person_id:
            return _proved(work, row)
    left = newest.tries_left - 1
    work.execute(update(codes).where(codes.c.id == newest.id).values(tries_left=left))
    failures.note(work, newest.subject)
    return Refused(left)


def code_sent(work: Work) -> CodeSent | None:
    """Return the code of this call that waits to be said to an advisor, the newest; None where none does."""
    waiting = (codes.c.call_id == work.call) & codes.c.digest.is_not(None) & codes.c.aloud
    row = work.execute(select(codes).where(waiting).order_by(codes.c.id.desc()).limit(1)).one_or_none()
    over = row is None or row.proved_at or row.tries_left == 0 or row.expires_at <= work.now
    return None if over or row is None else CodeSent(row.id, row.expires_at)


def _proved(work: Work, row: Row[Any]) -> Insured | Refused:
    """Use up the codes of this call about this person; they prove nothing if their mobile is on file no more."""
    person = PersonId(row.person_id)
    work.execute(_USE_UP, {"call": row.call_id, "about": row.subject, "proved_at": work.now})
    if people.get(work, person).mobile not in {None, mobile_of(row)}:
        return Refused(0)
    calls.belongs_to(work, work.call, person)
    audit.record(work, "person.proved", person, code=row.id)
    return Insured(person, row.id)


def _had_enough(work: Work, claim: Claim) -> bool:
    """Say whether somebody had as many codes and calls as they get in an hour, or failed too often."""
    recent = work.execute(_RECENT, {"subject": _bytes(claim), "since": work.now - HOUR}).scalar_one()
    return recent >= CODES_AN_HOUR or failures.too_many(work, _bytes(claim))


def _on_file(work: Work, claim: Claim) -> Mobile | None:
    return people.get(work, claim.person).mobile if claim.person else None


def _note(work: Work, number: int, claim: Claim, to: Mobile | None, digest: bytes | None) -> datetime:
    """Write the row of a code, or of a call where there is no digest; return when it expires."""
    expires_at = work.now + CODE_LIFE
    row = {
        "id": number,
        "call_id": work.call,
        "subject": _bytes(claim),
        "person_id": claim.person,
        "mobile": seal(to.encode(), f"codes:{number}") if to else None,
        "digest": digest,
        "aloud": work.actor.kind == "advisor",
        "tries_left": TRIES,
        "sent_at": work.now,
        "expires_at": expires_at,
    }
    work.execute(_INSERT, row)
    return expires_at


def _bytes(claim: Claim) -> bytes:
    return bytes.fromhex(claim.subject)


def _serialise(work: Work, subject: str) -> None:
    """Let two calls about one person count one after the other."""
    work.execute(_SERIALISE, {"key": int(subject[:15], 16)})
