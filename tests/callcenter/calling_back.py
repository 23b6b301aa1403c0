"""What the tests of promised calls do: ring, wait, keep a place, let Moroccan time pass, look."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import time_machine
from sqlalchemy import insert, select

from backend import calls, db
from backend.clock import CASABLANCA
from backend.people import people
from backend.values import PersonId, Telephone
from backend.work import Actor, Work, begin
from callcenter import callbacks, tickets
from callcenter.callbacks import Result
from callcenter.tickets import Ticket

MOBILE, FIXED = Telephone("+212661000777"), Telephone("+212522000102")
ANOTHER = Telephone("+212661000778")


@contextmanager
def at(local: str, actor: Actor | None = None) -> Iterator[Work]:
    """Open a transaction at `2024-05-15 09:30` in Morocco, that day being the business day."""
    moment = datetime.fromisoformat(local).replace(tzinfo=CASABLANCA)
    with (
        time_machine.travel(moment.astimezone(UTC), tick=False),
        begin(actor or Actor("job", "test"), today=moment.date()) as work,
    ):
        yield work


def ring(local: str, caller: str | None = MOBILE) -> Actor:
    """Have a call come in, and return it."""
    with at(local) as work:
        sid = f"CA{len(work.execute(select(calls.calls.c.id)).all()):032}"
        return Actor("call", str(calls.begin_call(work, sid, "relation-centre", caller)))


def hang_up(local: str, call: Actor) -> None:
    """End a call."""
    with at(local) as work:
        sid = work.execute(select(calls.calls.c.sid).where(calls.calls.c.id == int(call.reference))).scalar_one()
        assert calls.end_call(work, sid, "completed", 60)


def waiting(local: str, call: Actor, **more: Any) -> Ticket:
    """Have a call wait for an advisor."""
    with at(local) as work:
        given = {"subject": "claims", "reason": "asked", "language": "fr", "path": [["reason", "claims"]], **more}
        return tickets.add(work, kind="call", call_id=int(call.reference), **given)


def keep_place(
    local: str = "2024-05-15 10:00",
    number: Telephone | None = MOBILE,
    *,
    gone: str | None = "2024-05-15 10:20",
    **more: Any,
) -> Actor:
    """Have a call wait from `local` on, keep its place nine minutes later, and hang up at `gone`."""
    call = ring(local, number)
    ticket = waiting(local, call, **more)
    with at(local[:-1] + "9") as work:
        assert callbacks.keep_place(work, ticket, number)
    if gone:
        hang_up(gone, call)
    return call


def promise(local: str, day: str, half: callbacks.Half, number: Telephone = MOBILE) -> callbacks.Promised:
    """Have a new call promised a half-day."""
    call = ring(local)
    with at(local, call) as work:
        return callbacks.promise(work, number, date.fromisoformat(day), half, "fr", "asked", None)


def due(local: str) -> list[Ticket]:
    """Make the tickets that are due."""
    with at(local) as work:
        return callbacks.due(work)


def accept(local: str, ticket: Ticket, advisor: int) -> Ticket:
    """Have an advisor accept a ticket."""
    with at(local) as work:
        values = {"state": "accepted", "advisor_id": advisor, "accepted_at": work.now}
        accepted = tickets.change(work, ticket.id, tickets.among("waiting"), **values)
    assert accepted
    return accepted


def attempt(local: str, result: Result) -> None:
    """Have the one call that is due by now attempted, and end so."""
    (ticket,) = due(local)
    with at(local) as work:
        assert callbacks.settle(work, ticket, result)


def row() -> Any:
    """Return the one promised call."""
    with db.engine().connect() as connection:
        return connection.execute(select(callbacks.callbacks)).one()


def state() -> tuple[str, int, str]:
    """Return the state of the one promised call, its attempts, and when it is due, in Morocco."""
    found = row()
    return found.state, found.attempts, f"{found.due_at.astimezone(CASABLANCA):%Y-%m-%d %H:%M}"


def ticket(id_: int) -> Ticket:
    """Return a ticket as it is now."""
    with begin(Actor("job", "test")) as work:
        found = tickets.get(work, id_)
    assert found
    return found


def person(card: str = "AB1") -> PersonId:
    """Return somebody new."""
    given = {
        "cin": card, "cin_digits": card[2:], "last_name": "A", "first_name": "B", "birth_date": date(1980, 1, 1),
        "category": "cpu", "status": "pending",
    }  # fmt: skip
    with begin(Actor("job", "test")) as work:
        return PersonId(work.execute(insert(people).values(given).returning(people.c.id)).scalar_one())
