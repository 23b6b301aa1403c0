"""Who is calling: what they claim, and the code, or the call to their mobile, that proves it.

Card figures and birth dates leaked in 2025: they say who a caller claims to be, and prove nothing. An unknown pair goes
through the same questions as a known one, to a code that was never sent. Limits live here, in PostgreSQL.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from backend import audit, calls, failures, messages, people
from backend.db import metadata
from backend.errors import BadInputError
from backend.examples import examples
from backend.people import Person
from backend.seal import mac, mac_matches, seal, unseal
from backend.values import (
    BirthDate,
    FewDigits,
    IdentityCardDigits,
    Mobile,
    OneTimeCode,
    PersonId,
    RegistrationNumber,
    TaxReference,
)
from backend.wording import Language
from backend.work import Work

CODE_LIFE = timedelta(minutes=5)
TRIES = 3
HOUR = timedelta(hours=1)
CODES_AN_HOUR = 3  # a person, the first included, over all calls; a call to their mobile counts as one
CLAIMS_A_CALL = 5  # different people, known or not: nobody reads a leaked list to us in one call
KEPT = timedelta(days=2)  # longer than any limit counts, and any call lasts

codes = Table(
    "codes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the digest binds it
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),  # null: a code that was never sent
    Column("mobile", LargeBinary),  # sealed: where it went
    Column("digest", LargeBinary),  # null: no code, but a call to that mobile, confirmed with a key
    Column("aloud", Boolean, nullable=False, server_default="false"),  # to be said to an advisor
    Column("tries_left", Integer, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_in", BigInteger, ForeignKey("calls.id")),  # of a call: that call itself
    Column("proved_at", DateTime(timezone=True)),
    Index(None, "subject", "sent_at"),
    Index(None, "call_id", "id"),
)
# put together once: many calls send and check codes
_SERIALISE = text("select pg_advisory_xact_lock(:key)")
_NEXT = select(func.nextval("codes_id_seq"))
_INSERT = insert(codes)
_RECENT = select(func.count()).where(codes.c.subject == bindparam("subject"), codes.c.sent_at > bindparam("since"))
_OTHERS = select(func.count(codes.c.subject.distinct())).where(
    codes.c.call_id == bindparam("call"), codes.c.subject != bindparam("subject")
)
_OF_CALL = (
    select(codes)
    .where(codes.c.id <= bindparam("newest"), codes.c.call_id == bindparam("call"), codes.c.digest.is_not(None))
    .order_by(codes.c.id.desc())
    .limit(CODES_AN_HOUR)
    .with_for_update()
)
_PROOF = select(codes.c.id, codes.c.mobile).where(codes.c.id == bindparam("proof"))
_USE_UP = update(codes).where(codes.c.call_id == bindparam("call"), codes.c.subject == bindparam("about"))


@final
@dataclass(frozen=True)
class Insured:
    """Somebody who proved who they are: amounts, files, rights and names need one. Only this module makes it.

    Without a proof an advisor has opened the record of somebody who has proved nothing, for a reason that is audited.
    """

    person: PersonId
    proof: int | None


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


@examples(
    Claim(PersonId(1), "ab", FewDigits("12"), "code"),
    Claim(PersonId(1), "ab", FewDigits(""), "tax-reference"),
    Claim(PersonId(1), "ab", FewDigits(""), "advisor"),
)
def claim_registration(work: Work, card: IdentityCardDigits, born: BirthDate) -> Claim:
    """Find whose registration these card figures and this birth date are: pending, or complete already.

    None: a claim that looks like any other. Several, nothing to prove it by, or one claim too many: an advisor.
    """
    return _claim(work, people.with_card(work, card, born), mac("pair", card, str(born)), by_tax=True)


@examples(Claim(PersonId(1), "ab", FewDigits("12"), "code"), Claim(PersonId(1), "ab", FewDigits(""), "advisor"))
def claim_number(work: Work, number: RegistrationNumber, born: BirthDate) -> Claim:
    """Find whose registration number and birth date these are; proved by a code to the mobile on file, or not here."""
    return _claim(work, people.with_number(work, number, born), mac("number", number, str(born)), by_tax=False)


@examples(Claim(PersonId(1), "ab", FewDigits("12"), "code"), Claim(PersonId(1), "ab", FewDigits(""), "advisor"))
def claim_card(work: Work, card: IdentityCardDigits, born: BirthDate) -> Claim:
    """Find whose card figures and birth date these are; proved by a code to the mobile on file, or not here."""
    return _claim(work, people.with_card(work, card, born), mac("pair", card, str(born)), by_tax=False)


def _claim(work: Work, found: list[Person], pair: bytes, *, by_tax: bool) -> Claim:
    """Return the claim to be one of those found; of nobody, one like any other by the digest of what was keyed."""
    subject = (_subject(found[0].id) if found else pair).hex()
    if _claimed_others(work, subject) >= CLAIMS_A_CALL:
        return Claim(None, subject, FewDigits(""), "advisor")
    if not found:
        return Claim(None, subject, FewDigits(f"{int.from_bytes(pair[:4], 'big') % 100:02}"), "code")
    person, *others = found
    if others:
        return Claim(None, subject, FewDigits(""), "advisor")
    if person.mobile and person.mobile_proves_from and person.mobile_proves_from > work.now:
        return Claim(person.id, subject, FewDigits(""), "advisor")
    if person.mobile:
        return Claim(person.id, subject, person.mobile.ending, "code")
    has_tax = by_tax and person.status == "pending" and person.tax_id
    return Claim(person.id, subject, FewDigits(""), "tax-reference" if has_tax else "advisor")


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


def _proved(work: Work, row: Row[Any]) -> Insured | Refused:
    """Use up the codes of this call about this person; they prove nothing if their mobile is on file no more."""
    person = PersonId(row.person_id)
    work.execute(_USE_UP, {"call": row.call_id, "about": row.subject, "proved_at": work.now})
    if people.get(work, person).mobile not in {None, _mobile(row)}:
        return Refused(0)
    calls.belongs_to(work, work.call, person)
    audit.record(work, "person.proved", person, code=row.id)
    return Insured(person, row.id)


def claim_of(work: Work, insured: Insured) -> Claim:
    """Return the claim to be whose record an advisor has opened; it is proved as any other."""
    return _claim(work, [people.get(work, insured.person)], b"", by_tax=True)


def code_sent(work: Work) -> CodeSent | None:
    """Return the code of this call that waits to be said to an advisor, the newest; None where none does."""
    waiting = (codes.c.call_id == work.call) & codes.c.digest.is_not(None) & codes.c.aloud
    row = work.execute(select(codes).where(waiting).order_by(codes.c.id.desc()).limit(1)).one_or_none()
    over = row is None or row.proved_at or row.tries_left == 0 or row.expires_at <= work.now
    return None if over or row is None else CodeSent(row.id, row.expires_at)


def proved_mobile(work: Work, insured: Insured) -> Mobile:
    """Return the mobile that this proof went to. Raises BadInputError where there is none."""
    if insured.proof is None:
        raise BadInputError("nobody has proved to be this person")
    return _mobile(work.execute(_PROOF, {"proof": insured.proof}).one())


def mobile_for(work: Work, insured: Insured) -> Mobile:
    """Return where an SMS goes: to the mobile that the caller was proved by; from an advisor, to the one on file.

    The advisor may have corrected it since. Raises BadInputError where there is none.
    """
    on_file = people.get(work, insured.person).mobile if work.actor.kind == "advisor" else None
    return on_file or proved_mobile(work, insured)


def open_record(work: Work, call: int, person: PersonId) -> Insured:
    """Open the record of who has proved who they are in a call, for an advisor who says why; it is audited.

    Raises BadInputError for anybody but an advisor, without a reason, and where this call proved nothing about them.
    """
    insured = keep_open(work, person, call)
    audit.record(work, "record.opened", person, call=call)
    return insured


def keep_open(work: Work, person: PersonId, call: int | None) -> Insured:
    """Return whose record an advisor has opened before, and audited then (`callcenter.records`).

    `call`: the one in which they proved who they are, None for who proved nothing. Raises as `open_record` does.
    """
    if work.actor.kind != "advisor" or not work.actor.reason:
        raise BadInputError("a record is opened by an advisor, for a reason")
    if call is None:
        return Insured(person, None)
    here = codes.join(calls.calls, calls.calls.c.id == func.coalesce(codes.c.confirmed_in, codes.c.call_id))
    about = (codes.c.person_id == person) & (calls.calls.c.person_id == person) & codes.c.proved_at.is_not(None)
    proved = select(func.max(codes.c.id)).select_from(here).where(calls.calls.c.id == call, about)
    proof = work.execute(proved).scalar_one()
    if proof is None:
        raise BadInputError("nobody has proved to be this person in this call")
    return Insured(person, proof)


def erase_old(work: Work) -> int:
    """Delete codes and failures that no limit counts any more, and return how many."""
    gone = work.execute(delete(codes).where(codes.c.sent_at < work.now - KEPT)).rowcount
    return gone + failures.erase_old(work)


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


def _subject(person: PersonId) -> bytes:
    return mac("person", str(person))


def _bytes(claim: Claim) -> bytes:
    return bytes.fromhex(claim.subject)


def _serialise(work: Work, subject: str) -> None:
    """Let two calls about one person count one after the other."""
    work.execute(_SERIALISE, {"key": int(subject[:15], 16)})


def _claimed_others(work: Work, subject: str) -> int:
    """Count the people, known or not, that this call claimed to be before."""
    given = {"call": work.call, "subject": bytes.fromhex(subject)}
    return int(work.execute(_OTHERS, given).scalar_one())


def _mobile(row: Row[Any]) -> Mobile:
    return Mobile(unseal(row.mobile, f"codes:{row.id}").decode())
