"""Claim files: where each stands, what is to be told of a change, how long they take at present."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend import claims
from backend.claims import Change, Claim
from backend.feeds import Counts
from backend.values import Dirhams, PersonId
from backend.work import Actor, begin

from .lists import Import, audited, quietly, reason

ADDED = Counts(added=1)
CHANGED = Counts(changed=1)
UNCHANGED = Counts(unchanged=1)
REJECTED = Counts(rejected=1)
USUAL = Decimal("9.15")
MISSING = {
    "status": "awaiting-documents",
    "status_date": "2024-02-27",
    "missing_documents": '"ordonnance|facture, bis"',
}
PAID = {"status": "paid", "status_date": "2024-03-01", "paid_on": "2024-03-01", "payable": "420.00"}


def asked(question: Any, *args: Any, today: date | None = None, **more: Any) -> Any:
    """Return what a reading function answers."""
    with begin(Actor("command", "test"), today=today) as work:
        return question(work, *args, **more)


def untold() -> list[Change]:
    """Return the changes that nobody was told of."""
    found: list[Change] = asked(claims.untold, 10)
    return found


def test_a_file_is_read_as_it_was_written(hicham: PersonId, feed: Import) -> None:
    """Amounts are dirhams; what is not said is absent."""
    assert feed("claims", {"claimed": "1260.50", "missing_documents": " ordonnance | facture "}) == ADDED
    assert asked(claims.of, hicham, 5) == [
        Claim(
            file_number="24031800417",
            beneficiary="Hicham",
            care_date=date(2024, 2, 1),
            deposited_on=date(2024, 2, 18),
            status="received",
            status_date=date(2024, 2, 18),
            claimed=Dirhams("1260.50"),
            payable=None,
            paid_on=None,
            missing_documents=("ordonnance", "facture"),
            reason=None,
        )
    ]


def test_documents_may_be_called_anything(hicham: PersonId, feed: Import) -> None:
    """Quotation marks, backslashes, braces and commas are no end of a value; empty ones are none."""
    feed("claims", {"missing_documents": '"l\'""ordonnance""|C:\\doc\\|{a},b| |NULL|"'})
    assert asked(claims.of, hicham, 1)[0].missing_documents == ('l\'"ordonnance"', "C:\\doc\\", "{a},b", "NULL")


def test_the_file_deposited_last_comes_first(hicham: PersonId, feed: Import) -> None:
    """And no more of them than were asked for."""
    days = {"1": "2024-01-09", "2": "2024-03-18", "3": "2024-02-22"}
    feed("claims", *({"file_number": n, "deposited_on": day, "status_date": day} for n, day in days.items()))
    assert [claim.file_number for claim in asked(claims.of, hicham, 2)] == ["2", "3"]
    assert asked(claims.open_files, hicham) == 3


def test_files_follow_one_another_by_deposit_then_number(hicham: PersonId, feed: Import) -> None:
    """Each once, from any of them on; several of one day too."""
    days = {"1": "2024-01-09", "2": "2024-02-22", "3": "2024-02-22", "4": "2024-03-18"}
    feed("claims", *({"file_number": n, "deposited_on": day, "status_date": day} for n, day in days.items()))
    found, before = [], None
    while read := asked(claims.of, hicham, 1, before=before):
        found.append(read[0].file_number)
        before = read[0].deposited_on, read[0].file_number
    assert found == ["4", "3", "2", "1"]


def test_a_file_is_found_by_its_number_by_its_person_alone(hicham: PersonId, list_people: Import, feed: Import) -> None:
    """Somebody else's number is no file of theirs."""
    list_people({})
    feed("claims", {}, {"file_number": "7", "registration_number": "131907758"})
    assert asked(claims.by_number, hicham, "24031800417").beneficiary == "Hicham"
    assert asked(claims.by_number, hicham, "7") is None


def test_the_same_file_again_changes_nothing(hicham: PersonId, feed: Import) -> None:
    """An import can be repeated."""
    feed("claims", MISSING)
    assert feed("claims", MISSING) == UNCHANGED
    assert untold() == []
    assert hicham


def test_the_first_import_of_a_file_is_not_a_change(hicham: PersonId, feed: Import) -> None:
    """Nobody is told of what the fund knew before this program did."""
    feed("claims", MISSING)
    assert untold() == []
    assert hicham


