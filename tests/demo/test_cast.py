"""Whom to call as: everybody is as promised, on file and by telephone."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from backend import claims, db, family, salaries, standing
from backend.people import people as table
from backend.people import with_card
from backend.rules.birth_leave import birth_leave
from backend.rules.family_allowances import family_allowances
from backend.rules.loss_of_employment import loss_of_employment
from backend.rules.maternity import maternity
from backend.rules.pension import pension
from backend.values import BirthDate, IdentityCardDigits, Mobile, PersonId
from backend.work import Actor, begin
from svi.demo import WHO, Caller, phone, population, situations
from svi.demo.cast import SERVICES, Member, cast, words
from tests.conftest import Dial, Texts

from .conftest import AUTUMN, SPRING

TESTER = Actor("command", "test")


def members(today: date) -> list[Member]:
    """Return the cast of the lists of a day."""
    return cast(population.registered(today), today)


def on_file(member: Member) -> Row[Any]:
    """Return the row of a member of the cast, who has the birth date and the mobile that they are promised."""
    given = member.insured.person
    with db.engine().connect() as connection:
        row = connection.execute(select(table).filter_by(registration_number=given.registration_number)).one()
    born = BirthDate.parse(given.born)
    assert (row.birth_date, row.birth_year_only, row.mobile) == (born.day, born.year_only, given.mobile)
    return row


@pytest.mark.usefixtures("home")
def test_the_cast_stands_as_promised(today: date) -> None:
    """What the database holds says the same as the lists: balance, debt cancellation, AMO."""
    promised = [member for member in members(today) if member.service == "contributions"]
    for member in promised:
        with begin(TESTER) as work:
            told = standing.of(work, PersonId(on_file(member).id))
        assert member.situation == f"contributions-{situations.contributions(told)}"
        assert told.cancellation.situation in member.situation or told.cancellation.situation == "not-concerned"
    assert len(promised) == 10


@pytest.mark.usefixtures("home")
def test_the_cast_has_the_files_that_it_is_promised(today: date) -> None:
    """The newest is in the state of the title, and its number is the one to key."""
    promised = [member for member in members(today) if member.service == "claims"]
    for member in promised:
        with begin(TESTER) as work:
            (newest,) = claims.of(work, PersonId(on_file(member).id), 1)
        assert member.situation == f"claim-{situations.claim_file(newest, today)}"
        assert member.answers == {"file": f"{newest.file_number}#"}
    assert len(promised) == len(words()["claims"])


def outcome(member: Member, today: date) -> str:
    """Return what the records of somebody say of a benefit, with the answers that are proposed to be keyed."""
    row = on_file(member)
    with begin(TESTER) as work:
        worked, relatives = salaries.of(work, PersonId(row.id)), family.of(work, PersonId(row.id))
    answers = {name: BirthDate.parse(keys).day for name, keys in member.answers.items()}
    match member.situation.partition("-")[0]:
        case "pension":
            return pension(row.category, row.birth_date, worked, today).outcome
        case "allowances":
            return family_allowances(row.category, worked, relatives, today).outcome
        case "unemployment":
            last = answers["last-day-worked"]
            return loss_of_employment(row.category, worked, today, last_day_worked=last, own_choice=False).outcome
        case "maternity":
            return maternity(row.category, worked, today, leave_start=answers["leave-start"]).outcome
        case _:
            return birth_leave(row.category, worked, relatives, today).outcome


@pytest.mark.usefixtures("home")
def test_the_cast_has_the_rights_that_it_is_promised(today: date) -> None:
    """With the answers proposed to be keyed, where the rule asks for one."""
    promised = [member for member in members(today) if member.service == "rights"]
    for member in promised:
        assert member.situation.partition("-")[2] == outcome(member, today)
    assert len(promised) == len(words()["rights"])


def test_who_expects_a_child_is_a_woman() -> None:
    """Nobody else is proposed for maternity."""
    for today in (SPRING, AUTUMN):
        (member,) = (member for member in members(today) if member.situation == "maternity-entitled")
        assert member.insured.person.woman


@pytest.mark.parametrize("today", [SPRING, AUTUMN], ids=str)
def test_everybody_is_there_who_can_be(today: date) -> None:
    """One member for each situation that has words and that somebody with a mobile is in; nobody is two of them."""
    cast_today = members(today)
    exist = {situation for each in population.registered(today) for situation in situations.of(each, today)}
    worded = {situation for service in SERVICES for situation in words()[service]}
    assert [member.situation for member in cast_today] == [
        each for service in SERVICES for each in words()[service] if each in exist
    ]
    assert len({member.insured.person.registration_number for member in cast_today}) == len(cast_today)
    particular = {"in-credit", "nothing-due", "penalties-owed"}
    contributions = {each for each in exist if each.startswith("contributions-")}
    assert contributions - worded <= {f"contributions-{each}" for each in particular}


def test_words_name_no_situation_that_never_is() -> None:
    """Each exists on one of three days, one before the measure's window among them."""
    days = (date(2023, 12, 20), SPRING, AUTUMN)
    exist = {situation for day in days for each in population.registered(day) for situation in situations.of(each, day)}
    assert {situation for service in SERVICES for situation in words()[service]} <= exist


