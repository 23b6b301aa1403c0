"""Promised calls: a wish to be called back is a row that nothing loses, until an advisor has called."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from backend import audit, messages
from backend.db import metadata
from backend.examples import examples
from backend.identity import Insured
from backend.seal import seal, unseal
from backend.values import FewDigits, Mobile, Telephone, Term, parsed
from backend.wording import Language
from backend.work import Work

Half = Literal["morning", "afternoon"]

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed number binds it
    Column("call_id", BigInteger, ForeignKey("calls.id"), nullable=False, unique=True),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("number", LargeBinary, nullable=False),  # sealed, E.164
    Column("language", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("half", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="promised"),
    Column("promised_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("half in ('morning', 'afternoon')", name="half"),
    CheckConstraint("state in ('promised', 'kept', 'missed')", name="state"),
    Index(None, "state", "day"),
)


@dataclass(frozen=True)
class Promised:
    """When we shall call, and on which number."""

    day: date
    half: Term
    ending: FewDigits


@examples(lambda number, day, half, *_others: Promised(day, Term(f"half-day-{half}"), number.ending))
def promise(
    work: Work, number: Telephone, day: date, half: Half, language: Language, reason: str, insured: Insured | None
) -> Promised:
    """Record the wish, once a call; confirm it by SMS where the number is a mobile. Twice: what was promised first."""
    id_ = int(work.execute(select(func.nextval("callbacks_id_seq"))).scalar_one())
    person = insured.person if insured else None
    row = {
        "id": id_,
        "call_id": int(work.actor.reference),
        "person_id": person,
        "number": seal(number.encode(), f"callbacks:{id_}"),
        "language": language,
        "reason": reason,
        "day": day,
        "half": half,
        "promised_at": work.now,
    }
    new = insert(callbacks).values(row).on_conflict_do_nothing(index_elements=["call_id"]).returning(callbacks.c.id)
    if work.execute(new).first() is None:
        return _promised_before(work)
    promised = Promised(day, Term(f"half-day-{half}"), number.ending)
    audit.record(work, "callback.promised", person, callback=id_)
    if mobile := parsed(Mobile.parse, number):
        occasion, key = "sms-callback-arranged", f"callback-arranged:{id_}"
        messages.send(work, occasion, key, mobile, language, person=person, day=day, half=promised.half)
    return promised


def _promised_before(work: Work) -> Promised:
    row = work.execute(select(callbacks).where(callbacks.c.call_id == int(work.actor.reference))).one()
    number = Telephone(unseal(row.number, f"callbacks:{row.id}").decode())
    return Promised(row.day, Term(f"half-day-{row.half}"), number.ending)
