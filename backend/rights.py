"""What insured persons are entitled to: the records of people, relatives and salaries meet the rules, which are pure.

`of` gives the five benefits that interfaces.md names; the other functions are what a caller hears of one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend import family, identity, messages, people, salaries
from backend.examples import examples
from backend.identity import Insured
from backend.messages import Sent, Withheld
from backend.rules import birth_leave as birth_leave_rule
from backend.rules import family_allowances as family_allowances_rule
from backend.rules import loss_of_employment as loss_of_employment_rule
from backend.rules import maternity as maternity_rule
from backend.rules import pension as pension_rule
from backend.rules.benefits import Child, Missing, Right
from backend.values import Dirhams, FewDigits, PersonId
from backend.wording import Language
from backend.work import Work

Documented = Literal["loss-of-employment", "birth-leave"]
"""The benefits of which a source lists the documents (002_…)."""
Asking = Literal["loss-of-employment", "maternity"]
"""The benefits of which a caller is asked something before they are judged."""
MOST_TOLD = 20  # relatives of each kind: the result of a `once` is small


@dataclass(frozen=True)
class Rights:
    """The five benefits of one person, as the records of the day have them and nothing asked."""

    pension: Right
    family_allowances: Right
    loss_of_employment: Right
    maternity: Right
    birth_leave: Right


@dataclass(frozen=True)
class Declared:
    """The first names of the relatives on file, the oldest first."""

    spouses: tuple[str, ...]
    children: tuple[str, ...]


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


@examples(Declared(("Meryem",), ("Adam", "Lina")), Declared((), ("Sara",)), Declared((), ()))
def declared(work: Work, insured: Insured) -> Declared:
    """Return the spouses and children whom the caller declared."""
    relatives = family.of(work, insured.person)

    def of_kind(kind: Literal["spouse", "child"]) -> tuple[str, ...]:
        return tuple(relative.first_name for relative in relatives if relative.kind == kind)[:MOST_TOLD]

    return Declared(of_kind("spouse"), of_kind("child"))


@examples(True, False)
def is_for(work: Work, insured: Insured, benefit: Asking) -> bool:
    """Say whether a benefit is for somebody like the caller, before anything is asked: it is for employees."""
    judged = loss_of_employment(work, insured) if benefit == "loss-of-employment" else maternity(work, insured)
    return judged.outcome != "employees-only"


@examples(True, False)
def has_come(work: Work, day: date) -> bool:
    """Say whether a day is the business day, or past."""
    return day <= work.today


@examples(
    Right("entitled", entitled=True, amount=Dirhams("3120.00")),
    Right("days-missing", entitled=False, missing=(Missing("days", 240),)),
    Right("days-missing", entitled=False, missing=(Missing("days", 2398),), opens_on=date(2054, 8, 17)),
    Right("days-missing", entitled=None, missing=(Missing("days", 240),), estimate=True),
    Right("too-young", entitled=False, opens_on=date(2024, 9, 2)),
    Right("already-pensioner", entitled=True),
    Right("employees-only", entitled=False),
)
def pension(work: Work, insured: Insured) -> Right:
    """Return the caller's right to a pension."""
    who = people.get(work, insured.person)
    return pension_rule.pension(who.category, who.birth_date, salaries.of(work, who.id), work.today)


def _allowances(outcome: Literal["entitled", "only-in-farming"], *names: str, ages: int = 12) -> Right:
    """Return an example of allowances for children born in January 2024, who count up to an age."""
    born = date(2024, 1, 5)
    until = born.replace(year=born.year + ages) if ages else None
    children = tuple(Child(name, Dirhams("300.00"), until, born) for name in names)
    return Right(
        outcome,
        entitled=True if outcome == "entitled" else None,
        amount=Dirhams(300 * len(names)),
        until=until,
        conditions=("resident", "children-dependent") + (() if ages else ("minimum-wage",)),
        claim_by=date(2024, 7, 5) if ages else None,
        children=children,
    )


@examples(
    _allowances("entitled", "Adam", "Lina"),
    _allowances("entitled", "Adam", ages=0),
    Right("no-child", entitled=False),
    Right("children-too-old", entitled=False),
    Right("days-missing", entitled=False, missing=(Missing("days", 30),)),
    Right("pay-too-low", entitled=False, missing=(Missing("pay", 120),)),
    _allowances("only-in-farming", "Adam"),
    Right("children-of-a-pensioner", entitled=None),
    Right("employees-only", entitled=False),
)
def family_allowances(work: Work, insured: Insured) -> Right:
    """Return the caller's right to family allowances."""
    who = people.get(work, insured.person)
    relatives = family.of(work, who.id)
    return family_allowances_rule.family_allowances(who.category, salaries.of(work, who.id), relatives, work.today)