def test_on_a_later_day_the_cast_of_the_same_lists_is_told_as_it_is_then() -> None:
    """Lists stay, days go by: somebody in progress in spring is granted a year later."""
    later = date(2025, 6, 1)
    promised = {member.situation for member in cast(population.registered(later), SPRING)}
    assert {"contributions-in-progress", "contributions-open"} <= promised
    assert "contributions-missed" not in promised


def is_found(caller: Caller) -> None:
    """Check that what is keyed finds whom it should, at the mobile that it says."""
    born = BirthDate.parse(caller.birth_date)
    with db.engine().connect() as connection:
        numbered = connection.execute(select(table).filter_by(registration_number=caller.keys)).one_or_none()
    if numbered:
        assert (numbered.birth_date, numbered.birth_year_only) == (born.day, born.year_only)
        assert (numbered.mobile or "") == caller.mobile
        return
    with begin(TESTER) as work:
        found = with_card(work, IdentityCardDigits.parse(caller.keys), born)
    if "two people" in caller.what_happens:
        assert len(found) == 2
    else:
        (person,) = found
        assert (person.mobile or "") == caller.mobile
        assert ("without a mobile" in caller.what_happens) == (person.mobile is None and person.tax_id is not None)
        assert ("registered already" in caller.what_happens) == (person.status == "registered")


@pytest.mark.usefixtures("home")
def test_whom_to_call_as_to_register_or_to_be_recognised() -> None:
    """Those listed by hand are as they are said to be."""
    for caller in WHO:
        is_found(caller)


@pytest.mark.usefixtures("home")
def test_the_contributions_cast_is_served_by_telephone(today: date, dial: Dial, texts: Texts) -> None:
    """The keys proposed, one after the other, then the code of the SMS: the menu of contributions."""
    for person in phone.invented(today, today):
        if person["service"] == "contributions":
            menu, number, born = (entry["keys"] for entry in person["entries"])
            call = dial().keys("2").keys(menu).dials(number).dials(born).hears("code")
            call.dials(texts.code()).hears("contributions-menu")


@pytest.mark.usefixtures("today")
def test_everybody_is_proposed_in_each_language_of_the_page(tmp_path: Path) -> None:
    """With a group, a title and a sentence in French and in Arabic, and keys that a telephone has; as plain data."""
    proposed = phone.people(tmp_path)
    assert json.loads(json.dumps(proposed)) == proposed
    for person in proposed:
        titles = [entry["title"] for entry in person["entries"]]
        for text in (person["group"], person["title"], person["what_happens"], *titles):
            assert set(text) == {"fr", "ar"}
            assert all(text.values())
        assert all(set(entry["keys"]) <= set("0123456789#") for entry in person["entries"])
        assert person["mobile"] == "" or Mobile.parse(person["mobile"]) == person["mobile"]


@pytest.mark.usefixtures("today")
def test_people_are_proposed_service_by_service(tmp_path: Path) -> None:
    """Registration first, as in the main menu; everybody by hand has words, and nobody else."""
    services = [person["service"] for person in phone.people(tmp_path)]
    assert list(dict.fromkeys(services)) == ["registration", "identification", *SERVICES]
    assert services == sorted(services, key=list(dict.fromkeys(services)).index)
    assert set(words()["by_hand"]) == {caller.keys for caller in WHO}
    assert 25 <= len(services) - len(WHO) <= 30
