"""The SMS of product.md: on which occasions one is sent, how long it may be, how many a person gets."""

import warnings
from datetime import datetime, timedelta

from backend import log, outbox
from backend.seal import mac
from backend.values import Mobile, PersonId, Value
from backend.wording import Language, written
from backend.wording.segments import MOST_SEGMENTS, segments
from backend.work import Work

CODE = outbox.Terms(priority=0, validity=timedelta(minutes=5))
INFORMATION = outbox.Terms(priority=1)
OCCASIONS: dict[str, outbox.Terms] = {
    "sms-code": CODE,
    "sms-registration-completed": INFORMATION,
    "sms-registration-completed-held": INFORMATION,
    "sms-registration-number": INFORMATION,
    "sms-callback-arranged": INFORMATION,
    "sms-commitment": INFORMATION,
    "sms-payment": INFORMATION,
    "sms-payment-link": INFORMATION,
    "sms-documents-loss-of-employment": INFORMATION,
    "sms-documents-birth-leave": INFORMATION,
}
"""Message ids of prompts/*/sms.ftl, and how each is sent; a code is worth nothing after five minutes."""

MOST_A_DAY = 20  # informations to one number or about one person; `identity` limits codes, and says so to the caller

_log = log.get("messages")


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
) -> None:
    """Promise an SMS, once for each `key`; it is composed now and goes after the commit, not before `not_before`.

    Beyond the daily limit it is recorded as withheld.
    """
    body = written(language, occasion, **values)
    if (parts := segments(body)) > MOST_SEGMENTS:
        _log.error("sms.too-long", occasion=occasion, language=language, segments=parts)
        warnings.warn(f"{occasion} in {language!r} takes {parts} segments", LongMessageWarning, stacklevel=2)
    terms, recipient = OCCASIONS[occasion], mac("sms-recipient", to)
    withheld = terms is INFORMATION and _too_many(work, recipient, person)
    if withheld:
        _log.warning("sms.withheld", occasion=occasion, person=person)
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
        withheld=withheld,
    )


def _too_many(work: Work, recipient: bytes, person: PersonId | None) -> bool:
    day = work.now - timedelta(days=1)
    return outbox.promised_since(work, day, INFORMATION, recipient, person) >= MOST_A_DAY
