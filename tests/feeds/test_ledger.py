"""Contributions and payments: a ledger whose lines are only ever added."""

import json
import math
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, select

from backend import cancellation, contributions, db
from backend.contributions import Records, cancelled, charges, payments
from backend.feeds import Counts
from backend.rules.cancellation import CancelledLine
from backend.rules.ledger import Charge, Payment
from backend.values import Dirhams, Month, PersonId
from backend.work import Actor, begin

from .lists import SAMPLE, Import, audited, person_numbered, quietly, reason

ADDED = Counts(added=1)
CHANGED = Counts(changed=1)
UNCHANGED = Counts(unchanged=1)
REJECTED = Counts(rejected=1)
JANUARY = Charge(Month(2024, 1), date(2024, 2, 10), Decimal("300.00"), Decimal("0.00"), Decimal("0.00"))
PAID = Payment("P000001", Month(2024, 1), Decimal("300.00"), date(2024, 2, 12))


def ledger(person: PersonId) -> Records:
    """Return a person's ledger, as a call reads it."""
    with begin(Actor("command", "test")) as work:
        return contributions.records(work, person)


def lines(table: Table) -> list[Any]:
    """Return all lines of a table, corrected ones too."""
    with db.engine().connect() as connection:
        return list(connection.execute(select(table).order_by(table.c.revision)))


def test_charges_and_payments_are_read_as_the_rules_want_them(hicham: PersonId, feed: Import) -> None:
    """Months, days, dirhams; the oldest month first."""
    late = {"month": "2023-06", "due_date": "2023-07-10", "penalty": "18", "enforcement_fee": "50.5"}
    assert feed("contributions", {}, late) == Counts(added=2)
    assert feed("payments", {}) == ADDED
    june = Charge(Month(2023, 6), date(2023, 7, 10), Decimal(300), Decimal(18), Decimal("50.50"))
    assert ledger(hicham) == Records((june, JANUARY), (PAID,), ())


def test_the_same_file_again_adds_no_line(hicham: PersonId, feed: Import) -> None:
    """However amounts and dates are written."""
    feed("contributions", {})
    feed("payments", {})
    assert feed("contributions", {"contribution": "300", "penalty": "0.0"}) == UNCHANGED
    assert feed("payments", {"channel": "POINT"}) == UNCHANGED
    assert (len(lines(charges)), len(lines(payments))) == (1, 1)
    assert hicham


def test_json_lines_may_have_amounts_as_numbers(hicham: PersonId, feed: Import, tmp_path: Path) -> None:
    """Each is what is written, to the centime."""
    feed("contributions", {"contribution": "300.10"})
    file = tmp_path / "contributions.json"
    file.write_text(json.dumps(SAMPLE["contributions"] | {"contribution": 300.10, "penalty": 0}))
    assert quietly("contributions", file) == UNCHANGED
    file.write_text(json.dumps(SAMPLE["contributions"] | {"contribution": 1e16, "penalty": math.nan}))
    assert quietly("contributions", file) == REJECTED
    assert hicham


def test_a_correction_adds_a_line_and_the_newest_counts(hicham: PersonId, feed: Import) -> None:
    """What was said before can still be read."""
    feed("contributions", {})
    assert feed("contributions", {"contribution": "280.00"}) == CHANGED
    assert feed("contributions", {"contribution": "290.00"}) == CHANGED
    assert [line.contribution for line in lines(charges)] == [30_000, 28_000, 29_000]
    assert [charge.contribution for charge in ledger(hicham).charges] == [Decimal(290)]


def test_a_correction_may_return_to_what_was_said_before(hicham: PersonId, feed: Import) -> None:
    """It is compared with the newest line alone."""
    feed("contributions", {})
    feed("contributions", {"contribution": "280.00"})
    assert feed("contributions", {}) == CHANGED
    assert ledger(hicham).charges == (JANUARY,)


