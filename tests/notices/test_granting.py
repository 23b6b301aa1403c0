"""A grant is written into the ledger once, from its day on, and changes no figure."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Row, select

from backend import db, granting, scans, standing
from backend.audit import audit
from backend.contributions import cancelled
from backend.rules.standing import Standing
from backend.values import Dirhams, PersonId
from backend.work import begin
from tests.conftest import forget
from tests.feeds.lists import A_SELF_EMPLOYED, Import
from tests.notices.living import CLOCK, charged, killed, lives, pays, run

GRANTED = date(2025, 2, 10)


@pytest.fixture(autouse=True)
def _in_2025(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on 20 March 2025."""
    assert environment
    monkeypatch.setenv("SVI_TODAY", "2025-03-20")
    forget()


@pytest.fixture
def faithful(hicham: PersonId, feed: Import) -> PersonId:
    """Return somebody who owed 2023, paid from 15 January 2024 on, and met the last condition on 10 February 2025."""
    lives(feed)
    return hicham


def lines() -> list[Row[Any]]:
    """Return the lines that cancel."""
    with db.engine().connect() as connection:
        return list(connection.execute(select(cancelled).order_by(cancelled.c.person_id, cancelled.c.month)))


def stands(person: PersonId, day: str = "2025-03-20") -> Standing:
    """Return how somebody stands."""
    with begin(CLOCK, today=date.fromisoformat(day)) as work:
        return standing.of(work, person)


def test_a_grant_is_written_with_the_day_of_the_last_payment(faithful: PersonId) -> None:
    """One line a month, of each part what was still owed, in centimes."""
    run(granting.grant, "2025-03-20")
    assert [row.month.isoformat()[:7] for row in lines()] == [f"2023-{month:02}" for month in range(1, 12)]
    for row in lines():
        assert (row.person_id, row.granted_on) == (faithful, GRANTED)
        assert (row.contribution, row.penalty, row.enforcement_fee) == (30000, 1800, 2500)


def test_writing_it_changes_no_figure(faithful: PersonId) -> None:
    """It held from its day on, before any line was written."""
    before = stands(faithful)
    assert (before.cancellation.situation, before.cancellation.covered) == ("granted", Dirhams("3773.00"))
    run(granting.grant, "2025-03-20")
    assert stands(faithful) == before


def test_nothing_is_written_before_the_last_condition_is_met(hicham: PersonId, feed: Import) -> None:
    """The day before it, and for somebody who paid eleven of the twelve months."""
    lives(feed)
    run(granting.grant, "2025-02-09")
    assert lines() == []
    run(granting.grant, "2025-02-10")
    assert len(lines()) == 11
    assert hicham


def test_who_missed_a_month_has_nothing_written(hicham: PersonId, feed: Import) -> None:
    """Eleven of twelve."""
    charged(feed, "2023-01", "2025-01")
    pays(feed, "2023-12", on="2024-01-15")
    pays(feed, "2024-01", "2024-05")
    pays(feed, "2024-07", "2025-01")
    run(granting.grant, "2025-03-20")
    assert lines() == []
    assert stands(hicham).cancellation.situation == "interrupted"


def test_one_payment_for_all_months_is_enough(hicham: PersonId, feed: Import) -> None:
    """The database's narrowing looks at sums, not at how many payments there were."""
    charged(feed, "2023-01", "2025-01")
    pays(feed, "2023-12", on="2024-04-30", amount="5100")
    run(granting.grant, "2025-03-20")
    assert bool(lines()) is (stands(hicham).cancellation.situation == "granted")


def test_it_is_written_once(faithful: PersonId, feed: Import) -> None:
    """On later days, and after later payments, nothing is added, and the audit tells of one grant."""
    run(granting.grant, "2025-03-20")
    pays(feed, "2025-02", on="2025-03-10")
    written = lines()
    for day in ("2025-03-21", "2025-03-22"):
        run(granting.grant, day)
    assert lines() == written
    with db.engine().connect() as connection:
        (row,) = connection.execute(select(audit).where(audit.c.action == "cancellation.granted"))
    assert (row.person_id, row.details) == (faithful, {"months": 11})


def test_two_clocks_write_it_once(faithful: PersonId) -> None:
    """The second passes over what the first has hold of; after its commit, there is nothing left."""
    day = date(2025, 3, 20)
    run(granting.grant, "2025-01-01")
    with begin(CLOCK, today=day) as one, begin(CLOCK, today=day) as other:
        assert granting.grant(one)
        assert not granting.grant(other)
    run(granting.grant, "2025-03-20")
    assert len(lines()) == 11
    assert faithful


def test_killed_in_the_middle_all_are_written_in_the_end(
    list_people: Import, feed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole persons: of nobody some lines only."""
    monkeypatch.setattr(scans, "SLICE", 1)
    for n in range(3):
        number = f"10422882{n}"
        list_people(A_SELF_EMPLOYED | {"cin": f"CD{n}", "registration_number": number})
        lives(feed, number)
    day = date(2025, 3, 20)
    with begin(CLOCK, today=day) as work:
        granting.grant(work)
    killed(granting.grant, "2025-03-20")
    assert len(lines()) == 11
    run(granting.grant, "2025-03-20")
    assert len(lines()) == 33