def _indemnity(amount: str | None, *conditions: str) -> Right:
    """Return an example of the allowance for the loss of employment."""
    return Right(
        "entitled",
        entitled=True,
        amount=Dirhams(amount) if amount else None,
        until=date(2024, 5, 1),
        conditions=("private-sector", "seeking-work", *conditions),
        documents=loss_of_employment_rule.DOCUMENTS,
        months=6,
        tell_within=7,
    )


def _unless_by_choice(right: Right) -> Callable[..., Right]:
    """Return an example for who did not leave by choice; for the others it is what they hear."""

    def example(_insured: Insured, _last_day: date, own_choice: bool) -> Right:
        return Right("own-choice", entitled=False) if own_choice else right

    return example


_FEW_DAYS = (Missing("days", 240), Missing("days-in-last-12-months", 30))


@examples(
    _unless_by_choice(_indemnity("2581.78")),
    _unless_by_choice(_indemnity("3111.39", "outside-farming")),
    _unless_by_choice(_indemnity(None, "minimum-wage")),
    _unless_by_choice(Right("days-missing", entitled=False, missing=_FEW_DAYS, until=date(2024, 5, 1))),
    _unless_by_choice(Right("too-late", entitled=False, until=date(2024, 3, 1))),
    Right("employees-only", entitled=False),
)
def loss_of_employment(
    work: Work, insured: Insured, last_day_worked: date | None = None, own_choice: bool | None = None
) -> Right:
    """Return the caller's right to the allowance for the loss of employment, by what they answered."""
    who = people.get(work, insured.person)
    worked = salaries.of(work, who.id)
    return loss_of_employment_rule.loss_of_employment(
        who.category, worked, work.today, last_day_worked=last_day_worked, own_choice=own_choice
    )


def _maternity(outcome: Literal["entitled", "notice-late"], amount: str | None) -> Right:
    """Return an example of maternity's daily allowances."""
    return Right(
        outcome,
        entitled=True,
        amount=Dirhams(amount) if amount else None,
        until=date(2024, 12, 11),
        conditions=("stops-paid-work",),
        notice_by=date(2024, 4, 10),
        days=98,
    )


@examples(
    _maternity("entitled", "157.69"),
    _maternity("entitled", None),
    _maternity("notice-late", "157.69"),
    Right("days-missing", entitled=False, missing=(Missing("days", 28),), until=date(2024, 12, 11)),
    Right("too-late", entitled=False, until=date(2024, 3, 1)),
    Right("employees-only", entitled=False),
)
def maternity(work: Work, insured: Insured, leave_start: date | None = None) -> Right:
    """Return the caller's right to maternity's daily allowances, for a leave that starts on a day."""
    who = people.get(work, insured.person)
    return maternity_rule.maternity(who.category, salaries.of(work, who.id), work.today, leave_start=leave_start)


def _birth_leave(outcome: Literal["entitled", "notice-late"], until: date | None) -> Right:
    """Return an example of the birth leave; without `until` there is no newborn on file."""
    return Right(
        outcome,
        entitled=True,
        amount=Dirhams("473.08"),
        until=until,
        conditions=("employer-declares-birth",),
        documents=birth_leave_rule.DOCUMENTS,
        notice_by=date(2024, 4, 5) if until else None,
        days=3,
    )


@examples(
    _birth_leave("entitled", date(2024, 9, 5)),
    _birth_leave("entitled", None),
    _birth_leave("notice-late", date(2024, 9, 5)),
    Right("not-declared", entitled=False),
    Right("employees-only", entitled=False),
)
def birth_leave(work: Work, insured: Insured) -> Right:
    """Return the caller's right to the birth leave."""
    who = people.get(work, insured.person)
    relatives = family.of(work, who.id)
    return birth_leave_rule.birth_leave(who.category, salaries.of(work, who.id), relatives, work.today)


@examples(Sent(FewDigits("04")), Withheld())
def send_documents(work: Work, insured: Insured, benefit: Documented, language: Language) -> Sent | Withheld:
    """Send the list of a benefit's documents to the mobile that proved the caller, once a call."""
    mobile = identity.mobile_for(work, insured)
    key = f"documents:{benefit}:{insured.person}:{work.actor.occasion}"
    return messages.send(work, f"sms-documents-{benefit}", key, mobile, language, person=insured.person)
