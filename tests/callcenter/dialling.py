"""What the tests of outgoing calls do: accept a promised call, have it placed, hear of it."""

from typing import Any

from sqlalchemy import select

from backend import db
from backend.telephony import Handed
from backend.values import Telephone
from callcenter import agents, dialling
from callcenter.dialling import Attempt, Over, Wait
from callcenter.dials import dials
from callcenter.tickets import Ticket
from tests.callcenter.calling_back import MOBILE, accept, at, due, promise

SID, OTHER = "CA" + "a" * 32, "CA" + "b" * 32
NINE = "2024-05-16 09:00:"


def accepted(number: Telephone = MOBILE) -> Ticket:
    """Have a promised call come due at nine, and an advisor accept it."""
    promise("2024-05-15 20:00", "2024-05-16", "morning", number)
    made = due("2024-05-16 09:00")[-1]
    with at("2024-05-16 08:30") as work:
        advisor = agents.add(work, f"a{made.id}", "Sara Alami", ["fr"], {"claims": 1}).id
    return accept("2024-05-16 09:00", made, advisor)


def asked(waits: Ticket | None = None) -> int:
    """Have the person of an accepted ticket called, and return the dial."""
    with at(f"{NINE}00") as work:
        return dialling.call_back(work, waits or accepted())


def claim(local: str) -> Attempt | Wait | Over | None:
    """Take the next call to place."""
    with at(local) as work:
        return dialling.claim(work)


def dialled(waits: Ticket | None = None) -> int:
    """Have somebody called, and the call taken to be placed at nine."""
    dial = asked(waits)
    assert isinstance(claim(f"{NINE}00"), Attempt)
    return dial


def ringing(waits: Ticket | None = None) -> int:
    """Have somebody called; the carrier has the call."""
    dial = dialled(waits)
    with at(f"{NINE}01") as work:
        assert dialling.settle(work, dial, Handed(SID)) is None
    return dial


def status(local: str, word: str, sid: str = SID, dial: int | None = None) -> Over | None:
    """Have the carrier report a status."""
    with at(local) as work:
        return dialling.note_status(work, sid, word, dial)


def row(dial: int) -> Any:
    """Return an outgoing call."""
    with db.engine().connect() as connection:
        return connection.execute(select(dials).where(dials.c.id == dial)).one()


def lost(local: str) -> Over | None:
    """End what nothing was heard of."""
    with at(local) as work:
        return dialling.lost(work)
