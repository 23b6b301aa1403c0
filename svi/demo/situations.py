"""What the rules say of somebody invented, on a day, by name: one for contributions, one for claims, several rights.

The rules are asked, nobody's way of paying: so the words that go with a name cannot promise what a call does not hold.
"""

from collections.abc import Iterator
from datetime import date

from backend.claims import Claim
from backend.rules import categories, claim_delay
from backend.rules.birth_leave import birth_leave
from backend.rules.family_allowances import family_allowances
from backend.rules.loss_of_employment import loss_of_employment
from backend.rules.maternity import maternity
from backend.rules.pension import pension
from backend.rules.standing import Standing, standing
from backend.values import Month
from svi.demo.population import Registered


def of(insured: Registered, today: date) -> Iterator[str]:
    """Give the names of all situations that somebody is in."""
    if insured.person.category in categories.self_employed():
        yield f"contributions-{contributions(stands(insured, today))}"
    if newest := max(insured.claims, key=lambda claim: (claim.deposited_on, claim.file_number), default=None):
        yield f"claim-{claim_file(newest, today)}"
    yield from _rights(insured, today)


def stands(insured: Registered, today: date) -> Standing:
    """Return how somebody stands on a day."""
    person = insured.person
    return standing(
        person.category,
        Month.parse(person.contributions_from) if person.contributions_from else None,
        date.fromisoformat(person.amo_from) if person.amo_from else None,
        insured.charges,
        insured.payments,
        (),
        today,
    )


def contributions(told: Standing) -> str:
    """Return the debt cancellation's situation; for whom it does not concern, AMO's; where AMO is open, the balance."""
    measure = told.cancellation
    if measure.situation != "not-concerned":
        if measure.situation not in ("open", "in-progress"):
            return measure.situation
        particular = "-but-for-a-month" if measure.before else "-for-an-advisor" if measure.advisor else ""
        return measure.situation + particular
    if told.amo.status != "open":
        return f"rights-{told.amo.status}"
    if told.balance.owed:
        return "penalties-owed" if not told.balance.contributions else "owed"
    if told.balance.credit:
        return "in-credit"
    return "next-due" if told.balance.next_due else "nothing-due"


def claim_file(claim: Claim, today: date) -> str:
    """Return a file's status, and what is particular about it."""
    match claim.status:
        case "received" | "in-review" if _is_late(claim, today):
            return "late"
        case "medical-check":
            return "appointment" if claim.status_date > today else "medical-check"
        case "awaiting-documents" if not claim.missing_documents:
            return "documents-unnamed"
        case "rejected" if not claim.reason:
            return "rejected-unexplained"
        case "settled" | "paid" if not claim.payable:
            return f"{claim.status}-without-amount"
        case _:
            return claim.status


def _is_late(claim: Claim, today: date) -> bool:
    return claim_delay.expected(claim.deposited_on, claim_delay.average((), today), today).over


def _rights(insured: Registered, today: date) -> Iterator[str]:
    person, worked, family = insured.person, insured.salaries, insured.family
    judged = {
        "pension": pension(person.category, person.birth_date, worked, today),
        "allowances": family_allowances(person.category, worked, family, today),
        "unemployment": loss_of_employment(person.category, worked, today),
        "maternity": maternity(person.category, worked, today),
        "birth": birth_leave(person.category, worked, family, today),
    }
    return (f"{benefit}-{right.outcome}" for benefit, right in judged.items())