def test_a_change_of_status_is_told_once(hicham: PersonId, feed: Import) -> None:
    """With what it is since; told, it doesn't come again."""
    feed("claims", {})
    assert feed("claims", MISSING) == CHANGED
    (change,) = untold()
    assert (change.person, change.file_number) == (hicham, "24031800417")
    assert (change.status, change.missing_documents) == ("awaiting-documents", ("ordonnance", "facture, bis"))
    asked(claims.told, [change])
    assert untold() == []


def test_other_missing_documents_are_a_change_and_other_cells_are_not(hicham: PersonId, feed: Import) -> None:
    """An amount that was corrected is on file, and nobody is told."""
    feed("claims", MISSING)
    feed("claims", MISSING | {"claimed": "10.00"})
    assert untold() == []
    feed("claims", MISSING | {"missing_documents": "ordonnance"})
    assert [change.missing_documents for change in untold()] == [("ordonnance",)]
    assert hicham


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("ordonnance|facture de pharmacie", "Facture de pharmacie|Ordonnance", False),
        ("ordonnance", "ordonance|les ordonnances", False),
        ("attestation du voisin", "ATTESTATION DU VOISIN", False),
        ("attestation du voisin", "attestation du gardien", True),
        ("ordonnance|facture de pharmacie", "ordonnance", True),
        ("", "ordonnance", True),
    ],
)
def test_the_same_documents_in_other_words_are_told_to_nobody(
    hicham: PersonId, feed: Import, before: str, now: str, told: bool
) -> None:
    """Another order or spelling is kept as the list has it, and is no news; another document is."""
    feed("claims", MISSING | {"missing_documents": before})
    assert feed("claims", MISSING | {"missing_documents": now}) == CHANGED
    assert asked(claims.of, hicham, 1)[0].missing_documents == tuple(now.split("|"))
    assert bool(untold()) is told


def test_an_empty_cell_empties(hicham: PersonId, feed: Import) -> None:
    """A row says all of its file: a document that is no longer missing is gone."""
    feed("claims", MISSING)
    feed("claims", {"status": "in-review", "status_date": "2024-03-05"})
    (claim,) = asked(claims.of, hicham, 5)
    assert (claim.status, claim.missing_documents) == ("in-review", ())


def test_what_one_job_tells_another_passes_over(hicham: PersonId, feed: Import) -> None:
    """Two at once never tell the same."""
    feed("claims", {})
    feed("claims", MISSING)
    with begin(Actor("job", "1")) as work:
        assert len(claims.untold(work, 10)) == 1
        assert untold() == []
    assert len(untold()) == 1
    assert hicham


def test_the_average_delay_is_of_the_files_paid_in_the_last_30_days(hicham: PersonId, feed: Import) -> None:
    """From deposit to payment, today the thirtieth day; without any, the usual ones (004_…)."""
    assert asked(claims.average_delay) == USUAL
    first = {"file_number": "1", "deposited_on": "2024-02-19", "paid_on": "2024-02-29", "status_date": "2024-02-29"}
    second = {"file_number": "2", "deposited_on": "2024-03-14", "paid_on": "2024-03-19", "status_date": "2024-03-19"}
    feed("claims", PAID | first, PAID | second, {"file_number": "3"})
    assert asked(claims.average_delay) == Decimal("7.5")
    assert asked(claims.average_delay, today=date(2024, 3, 18)) == 10
    assert asked(claims.average_delay, today=date(2024, 4, 1)) == 5
    assert asked(claims.average_delay, today=date(2024, 4, 17)) == 5
    assert asked(claims.average_delay, today=date(2024, 4, 18)) == USUAL
    assert hicham


def test_the_average_delay_follows_corrections(hicham: PersonId, feed: Import) -> None:
    """A file counts once, as it is on file now, however often it is imported; or no longer."""
    feed("claims", {})
    feed("claims", PAID)
    assert asked(claims.average_delay) == 12
    assert feed("claims", PAID) == UNCHANGED
    feed("claims", PAID | {"paid_on": "2024-03-03"})
    assert asked(claims.average_delay) == 14
    feed("claims", {"status": "rejected", "status_date": "2024-03-04"})
    assert asked(claims.average_delay) == USUAL
    assert hicham


def test_a_paid_file_without_its_day_was_paid_on_that_of_its_status(hicham: PersonId, feed: Import) -> None:
    """The day is said to the caller."""
    feed("claims", PAID | {"paid_on": ""})
    assert asked(claims.of, hicham, 1)[0].paid_on == date(2024, 3, 1)


