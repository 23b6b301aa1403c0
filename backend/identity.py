"""Who is calling: what they claim, and the code that proves it.

Card figures and birth dates leaked in 2025: they say who a caller claims to be, and prove nothing. An unknown pair goes
through the same questions as a known one, to a code that was never sent. Limits live here, in PostgreSQL.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from backend import audit, calls, log, messages, people
from backend.db import metadata
from backend.seal import mac, mac_matches, seal, unseal
from backend.values import BirthDate, FewDigits, IdentityCardDigits, Mobile, OneTimeCode, PersonId, TaxReference
from backend.wording import Language
from backend.work import Work

CODE_LIFE = timedelta(minutes=5)
TRIES = 3
HOUR = timedelta(hours=1)
CODES_AN_HOUR = 3  # a person, the first included, over all calls
FAILURES_AN_HOUR = 6  # a caller's number
FAILURES_OF_THE_WITHHELD = 60  # all callers without a number together
FAILURES_OVER_ALL = 3_000  # guesses at a million codes: 0.3 % of one hit an hour, whoever tries
FAILURES_A_DAY_OF_ONE = 9  # about one person, whoever calls
KEPT = timedelta(days=2)  # longer than any limit counts, and any call lasts

codes = Table(
    "codes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the digest binds it
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),  # null: a code that was never sent
    Column("mobile", LargeBinary),  # sealed: where it went
    Column("digest", LargeBinary, nullable=False),
    Column("tries_left", Integer, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("proved_at", DateTime(timezone=True)),
    Index(None, "subject", "sent_at"),
)
failures = Table(
    "failures",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("caller", LargeBinary, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Index(None, "caller", "at"),
    Index(None, "subject", "at"),
    Index(None, "at"),
)
_log = log.get("identity")


@final
@dataclass(frozen=True)
class Insured:
    """Somebody who proved who they are: amounts, files, rights and names need one. Only `check_code` makes it."""

    person: PersonId
    proof: int


@dataclass(frozen=True)
class Claim:
    """Whom a caller claims to be, known or not, and how it can be proved."""

    person: PersonId | None
    subject: str  # keyed digest, hexadecimal: limits count by it, alike for the unknown
    ending: FewDigits  # the last two digits of the mobile on file; derived from what was keyed where there is none
    way: Literal["code", "tax-reference", "advisor"]


@dataclass(frozen=True)
class CodeSent:
    """A code is on its way (or would be, for an unknown pair)."""

    id: int
    expires_at: datetime


@dataclass(frozen=True)
class TooMany:
    """No more codes or tries for now: an advisor."""


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


def claim_registration(work: Work, card: IdentityCardDigits, born: BirthDate) -> Claim:
    """Find whose registration these card figures and this birth date are: pending, or complete already.

    None: a claim that looks like any other. Several, or nothing to prove it by: an advisor.
    """
    found = people.with_card(work, card, born)
    pair = mac("pair", card, str(born))
    if not found:
        return Claim(None, pair.hex(), FewDigits(f"{int.from_bytes(pair[:4], 'big') % 100:02}"), "code")
    person, *others = found
    subject = _subject(person.id).hex()
    if others:
        return Claim(None, subject, FewDigits(""), "advisor")
    if person.mobile:
        return Claim(person.id, subject, person.mobile.ending, "code")
    by_tax = person.status == "pending" and person.tax_id
    return Claim(person.id, subject, FewDigits(""), "tax-reference" if by_tax else "advisor")


def check_tax_reference(work: Work, claim: Claim, keyed: TaxReference) -> Matched | Refused | TooMany:
    """Compare with the last four digits of the tax identifier on file; a wrong one counts as a failure."""
    _serialise(work, claim.subject)
    if _blocked(work, claim.subject):
        return TooMany()
    on_file = people.get(work, claim.person).tax_id if claim.person else None
    if on_file and secrets.compare_digest(on_file[-len(keyed) :], keyed):
        return Matched()
    return _failed(work, claim.subject)


def send_code(work: Work, claim: Claim, language: Language, mobile: Mobile | None = None) -> CodeSent | TooMany:
    """Send six digits to the mobile on file, or to `mobile`, a new one; nothing is sent for an unknown claim."""
    _serialise(work, claim.subject)
    recent = select(func.count()).where(codes.c.subject == _bytes(claim), codes.c.sent_at > work.now - HOUR)
    if work.execute(recent).scalar_one() >= CODES_AN_HOUR or _blocked(work, claim.subject):
        return TooMany()
    to = mobile or (people.get(work, claim.person).mobile if claim.person else None)
    code = OneTimeCode(f"{secrets.randbelow(10**6):06}")
    number = work.execute(select(func.nextval("codes_id_seq"))).scalar_one()
    row = {
        "id": number,
        "call_id": int(work.actor.reference),
        "subject": _bytes(claim),
        "person_id": claim.person,
        "mobile": seal(to.encode(), f"codes:{number}") if to else None,
        "digest": mac("code", str(number), code),
        "tries_left": TRIES,
        "sent_at": work.now,
        "expires_at": work.now + CODE_LIFE,
    }
    work.execute(insert(codes), row)
    if claim.person and to:
        messages.send(work, "sms-code", f"code:{number}", to, language, person=claim.person, code=code)
    return CodeSent(number, row["expires_at"])


def check_code(work: Work, sent: CodeSent, keyed: OneTimeCode) -> Insured | Refused | Expired:
    """Compare with the code sent last, or one sent before it in this call and still alive: an SMS may be slow."""
    query = select(codes).where(codes.c.id <= sent.id, codes.c.call_id == int(work.actor.reference))
    newest, *others = work.execute(query.order_by(codes.c.id.desc()).limit(CODES_AN_HOUR).with_for_update()).all()
    if newest.proved_at or newest.tries_left == 0:
        return Refused(0)
    if newest.expires_at <= work.now:
        return Expired()
    for row in [newest, *others]:
        alive = row.subject == newest.subject and row.expires_at > work.now
        right = mac_matches(row.digest, "code", str(row.id), keyed)
        if right and alive and newest.person_id:
            proved = update(codes).where(codes.c.id == row.id).values(proved_at=work.now)
            work.execute(proved)
            person = PersonId(newest.person_id)
            calls.belongs_to(work, newest.call_id, person)
            audit.record(work, "person.proved", person, code=row.id)
            return Insured(person, row.id)
    left = newest.tries_left - 1
    work.execute(update(codes).where(codes.c.id == newest.id).values(tries_left=left))
    _failed(work, newest.subject.hex())
    return Refused(left)


def proved_mobile(work: Work, insured: Insured) -> Mobile:
    """Return the mobile that this proof went to."""
    sealed = work.execute(select(codes.c.mobile).where(codes.c.id == insured.proof)).scalar_one()
    return Mobile(unseal(sealed, f"codes:{insured.proof}").decode())


def erase_old(work: Work) -> int:
    """Delete codes and failures that no limit counts any more, and return how many."""
    old = work.now - KEPT
    gone = work.execute(delete(codes).where(codes.c.sent_at < old)).rowcount
    return gone + work.execute(delete(failures).where(failures.c.at < old)).rowcount


def _subject(person: PersonId) -> bytes:
    return mac("person", str(person))


def _bytes(claim: Claim) -> bytes:
    return bytes.fromhex(claim.subject)


def _serialise(work: Work, subject: str) -> None:
    """Let two calls about one person count one after the other."""
    work.execute(text("select pg_advisory_xact_lock(:key)"), {"key": int(subject[:15], 16)})


def _failed(work: Work, subject: str) -> Refused:
    """Count a failure against the caller's number, the person and all; return the tries left in this call."""
    call = int(work.actor.reference)
    row = {"at": work.now, "call_id": call, "caller": calls.caller_of(work, call), "subject": bytes.fromhex(subject)}
    work.execute(insert(failures), row)
    here = select(func.count()).where(failures.c.call_id == call, failures.c.subject == row["subject"])
    return Refused(max(0, TRIES - work.execute(here).scalar_one()))


def _blocked(work: Work, subject: str) -> bool:
    """Say whether this caller's number, this person, or all callers together failed too often."""
    hour = failures.c.at > work.now - HOUR
    caller = calls.caller_of(work, int(work.actor.reference))
    most = FAILURES_OF_THE_WITHHELD if caller == calls.caller_digest(None) else FAILURES_AN_HOUR
    counts = select(
        select(func.count()).where(failures.c.caller == caller, hour).scalar_subquery(),
        select(func.count())
        .where(failures.c.subject == bytes.fromhex(subject), failures.c.at > work.now - 24 * HOUR)
        .scalar_subquery(),
        select(func.count()).where(hour).scalar_subquery(),
    )
    of_caller, of_subject, over_all = map(int, work.execute(counts).one())
    if over_all >= FAILURES_OVER_ALL:
        _log.error("failures.over-all", count=over_all, limit=FAILURES_OVER_ALL)
    return of_caller >= most or of_subject >= FAILURES_A_DAY_OF_ONE or over_all >= FAILURES_OVER_ALL
