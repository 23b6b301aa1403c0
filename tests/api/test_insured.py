"""What is on file of a person, exactly as interfaces.md has it."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from backend import cancellation, db, rights, standing
from backend.audit import audit
from backend.work import Actor, begin
from tests.api.conftest import MachineWith
from tests.conftest import SAMPLE
from tests.feeds.lists import person_numbered

EXPECTED = json.loads((SAMPLE / "expected-2024-03-20.json").read_text("utf-8"))
NUMBERS = [number for number in EXPECTED if number.isdigit()]
pytestmark = pytest.mark.usefixtures("sample")


def holds(given: Any, expected: Any, at: str = "") -> None:
    """Check each member that is expected; amounts, dates and nulls literally."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert name in given, f"{at}.{name}"
            holds(given[name], value, f"{at}.{name}")
    else:
        assert given == expected, at


@pytest.mark.parametrize("number", NUMBERS)
def test_what_was_worked_out_by_hand_is_what_is_answered(machine: MachineWith, number: str) -> None:
    """Every member that `expected/` gives is there, with the same figures."""
    asking = machine("people:read")
    expected = dict(EXPECTED[number])
    expected_rights = expected.pop("rights", {})
    holds(asking.get(f"/people/{number}").get_json(), expected)
    holds(asking.get(f"/people/{number}/rights").get_json(), expected_rights)


def test_a_person_has_these_members_and_no_others(machine: MachineWith) -> None:
    """The shape is that of interfaces.md, whoever it is, in its order; what isn't known is null."""
    asking = machine("people:read")
    for number in NUMBERS:
        person = asking.get(f"/people/{number}").get_json()
        assert list(person) == [
            *("registration_number", "category", "registered_on", "status", "balance", "cancellation", "amo")
        ]
        assert list(person["balance"]) == [
            *("owed", "contributions", "penalties", "enforcement_fees", "months", "since", "next_due")
        ]
        assert list(person["cancellation"]) == [
            *("situation", "unpaid_months", "covered", "first_payment_on", "months_paid", "months_required"),
            "commitment_on",
        ]
        assert list(person["amo"]) == ["status", "opens_on"]


def test_whoever_is_not_self_employed_owes_nothing(machine: MachineWith) -> None:
    """The shape is whole for an employee too."""
    person = machine("people:read").get("/people/140055216").get_json()
    assert (person["category"], person["status"]) == ("employee", "registered")
    assert person["balance"]["owed"] == "0.00"
    assert person["balance"]["since"] is None
    assert person["balance"]["next_due"] is None
    assert person["cancellation"]["covered"] == "0.00"
    assert person["cancellation"]["first_payment_on"] is None


def test_the_figures_are_those_that_callers_hear(machine: MachineWith) -> None:
    """The API and the telephone ask the same functions."""
    asking = machine("people:read")
    for number in NUMBERS:
        person = asking.get(f"/people/{number}").get_json()
        with begin(Actor("command", "test")) as work:
            stands = standing.of(work, person_numbered(number))
        assert person["balance"]["owed"] == str(stands.balance.owed)
        assert person["balance"]["months"] == stands.balance.months
        assert person["cancellation"]["situation"] == stands.cancellation.situation
        assert person["amo"]["status"] == stands.amo.status


def test_a_commitment_has_its_day(machine: MachineWith) -> None:
    """`commitment_on` is the day on which somebody undertook to pay."""
    row = {"person_id": person_numbered("104228815"), "made_on": date(2024, 2, 1)}
    with db.engine().begin() as connection:
        connection.execute(cancellation.commitments.insert(), row)
    person = machine("people:read").get("/people/104228815").get_json()
    assert person["cancellation"]["commitment_on"] == "2024-02-01"


def test_rights_are_five_each_of_four_members(machine: MachineWith) -> None:
    """A benefit is entitled or not, with what is missing, an amount and a last day."""
    given = machine("people:read").get("/people/140055216/rights").get_json()
    assert list(given) == ["pension", "family-allowances", "loss-of-employment", "maternity", "birth-leave"]
    assert all(list(right) == ["entitled", "missing", "amount", "until"] for right in given.values())
    with begin(Actor("command", "test")) as work:
        found = rights.of(work, person_numbered("140055216"))
    assert given["pension"]["missing"] == {"days": found.pension.missing[0].count}
    assert given["family-allowances"]["missing"] == {}


def test_claim_files_are_those_of_the_file_with_the_day_expected(machine: MachineWith) -> None:
    """The newest first; the members of the table of files, amounts in dirhams, documents as a list, `expected_on`."""
    asking = machine("people:read")
    newest, missing, paid = asking.get("/people/104228815/claims").get_json()
    assert newest == {
        "file_number": "24031800417",
        "registration_number": "104228815",
        "beneficiary": "Hicham",
        "care_date": "2024-03-01",
        "deposited_on": "2024-03-18",
        "status": "in-review",
        "status_date": "2024-03-19",
        "claimed": "840.00",
        "payable": None,
        "paid_on": None,
        "missing_documents": [],
        "reason": None,
        "expected_on": "2024-03-28",
    }
    header, *_ = (SAMPLE / "claims.csv").read_text("utf-8").splitlines()
    assert list(newest) == [*header.split(","), "expected_on"]
    assert missing["missing_documents"] == ["ordonnance", "facture de pharmacie"]
    assert (missing["claimed"], missing["expected_on"]) == ("1260.50", None)
    assert (paid["payable"], paid["paid_on"], paid["expected_on"]) == ("420.00", "2024-01-18", None)
    settled, rejected = asking.get("/people/118350942/claims").get_json()
    assert (settled["status"], settled["expected_on"]) == ("settled", "2024-03-21")
    assert (rejected["reason"], rejected["expected_on"]) == ("dépôt hors délai", None)


def test_each_read_is_audited_by_the_name_of_the_token(machine: MachineWith) -> None:
    """Who asked about whom can be found afterwards; a number that nobody has leaves no line."""
    asking = machine("people:read")
    for path in ("/people/104228815", "/people/104228815/claims", "/people/104228815/rights", "/people/999999999"):
        asking.get(path)
    with db.engine().connect() as connection:
        query = select(audit.c.actor, audit.c.action, audit.c.person_id).where(audit.c.actor_kind == "machine")
        rows = connection.execute(query).all()
    assert {row.actor for row in rows} == {"payroll"}
    assert {row.person_id for row in rows} == {person_numbered("104228815")}
    assert {"person.read", "ledger.read", "commitment.read", "claims.read", "salaries.read"} <= {r.action for r in rows}


def test_a_number_that_nobody_has_is_unknown(machine: MachineWith) -> None:
    """A number, and no person: 404, without the number."""
    answer = machine("people:read").get("/people/999999999")
    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/api/v1/docs#unknown-person"
    assert "999999999" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("number", ["10422881", "1042288155", "10422881a", "AB123456", "١٠٤٢٢٨٨١٥"])
def test_what_is_no_number_is_refused_without_being_repeated(machine: MachineWith, number: str) -> None:
    """Nine digits, or 422, which names the parameter and not the value."""
    answer = machine("people:read").get(f"/people/{number}")
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.get_json()["errors"]] == ["registration_number"]
    assert number not in answer.get_data(as_text=True)
