"""Relatives and salaries: what rights are judged on. A row with other figures corrects what is on file."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backend import family, salaries
from backend.feeds import Counts
from backend.rules.benefits import Relative, Salary
from backend.values import Month, PersonId
from backend.work import Actor, begin

from .lists import Import, audited, reason

CHANGED = Counts(changed=1)
REJECTED = Counts(rejected=1)


def relatives_of(person: PersonId) -> list[Relative]:
    """Return a person's relatives, as a call reads them."""
    with begin(Actor("command", "test")) as work:
        return family.of(work, person)


def salaries_of(person: PersonId) -> list[Salary]:
    """Return a person's salaries, as a call reads them."""
    with begin(Actor("command", "test")) as work:
        return salaries.of(work, person)


def test_relatives_are_read_as_the_rules_want_them(hicham: PersonId, feed: Import) -> None:
    """The oldest first; without schooling and disability unless a list says so, income unknown."""
    meryem = {"kind": "spouse", "first_name": "Meryem", "birth_date": "1980-06-03"}
    adam = {"first_name": "Adam", "birth_date": "2003-03-02", "schooling": "student", "disabled": "1", "income": "0"}
    assert feed("family", {}, meryem, adam) == Counts(added=3)
    assert relatives_of(hicham) == [
        Relative("spouse", "Meryem", date(1980, 6, 3)),
        Relative("child", "Adam", date(2003, 3, 2), "student", disabled=True, income=Decimal(0)),
        Relative("child", "Sara", date(2012, 4, 19)),
    ]


def test_a_relative_again_is_the_same_or_corrected(hicham: PersonId, feed: Import) -> None:
    """Kind, first name and birth date say who it is; a row says all of them: an empty cell empties."""
    feed("family", {"schooling": "student", "income": "100"})
    assert feed("family", {"schooling": "student", "income": "100.00"}) == Counts(unchanged=1)
    assert feed("family", {}) == CHANGED
    assert relatives_of(hicham) == [Relative("child", "Sara", date(2012, 4, 19))]


def test_children_of_one_name_are_told_apart_by_their_births(hicham: PersonId, feed: Import) -> None:
    """They are two."""
    assert feed("family", {}, {"birth_date": "2015-01-05"}) == Counts(added=2)
    assert len(relatives_of(hicham)) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"birth_date": "1975-09-18"}, "birth_date: a child can't be older than its parent"),
        ({"birth_date": "1960-01-01"}, "birth_date: a child can't be older than its parent"),
        ({"birth_date": "2024-03-21"}, "2024-03-21 is no date of birth"),
        ({"kind": "cousin"}, "kind: 'cousin' is not known: write child or spouse"),
        ({"schooling": "school"}, "schooling: 'school' is not known"),
        ({"disabled": "non"}, "disabled: must be 1 (yes) or 0 (no)"),
        ({"income": "-5"}, "income: -5 is negative"),
        ({"registration_number": "999999999"}, "no person has the registration number 999999999"),
    ],
)
def test_a_relative_that_cannot_be_is_rejected_with_the_reason(
    hicham: PersonId, feed: Import, tmp_path: Path, row: dict[str, str], told: str
) -> None:
    """A child as old as its parent, a kind or schooling that is unknown."""
    assert feed("family", row) == REJECTED
    assert told in reason(tmp_path / "family.csv")
    assert relatives_of(hicham) == []


def test_a_spouse_may_be_older(hicham: PersonId, feed: Import) -> None:
    """Only a child may not."""
    assert feed("family", {"kind": "spouse", "birth_date": "1960-01-01"}) == Counts(added=1)
    assert relatives_of(hicham)


def test_salaries_are_read_as_the_rules_want_them(hicham: PersonId, feed: Import) -> None:
    """The oldest month first."""
    assert feed("salaries", {}, {"month": "2023-12", "days": "20", "pay": "5400.5"}) == Counts(added=2)
    assert salaries_of(hicham) == [
        Salary(Month(2023, 12), 20, Decimal("5400.50")),
        Salary(Month(2024, 1), 26, Decimal(7200)),
    ]


def test_a_salary_again_is_the_same_or_corrected(hicham: PersonId, feed: Import) -> None:
    """One row a person and month."""
    feed("salaries", {})
    assert feed("salaries", {"pay": "7200"}) == Counts(unchanged=1)
    assert feed("salaries", {"pay": "7300"}) == CHANGED
    assert salaries_of(hicham) == [Salary(Month(2024, 1), 26, Decimal(7300))]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"days": "32"}, "days: must be 0 to 31"),
        ({"days": "-1"}, "days: '-1' is not a whole number"),
        ({"days": "26.5"}, "days: '26.5' is not a whole number"),
        ({"pay": "beaucoup"}, "pay: 'beaucoup' is not an amount"),
        ({"month": "2024-04"}, "month: 2024-04 is too far from today"),
        ({"registration_number": "999999999"}, "no person has the registration number 999999999"),
    ],
)
def test_a_salary_that_cannot_be_is_rejected_with_the_reason(
    hicham: PersonId, feed: Import, tmp_path: Path, row: dict[str, str], told: str
) -> None:
    """Too many days, a month to come."""
    assert feed("salaries", row) == REJECTED
    assert told in reason(tmp_path / "salaries.csv")
    assert salaries_of(hicham) == []


def test_a_month_twice_is_rejected(hicham: PersonId, feed: Import, tmp_path: Path) -> None:
    """Two employers of one month are one row: their sums."""
    assert feed("salaries", {}, {"pay": "1000"}) == Counts(added=1, rejected=1)
    assert "registration_number, month: 104228815 2024-01-01 is on an earlier line" in reason(tmp_path / "salaries.csv")
    assert hicham


def test_reading_relatives_and_salaries_is_audited(hicham: PersonId) -> None:
    """Each reading of a person's."""
    before = audited()
    relatives_of(hicham)
    salaries_of(hicham)
    assert audited() == before + 2
