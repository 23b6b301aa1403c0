"""Rights, where the rules meet the records of the sample, on 20 March 2024."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, get_args

import pytest

from backend import examples, rights
from backend.identity import Insured
from backend.rights import Declared
from backend.rules.benefits import Outcome, Right
from backend.values import Dirhams
from backend.work import Actor, Work, begin
from tests.conftest import SAMPLE
from tests.feeds.lists import person_numbered

BY_HAND: dict[str, Any] = json.loads((SAMPLE / "expected-2024-03-20.json").read_text("utf-8"))
KNOWN = [
    (number, benefit)
    for number, known in BY_HAND.items()
    if isinstance(known, dict)
    for benefit in known.get("rights", ())
]
HICHAM, KHADIJA, RACHID, IMANE = "104228815", "118350942", "131907758", "140055216"


@contextmanager
def working() -> Iterator[Work]:
    """Work for a command."""
    with begin(Actor("command", "test")) as work:
        yield work


def insured(number: str) -> Insured:
    """Return somebody who proved who they are."""
    return Insured(person_numbered(number), 1)


def in_the_api(right: Right) -> dict[str, Any]:
    """Return a right in the shape of interfaces.md."""
    return {
        "entitled": right.entitled,
        "missing": {missing.what: missing.count for missing in right.missing},
        "amount": str(right.amount) if right.amount is not None else None,
    }


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(("number", "benefit"), KNOWN)
def test_rights_are_those_worked_out_by_hand(number: str, benefit: str) -> None:
    """The members given there, to the letter, from the tables."""
    with working() as work:
        right: Right = getattr(rights.of(work, person_numbered(number)), benefit.replace("-", "_"))
    expected = BY_HAND[number]["rights"][benefit]
    found = in_the_api(right)
    assert {member: found[member] for member in expected} == expected


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("number", [HICHAM, KHADIJA, RACHID, IMANE])
def test_a_caller_hears_what_the_other_systems_of_the_fund_read(number: str) -> None:
    """Benefit by benefit; for two of them, as long as nothing was asked."""
    who = insured(number)
    with working() as work:
        read = rights.of(work, who.person)
        assert rights.pension(work, who) == read.pension
        assert rights.family_allowances(work, who) == read.family_allowances
        assert rights.loss_of_employment(work, who) == read.loss_of_employment
        assert rights.maternity(work, who) == read.maternity
        assert rights.birth_leave(work, who) == read.birth_leave


@pytest.mark.usefixtures("sample")
def test_a_self_employed_worker_without_salaries_hears_that_benefits_are_for_employees() -> None:
    """All five; and nothing is asked first."""
    with working() as work:
        read = rights.of(work, person_numbered(HICHAM))
        assert {right.outcome for right in (read.pension, read.family_allowances, read.birth_leave)} == {
            "employees-only"
        }
        assert not rights.is_for(work, insured(HICHAM), "loss-of-employment")
        assert not rights.is_for(work, insured(HICHAM), "maternity")
        assert rights.is_for(work, insured(IMANE), "loss-of-employment")
        assert rights.is_for(work, insured(IMANE), "maternity")


@pytest.mark.usefixtures("sample")
def test_what_was_answered_is_judged() -> None:
    """The last day worked gives the last day to ask; leaving by choice gives no right; a leave gives its own days."""
    imane = insured(IMANE)
    with working() as work:
        lost = rights.loss_of_employment(work, imane, date(2024, 2, 29), own_choice=False)
        chosen = rights.loss_of_employment(work, imane, date(2024, 2, 29), own_choice=True)
        leave = rights.maternity(work, imane, date(2024, 3, 18))
    assert (lost.outcome, lost.amount, lost.until) == ("entitled", Dirhams("2581.78"), date(2024, 4, 29))
    assert chosen.outcome == "own-choice"
    assert (leave.outcome, leave.notice_by) == ("entitled", date(2024, 4, 17))


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(("day", "come"), [("2024-03-19", True), ("2024-03-20", True), ("2024-03-21", False)])
def test_a_day_has_come_by_the_business_day(day: str, come: bool) -> None:
    """The day of the call included."""
    with working() as work:
        assert rights.has_come(work, date.fromisoformat(day)) is come


@pytest.mark.usefixtures("sample")
def test_the_relatives_on_file() -> None:
    """First names, the oldest first, spouses apart."""
    with working() as work:
        assert rights.declared(work, insured(HICHAM)) == Declared(("Meryem",), ("Sara",))
        assert rights.declared(work, insured(IMANE)) == Declared((), ("Adam", "Lina"))
        assert rights.declared(work, insured(KHADIJA)) == Declared((), ())


def test_each_outcome_has_an_example() -> None:
    """What a rule may return is drawn, and heard in the golden transcripts, in both languages."""
    somebody = object()
    shown = {
        right.outcome
        for function, args in (
            (rights.pension, (somebody,)),
            (rights.family_allowances, (somebody,)),
            (rights.loss_of_employment, (somebody, date(2024, 3, 4), False)),
            (rights.loss_of_employment, (somebody, date(2024, 3, 4), True)),
            (rights.maternity, (somebody, date(2024, 3, 4))),
            (rights.birth_leave, (somebody,)),
        )
        for right in examples.of(function, *args)
    }
    assert shown == set(get_args(Outcome))