def test_a_reference_again_with_another_content_is_a_correction(hicham: PersonId, feed: Import) -> None:
    """Of how much was paid, for example."""
    feed("payments", {})
    assert feed("payments", {"amount": "250.00"}) == CHANGED
    assert [payment.amount for payment in ledger(hicham).payments] == [Decimal(250)]
    assert len(lines(payments)) == 2


def test_the_payment_of_another_person_is_rejected(
    hicham: PersonId, list_people: Import, feed: Import, tmp_path: Path
) -> None:
    """A reference that was mistyped must not take from one what it gives to another; nor one that was taken back."""
    list_people({})
    feed("payments", {})
    for amount in ("300.00", "0.00"):
        assert feed("payments", {"amount": amount}) in (UNCHANGED, CHANGED)
        assert feed("payments", {"registration_number": "131907758"}) == REJECTED
        assert "reference: on file of another person" in reason(tmp_path / "payments.csv")
    assert ledger(person_numbered("131907758")) == Records((), (), ())
    assert {line.person_id for line in lines(payments)} == {hicham}


def test_an_amount_of_zero_takes_a_payment_back(hicham: PersonId, feed: Import, tmp_path: Path) -> None:
    """A direct debit that the bank refused; of a reference that nobody knows it is a mistake."""
    feed("payments", {})
    assert feed("payments", {"amount": "0.00"}) == CHANGED
    assert ledger(hicham).payments == ()
    assert feed("payments", {"reference": "P000002", "amount": "0"}) == REJECTED
    assert "no payment has this reference" in reason(tmp_path / "payments.csv")


def test_a_payment_for_a_month_without_a_charge_is_kept(hicham: PersonId, feed: Import) -> None:
    """Paid in advance, or charged late: the rules settle other months with it, and this one once it is charged."""
    assert feed("payments", {}) == ADDED
    assert ledger(hicham) == Records((), (PAID,), ())
    assert feed("contributions", {}) == ADDED
    assert ledger(hicham) == Records((JANUARY,), (PAID,), ())


def test_a_due_date_may_be_two_months_after_the_last_month(hicham: PersonId, feed: Import) -> None:
    """As far ahead as a month is taken, its due date is."""
    assert feed("contributions", {"month": "2026-03", "due_date": "2026-05-20"}) == ADDED
    assert hicham


@pytest.mark.parametrize("kind", ["contributions", "payments"])
def test_an_unknown_registration_number_is_rejected(hicham: PersonId, feed: Import, tmp_path: Path, kind: str) -> None:
    """The other rows of its batch are imported."""
    assert hicham
    other = {"registration_number": "999999999"} | ({"reference": "P2"} if kind == "payments" else {})
    assert feed(kind, {}, other) == Counts(added=1, rejected=1)
    assert "no person has the registration number 999999999" in reason(tmp_path / f"{kind}.csv")


