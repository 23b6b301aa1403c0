"""How a self-employed worker stands today: what they owe, the debt cancellation, AMO, the one thing to do.

The rules are pure (`backend.rules.standing`); here they meet the records.
"""

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from backend import contributions, messages, people
from backend.examples import examples
from backend.identity import Insured, mobile_for
from backend.messages import Sent, Withheld
from backend.rules import standing as rules
from backend.rules.ledger import Charge, Payment, dirhams
from backend.rules.standing import NextStep, Standing
from backend.settings import settings
from backend.values import Dirhams, FewDigits, Month, PersonId
from backend.wording import Language
from backend.work import Work

PAYMENTS_TOLD = 3


def of(work: Work, person: PersonId) -> Standing:
    """Return how somebody stands on the business day, with the accounts of all months."""
    who, ledger = people.get(work, person), contributions.records(work, person)
    return rules.standing(
        who.category,
        who.contributions_from,
        who.amo_from,
        ledger.charges,
        ledger.payments,
        ledger.cancelled,
        work.today,
    )


def _example(today: date, paid: dict[str, date], months: int = 28, category: str = "cpu") -> Standing:
    """Return how somebody stands who was charged 300 dirhams a month from December 2021 on."""
    charged = [Month(2021, 12) + n for n in range(months)]
    charges = [
        Charge(month, (month + 1).first_day.replace(day=10), *map(Dirhams.parse, ("300", "18", "25")))
        for month in charged
    ]
    payments = [Payment(month, Month.parse(month), Dirhams.parse("343"), day) for month, day in paid.items()]
    return brief(rules.standing(category, None, None, charges, payments, (), today))


def brief(standing: Standing) -> Standing:
    """Return the same without its long lists, as a journal can hold it."""
    return replace(
        standing,
        months=(),
        amo=replace(standing.amo, spells=()),
        cancellation=replace(standing.cancellation, lines=(), paid=(), missing=()),
    )


_SPRING = date(2024, 3, 20)
_ALL = {str(Month(2021, 12) + n): date(2023, 12, 20) for n in range(28)}
_BEFOREHAND = {str(Month(2023, 12) + n): date(2023, 12, 20) for n in range(4)}
_NOTHING_LEFT = {str(Month(2021, 12) + n): date(2024, 1, 15) for n in range(24)}
_LATER = {f"2023-{12:02}": date(2024, 2, 12), "2024-01": date(2024, 2, 12), "2024-02": date(2024, 2, 12)}


@examples(
    lambda _: _example(_SPRING, {}),
    lambda _: _example(_SPRING, _ALL),
    lambda _: _example(_SPRING, _ALL, 30),
    lambda _: _example(date(2023, 12, 20), {}),
    lambda _: _example(_SPRING, _LATER),
    lambda _: _example(_SPRING, _BEFOREHAND),
    lambda _: _example(_SPRING, _NOTHING_LEFT),
    lambda _: _example(_SPRING, {"2024-01": date(2024, 2, 12)}),
    lambda _: _example(date(2024, 6, 20), _LATER, 36),
    lambda _: _example(date(2025, 3, 20), _LATER | {str(Month(2024, 3) + n): date(2024, 3, 1) for n in range(12)}, 39),
    lambda _: _example(date(2024, 6, 20), {}),
    lambda _: _example(_SPRING, {}, 0, "employee"),
)
def tell(work: Work, insured: Insured) -> Standing:
    """Return how the caller stands, in brief."""
    return brief(of(work, insured.person))


@examples(NextStep("next-month", Dirhams.parse("300"), date(2024, 4, 10), Month(2024, 3)), NextStep("advisor"), None)
def next_step(work: Work, insured: Insured) -> NextStep | None:
    """Return the one thing that the caller has to do."""
    return of(work, insured.person).step


@examples(Sent(FewDigits("12")), Withheld())
def send_payment(work: Work, insured: Insured, step: NextStep | None, language: Language) -> Sent | Withheld:
    """Send how to pay to the mobile that the caller was proved by: amount, month and last day, if any, and the link."""
    mobile, link = mobile_for(work, insured), settings().svi_payment_url
    key, person = f"payment:{insured.person}:{work.actor.occasion}", insured.person
    if step is None or step.kind == "advisor" or step.not_before or not (step.amount and step.month):
        return messages.send(work, "sms-payment-link", key, mobile, language, person=person, link=link)
    amount, months, month = step.amount, step.months, step.month
    if step.by:
        return messages.send(
            work, "sms-payment", key, mobile, language,
            person=person, amount=amount, months=months, month=month, by=step.by, link=link,
        )  # fmt: skip
    return messages.send(
        work, "sms-payment-owed", key, mobile, language,
        person=person, amount=amount, months=months, month=month, link=link,
    )  # fmt: skip


def send_statement(work: Work, insured: Insured, language: Language) -> Sent | Withheld:
    """Send what somebody owes today, in its parts, to the mobile that they were proved by. Raises BadInputError."""
    mobile, balance = mobile_for(work, insured), of(work, insured.person).balance
    key, person = f"statement:{insured.person}:{work.actor.occasion}", insured.person
    owed, months, since = balance.owed, balance.months, balance.since or Month.of(work.today)
    return messages.send(
        work, "sms-statement", key, mobile, language,
        person=person, owed=owed, months=months, since=since, day=work.today,
    )  # fmt: skip


@dataclass(frozen=True)
class Paid:
    """A payment on record: dirhams, its day, the month that it was for."""

    amount: Dirhams
    paid_on: date
    month: Month


@examples(
    [Paid(Dirhams.parse("300"), date(2024, 2, 12), Month(2023, 12))],
    [],
)
def last_payments(work: Work, insured: Insured) -> list[Paid]:
    """Return the caller's last payments up to the business day, the newest first."""
    made = [
        payment for payment in contributions.records(work, insured.person).payments if payment.paid_on <= work.today
    ]
    newest = sorted(made, key=attrgetter("paid_on", "month", "reference"), reverse=True)[:PAYMENTS_TOLD]
    return [Paid(dirhams(each.amount), each.paid_on, each.month) for each in newest]
