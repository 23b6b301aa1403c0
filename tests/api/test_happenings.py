"""Business events: in one order, each once for a cursor, none passed over however late its transaction ends."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend import audit, clock, db, events
from backend.people import people
from backend.values import PersonId
from backend.work import Actor, begin
from tests.api.conftest import Machine, MachineWith
from tests.conftest import Dial, Texts
from tests.feeds.lists import person_numbered

CLERK = Actor("command", "test")


@pytest.fixture
def reader(machine: MachineWith) -> Machine:
    """Return a system that may read events."""
    return machine("events:read")


def happens(callback: int) -> None:
    """Promise a call, as far as events are concerned."""
    with begin(CLERK) as work:
        audit.record(work, "callback.promised", None, callback=callback)


def promised(callback: int) -> dict[str, Any]:
    """Return the row of a promised call."""
    return {"type": "callback.promised", "at": clock.now(), "details": {"callback": callback}}


def page(reader: Machine, after: int = 0, limit: int = 100) -> tuple[list[Any], int]:
    """Return the callbacks of a page, and where to go on."""
    body = reader.get("/events", after=after, limit=limit).get_json()
    return [event["details"]["callback"] for event in body["events"]], body["next"]


def test_an_event_says_what_happened_to_whom(reader: Machine, listed: None) -> None:
    """Type, instant, position, details; the person by registration number and nothing else."""
    del listed
    with begin(CLERK) as work:
        audit.record(work, "mobile.changed", person_numbered("104228815"), held_hours=72)
        audit.record(work, "person.read", person_numbered("104228815"))
    body = reader.get("/events").get_json()
    (event,) = body["events"]
    assert event.pop("at").startswith("20")
    assert event == {
        "position": 1,
        "type": "mobile.changed",
        "registration_number": "104228815",
        "details": {"held_hours": 72},
    }
    assert body["next"] == 1


@pytest.mark.usefixtures("listed")
def test_a_registration_by_telephone_is_told(reader: Machine, dial: Dial, texts: Texts) -> None:
    """The number that the caller heard is in the event; it is there once the call's effect is."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988").dials(texts.code()).keys("1").keys("2")
    assert reader.get("/events").get_json()["events"] == []
    call.hears("declaration").keys("1")
    body = reader.get("/events").get_json()
    assert [event["type"] for event in body["events"]] == ["registration.completed"]
    assert person_numbered(body["events"][0]["registration_number"])


def test_what_is_rolled_back_did_not_happen(reader: Machine) -> None:
    """An event is in the transaction of its effect."""
    with db.engine().connect() as connection:
        connection.execute(events.events.insert(), promised(1))
        connection.rollback()
    assert page(reader) == ([], 0)


def test_a_transaction_that_ends_late_is_passed_over_by_nobody(reader: Machine) -> None:
    """It began first, and comes after what was read meanwhile: a cursor that moved on still meets it."""
    with db.engine().begin() as late:
        late.execute(events.events.insert(), promised(1))
        happens(2)
        first, after = page(reader)
        assert first == [2]
    assert page(reader, after) == ([1], 2)
    assert page(reader) == ([2, 1], 2)


def test_pages_follow_each_other(reader: Machine) -> None:
    """`next` goes on where the page ended, and stays where nothing follows."""
    for number in range(1, 8):
        happens(number)
    assert page(reader, 0, 3) == ([1, 2, 3], 3)
    assert page(reader, 3, 3) == ([4, 5, 6], 6)
    assert page(reader, 6, 3) == ([7], 7)
    assert page(reader, 7, 3) == ([], 7)
    assert page(reader, 999) == ([], 999)


def test_readers_and_writers_at_once_agree_on_one_order(reader: Machine) -> None:
    """Many transactions, many readers, each with a cursor: all see the same events in the same order, each once."""

    def read(total: int) -> list[int]:
        seen: list[int] = []
        after = 0
        while len(seen) < total:
            found, after = page(reader, after, 3)
            seen += found
        return seen

    with ThreadPoolExecutor(8) as threads:
        reading = [threads.submit(read, 60) for _ in range(4)]
        list(threads.map(happens, range(60)))
        orders = [each.result(60) for each in reading]
    assert sorted(orders[0]) == list(range(60))
    assert all(order == orders[0] for order in orders)


@settings(max_examples=25)
@given(plan=st.lists(st.sampled_from(["begin", "end-oldest", "end-newest", "read"]), max_size=20))
def test_whatever_order_transactions_end_in(environment: dict[str, str], plan: list[str]) -> None:
    """Begun, ended, read in any order: a cursor meets each committed event exactly once, positions rise by one."""
    assert environment
    open_: list[Any] = []
    met: list[int] = []
    cursor = begun = 0
    with db.engine().begin() as connection:
        connection.execute(events.events.delete())
    for step in [*plan, *["end-oldest"] * len(plan), "read"]:
        if step == "begin":
            connection = db.engine().connect()
            connection.execute(events.events.insert(), promised(begun))
            open_.append(connection)
            begun += 1
        elif step.startswith("end") and open_:
            ending = open_.pop(0 if step == "end-oldest" else -1)
            ending.commit()
            ending.close()
        elif step == "read":
            with begin(CLERK) as work:
                found = events.after(work, cursor, 1000)
            assert [event.position for event in found] == list(range(cursor + 1, cursor + 1 + len(found)))
            met += [event.details["callback"] for event in found]
            cursor += len(found)
    assert sorted(met) == list(range(begun))


def test_whose_number_is_unknown_is_told_without_one(reader: Machine, listed: None) -> None:
    """Somebody whose registration is pending has none yet."""
    del listed
    with db.engine().connect() as connection:
        pending = (
            connection.execute(select(people.c.id).where(people.c.registration_number.is_(None))).scalars().first()
        )
    assert pending
    with begin(CLERK) as work:
        audit.record(work, "callback.promised", PersonId(pending), callback=1)
    assert reader.get("/events").get_json()["events"][0]["registration_number"] is None


def test_reading_is_audited(reader: Machine) -> None:
    """By the token's name, with the first and the last position that were handed out."""
    happens(1)
    happens(2)
    reader.get("/events")
    reader.get("/events", after=2)
    with db.engine().connect() as connection:
        row = connection.execute(select(audit.audit).where(audit.audit.c.actor_kind == "machine")).one()
    assert (row.actor, row.action, row.details) == ("payroll", "events.read", {"first": 1, "last": 2})
