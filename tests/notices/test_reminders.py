"""Who takes part in the debt cancellation is reminded of a contribution some days before it is due, once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from backend import cancellation, db, notices, scans
from backend.audit import audit
from backend.people import people
from backend.values import PersonId
from backend.work import begin
from tests.feeds.lists import A_SELF_EMPLOYED, Import, becomes
from tests.notices.living import CLOCK, charged, killed, pays, promised, run, said, takes_part


def crowd(list_people: Import, feed: Import, size: int) -> None:
    """Have so many people take part, each with a mobile."""
    for n in range(size):
        number = f"10422882{n}"
        list_people(A_SELF_EMPLOYED | {"cin": f"CD{n}", "registration_number": number, "mobile": f"+21266100020{n}"})
        takes_part(feed, number)


def test_a_contribution_due_soon_is_told(hicham: PersonId, feed: Import) -> None:
    """Its month and its last day; no amount."""
    takes_part(feed)
    run(notices.remind, "2024-03-08")
    (row,) = promised()
    assert (row.person_id, row.business_key) == (hicham, f"contribution-due:{hicham}:2024-02")
    assert said(row) == (
        "CNSS : votre cotisation pour février 2024 est à payer avant la fin du 10 mars 2024. "
        "Comment payer : 3939, choix 2."
    )


@pytest.mark.parametrize(
    ("day", "reminded"),
    [("2024-03-04", False), ("2024-03-05", True), ("2024-03-10", True), ("2024-03-11", False)],
)
def test_the_reminder_comes_from_five_days_before_until_the_day_itself(
    hicham: PersonId, feed: Import, day: str, *, reminded: bool
) -> None:
    """A clock that was down on the first of these days makes up for it; afterwards it is too late."""
    takes_part(feed)
    run(notices.remind, day)
    assert bool(promised()) is reminded
    assert hicham


def test_each_month_is_told_once(hicham: PersonId, feed: Import) -> None:
    """Whatever day the clock looks, and also where the charge was corrected in between; the next month is another."""
    takes_part(feed)
    for day in ("2024-03-05", "2024-03-06", "2024-03-10"):
        run(notices.remind, day)
    charged(feed, "2024-02", "2024-02", contribution="310")
    run(notices.remind, "2024-03-10")
    pays(feed, "2024-02", on="2024-03-10", amount="310")
    run(notices.remind, "2024-04-05")
    months = ["2024-02", "2024-03"]
    assert [row.business_key for row in promised()] == [f"contribution-due:{hicham}:{month}" for month in months]


def test_who_has_paid_is_not_reminded(hicham: PersonId, feed: Import) -> None:
    """In advance, or by what was left over."""
    takes_part(feed)
    pays(feed, "2024-02", on="2024-03-01")
    run(notices.remind, "2024-03-08")
    assert promised() == []
    assert hicham


def test_who_takes_no_part_is_not_reminded(hicham: PersonId, feed: Import) -> None:
    """Neither who owes without a first payment, though they undertook to pay, nor who missed one of the months."""
    charged(feed, "2023-01", "2024-03")
    with db.engine().begin() as connection:
        connection.execute(insert(cancellation.commitments).values(person_id=hicham, made_on=date(2024, 2, 1)))
    run(notices.remind, "2024-03-08")
    pays(feed, "2023-12", on="2024-01-15")
    run(notices.remind, "2024-04-08")
    assert promised() == []


def test_who_owed_nothing_in_2023_is_not_reminded(hicham: PersonId, feed: Import) -> None:
    """They pay in the window as they always did; the rules, not the database's narrowing, decide."""
    charged(feed, "2023-01", "2024-03")
    pays(feed, "2023-01", "2024-01")
    run(notices.remind, "2024-03-08")
    assert promised() == []
    assert hicham


def test_who_has_no_mobile_is_reminded_of_nothing_and_not_even_read(hicham: PersonId, feed: Import) -> None:
    """The record of somebody who can't be told is left closed."""
    takes_part(feed)
    becomes(mobile=None)
    run(notices.remind, "2024-03-08")
    with db.engine().connect() as connection:
        assert not connection.execute(select(audit).where(audit.c.actor_kind == "job")).all()
    assert promised() == []
    assert hicham


def test_reading_is_audited(hicham: PersonId, feed: Import) -> None:
    """A job's reading as anybody's."""
    takes_part(feed)
    run(notices.remind, "2024-03-08")
    with db.engine().connect() as connection:
        actions = set(connection.execute(select(audit.c.action).where(audit.c.person_id == hicham)).scalars())
    assert {"person.read", "ledger.read"} <= actions


def test_everybody_is_looked_at_slice_by_slice(
    list_people: Import, feed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a day: a second clock, or the same one later, has nothing to do until the next day."""
    crowd(list_people, feed, 5)
    monkeypatch.setattr(scans, "SLICE", 2)
    assert run(notices.remind, "2024-03-08") == 4
    assert run(notices.remind, "2024-03-08") == 1
    assert run(notices.remind, "2024-03-09") == 4
    assert len(promised()) == 5


def test_killed_in_the_middle_it_goes_on_where_it_was(
    list_people: Import, feed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slice that was not committed is done again: nobody is left out, nobody is told twice."""
    crowd(list_people, feed, 5)
    monkeypatch.setattr(scans, "SLICE", 2)
    day = date(2024, 3, 8)
    with begin(CLOCK, today=day) as work:
        assert notices.remind(work)
    killed(notices.remind, "2024-03-08")
    assert len(promised()) == 2
    assert run(notices.remind, "2024-03-08") == 3
    assert len({row.person_id for row in promised()}) == len(promised()) == 5


def test_two_clocks_share_no_slice(hicham: PersonId, feed: Import) -> None:
    """While one has the scan the other does something else."""
    takes_part(feed)
    day = date(2024, 3, 8)
    run(notices.remind, "2024-03-01")
    with begin(CLOCK, today=day) as one, begin(CLOCK, today=day) as other:
        assert notices.remind(one)
        assert not notices.remind(other)
    assert len(promised()) == 1
    assert hicham


def test_somebody_whose_records_cannot_be_judged_holds_up_nobody(list_people: Import, feed: Import) -> None:
    """A farmer without dates, whom no import lets in: logged, and the next one is reminded."""
    crowd(list_people, feed, 2)
    with db.engine().begin() as connection:
        from_people = select(people.c.id).order_by(people.c.id).limit(1)
        first = connection.execute(from_people).scalar_one()
        farmer = people.update().where(people.c.id == first).values(category="farmer")
        connection.execute(farmer)
    run(notices.remind, "2024-03-08")
    assert len(promised()) == 1


def test_a_scan_at_midnight_sends_in_the_morning(hicham: PersonId, feed: Import) -> None:
    """The day begins in quiet hours; what is found then is due when they are over."""
    takes_part(feed)
    run(notices.remind, "2024-03-08", datetime(2024, 3, 7, 23, 0, 5, tzinfo=UTC))
    (row,) = promised()
    assert row.due_at == datetime(2024, 3, 8, 8, 0, tzinfo=UTC)
    assert hicham
