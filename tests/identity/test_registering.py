"""Completing a registration: once, with a number of its own, and a portal that a new mobile does not open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Row, select, text, update

from backend import clock, db, people, registrations
from backend.identity import Insured
from backend.registrations import AlreadyComplete, Completed
from backend.seal import mac
from backend.values import Mobile, PersonId
from backend.work import Actor, begin
from tests.conftest import Texts
from tests.identity.conftest import BRAHIM, HICHAM, SALMA, Count, calling, claim, prove, wrong

NEW_MOBILE = Mobile("+212661000102")


def complete(call: int, insured: Insured) -> Completed | AlreadyComplete:
    """Complete a registration."""
    with calling(call=call) as work:
        return registrations.complete(work, insured, None, "fr")


def remind(call: int, insured: Insured) -> None:
    """Send the number."""
    with calling(call=call) as work:
        registrations.remind(work, insured, "fr")


def row(cin: str) -> Row[Any]:
    """Return a person's row."""
    with db.engine().connect() as connection:
        return connection.execute(select(people.people).where(people.people.c.cin == cin)).one()


def set_person(cin: str, **values: Any) -> None:
    """Have something on file."""
    with db.engine().begin() as connection:
        connection.execute(update(people.people).where(people.people.c.cin == cin).values(values))


def test_a_registration_is_completed_once_however_often_it_is_asked_for(texts: Texts, count: Count) -> None:
    """The second call hears that it is complete, and the number goes by SMS to the mobile on file, once a call."""
    first, again = prove(SALMA, texts), prove(SALMA, texts)
    assert isinstance(complete(*first), Completed)
    for _ in range(2):
        assert complete(*again) == AlreadyComplete()
        remind(*again)
    assert count("registrations") == 1
    assert [kind for kind, _, _ in texts.all()][2:] == ["sms-registration-completed", "sms-registration-number"]


def test_two_calls_of_one_person_at_the_same_moment_complete_it_once(texts: Texts, count: Count) -> None:
    """The person's row is locked: one of the two completes, the other finds it complete."""
    calls, barrier = [prove(SALMA, texts), prove(SALMA, texts)], Barrier(2)

    def one(call: tuple[int, Insured]) -> object:
        barrier.wait()
        return complete(*call)

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(one, calls))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyComplete", "Completed"]
    assert count("registrations") == 1


def test_a_number_that_somebody_bears_is_passed_over(texts: Texts) -> None:
    """Imported numbers may lie in our series."""
    with db.engine().connect() as connection:
        next_ = connection.execute(text("select nextval('registration_number_seq')")).scalar_one() + 1
    set_person("CD118203", registration_number=str(next_))
    done = complete(*prove(SALMA, texts))
    assert isinstance(done, Completed)
    assert int(done.number) == next_ + 1
    assert row("BK482913").registration_number == done.number


def test_a_number_that_the_list_brought_is_kept(texts: Texts) -> None:
    """A liaison body may send people whose number exists already."""
    set_person("BK482913", registration_number="123456789")
    done = complete(*prove(SALMA, texts))
    assert isinstance(done, Completed)
    assert done.number == "123456789"
    assert "123456789" in texts.newest("sms-registration-completed")


def test_a_new_mobile_opens_the_portal_only_after_72_hours(texts: Texts) -> None:
    """The code works, and is said to work, three days later; the day said is the business date's."""
    done = complete(*prove(BRAHIM, texts, NEW_MOBILE))
    assert isinstance(done, Completed)
    assert done.portal_from is not None
    assert done.portal_from.isoformat() == "2024-03-23"
    with db.engine().connect() as connection:
        registration = connection.execute(select(registrations.registrations)).one()
    held = registration.activation_from - clock.now()
    assert timedelta(hours=71, minutes=59) < held <= timedelta(hours=72)
    assert row("J560081").portal_from == registration.activation_from
    assert row("J560081").mobile == NEW_MOBILE


def test_a_mobile_on_file_opens_it_at_once(texts: Texts) -> None:
    """Nothing about the mobile is new."""
    done = complete(*prove(SALMA, texts))
    assert isinstance(done, Completed)
    assert done.portal_from is None
    assert row("BK482913").portal_from is None


def test_a_mobile_that_a_list_changed_meanwhile_is_kept_and_holds_the_portal(texts: Texts) -> None:
    """What went to the old one opens nothing for three days; the newer number stays on file."""
    call, insured = prove(SALMA, texts)
    set_person("BK482913", mobile="+212661000999")
    done = complete(call, insured)
    assert isinstance(done, Completed)
    assert done.portal_from is not None
    assert row("BK482913").mobile == "+212661000999"


def test_the_activation_code_is_kept_as_a_digest_alone(texts: Texts) -> None:
    """Eight digits, in the SMS and nowhere else."""
    complete(*prove(SALMA, texts))
    words = texts.newest("sms-registration-completed")
    with db.engine().connect() as connection:
        registration = connection.execute(select(registrations.registrations)).one()
    activation = next(word.strip(".,") for word in words.split() if word.strip(".,").isdigit() and len(word) >= 8
                      and word.strip(".,") != registration.number)  # fmt: skip
    assert len(activation) == 8
    assert mac("activation", str(registration.person_id), activation) == registration.activation
    assert mac("activation", str(registration.person_id), wrong(activation)) != registration.activation


def audited() -> list[tuple[str, str, str]]:
    """Return (actor kind, actor, action) of what was noted about people since their import."""
    query = text("select actor_kind, actor, action from audit where actor_kind <> 'command' order by id")
    with db.engine().connect() as connection:
        return [(each.actor_kind, each.actor, each.action) for each in connection.execute(query)]


def test_each_read_and_change_of_a_person_names_the_call(texts: Texts) -> None:
    """Claimed, read, proved, registered; the details hold no names and no values."""
    call, insured = prove(BRAHIM, texts, NEW_MOBILE)
    complete(call, insured)
    with calling(call=call) as work:
        registrations.present(work, insured)
    noted = audited()
    assert {(kind, actor) for kind, actor, _ in noted} == {("call", str(call))}
    actions = [action for _, _, action in noted]
    for action in ("person.claimed", "person.read", "person.proved", "registration.completed", "mobile.changed"):
        assert action in actions
    assert actions[-1] == "person.read"
    with db.engine().connect() as connection:
        details = str(connection.execute(text("select details from audit")).all())
    assert not any(value in details for value in ("Brahim", "0661000102", "661000102", "560081"))


def test_a_claim_of_somebody_unknown_notes_nobody() -> None:
    """There is nobody whose record was read."""
    with calling() as work:
        claim(work, ("999999", "14031988"))
    assert audited() == []


def test_what_is_rolled_back_was_not_read() -> None:
    """The note is of the same transaction."""

    def read_and_fail() -> None:
        with begin(Actor("call", "1")) as work:
            people.get(work, PersonId(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_and_fail()
    assert audited() == []


@pytest.mark.parametrize("who", [SALMA, HICHAM])
def test_what_a_claim_shows_before_the_code_is_the_same_for_pending_and_registered(who: tuple[str, str]) -> None:
    """That a registration is complete is said only after the code."""
    with calling() as work:
        claimed = claim(work, who)
    assert claimed.way == "code"
    assert len(claimed.ending) == 2