@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        ("contributions", {"contribution": "-1.00"}, "contribution: -1.00 is negative"),
        ("contributions", {"penalty": ""}, "penalty: is empty"),
        ("contributions", {"penalty": "1,50"}, "not an amount in dirhams: write it as 1250.50"),
        ("contributions", {"penalty": "1.505"}, "penalty: an amount has two decimals at most"),
        ("contributions", {"penalty": "NaN"}, "penalty: 'NaN' is not an amount"),
        ("contributions", {"penalty": "1e3"}, "penalty: '1e3' is not an amount"),
        ("contributions", {"contribution": "99999999"}, "more than 20,000,000 dirhams"),
        ("contributions", {"contribution": "9" * 60}, "is not an amount"),
        ("contributions", {"month": "2024-1"}, "month: '2024-1' is not a month"),
        ("contributions", {"month": "2204-01"}, "month: 2204-01 is too far from today"),
        ("contributions", {"month": "0204-01"}, "month: 0204-01 is too far from today"),
        ("contributions", {"due_date": "2023-12-31"}, "due_date: 2023-12-31 is before its month"),
        ("contributions", {"due_date": "9999-12-31"}, "due_date: 9999-12-31 is too far from today"),
        ("contributions", {"month": "2026-03", "due_date": "2026-05-23"}, "due_date: 2026-05-23 is too far from today"),
        ("payments", {"amount": "-300.00"}, "amount: -300.00 is negative"),
        ("payments", {"paid_on": "2024-03-21"}, "paid_on: 2024-03-21 is in the future"),
        ("payments", {"channel": "cheque"}, "channel: 'cheque' is not known"),
        ("payments", {"reference": " "}, "reference: is empty"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_the_reason(
    hicham: PersonId, feed: Import, tmp_path: Path, kind: str, row: dict[str, str], told: str
) -> None:
    """It names the column, and nothing of the row is kept."""
    cells = {name: f'"{text}"' for name, text in row.items()}
    assert feed(kind, cells) == REJECTED
    assert told in reason(tmp_path / f"{kind}.csv")
    assert ledger(hicham) == Records((), (), ())


@pytest.mark.parametrize(
    ("kind", "second", "named"),
    [
        ("contributions", {"contribution": "100"}, "registration_number, month: 104228815 2024-01-01"),
        ("payments", {"amount": "100"}, "reference: P000001"),
    ],
)
def test_the_first_of_two_rows_about_the_same_counts(
    hicham: PersonId, feed: Import, tmp_path: Path, kind: str, second: dict[str, str], named: str
) -> None:
    """A payment twice in a file, a month twice: the later row is rejected, each time the file is imported."""
    assert hicham
    assert feed(kind, {}, second) == Counts(added=1, rejected=1)
    assert f"{named} is on an earlier line" in reason(tmp_path / f"{kind}.csv")
    assert feed(kind, {}, second) == Counts(unchanged=1, rejected=1)


def test_what_was_cancelled_is_read_with_the_rest(hicham: PersonId) -> None:
    """Line by line, as it was granted."""
    line = {"person_id": hicham, "month": date(2023, 6, 1), "granted_on": date(2024, 3, 1)}
    amounts = {"contribution": 30_000, "penalty": 1_800, "enforcement_fee": 5_000}
    with db.engine().begin() as connection:
        connection.execute(insert(cancelled).values(line | amounts))
    granted = CancelledLine(Month(2023, 6), date(2024, 3, 1), Dirhams("300.00"), Dirhams("18.00"), Dirhams("50.00"))
    assert ledger(hicham) == Records((), (), (granted,))


def test_a_ledger_is_read_in_one_statement(hicham: PersonId, feed: Import) -> None:
    """It is read while somebody waits."""
    feed("contributions", {})
    feed("payments", {})
    statements: list[str] = []
    with begin(Actor("command", "test")) as work:
        event.listen(work.connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
        contributions.records(work, hicham)
        assert len(statements) == 1


def test_a_commitment_is_read_with_its_day(hicham: PersonId) -> None:
    """Until there is one there is none."""
    with begin(Actor("command", "test")) as work:
        assert cancellation.commitment_of(work, hicham) is None
        work.execute(insert(cancellation.commitments).values(person_id=hicham, made_on=date(2024, 2, 1)))
        assert cancellation.commitment_of(work, hicham) == cancellation.Commitment(date(2024, 2, 1))


def test_reading_a_ledger_is_audited(hicham: PersonId) -> None:
    """One row for a reading."""
    before = audited()
    ledger(hicham)
    assert audited() == before + 1


def test_amounts_of_the_ledger_are_money(hicham: PersonId, feed: Import) -> None:
    """Exact, with two decimals, as they are said."""
    feed("contributions", {"contribution": "0.10", "penalty": "0.20"})
    (charge,) = ledger(hicham).charges
    assert charge.contribution + charge.penalty == Decimal("0.30")
    assert str(charge.penalty) == "0.20"
