"""The list of a liaison body makes people whose registration is pending."""

from datetime import date
from pathlib import Path

import pytest

from backend.feeds import Counts

from .lists import Import, audited, becomes, everybody, gives_by_phone, quietly, rejected, somebody

UNCHANGED = Counts(unchanged=1)
CHANGED = Counts(changed=1)
REJECTED = Counts(rejected=1)


def test_a_listed_person_is_pending(list_tns: Import) -> None:
    """All that the list says is kept; what it doesn't say is absent."""
    assert list_tns({"cin": "ab 012345", "mobile": "06 61 00 01 01", "tax_id": "4011-8822"}) == Counts(added=1)
    person = somebody()
    assert (person.status, person.registration_number) == ("pending", None)
    assert (person.cin, person.cin_digits) == ("AB012345", "12345")
    assert (person.mobile, person.tax_id) == ("+212661000101", "40118822")
    assert (person.birth_date, person.birth_year_only) == (date(1988, 3, 14), False)
    assert (person.last_name_ar, person.city, person.contributions_from) == ("", None, None)


def test_the_same_list_again_changes_nothing(list_tns: Import) -> None:
    """An import can be repeated."""
    rows: list[dict[str, str]] = [{}, {"cin": "W224466", "preferred_language": "ar", "birth_year_only": "1"}]
    assert list_tns(*rows) == Counts(added=2)
    before = everybody()
    assert list_tns(*rows) == Counts(unchanged=2)
    assert everybody() == before


def test_a_pending_person_listed_again_is_updated(list_tns: Import) -> None:
    """The newest list counts; its empty cells say nothing."""
    list_tns({"mobile": "+212661000101", "city": "Rabat"})
    assert list_tns({"city": "Settat", "last_name": "El Amrani-Tazi"}) == CHANGED
    person = somebody()
    assert (person.mobile, person.city, person.last_name) == ("+212661000101", "Settat", "El Amrani-Tazi")


def test_several_liaison_bodies_may_list_one_person(list_tns: Import) -> None:
    """It is one person, of the body and the category of the newest list; dates go with their category."""
    list_tns({"category": "farmer", "contributions_from": "2022-06", "amo_from": "2022-07-01"})
    assert somebody().contributions_from == date(2022, 6, 1)
    assert list_tns({"category": "cpu", "liaison_body": "Direction générale des impôts"}) == CHANGED
    person = somebody()
    assert (person.category, person.liaison_body) == ("cpu", "Direction générale des impôts")
    assert (person.contributions_from, person.amo_from) == (None, None)


def test_a_registered_person_is_left_as_they_are(list_tns: Import) -> None:
    """What the fund knows of a registered person is not a liaison body's to change."""
    list_tns({})
    becomes(status="registered", registration_number="104228815")
    before = somebody()
    assert list_tns({"last_name": "Other", "mobile": "+212661000199", "category": "cpu"}) == UNCHANGED
    assert somebody() == before


def test_a_mobile_given_by_phone_wins(list_tns: Import) -> None:
    """A number that somebody left must not come back with a list; the rest of the row counts."""
    list_tns({"mobile": "+212661000101"})
    gives_by_phone("+212662000202")
    assert list_tns({"mobile": "+212661000101"}) == UNCHANGED
    assert list_tns({"mobile": "+212661000101", "city": "Fès"}) == CHANGED
    assert (somebody().mobile, somebody().city) == ("+212662000202", "Fès")


def test_the_language_on_file_wins(list_tns: Import) -> None:
    """It may be the one that the person chose by phone; a list fills it in where there is none."""
    list_tns({})
    assert list_tns({"preferred_language": "AR"}) == CHANGED
    assert list_tns({"preferred_language": "fr"}) == UNCHANGED
    assert somebody().preferred_language == "ar"


