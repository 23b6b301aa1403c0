"""Every situation of every rule that can exist on a day, exists among the people of the demonstration."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import get_args

import pytest

from backend.claims import STATUSES
from backend.rules import categories
from backend.rules.amo import Status
from backend.rules.benefits import Outcome, Right
from backend.rules.cancellation import Situation
from backend.rules.family_allowances import family_allowances
from backend.rules.loss_of_employment import loss_of_employment
from backend.rules.pension import pension
from backend.rules.standing import Kind, Standing
from svi.demo import population, situations
from svi.demo.population import Registered

from .conftest import AUTUMN, SPRING

WINTER = date(2023, 12, 20)
DAYS = (SPRING, AUTUMN)
NOBODY: dict[date, set[str]] = {
    WINTER: {"open", "in-progress", "interrupted", "granted", "missed"},
    SPRING: {"upcoming", "missed"},
    AUTUMN: {"upcoming"},
}
"""The situations of the debt cancellation that nobody can be in on a day.

In autumn 2026 nobody can be between two of the twelve months any more; in progress is who left a month before them
unpaid, and who lacks the charge of one.
"""
NOTHING_LEFT = {SPRING: set(), AUTUMN: {"first-payment", "next-month"}}
"""What nobody has to do on a day: the first payment, once the window is closed, and the next of the twelve months."""
BY_ANSWERS = {"own-choice", "too-late"}
"""Outcomes that hang on what callers answer, and on no record."""


@cache
def everybody(today: date) -> tuple[Registered, ...]:
    """Return everybody registered."""
    return tuple(population.registered(today))


def standings(today: date) -> list[Standing]:
    """Return how all the self-employed stand."""
    workers = (each for each in everybody(today) if each.person.category in categories.self_employed())
    return [situations.stands(each, today) for each in workers]


@pytest.mark.parametrize("today", NOBODY, ids=str)
def test_all_situations_of_the_debt_cancellation(today: date) -> None:
    """Those that can exist on the day, and no other."""
    found = {told.cancellation.situation for told in standings(today)}
    assert found == set(get_args(Situation)) - NOBODY[today]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_all_ways_of_being_in_progress_or_open(today: date) -> None:
    """A month before the twelve is left; one of the twelve has no charge; all was paid before the window."""
    found = {
        (told.cancellation.situation, told.cancellation.advisor, bool(told.cancellation.before))
        for told in standings(today)
    }
    assert {("open", True, False), ("in-progress", False, True)} <= found
    in_spring = {("open", False, False), ("in-progress", False, False)}
    assert found >= (in_spring if today == SPRING else {("in-progress", True, False)})


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_all_things_to_do(today: date) -> None:
    """Of each kind, and nothing."""
    found = {told.step.kind if told.step else None for told in standings(today)}
    assert found == {*get_args(Kind), None} - NOTHING_LEFT[today]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_all_states_of_the_health_insurance(today: date) -> None:
    """Open, closed, waiting: for the first time, for the next month, for the end of the waiting period."""
    found = [told.amo for told in standings(today)]
    assert {amo.status for amo in found} == set(get_args(Status)) - {"unknown"}
    waiting = [amo for amo in found if amo.status == "waiting"]
    assert {bool(amo.spells) for amo in waiting} == {True, False}
    assert any(len(amo.spells) > 1 for amo in found)


BALANCES: dict[str, Callable[[Standing], object]] = {
    "nothing owed": lambda told: not told.balance.owed,
    "all three parts": lambda told: (
        told.balance.contributions and told.balance.penalties and told.balance.enforcement_fees
    ),
    "penalties alone": lambda told: told.balance.penalties and not told.balance.contributions,
    "credit": lambda told: told.balance.credit,
    "a part of what is due next": lambda told: (
        told.balance.next_due and told.months[-1].remaining.total < told.months[-1].charge.contribution
    ),
    "nothing due next": lambda told: told.balance.next_due is None,
    "some of it can be cancelled": lambda told: told.cancellation.covered,
}


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("what", BALANCES)
def test_all_balances(what: str, today: date) -> None:
    """Of each shape that a caller hears of in other words."""
    assert any(map(BALANCES[what], standings(today)))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_all_states_of_claim_files(today: date) -> None:
    """Each status; documents and reasons that are known, unknown, not given; with and without an amount or a day."""
    newest = [each.claims[0] for each in everybody(today) if each.claims]
    assert {claim.status for claim in newest} == set(STATUSES)
    assert {len(claim.missing_documents) for claim in newest if claim.status == "awaiting-documents"} == {0, 1, 2}
    assert {"ordonnance", "bordereau Z-12"} <= {document for claim in newest for document in claim.missing_documents}
    reasons = {claim.reason for claim in newest if claim.status == "rejected"}
    assert {"dépôt hors délai", "motif 47-B", None} <= reasons
    for status in ("settled", "paid"):
        assert {bool(claim.payable) for claim in newest if claim.status == status} == {True, False}
    assert {claim.status_date > today for claim in newest if claim.status == "medical-check"} == {True, False}
    found = {situation for each in everybody(today) for situation in situations.of(each, today)}
    assert {"claim-in-review", "claim-late"} <= found
    assert {len(each.claims) for each in everybody(today)} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_all_outcomes_of_benefits(today: date) -> None:
    """Every one that the records alone decide."""
    found = {situation.partition("-")[2] for each in everybody(today) for situation in situations.of(each, today)}
    assert set(get_args(Outcome)) - BY_ANSWERS <= found


def judged(today: date) -> list[tuple[Right, Right, Registered]]:
    """Return pensions and family allowances."""
    return [
        (
            pension(each.person.category, each.person.birth_date, each.salaries, today),
            family_allowances(each.person.category, each.salaries, each.family, today),
            each,
        )
        for each in everybody(today)
    ]


def test_a_short_career_has_a_pension_since_may_2025() -> None:
    """1,320 days are enough then, for the amount of a band; before it, days are missing."""
    short = [each for right, _, each in judged(AUTUMN) if right.amount == 700]
    assert short
    assert any(
        "pension-days-missing" in situations.of(each, SPRING)
        for each in everybody(SPRING)
        if each.person.registration_number == short[0].person.registration_number
    )


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_children_of_all_kinds(today: date) -> None:
    """Two, seven of whom six count, an apprentice, a student, a disabled one without end, a newborn."""
    allowances = [(right, each) for _, right, each in judged(today) if right.outcome == "entitled"]
    assert {2, 6} <= {len(right.children) for right, _ in allowances}
    assert any(len(each.family) > len(right.children) > 5 for right, each in allowances)
    paid = {child.first_name for right, _ in allowances for child in right.children}
    relatives = [relative for _, each in allowances for relative in each.family]
    assert {relative.schooling for relative in relatives if relative.first_name in paid} >= {"apprentice", "student"}
    assert any(child.until is None for right, _ in allowances for child in right.children)
    assert any(right.claim_by for right, _ in allowances)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_answered_decides_of_the_loss_of_employment(today: date) -> None:
    """Somebody out of work for long asks too late, whatever else is on record."""
    rights = (
        loss_of_employment(
            each.person.category,
            each.salaries,
            today,
            last_day_worked=each.salaries[-1].month.first_day,
            own_choice=False,
        )
        for each in everybody(today)
        if each.salaries
    )
    assert {right.outcome for right in rights} >= {"too-late", "entitled", "days-missing"}


def test_everybody_is_somebody_else() -> None:
    """Both languages and scripts, all categories, with and without mobile or day of birth; apostrophes, a long name."""
    registered = [each.person for each in everybody(AUTUMN)]
    pending = [listed.person for listed in population.pending()]
    people = registered + pending
    assert len(people) > 200
    for names in ([each.registration_number for each in people], [each.cin[-6:] for each in people]):
        assert len(set(names)) == len(people)
    mobiles = [each.mobile for each in people if each.mobile]
    assert len(set(mobiles)) == len(mobiles) < len(people)
    assert {each.category for each in registered} == categories.every()
    assert {each.category for each in pending} == categories.self_employed()
    for group in (registered, pending):
        assert {each.birth_year_only for each in group} == {bool(each.mobile) for each in group} == {True, False}
        assert {each.preferred_language for each in group} == {"fr", "ar"}
        assert all(each.first_name_ar and each.last_name_ar for each in group)
    assert any("'" in each.last_name for each in registered)
    assert any(len(each.last_name) > 25 for each in registered)
    farmers = {each.amo_from for each in registered if each.category == "farmer"}
    assert len(farmers) > 1
    assert "" not in farmers
    assert {bool(listed.tax_id) for listed in population.pending()} == {True, False}


def test_the_same_people_each_time() -> None:
    """Lists made twice for a day are the same."""
    assert tuple(population.registered(AUTUMN)) == everybody(AUTUMN)


@pytest.mark.parametrize(
    "today", [date(2022, 1, 1), date(2024, 2, 29), date(2025, 1, 31), date(2027, 3, 1), date(2030, 12, 31)], ids=str
)
def test_any_day_will_do(today: date) -> None:
    """Early ones, ends of months, years to come."""
    assert all(set(situations.of(each, today)) for each in everybody(today))
