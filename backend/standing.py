"""How a self-employed worker stands today: what they owe, the debt cancellation, AMO, the one thing to do.

The rules are pure (`backend.rules.standing`); here they meet the records.
"""

from dataclasses import replace
from datetime import date

from backend import contributions, people
from backend.examples import examples
from backend.identity import Insured
from backend.rules import standing as rules
from backend.rules.ledger import Charge, Payment
from backend.rules.standing import Standing
from backend.values import Dirhams, Month, PersonId
from backend.work import Work


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
_LATER = {f"2023-{12:02}": date(2024, 2, 12), "2024-01": date(2024, 2, 12), "2024-02": date(2024, 2, 12)}


@examples(
    lambda _: _example(_SPRING, {}),
    lambda _: _example(_SPRING, _ALL),
    lambda _: _example(_SPRING, _ALL, 30),
    lambda _: _example(date(2023, 12, 20), {}),
    lambda _: _example(_SPRING, _LATER),
    lambda _: _example(date(2024, 6, 20), _LATER, 36),
    lambda _: _example(date(2025, 3, 20), _LATER | {str(Month(2024, 3) + n): date(2024, 3, 1) for n in range(12)}, 39),
    lambda _: _example(date(2024, 6, 20), {}),
    lambda _: _example(_SPRING, {}, 0, "employee"),
)
def tell(work: Work, insured: Insured) -> Standing:
    """Return how the caller stands, in brief."""
    return brief(of(work, insured.person))