def test_a_card_that_bears_only_a_year(list_tns: Import) -> None:
    """The day is 1 January, whatever the list says: so it is found by the year that the caller keys."""
    list_tns({"birth_date": "1952-07-31", "birth_year_only": "1"})
    assert (somebody().birth_date, somebody().birth_year_only) == (date(1952, 1, 1), True)
    assert list_tns({"birth_date": "1952-07-31"}) == CHANGED
    assert (somebody().birth_date, somebody().birth_year_only) == (date(1952, 7, 31), False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"last_name": " "}, "last_name: is empty"),
        ({"liaison_body": ""}, "liaison_body: is empty"),
        ({"cin": "123456"}, "cin: an identity card"),
        ({"birth_date": "14/03/1988"}, "birth_date: '14/03/1988' is not a day of the calendar: write it as 1988-03-14"),
        ({"birth_date": "2024-03-21"}, "birth_date: 2024-03-21 is no date of birth"),
        ({"birth_year_only": "oui"}, "birth_year_only: must be 1 (yes) or 0 (no)"),
        ({"category": "docteur"}, "category: 'docteur' is not known: write doctor"),
        ({"category": "employee"}, "category: 'employee' is not known"),
        ({"category": "farmer"}, "contributions_from, amo_from: a farmer needs both"),
        ({"category": "craftsperson", "amo_from": "2022-07-01"}, "contributions_from, amo_from: a craftsperson needs"),
        ({"contributions_from": "2022-13"}, "contributions_from: '2022-13' is not a month"),
        ({"mobile": "0520447100"}, "mobile: not a Moroccan mobile number"),
        ({"mobile": "+33612345678"}, "mobile: not a Moroccan mobile number"),
        ({"tax_id": "123"}, "tax_id: must be digits, 4 at least"),
        ({"preferred_language": "en"}, "preferred_language: 'en' is not known: write ar or fr"),
        ({"registration_number": "12345678"}, "registration_number: a registration number must have 9 digits"),
        ({"first_name": "x" * 101}, "first_name: longer than 100 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_the_reason(
    list_tns: Import, tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    """The reason names the column, and how to mend it; the other rows are imported."""
    assert list_tns(row, {"cin": "Z1"}) == Counts(added=1, rejected=1)
    heading, line = rejected(tmp_path / "tns.csv")
    assert heading.startswith("line,reason,cin,last_name,")
    assert reason in line
    assert line.startswith("2,")


def test_all_reasons_of_a_row_are_told_at_once(list_tns: Import, tmp_path: Path) -> None:
    """It is mended once."""
    list_tns({"cin": "", "mobile": "0520447100", "tax_id": "x"})
    (line,) = rejected(tmp_path / "tns.csv")[1:]
    assert all(f"{column}: " in line for column in ("cin", "mobile", "tax_id"))


def test_rejected_rows_once_mended_can_be_imported_as_they_are(list_tns: Import, tmp_path: Path) -> None:
    """Their file has the columns of the list, and two more that an import passes over."""
    list_tns({"last_name": "N'Ait", "mobile": "06"})
    found = tmp_path / "tns.csv.rejected.csv"
    found.write_text(found.read_text("utf-8").replace(",06,", ",0661000101,"), "utf-8")
    assert quietly("tns", found) == Counts(added=1)
    assert somebody().last_name == "N'Ait"


def test_a_list_without_faults_leaves_no_file_of_an_earlier_one(list_tns: Import, tmp_path: Path) -> None:
    """What lies there is of the last import."""
    assert list_tns({"mobile": "06"}) == REJECTED
    list_tns({})
    assert not (tmp_path / "tns.csv.rejected.csv").exists()


def test_the_first_of_two_rows_about_one_card_counts(list_tns: Import, tmp_path: Path) -> None:
    """The later one is rejected, now and whenever the list is imported again; a rejected row is no first one."""
    rows = ({"mobile": "06"}, {"city": "Rabat"}, {"city": "Fès"})
    assert list_tns(*rows) == Counts(added=1, rejected=2)
    assert list_tns(*rows) == Counts(unchanged=1, rejected=2)
    assert somebody().city == "Rabat"
    assert "cin: BK482913 is on an earlier line" in rejected(tmp_path / "tns.csv")[2]


def test_two_people_may_share_card_figures_and_birth_date(list_tns: Import) -> None:
    """The letters differ: they are told apart by an advisor."""
    assert list_tns({"cin": "AB123456"}, {"cin": "BK123456"}) == Counts(added=2)


def test_a_number_of_another_person_is_refused(list_tns: Import, tmp_path: Path) -> None:
    """On file, or on an earlier line."""
    list_tns({"registration_number": "104228815"})
    again = {"cin": "Z1", "registration_number": "104228815"}
    assert list_tns(again, {"cin": "Z2"}) == Counts(added=1, rejected=1)
    assert "registration_number: on file with another cin" in rejected(tmp_path / "tns.csv")[1]
    twice = {"registration_number": "118350942"}
    assert list_tns({"cin": "Z3"} | twice, {"cin": "Z4"} | twice) == Counts(added=1, rejected=1)


def test_one_audit_row_for_a_batch(list_tns: Import) -> None:
    """Not one for each person."""
    list_tns({}, {"cin": "Z1"}, {"cin": "Z2"})
    assert audited() == 1
