"""What happened in the call centre is deleted when its time is over, a slice at a time; what still counts stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, insert, select, update

from backend import clock, people
from backend.db import metadata
from backend.values import RegistrationNumber
from backend.work import Actor, Work, begin
from callcenter import agents, cases, errands, events, records, retention, tickets
from callcenter.dials import dials
from callcenter.retention import DIALS_KEPT, EVENTS_KEPT, RECORDS_KEPT
from callcenter.surveys import surveys
from callcenter.tickets import Ticket

DAY = timedelta(days=1)
CLOCK = Actor("job", "clock")
Erase = Callable[[Work], int]


@pytest.fixture
def samira(sample: None) -> int:
    """Return an advisor at work, in a house with insured people."""
    assert sample is None
    with begin(Actor("command", "test")) as work:
        known = agents.add(work, "s.alami", "Samira Alami", ("fr",), {"claims": 3})
        agents.change(work, known.id, "not-ready", "signed-out", reason="signed-in")
        return known.id


def later(erase: Erase, by: timedelta) -> int:
    """Have the clock erase after so long."""
    with time_machine.travel(clock.now() + by), begin(CLOCK) as work:
        return erase(work)


def left(*names: str) -> list[int]:
    """Count the rows of tables."""
    with begin(CLOCK) as work:
        return [
            int(work.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()) for name in names
        ]


def ended(work: Work, **values: object) -> Ticket:
    """Have somebody have waited."""
    return tickets.add(
        work,
        kind="call",
        subject="other",
        reason="wish",
        language="fr",
        **values,
        state="ended",
        outcome="answered",
    )


def has_called(samira: int) -> int:
    """Have somebody have called, with all that hangs on a ticket; return it."""
    with begin(Actor("advisor", str(samira), "test")) as work:
        hicham = people.numbered(work, RegistrationNumber("104228815"))
        assert hicham
        ticket = ended(work, person_id=hicham.id, path=[["reason", "claims"]])
        ended(work, parent_id=ticket.id)
        work.execute(insert(surveys).values(ticket_id=ticket.id, score=5, at=work.now))
        errands.give(work, ticket, "hang-up", "CA1")
        row = {"kind": "callback", "ticket_id": ticket.id, "state": "ended", "result": "reached"}
        work.execute(insert(dials).values(**row, asked_at=work.now, due_at=work.now))
        cases.open_case(work, hicham.id, samira, ticket.id, "claims", "Il attend.")
        events.record(work, "queued", ticket=ticket.id)
        opening = {"advisor_id": samira, "person_id": hicham.id, "ground": "call", "ticket_id": ticket.id}
        work.execute(insert(records.openings).values(**opening, opened_at=work.now, used_at=work.now))
        return ticket.id


def test_a_ticket_goes_after_a_year_with_what_hangs_on_it(samira: int) -> None:
    """Who called, by which path, how they scored it; the case that was opened stays, and names no call any more."""
    has_called(samira)
    with begin(CLOCK) as work:
        waits = tickets.add(work, kind="call", subject="other", reason="wish", language="fr")
    assert later(retention.erase_tickets, RECORDS_KEPT - DAY) == 0
    assert later(retention.erase_tickets, RECORDS_KEPT + DAY) == 2
    assert left("tickets", "surveys", "errands", "dials", "openings", "cases") == [1, 0, 0, 0, 0, 1]
    with begin(CLOCK) as work:
        assert tickets.get(work, waits.id), "nobody who waits is forgotten, however long"
        assert work.execute(select(cases.cases.c.ticket_id)).scalar_one() is None


def test_the_events_of_which_figures_are_counted_stay_two_years(samira: int) -> None:
    """Their events stay when the tickets have gone."""
    has_called(samira)
    later(retention.erase_tickets, RECORDS_KEPT + DAY)
    before = left("queue_events")
    assert later(retention.erase_events, EVENTS_KEPT - DAY) == 0
    assert [later(retention.erase_events, EVENTS_KEPT + DAY)] == before
    assert left("queue_events") == [0]


def test_a_reason_in_words_goes_after_a_year_and_the_log_still_says_why(samira: int) -> None:
    """The opening and its sealed words; the audit log keeps who, whose, by which ground, and the reason of the list."""
    with begin(Actor("advisor", str(samira), "console")) as work:
        number = RegistrationNumber("104228815")
        found = records.open_for_reason(work, samira, number, "letter", "Il a écrit une lettre.")
        assert isinstance(found, records.Opened)
    assert later(retention.erase_openings, RECORDS_KEPT - DAY) == 0
    assert later(retention.erase_openings, RECORDS_KEPT + DAY) == 1
    audit = metadata.tables["audit"]
    with begin(CLOCK) as work:
        details = work.execute(select(audit.c.details).where(audit.c.action == "record.opened")).scalar_one()
    assert details == {"opening": found.id, "ground": "reason", "why": "letter"}


def test_calls_that_we_made_go_after_three_months(samira: int) -> None:
    """Those that have ended; their ticket stays."""
    ticket = has_called(samira)
    with begin(CLOCK) as work:
        open_ = {"kind": "callback", "ticket_id": ticket, "state": "queued"}
        work.execute(insert(dials).values(**open_, asked_at=work.now, due_at=work.now))
    assert later(retention.erase_dials, DIALS_KEPT - DAY) == 0
    assert later(retention.erase_dials, DIALS_KEPT + DAY) == 1
    assert left("dials", "tickets") == [1, 2]


def test_a_slice_is_so_many_rows_the_oldest_first(samira: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are due: nobody waits for a transaction that takes minutes."""
    monkeypatch.setattr(retention, "SLICE", 2)
    assert samira
    table = metadata.tables["queue_events"]
    with begin(CLOCK) as work:
        work.execute(update(table).values(at=datetime(2001, 1, 1, tzinfo=clock.CASABLANCA)))
        for _ in range(5):
            events.record(work, "queued")
    with begin(CLOCK) as work:
        work.execute(update(table).values(at=work.now - EVENTS_KEPT - DAY))
        count = int(work.execute(select(func.count()).select_from(table)).scalar_one())
    slices: list[int] = []
    while not slices or slices[-1] == 2:
        with begin(CLOCK) as work:
            slices.append(retention.erase_events(work))
    assert sum(slices) == count
    assert max(slices) == 2
