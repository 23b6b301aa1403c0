"""An advisor before whom a record is opened, for a reason."""

from sqlalchemy import text

from backend import db
from backend.people import people
from backend.values import PersonId, RegistrationNumber
from backend.work import Actor, Work, begin
from callcenter import records
from callcenter.records import Opened, Sought
from tests.flows.advising import Desk

WORDS = "Il a écrit hier, et demande où en est son dossier."
HICHAM, KHADIJA = RegistrationNumber("104228815"), RegistrationNumber("118350942")


def acting(samira: Desk) -> Actor:
    """Return the advisor as who acts."""
    return Actor("advisor", str(samira.id), "console")


def opened(samira: Desk, sought: Sought = HICHAM) -> Opened:
    """Open a record for a reason."""
    with begin(acting(samira)) as work:
        found = records.open_for_reason(work, samira.id, sought, "letter", WORDS)
    assert isinstance(found, Opened)
    return found


def at_hand(samira: Desk) -> Opened | None:
    """Return the record before her."""
    with begin(acting(samira)) as work:
        return records.at_hand(work, samira.id)


def person(work: Work, number: RegistrationNumber) -> PersonId:
    """Return whose number it is."""
    found = people.select().with_only_columns(people.c.id).where(people.c.registration_number == number)
    return PersonId(work.execute(found).scalar_one())


def audited(action: str) -> list[tuple[str, str, int | None]]:
    """Return which advisor did something, why, and about whom."""
    done = "select actor, reason, person_id from audit where action = :action and actor_kind = 'advisor' order by id"
    with db.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(done), {"action": action})]
