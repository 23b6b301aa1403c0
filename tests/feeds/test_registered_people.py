"""The fund's own list makes registered people, by their registration number."""

from datetime import date
from pathlib import Path

from backend.feeds import Counts

from .lists import Import, everybody, gives_by_phone, rejected, somebody

CHANGED = Counts(changed=1)


def test_a_listed_person_is_registered(list_people: Import) -> None:
    """Employees and pensioners, too; the day of registration is kept."""
    assert list_people({"registered_on": "1989-05-02"}) == Counts(added=1)
    person = somebody()
    assert (person.status, person.registration_number) == ("registered", "131907758")
    assert (person.category, person.registered_on) == ("employee", date(1989, 5, 2))


def test_the_same_list_again_changes_nothing(list_people: Import) -> None:
    """An import can be repeated."""
    row = {"mobile": "+212664000204", "preferred_language": "fr"}
    list_people(row)
    assert list_people(row) == Counts(unchanged=1)


def test_the_fund_may_correct_everything_but_the_number(list_people: Import) -> None:
    """Even the identity card, as long as nobody else has it."""
    list_people({"mobile": "+212664000204"})
    corrected = {"cin": "BE66319", "last_name": "El Mansouri", "category": "pensioner", "mobile": "+212664000299"}
    assert list_people(corrected) == CHANGED
    person = somebody()
    assert {name: getattr(person, name) for name in corrected} == corrected
    assert person.cin_digits == "66319"


def test_a_mobile_given_by_phone_wins_over_the_fund_too(list_people: Import) -> None:
    """Its list may be older than the call."""
    list_people({"mobile": "+212664000204"})
    gives_by_phone("+212662000202")
    assert list_people({"mobile": "+212664000204"}) == Counts(unchanged=1)
    assert somebody().mobile == "+212662000202"


def test_a_pending_person_of_the_same_card_becomes_registered(list_tns: Import, list_people: Import) -> None:
    """With that number; what only the liaison body knew stays."""
    list_tns({"tax_id": "40118822", "registration_number": "999999999"})
    row = {"cin": "BK482913", "category": "doctor", "registration_number": "104228815"}
    assert list_people(row) == CHANGED
    person = somebody()
    assert (person.status, person.registration_number, person.tax_id) == ("registered", "104228815", "40118822")
    assert list_people(row) == Counts(unchanged=1)


def test_a_pending_person_with_the_number_becomes_registered(list_tns: Import, list_people: Import) -> None:
    """Under the identity card that the fund knows."""
    list_tns({"registration_number": "131907758"})
    assert list_people({}) == CHANGED
    assert (somebody().status, somebody().cin) == ("registered", "BE66318")


def test_the_card_of_another_registered_person_is_refused(list_people: Import, tmp_path: Path) -> None:
    """Two numbers for one card are a mistake that a person must look at."""
    list_people({})
    assert list_people({"registration_number": "131907759"}) == Counts(rejected=1)
    assert "cin: on file with another registration_number" in rejected(tmp_path / "people.csv")[1]


def test_the_card_of_another_pending_person_is_refused(list_tns: Import, list_people: Import) -> None:
    """Where the number is already somebody else's."""
    list_people({})
    list_tns({})
    assert list_people({"cin": "BK482913"}) == Counts(rejected=1)
    assert [person.status for person in everybody()] == ["registered", "pending"]


def test_a_farmer_needs_dates_from_here_or_from_their_own_list(
    list_tns: Import, list_people: Import, tmp_path: Path
) -> None:
    """The category has none."""
    farmer = {"cin": "J560081", "category": "farmer"}
    assert list_people(farmer) == Counts(rejected=1)
    assert "import their tns list first" in rejected(tmp_path / "people.csv")[1]
    list_tns(farmer | {"contributions_from": "2022-06", "amo_from": "2022-07-01"})
    assert list_people(farmer) == CHANGED
    assert somebody().amo_from == date(2022, 7, 1)


def test_a_number_twice_in_the_list_counts_once(list_people: Import) -> None:
    """The first line does."""
    assert list_people({}, {"cin": "Z1"}) == Counts(added=1, rejected=1)
    assert somebody().cin == "BE66318"


def test_two_rows_about_one_person_are_refused(list_tns: Import, list_people: Import, tmp_path: Path) -> None:
    """One has the number, the other the card: nobody could say which of them it is, and neither may be lost."""
    list_tns({"registration_number": "131907758"})
    before = somebody()
    of_the_card = {"registration_number": "104228815", "cin": "BK482913"}
    rows: list[dict[str, str]] = [{}, of_the_card, {"registration_number": "1" * 9, "cin": "Z1"}]
    for counts in (Counts(added=1, rejected=2), Counts(unchanged=1, rejected=2)):
        assert list_people(*rows) == counts
        told = rejected(tmp_path / "people.csv")
        assert len(told) == 3
        assert all("lines 2 and 3 have one of each of the same person" in line for line in told[1:])
        assert before in everybody()
