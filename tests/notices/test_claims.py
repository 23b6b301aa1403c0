"""Who has a mobile is told of each change of their claim files, once, in their language."""

import re

import pytest
from sqlalchemy import select

from backend import claims, db, notices
from backend.claims import claim_changes
from backend.values import PersonId
from backend.work import begin
from tests.feeds.lists import Import, becomes
from tests.notices.conftest import MOBILE
from tests.notices.living import CLOCK, killed, promised, run, said

FILE = "24031800417"
MISSING = {
    "status": "awaiting-documents",
    "status_date": "2024-02-27",
    "missing_documents": "ordonnance",
    "payable": "1260.50",
}
PAID = {"status": "paid", "status_date": "2024-03-01", "paid_on": "2024-03-01", "payable": "420.00"}


def untold() -> int:
    """Count the changes that are still to be told."""
    with db.engine().connect() as connection:
        return len(connection.execute(select(claim_changes).where(claim_changes.c.told_at.is_(None))).all())


def test_a_change_of_status_is_told(hicham: PersonId, feed: Import) -> None:
    """The number of the file and what became of it; no amount, no name, no registration number."""
    feed("claims", {})
    feed("claims", PAID)
    run(notices.tell_of_claims)
    (row,) = promised()
    assert (row.occasion, row.person_id, row.state) == ("sms-claim-changed", hicham, "queued")
    assert said(row) == f"CNSS : votre dossier {FILE} est payé. Pour en savoir plus, appelez le 3939, choix 3."


@pytest.mark.parametrize("status", ["awaiting-documents", "in-review"])
def test_a_missing_document_is_told(hicham: PersonId, feed: Import, status: str) -> None:
    """That one is missing, whatever the status that says so; which one is said to whoever proves who they are."""
    feed("claims", {})
    feed("claims", MISSING | {"status": status})
    run(notices.tell_of_claims)
    (row,) = promised("sms-claim-document-missing")
    assert "il manque un document à votre dossier 24031800417" in said(row)
    assert "ordonnance" not in said(row)
    assert hicham


def test_a_file_that_ended_misses_nothing(hicham: PersonId, feed: Import) -> None:
    """A list that was not emptied does not hide that the file is paid."""
    feed("claims", {})
    feed("claims", MISSING | PAID)
    run(notices.tell_of_claims)
    assert [row.occasion for row in promised()] == ["sms-claim-changed"]
    assert hicham


@pytest.mark.parametrize(("language", "letters"), [("fr", "[a-z]"), ("ar", "[ء-ي]"), (None, "[ء-ي]")])
def test_people_are_told_in_the_language_on_file(
    hicham: PersonId, feed: Import, language: str | None, letters: str
) -> None:
    """Arabic where none is."""
    becomes(preferred_language=language)
    for number, status in enumerate(claims.STATUSES, 1):
        feed("claims", {"file_number": str(number)})
        feed("claims", MISSING | PAID | {"file_number": str(number), "status": status})
    run(notices.tell_of_claims)
    assert {row.person_id for row in promised()} == {hicham}
    assert all(len(re.findall(letters, said(row))) > 30 for row in promised() if row.payload)


def test_a_change_is_told_once(hicham: PersonId, feed: Import) -> None:
    """However often the clock looks."""
    feed("claims", {})
    feed("claims", PAID)
    for _ in range(3):
        run(notices.tell_of_claims)
    assert len(promised()) == 1
    assert hicham


def test_of_several_changes_of_a_file_the_last_is_told(hicham: PersonId, feed: Import) -> None:
    """An SMS must not say what is no longer so."""
    for cells in ({}, {"status": "in-review"}, MISSING, PAID):
        feed("claims", cells)
    run(notices.tell_of_claims)
    (row,) = promised()
    assert "est payé" in said(row)
    assert untold() == 0
    assert hicham


def test_who_has_no_mobile_is_told_nothing(hicham: PersonId, feed: Import) -> None:
    """The change is noted as told: a mobile given next year brings no old news."""
    becomes(mobile=None)
    feed("claims", {})
    feed("claims", PAID)
    run(notices.tell_of_claims)
    becomes(mobile=MOBILE)
    run(notices.tell_of_claims)
    assert promised() == []
    assert untold() == 0
    assert hicham


def test_killed_in_the_middle_a_change_is_told_by_the_next_clock(hicham: PersonId, feed: Import) -> None:
    """What was promised and what was noted are one commit."""
    feed("claims", {})
    feed("claims", PAID)
    killed(notices.tell_of_claims)
    assert (promised(), untold()) == ([], 1)
    run(notices.tell_of_claims)
    assert (len(promised()), untold()) == (1, 0)
    assert hicham


def test_two_clocks_tell_each_change_once(hicham: PersonId, feed: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one tells, the other has nothing to do: of two changes of one file the last must be told last."""
    monkeypatch.setattr(notices, "CHANGES", 1)
    for cells in ({}, PAID):
        feed("claims", {"file_number": "1"} | cells, {"file_number": "2"} | cells)
    with begin(CLOCK) as one, begin(CLOCK) as other:
        assert notices.tell_of_claims(one)
        assert not notices.tell_of_claims(other)
    run(notices.tell_of_claims)
    assert sorted(said(row).split(" est ")[0][-1] for row in promised()) == ["1", "2"]
    assert hicham
