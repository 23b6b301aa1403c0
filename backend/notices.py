"""Notices: what people are told by SMS without having asked.

None names an amount, a person or a registration number: whoever holds the telephone may read it. Whoever has no mobile
on file is told nothing.
"""

from datetime import date, timedelta
from functools import partial
from typing import Literal

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, literal, select
from sqlalchemy.exc import DBAPIError

from backend import claims, log, messages, people, scans, standing
from backend.claims import ENDED, Change
from backend.contributions import charges, payments
from backend.identity import Insured
from backend.messages import Sent, Withheld
from backend.outbox import outbox
from backend.people import Person
from backend.rules import cancellation, parameters
from backend.values import PersonId, RegistrationNumber
from backend.wording import LANGUAGES, Language
from backend.work import Work

CHANGES = 100
"""Changes of claim files a transaction."""
UNKNOWN: Language = "ar"
"""The language of people who chose none."""
_DUE = "contribution-due"
_ALONE = select(func.pg_try_advisory_xact_lock(func.hashtextextended("claim-changes", 0)))
_log = log.get("notices")


def tell_of_claims(work: Work) -> bool:
    """Tell of the next changes of claim files, and say whether there may be more.

    Of several changes of one file the last is told. A change is noted as told in the transaction that promises the SMS.
    """
    if not work.execute(_ALONE).scalar_one():
        return False
    changes = claims.untold(work, CHANGES)
    newest = {change.file_number: change for change in changes}
    for change in newest.values():
        try:
            with work.connection.begin_nested():
                _tell(work, change)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 one change that can't be told must not hold up the others
            _log.error("change.passed-over", change=change.id, error=type(error).__name__)
    if changes:
        claims.told(work, changes)
    return len(changes) == CHANGES


def remind(work: Work) -> bool:
    """Remind the next people of a contribution due soon, and say whether there is more to do today.

    For those who take part in the debt cancellation, once for each of their months, from so many days before its due
    date (`rules/reminders.yaml`) until that day, while it is unpaid. It is the first payment that makes them take part.
    """
    last = work.today + timedelta(parameters.on("reminders", work.today).whole("days-before"))
    return scans.go_on(work, _DUE, _perhaps_due(work.today, last), partial(_remind, last=last))


def tell_due(work: Work, insured: Insured, language: Language) -> Sent | Withheld | None:
    """Tell somebody, as they asked, by when the next contribution is due; None where none is, or no mobile."""
    person, due = people.get(work, insured.person), standing.of(work, insured.person).balance.next_due
    if due is None or person.mobile is None:
        return None
    key, occasion = f"{_DUE}:asked:{person.id}:{work.actor.occasion}", "sms-contribution-due"
    return messages.send(
        work, occasion, key, person.mobile, language, person=person.id, due_month=due.month, due_on=due.due_date
    )


def tell_of_campaign(work: Work, campaign: str, number: RegistrationNumber) -> Literal["told", "withheld", "unknown"]:
    """Promise a campaign's SMS to who bears a registration number, once; unknown: nobody does, or has no mobile."""
    person = people.numbered(work, number)
    if person is None or person.mobile is None:
        return "unknown"
    key = f"campaign:{campaign}:{person.id}"
    sent = messages.send(work, "sms-campaign", key, person.mobile, _language(person), person=person.id)
    return "told" if isinstance(sent, Sent) else "withheld"


def _tell(work: Work, change: Change) -> None:
    person = people.get(work, change.person)
    if not person.mobile:
        return
    key, language, file = f"claim-change:{change.id}", _language(person), change.file_number
    if change.status == "awaiting-documents" or (change.missing_documents and change.status not in ENDED):
        occasion = "sms-claim-document-missing"
        messages.send(work, occasion, key, person.mobile, language, person=person.id, file=file)
    else:
        occasion, became = "sms-claim-changed", change.status
        messages.send(work, occasion, key, person.mobile, language, person=person.id, file=file, became=became)


def _remind(work: Work, person_id: PersonId, *, last: date) -> None:
    stands = standing.of(work, person_id)
    if stands.cancellation.situation != "in-progress":
        return
    person = people.get(work, person_id)
    for account in stands.months:
        month, due_on = account.charge.month, account.charge.due_date
        if person.mobile and account.unpaid and work.today <= due_on <= last:
            key, occasion, language = f"{_DUE}:{person.id}:{month}", "sms-contribution-due", _language(person)
            messages.send(
                work, occasion, key, person.mobile, language, person=person.id, due_month=month, due_on=due_on
            )


def _perhaps_due(today: date, last: date) -> ColumnElement[bool]:
    """Choose of `people` who may have to be reminded: a mobile, a payment in the window, a charge not yet told of."""
    measure = cancellation.measure()
    key = literal(f"{_DUE}:") + cast(charges.c.person_id, Text) + ":" + func.to_char(charges.c.month, "YYYY-MM")
    return and_(
        people.people.c.mobile.is_not(None),
        exists().where(
            payments.c.person_id == people.people.c.id,
            payments.c.paid_on.between(measure.window_from, measure.window_to),
        ),
        exists().where(
            charges.c.person_id == people.people.c.id,
            charges.c.due_date.between(today, last),
            ~exists().where(outbox.c.business_key == key),
        ),
    )


def _language(person: Person) -> Language:
    return next((each for each in LANGUAGES if each == person.preferred_language), UNKNOWN)
