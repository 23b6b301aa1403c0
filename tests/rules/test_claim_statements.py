"""What is told of a claim file on a day, from its record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backend.claim_statements import MOST_DOCUMENTS, stated
from backend.claims import STATUSES, Claim
from backend.rules.claim_delay import Expected
from backend.rules.claim_words import DOCUMENT
from backend.values import Dirhams, Term

TODAY = date(2024, 3, 20)
DELAY = Decimal("9.15")
RECORD = Claim(
    file_number="24031800417",
    beneficiary="Sara",
    care_date=date(2024, 3, 1),
    deposited_on=date(2024, 3, 18),
    status="received",
    status_date=date(2024, 3, 19),
    claimed=Dirhams("840.00"),
    payable=Dirhams("600.00"),
    paid_on=date(2024, 3, 19),
    missing_documents=("ordonnance",),
    reason="droits fermés",
)
WHOLE = replace(RECORD, missing_documents=())


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_belongs_to_a_status_is_told(status: str) -> None:
    """An amount that isn't decided, a document that came since, an old reason: not said."""
    told = stated(replace(RECORD, status=status), DELAY, TODAY)
    assert bool(told.amount) == (status in {"settled", "paid"})
    assert bool(told.paid_on) == (status == "paid")
    assert bool(told.missing) == (status not in {"rejected", "settled", "paid"})
    assert bool(told.reason) == (status == "rejected")
    assert bool(told.expected) == (status == "settled")


@pytest.mark.parametrize("status", STATUSES)
def test_a_payment_is_awaited_where_nothing_is_missing(status: str) -> None:
    """Not before an examination that somebody has to come to, or a document."""
    told = stated(replace(RECORD, status=status, missing_documents=()), DELAY, TODAY)
    assert bool(told.expected) == (status in {"received", "in-review", "settled"})
    assert told.missing == ((DOCUMENT,) if status == "awaiting-documents" else ())


@pytest.mark.parametrize(("deposited", "over"), [("2024-03-11", False), ("2024-03-10", False), ("2024-03-09", True)])
def test_the_usual_delay_is_over_the_day_after_its_last(deposited: str, over: bool) -> None:
    """Ten days, rounded up from 9.15."""
    expected = stated(replace(WHOLE, deposited_on=date.fromisoformat(deposited)), DELAY, TODAY).expected
    assert expected
    assert expected.over is over


def test_the_expected_day_is_deposit_and_average_delay() -> None:
    """Whatever the average is at present."""
    assert stated(WHOLE, Decimal("3.2"), TODAY).expected == Expected(date(2024, 3, 22), over=False)


@pytest.mark.parametrize(("day", "appointed"), [("2024-03-19", False), ("2024-03-20", True), ("2024-03-21", True)])
def test_the_day_of_a_medical_check_is_an_appointment_while_it_is_to_come(day: str, appointed: bool) -> None:
    """Otherwise it is the day on which the check was asked for: the letter says when."""
    check = replace(RECORD, status="medical-check", status_date=date.fromisoformat(day))
    assert stated(check, DELAY, TODAY).appointment == (check.status_date if appointed else None)


def test_what_is_settled_at_nothing_awaits_no_payment() -> None:
    """An advisor says why; without an amount on record the payment is awaited."""
    settled = replace(RECORD, status="settled", payable=Dirhams("0.00"))
    assert stated(settled, DELAY, TODAY).expected is None
    assert stated(replace(settled, payable=None), DELAY, TODAY).expected


def test_a_paid_file_without_its_day_was_paid_on_that_of_its_status() -> None:
    """A day is always said."""
    assert stated(replace(RECORD, status="paid", paid_on=None), DELAY, TODAY).paid_on == date(2024, 3, 19)


def test_documents_beyond_five_are_one_to_be_asked_for() -> None:
    """A caller keeps no more in mind."""
    many = ("ordonnance", "facture", "feuille de soins", "vignettes", "RIB", "devis", "cachet", "xyz")
    missing = stated(replace(RECORD, status="awaiting-documents", missing_documents=many), DELAY, TODAY).missing
    assert missing[0] == Term("document-prescription")
    assert len(missing) == MOST_DOCUMENTS + 1
    assert missing[-1] == DOCUMENT
