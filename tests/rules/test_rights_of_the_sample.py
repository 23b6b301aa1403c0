"""The rights of two invented employees on 20 March 2024, worked out by hand from the same files."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.rules.benefits import Relative, Right, Salary
from backend.rules.birth_leave import birth_leave
from backend.rules.family_allowances import family_allowances
from backend.rules.loss_of_employment import loss_of_employment
from backend.rules.maternity import maternity
from backend.rules.pension import pension
from backend.values import Dirhams, Month

SAMPLE = Path(__file__).parent / "sample"
TODAY = date(2024, 3, 20)
BY_HAND: dict[str, dict[str, Any]] = json.loads((SAMPLE / "rights-2024-03-20.json").read_text("utf-8"))


def rows(kind: str, number: str) -> Iterator[dict[str, Any]]:
    """Return the lines of one person."""
    with (SAMPLE / f"{kind}.csv").open(encoding="utf-8") as file:
        yield from (row for row in csv.DictReader(file) if row["registration_number"] == number)


def rights(number: str) -> dict[str, Right]:
    """Return every right of a person of the sample."""
    (person,) = rows("people", number)
    category = person["category"]
    salaries = [
        Salary(Month.parse(row["month"]), int(row["days"]), Decimal(row["pay"])) for row in rows("salaries", number)
    ]
    family = [
        Relative(
            row["kind"],
            row["first_name"],
            date.fromisoformat(row["birth_date"]),
            row["schooling"],
            row["disabled"] == "1",
            Decimal(row["income"]) if row["income"] else None,
        )
        for row in rows("family", number)
    ]
    return {
        "pension": pension(category, date.fromisoformat(person["birth_date"]), salaries, TODAY),
        "family-allowances": family_allowances(category, salaries, family, TODAY),
        "loss-of-employment": loss_of_employment(category, salaries, TODAY),
        "maternity": maternity(category, salaries, TODAY),
        "birth-leave": birth_leave(category, salaries, family, TODAY),
    }


def in_the_api(right: Right) -> dict[str, Any]:
    """Return a right in the shape of interfaces.md."""
    return {
        "entitled": right.entitled,
        "missing": {missing.what: missing.count for missing in right.missing},
        "amount": str(right.amount) if right.amount is not None else None,
    }


@pytest.mark.parametrize(
    ("number", "benefit"), [(number, benefit) for number, known in BY_HAND.items() for benefit in known]
)
def test_a_right_is_what_was_worked_out_by_hand(number: str, benefit: str) -> None:
    """The members given there, to the letter."""
    found = in_the_api(rights(number)[benefit])
    assert {member: found[member] for member in BY_HAND[number][benefit]} == BY_HAND[number][benefit]


def test_the_other_rights_of_the_two() -> None:
    """A son who turned 21 on the second of March counts no more; a newborn is claimed for until July."""
    of_rachid, of_imane = rights("131907758"), rights("140055216")
    assert of_rachid["family-allowances"].outcome == "children-too-old"
    assert of_rachid["loss-of-employment"].amount == Dirhams("3111.39")
    assert of_imane["loss-of-employment"].amount == Dirhams("2581.78")
    assert of_imane["maternity"].amount == Dirhams("157.69")
    assert (of_imane["birth-leave"].amount, of_imane["birth-leave"].until) == (Dirhams("473.08"), date(2024, 7, 5))
    assert (of_imane["family-allowances"].claim_by, of_imane["family-allowances"].until) == (
        date(2024, 7, 5),
        date(2032, 10, 11),
    )
