"""The SMS of product.md: on which occasions one is sent, how long it may be, how many a person gets, who stops it."""

import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Executable, Row, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from backend import audit, log, outbox, quiet_hours
from backend.errors import BadInputError
from backend.outbox import switched_off
from backend.seal import mac, macs, unseal
from backend.values import FewDigits, Mobile, PersonId, Value
from backend.wording import Language, written
from backend.wording.segments import MOST_SEGMENTS, segments
from backend.work import Work

CODE = outbox.Terms(priority=0, validity=timedelta(minutes=5))
INFORMATION = outbox.Terms(priority=1)
NOTICE = outbox.Terms(priority=2)  # nobody asked for it: after all others, and not in quiet hours
OCCASIONS: dict[str, outbox.Terms] = {
    "sms-code": CODE,
    "sms-claim-changed": NOTICE,
    "sms-claim-document-missing": NOTICE,
    "sms-contribution-due": NOTICE,
    "sms-campaign": NOTICE,
    "sms-registration-completed": INFORMATION,
    "sms-registration-completed-held": INFORMATION,
    "sms-registration-number": INFORMATION,
    "sms-callback-arranged": INFORMATION,
    "sms-callback-place": INFORMATION,
    "sms-callback-missed": INFORMATION,
    "sms-information-self-employed": INFORMATION,
    "sms-information-employee": INFORMATION,
    "sms-information-paying": INFORMATION,
    "sms-information-depositing": INFORMATION,
    "sms-information-portal": INFORMATION,
    "sms-agencies": INFORMATION,
    "sms-claim": INFORMATION,
    "sms-commitment": INFORMATION,
    "sms-payment": INFORMATION,
    "sms-payment-owed": INFORMATION,
    "sms-payment-link": INFORMATION,
    "sms-documents-loss-of-employment": INFORMATION,
    "sms-documents-birth-leave": INFORMATION,
}
"""Message ids of prompts/*/sms.ftl, and how each is sent; a code is worth nothing after five minutes."""

ESSENTIAL = frozenset({"sms-code", "sms-registration-completed", "sms-registration-completed-held"})
"""They hold a code that is told in no other way: no limit, no switch."""
MOST_A_DAY = 20  # informations to one number or about one person; `identity` limits codes, and says so to the caller
MOST_NOTICES_A_DAY = 3
MOST_A_DAY_UNIDENTIFIED = 5  # informations to a number that anybody may have given

_SWITCHED_OFF = select(switched_off.c.occasion).where(switched_off.c.occasion == bindparam("occasion"))
_ONE_BY_ONE = select(func.pg_advisory_xact_lock(bindparam("recipient", type_=BigInteger)))
_log = log.get("messages")


@dataclass(frozen=True)
class Sent:
    """An SMS is on its way to the number that ends so."""

    ending: FewDigits


@dataclass(frozen=True)
class Withheld:
    """None goes: the number had as many in a day as it may get, or an operator switched this one off."""


@dataclass(frozen=True)
class Past:
    """An SMS promised to somebody. `ending`: of its number, None where that is neither known any more nor on file.

    `text` is there until it has arrived or failed, and never where it holds a code.
    """

    occasion: str
    promised_at: datetime
    state: outbox.State
    ending: FewDigits | None
    text: str | None


class LongMessageWarning(UserWarning):
    """A text takes more segments than we pay for. It is sent all the same; under test a warning is an error."""


