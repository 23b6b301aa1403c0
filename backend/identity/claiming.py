"""Whom a caller claims to be, and how that can be proved.

An unknown pair is a claim that looks like any other. How many people one call may claim to be is limited here.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import bindparam, func, select

from backend import people
from backend.examples import examples
from backend.identity.table import codes
from backend.people import Person
from backend.seal import mac
from backend.values import BirthDate, FewDigits, IdentityCardDigits, PersonId, RegistrationNumber
from backend.work import Work

CLAIMS_A_CALL = 5  # different people, known or not: nobody reads a leaked list to us in one call

_OTHERS = select(func.count(codes.c.subject.distinct())).where(
    codes.c.call_id == bindparam("call"), codes.c.subject != bindparam("subject")
)


@dataclass(frozen=True)
class Claim:
    """Whom a caller claims to be, known or not, and how it can be proved."""

    person: PersonId | None
    subject: str  # keyed digest, hexadecimal: limits count by it, alike for the unknown
    ending: FewDigits  # the last two digits of the mobile on file; derived from what was keyed where there is none
    way: Literal["code", "tax-reference", "advisor"]


@examples(
    Claim(PersonId(1), "ab", FewDigits("12"), "code"),
    Claim(PersonId(1), "ab", FewDigits(""), "tax-reference"),
    Claim(PersonId(1), "ab", FewDigits(""), "advisor"),
)
def claim_registration(work: Work, card: IdentityCardDigits, born: BirthDate) -> Claim:
    """Find whose registration these card figures and this birth date are: pending, or complete already.

    None: a claim that looks like any other. Several, nothing to prove it by, or one claim too many: an advisor.
    """
    return claim_to_be(work, people.with_card(work, card, born), mac("pair", card, str(born)), by_tax=True)


@examples(Claim(PersonId(1), "ab", FewDigits("12"), "code"), Claim(PersonId(1), "ab", FewDigits(""), "advisor"))
def claim_number(work: Work, number: RegistrationNumber, born: BirthDate) -> Claim:
    """Find whose registration number and birth date these are; proved by a code to the mobile on file, or not here."""
    return claim_to_be(work, people.with_number(work, number, born), mac("number", number, str(born)), by_tax=False)


@examples(Claim(PersonId(1), "ab", FewDigits("12"), "code"), Claim(PersonId(1), "ab", FewDigits(""), "advisor"))
def claim_card(work: Work, card: IdentityCardDigits, born: BirthDate) -> Claim:
    """Find whose card figures and birth date these are; proved by a code to the mobile on file, or not here."""
    return claim_to_be(work, people.with_card(work, card, born), mac("pair", card, str(born)), by_tax=False)


def claim_to_be(work: Work, found: list[Person], pair: bytes, *, by_tax: bool) -> Claim:
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


def _subject(person: PersonId) -> bytes:
    return mac("person", str(person))


def _claimed_others(work: Work, subject: str) -> int:
    """Count the people, known or not, that this call claimed to be before."""
    given = {"call": work.call, "subject": bytes.fromhex(subject)}
    return int(work.execute(_OTHERS, given).scalar_one())
