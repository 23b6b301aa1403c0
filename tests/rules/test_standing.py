"""All that the rules say of somebody at once: against what was worked out by hand, and the one thing to do."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.rules.ledger import Charge, Payment
from backend.rules.standing import Standing, standing
from backend.values import Month

SAMPLE = Path(__file__).parent / "sample"
EXPECTED: dict[str, Any] = json.loads((SAMPLE / "standing-2024-03-20.json").read_text("utf-8"))


def rows(name: str, registration_number: str) -> Iterator[dict[str, str]]:
    """Return the rows of a sample file that are about one person."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["registration_number"] == registration_number)


def standing_of(registration_number: str, today: date) -> Standing:
    """Return how a person of the sample stands on a day."""
    (person,) = (row for name in ("people.csv", "self-employed.csv") for row in rows(name, registration_number))
    charges = [
        Charge(
            Month.parse(row["month"]),
            date.fromisoformat(row["due_date"]),
            *(Decimal(row[part]) for part in ("contribution", "penalty", "enforcement_fee")),
        )
        for row in rows("contributions.csv", registration_number)
    ]
    payments = [
        Payment(row["reference"], Month.parse(row["month"]), Decimal(row["amount"]), date.fromisoformat(row["paid_on"]))
        for row in rows("payments.csv", registration_number)
    ]
    return standing(person["category"], None, None, charges, payments, [], today)


def as_json(found: Any) -> Any:
    """Return a value as the REST API gives it."""
    if isinstance(found, Decimal | date | Month):
        return str(found)
    names = getattr(found, "__dataclass_fields__", None)
    return {name: as_json(getattr(found, name)) for name in names} if names else found


@pytest.mark.parametrize("registration_number", EXPECTED)
def test_the_people_of_the_sample_stand_as_worked_out_by_hand(registration_number: str) -> None:
    """On 20 March 2024; only the members given are compared, and each says what the file says, to its decimals."""
    found = as_json(standing_of(registration_number, date(2024, 3, 20)))
    for subject, members in EXPECTED[registration_number].items():
        assert {name: found[subject][name] for name in members} == members, subject