def send(
    work: Work,
    occasion: str,
    key: str,
    to: Mobile,
    language: Language,
    *,
    person: PersonId | None = None,
    not_before: datetime | None = None,
    **values: Value,
) -> Sent | Withheld:
    """Promise an SMS, once for each `key`; it is composed now and goes after the commit, not before `not_before`.

    A notice goes when quiet hours are over. Beyond the daily limit, or switched off, it is recorded as withheld.
    Return whether it goes: nobody is told of one that doesn't.
    """
    body = written(language, occasion, **values)
    if (parts := segments(body)) > MOST_SEGMENTS:
        _log.error("sms.too-long", occasion=occasion, language=language, segments=parts)
        warnings.warn(f"{occasion} in {language!r} takes {parts} segments", LongMessageWarning, stacklevel=2)
    terms, recipient = OCCASIONS[occasion], mac("sms-recipient", to)
    if terms is NOTICE:
        not_before = quiet_hours.next_permitted(max(not_before or work.now, work.now))
    withheld = _why_withheld(work, occasion, terms, recipient, person)
    if withheld:
        _log.warning("sms.withheld", occasion=occasion, person=person, why=withheld)
    outbox.promise(
        work,
        key,
        "sms",
        {"to": to, "body": body},
        occasion=occasion,
        recipient=recipient,
        terms=terms,
        person=person,
        not_before=not_before,
        withheld=bool(withheld),
    )
    return Withheld() if withheld else Sent(to.ending)


def switch(work: Work, occasion: str, *, on: bool) -> None:
    """Have an occasion's SMS withheld from the commit on, those that wait to be sent included, or sent again.

    `outbox.withhold` withholds those that wait; what was withheld stays so. Raises BadInputError for an occasion that
    there isn't, and for a code.
    """
    if occasion not in OCCASIONS:
        raise BadInputError(f"there is no message {occasion!r}: `svi messages list` names them")
    if occasion in ESSENTIAL:
        raise BadInputError(f"{occasion} can't be switched off: it holds a code that is told in no other way")
    change: Executable
    if on:
        change = delete(switched_off).where(switched_off.c.occasion == occasion).returning(switched_off)
    else:
        row = {"occasion": occasion, "since": work.now}
        change = insert(switched_off).values(row).on_conflict_do_nothing().returning(switched_off)
    if work.execute(change).first():
        audit.record(work, "message.on" if on else "message.off", None, occasion=occasion)


def off(work: Work) -> dict[str, datetime]:
    """Return the occasions that are switched off, and since when."""
    return {row.occasion: row.since for row in work.execute(select(switched_off))}


def of_person(work: Work, person: PersonId, on_file: Mobile | None, limit: int) -> list[Past]:
    """Return the SMS about a person, the newest first; `on_file` is their mobile."""
    mine = select(outbox.outbox).where(outbox.outbox.c.person_id == person, outbox.outbox.c.kind == "sms")
    rows = work.execute(mine.order_by(outbox.outbox.c.promised_at.desc(), outbox.outbox.c.id.desc()).limit(limit))
    known = macs("sms-recipient", on_file) if on_file else []
    audit.record(work, "messages.read", person)
    return [_past(row, on_file if row.recipient in known else None) for row in rows]


def _past(row: Row[Any], to: Mobile | None) -> Past:
    body = None
    if row.payload is not None:
        payload = orjson.loads(unseal(row.payload, f"outbox:{row.business_key}"))
        to, body = Mobile(payload["to"]), payload["body"]
    text = None if row.occasion in ESSENTIAL else body
    return Past(row.occasion, row.promised_at, row.state, to.ending if to else None, text)


def _why_withheld(
    work: Work, occasion: str, terms: outbox.Terms, recipient: bytes, person: PersonId | None
) -> str | None:
    if occasion in ESSENTIAL:
        return None
    if work.execute(_SWITCHED_OFF, {"occasion": occasion}).first():
        return "switched-off"
    return "too-many" if _too_many(work, terms, recipient, person) else None


def _too_many(work: Work, terms: outbox.Terms, recipient: bytes, person: PersonId | None) -> bool:
    if person is None:  # nothing else holds back two calls that ask for the same number at once
        work.execute(_ONE_BY_ONE, {"recipient": int.from_bytes(recipient[:8], signed=True)})
    day, most = work.now - timedelta(days=1), _most(terms, person)
    return outbox.promised_since(work, day, terms, recipient, person) >= most


def _most(terms: outbox.Terms, person: PersonId | None) -> int:
    """Return how many a day are sent on such terms to a number, or about a person."""
    if terms is NOTICE:
        return MOST_NOTICES_A_DAY
    return MOST_A_DAY if person else MOST_A_DAY_UNIDENTIFIED