def test_a_file_number_is_the_digits_that_a_caller_keys(hicham: PersonId, feed: Import) -> None:
    """However the list groups them."""
    feed("claims", {"file_number": "240 318-00417"})
    assert feed("claims", {}) == UNCHANGED
    assert asked(claims.by_number, hicham, "24031800417").beneficiary == "Hicham"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"file_number": "F1"}, "file_number: the number of a claim file must have 1 to 15 digits"),
        ({"file_number": "1" * 16}, "file_number: the number of a claim file must have 1 to 15 digits"),
        ({"status": "lost"}, "status: 'lost' is not known: write"),
        ({"status": "in_review"}, "status: 'in_review' is not known: write in-review"),
        ({"deposited_on": "2024-03-21"}, "deposited_on: 2024-03-21 is in the future"),
        ({"status_date": "2024-03-21"}, "status_date: 2024-03-21 is in the future"),
        ({"status_date": "2024-02-17"}, "status_date: 2024-02-17 is before deposited_on"),
        (PAID | {"paid_on": "2024-02-17"}, "paid_on: 2024-02-17 is before deposited_on"),
        (PAID | {"paid_on": "2024-03-21"}, "paid_on: 2024-03-21 is in the future"),
        ({"payable": "-1"}, "payable: -1 is negative"),
        ({"registration_number": "999999999"}, "no person has the registration number 999999999"),
        ({"beneficiary": ""}, "beneficiary: is empty"),
        ({"missing_documents": "|".join("abcdefghijklmnopqrstu")}, "missing_documents: 21 values: 20 at most"),
        ({"reason": "x" * 501}, "reason: longer than 500 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_the_reason(
    hicham: PersonId, feed: Import, tmp_path: Path, row: dict[str, str], told: str
) -> None:
    """It names the column; nothing of the row is kept."""
    assert feed("claims", row) == REJECTED
    assert told in reason(tmp_path / "claims.csv")
    assert asked(claims.of, hicham, 5) == []


def test_rejected_files_once_mended_can_be_imported_as_they_are(hicham: PersonId, feed: Import, tmp_path: Path) -> None:
    """A claim file's own `reason` is not the reason of its rejection."""
    late = {"status": "rejected", "reason": "dépôt hors délai"}
    assert feed("claims", late | {"deposited_on": "2042-02-18"}) == REJECTED
    found = tmp_path / "claims.csv.rejected.csv"
    found.write_text(found.read_text("utf-8").replace(",2042-", ",2024-"), "utf-8")
    assert quietly("claims", found) == ADDED
    assert asked(claims.of, hicham, 1)[0].reason == "dépôt hors délai"


def test_the_day_of_a_medical_check_may_be_to_come(hicham: PersonId, feed: Import) -> None:
    """It is the appointment; what the check leads to may come before it."""
    feed("claims", {})
    assert feed("claims", {"status": "medical-check", "status_date": "2024-04-02"}) == CHANGED
    assert feed("claims", {"status": "settled", "status_date": "2024-03-19"}) == CHANGED
    assert hicham


def test_the_file_of_another_person_is_rejected(
    hicham: PersonId, list_people: Import, feed: Import, tmp_path: Path
) -> None:
    """A number that was mistyped must not give a file to a stranger."""
    list_people({})
    feed("claims", {})
    assert feed("claims", {"registration_number": "131907758"}) == REJECTED
    assert "on file of another person" in reason(tmp_path / "claims.csv")
    assert len(asked(claims.of, hicham, 5)) == 1


@pytest.mark.parametrize("row", [{}, MISSING | {"status_date": "2024-02-20"}, MISSING | {"status_date": "2024-02-26"}])
def test_an_older_list_does_not_take_a_file_back(
    hicham: PersonId, feed: Import, tmp_path: Path, row: dict[str, str]
) -> None:
    """Whatever it says otherwise, the very same status too: what is on file stays, its amounts with it."""
    feed("claims", MISSING | {"claimed": "900.00"})
    before = asked(claims.of, hicham, 5)
    assert feed("claims", row | {"claimed": "100.00"}) == REJECTED
    assert "status_date: on file with a later one" in reason(tmp_path / "claims.csv")
    assert asked(claims.of, hicham, 5) == before
    assert untold() == []


def test_reading_files_is_audited(hicham: PersonId) -> None:
    """Each reading of a person's files."""
    before = audited()
    asked(claims.of, hicham, 5)
    asked(claims.by_number, hicham, "1")
    assert audited() == before + 2
