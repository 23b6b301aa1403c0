"""What insured persons are entitled to: their records meet the rules, which are pure."""

from dataclasses import dataclass

from backend import family, people, salaries
from backend.rules import birth_leave as birth_leave_rule
from backend.rules import family_allowances as family_allowances_rule
from backend.rules import loss_of_employment as loss_of_employment_rule
from backend.rules import maternity as maternity_rule
from backend.rules import pension as pension_rule
from backend.rules.benefits import Right
from backend.values import PersonId
from backend.work import Work


@dataclass(frozen=True)
class Rights:
    """The five benefits of one person, as the records of the day have them and nothing asked."""

    pension: Right
    family_allowances: Right
    loss_of_employment: Right
    maternity: Right
    birth_leave: Right


def of(work: Work, person: PersonId) -> Rights:
    """Return what somebody is entitled to on the business day."""
    who, worked, relatives = people.get(work, person), salaries.of(work, person), family.of(work, person)
    category, today = who.category, work.today
    return Rights(
        pension_rule.pension(category, who.birth_date, worked, today),
        family_allowances_rule.family_allowances(category, worked, relatives, today),
        loss_of_employment_rule.loss_of_employment(category, worked, today),
        maternity_rule.maternity(category, worked, today),
        birth_leave_rule.birth_leave(category, worked, relatives, today),
    )
