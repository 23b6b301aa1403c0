"""The debt cancellation: what callers undertook to pay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Table, delete, select
from sqlalchemy.dialects.postgresql import insert

from backend import audit, messages
from backend.db import metadata
from backend.examples import examples
from backend.identity import Insured, mobile_for
from backend.messages import Sent, Withheld
from backend.settings import settings
from backend.values import FewDigits, PersonId
from backend.wording import Language
from backend.work import Work

commitments = Table(
    "commitments",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("made_on", Date, nullable=False),
    Column("call_id", BigInteger, ForeignKey("calls.id")),
)


@dataclass(frozen=True)
class Commitment:
    """Somebody undertook to pay their contributions regularly from now on."""

    made_on: date


@examples(None, Commitment(date(2024, 2, 1)))
def recall(work: Work, insured: Insured) -> Commitment | None:
    """Return what the caller undertook, None where nothing."""
    return commitment_of(work, insured.person)


def commitment_of(work: Work, person: PersonId) -> Commitment | None:
    """Return what a person undertook, None where nothing."""
    row = work.execute(select(commitments.c.made_on).where(commitments.c.person_id == person)).one_or_none()
    audit.record(work, "commitment.read", person)
    return Commitment(row.made_on) if row else None


@examples(Sent(FewDigits("12")), Withheld())
def commit(work: Work, insured: Insured, language: Language) -> Sent | Withheld:
    """Record that the caller undertakes to pay regularly from now on, and send the payment link; once a person."""
    row = {
        "person_id": insured.person,
        "made_on": work.today,
        "call_id": work.actor.call,
    }
    new = insert(commitments).values(row).on_conflict_do_nothing().returning(commitments.c.person_id)
    if work.execute(new).first():
        audit.record(work, "commitment.made", insured.person)
    link, key = settings().svi_payment_url, f"commitment:{insured.person}:{work.actor.occasion}"
    mobile = mobile_for(work, insured)
    return messages.send(work, "sms-commitment", key, mobile, language, person=insured.person, link=link)


def take_back(work: Work, insured: Insured) -> bool:
    """Take back what somebody undertook today, and say whether there was anything: of a day that is over it stands."""
    made = (commitments.c.person_id == insured.person) & (commitments.c.made_on == work.today)
    gone = work.execute(delete(commitments).where(made)).rowcount > 0
    if gone:
        audit.record(work, "commitment.taken-back", insured.person)
    return gone
