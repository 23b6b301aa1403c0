"""All that the rules say of somebody at once: against what was worked out by hand, and the one thing to do."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.errors import BadInputError
from backend.rules.ledger import Charge, Payment
from backend.rules.standing import NextStep, Standing, standing
from backend.values import Dirhams, Month
from tests.rules.workers import Worker, day, in_debt

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


def steps(worker: Worker, *days: str) -> list[NextStep | None]:
    """Return the one thing to do on each of these days."""
    return [worker.on(today).step for today in days]


def test_who_owes_nothing_pays_what_is_due_next() -> None:
    """Or: "you owe nothing", then what is due next, and when; nothing where nothing is."""
    worker = Worker().charged("2022-01", penalty="18")
    assert steps(worker, "2022-02-10") == [NextStep("next-due", Dirhams(318), day("2022-02-10"), Month(2022, 1))]
    assert steps(worker.pays("2022-01", "318", on="2022-02-01"), "2022-02-10") == [None]


def test_who_owes_pays_what_is_owed() -> None:
    """In all, and now: no last day is left."""
    worker = Worker().charged("2022-01", "2022-03", penalty="18")
    assert steps(worker, "2022-03-11") == [NextStep("owed", Dirhams(636), None, Month(2022, 1), months=2)]


def test_in_december_2023_paying_at_once_would_not_count() -> None:
    """`upcoming`: the first payment is for January."""
    expected = NextStep("first-payment", Dirhams(300), day("2024-04-30"), Month(2023, 12), day("2024-01-01"))
    assert steps(in_debt(), "2023-12-04") == [expected]


def test_in_the_window_one_month_begins_the_cancellation() -> None:
    """`open`: the oldest month from 2023-12 on, by 2024-04-30; what remains of its contribution is enough."""
    worker = in_debt().pays("2023-12", on="2023-12-28").pays("2024-01", "100", on="2024-01-02")
    expected = NextStep("first-payment", Dirhams(200), day("2024-04-30"), Month(2024, 1), amo_on=day("2024-05-01"))
    later = replace(expected, amo_on=day("2024-08-01"))
    assert steps(worker, "2024-01-02", "2024-04-30") == [expected, later]
    expected = NextStep("first-payment", Dirhams(300), day("2024-04-30"), Month(2023, 12), amo_on=day("2024-05-01"))
    assert steps(in_debt(), "2024-01-01") == [expected]


def test_months_before_the_twelve_come_before_all_else() -> None:
    """Until then they are the one thing to do: all of them, by the oldest's due date or now."""
    worker = in_debt(charged_to="2024-03").pays("2024-02", on="2024-02-05")
    assert (
        steps(worker, "2024-02-06", "2024-03-20")
        == [NextStep("months-before", Dirhams(600), None, Month(2023, 12), months=2)] * 2
    )
    worker.pays("2023-12", on="2024-02-07")
    assert steps(worker, "2024-02-10") == [NextStep("months-before", Dirhams(300), day("2024-02-10"), Month(2024, 1))]


def test_months_before_the_twelve_are_to_be_paid_by_the_first_due_date_among_them() -> None:
    """Whatever their order."""
    worker = Worker().charged("2023-06", "2023-11").charged("2023-12", due_on="2024-03-10")
    worker.charged("2024-01", due_on="2024-02-10").charged("2024-02").pays("2024-02", on="2024-02-05")
    expected = NextStep("months-before", Dirhams(600), day("2024-02-10"), Month(2023, 12), months=2)
    assert steps(worker, "2024-02-10") == [expected]


def test_months_before_the_twelve_come_before_an_advisor() -> None:
    """March has no charge, but December and January can be paid."""
    worker = in_debt(charged_to="2024-02").pays("2024-02", on="2024-02-05")
    assert worker.on("2024-04-11").cancellation.advisor
    assert steps(worker, "2024-04-11") == [NextStep("months-before", Dirhams(600), None, Month(2023, 12), months=2)]


def test_then_comes_the_next_of_the_twelve_months() -> None:
    """With its due date; what will be cancelled is not asked for."""
    worker = in_debt().pays("2023-12", "900", on="2024-02-12").pays("2024-03", on="2024-03-01")
    assert steps(worker, "2024-03-20") == [NextStep("next-month", Dirhams(300), day("2024-05-10"), Month(2024, 4))]


def test_with_all_charged_months_paid_other_debts_are_left() -> None:
    """Penalties of months that aren't covered are not cancelled; what is covered isn't asked for."""
    worker = Worker().charged("2023-06", "2023-11").charged("2023-12", "2024-02", penalty="18")
    for month in ("2023-12", "2024-01", "2024-02"):
        worker.pays(month, on="2024-02-12")
    assert steps(worker, "2024-02-12", "2024-03-20") == [
        NextStep("owed", Dirhams(36), None, Month(2023, 12), months=2),
        NextStep("owed", Dirhams(54), None, Month(2023, 12), months=3),
    ]


def test_an_advisor_decides_on_an_interruption() -> None:
    """Said with the month that is missing, and what it is."""
    worker = in_debt("2023-06", "2024-05").pays("2023-12", "900", on="2024-02-12")
    expected = NextStep("advisor", Dirhams(600), None, Month(2024, 3), months=2)
    assert steps(worker, "2024-05-11") == [expected]


def test_an_advisor_looks_at_a_month_without_a_charge() -> None:
    """Nothing can be paid for it."""
    worker = in_debt("2023-06", "2024-02").pays("2023-12", "900", on="2024-02-12")
    assert steps(worker, "2024-04-10", "2024-04-11") == [None, NextStep("advisor", month=Month(2024, 3))]


def test_an_advisor_helps_who_had_paid_all_beforehand() -> None:
    """In the window, and after it."""
    worker = in_debt(charged_to="2024-01").pays("2023-12", on="2023-12-28").pays("2024-01", on="2023-12-28")
    assert steps(worker, "2024-01-05", "2024-05-05") == [NextStep("advisor")] * 2


def test_once_missed_or_granted_only_debts_count() -> None:
    """As for anybody."""
    missed = in_debt(charged_to="2024-04")
    assert steps(missed, "2024-05-05") == [NextStep("owed", Dirhams(300 * 10), None, Month(2023, 6), months=10)]
    granted = in_debt(charged_to="2025-03").pays("2023-12", "4500", on="2024-02-12")
    assert granted.on("2024-02-12").cancellation.situation == "granted"
    assert steps(granted, "2025-03-20") == [NextStep("next-due", Dirhams(300), day("2025-04-10"), Month(2025, 3))]


def test_a_farmer_needs_dates_on_record() -> None:
    """004_… gives none, and the import rejects such a row."""
    with pytest.raises(BadInputError, match="farmer"):
        Worker("farmer").on("2024-03-20")
