"""What was said and answered is sealed: for its row, under a key, for a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, text, update

from backend import clock, db
from backend.errors import SviError
from backend.seal import UnsealError, seal, unseal
from backend.work import Actor, begin
from exchange.dialler import Call
from ivr import journal
from ivr.journal import conversations
from tests.conftest import Dial, Texts, forget

pytestmark = pytest.mark.usefixtures("listed")
Count = Callable[[str], int]
KEYED = ("482913", "1988-03-14", "14031988", "230810000123456789012321", "0661000101", "661000777")
RIB = "230810000123456789012321"


@pytest.fixture
def identified(dial: Dial, texts: Texts) -> Call:
    """Return a call in which nearly everything was keyed."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988")
    return call.dials(texts.code()).keys("1").keys("1").dials(RIB).hears("declaration")


def everything() -> str:
    """Return all that PostgreSQL holds of calls, as text."""
    tables = ("calls", "conversations", "steps", "codes", "failures", "registrations", "outbox", "audit", "callbacks")
    with db.engine().connect() as connection:
        rows = [connection.execute(text(f"select * from {table}")).all() for table in tables]
    return "\n".join(
        str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for table in rows for row in table
    )


def test_nothing_that_was_keyed_stands_in_the_database_unsealed(identified: Call, texts: Texts) -> None:
    """Codes as digests; card, birth date, account, caller's number and what was said only sealed."""
    identified.keys("1").hears("anything-else")
    held = everything()
    for keyed in (*KEYED, texts.code(), "Salma", "El Amrani"):
        assert keyed not in held


@pytest.mark.usefixtures("listed", "identified")
def test_without_the_key_a_conversation_can_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another key opens nothing."""
    row = only()
    assert "482913" in dict(journal.opened(row.id, row.sealed)["answers"]).values()
    monkeypatch.setenv("SVI_SECRET_KEY", "another key, as long as it must be")
    forget()
    with pytest.raises(UnsealError):
        unseal(row.sealed, f"conversations:{row.id}")


def test_a_conversation_moved_to_another_row_does_not_open(dial: Dial) -> None:
    """Whoever can write to the database can't give one caller another's call: an apology, and goodbye."""
    mine, other = dial().keys("2"), dial().keys("1")
    with db.engine().begin() as connection:
        rows = connection.execute(select(conversations).order_by(conversations.c.id)).all()
        for row, sealed in zip(rows, (rows[1].sealed, rows[0].sealed), strict=True):
            connection.execute(update(conversations).where(conversations.c.id == row.id).values(sealed=sealed))
    mine.keys("1").ends().hears_words("Le service ne fonctionne pas")
    other.keys("1").ends()


@pytest.mark.parametrize("cut", [0, 3, 4, 10, 16, 20, 40])
@pytest.mark.usefixtures("environment")
def test_a_damaged_value_does_not_open(cut: int) -> None:
    """One kind of error, whatever was cut off or changed."""
    with pytest.raises(SviError):
        unseal(seal(b"twenty bytes of words", "conversations:1")[:cut], "conversations:1")


def test_a_new_key_goes_first_and_calls_go_on(identified: Call, monkeypatch: pytest.MonkeyPatch, count: Count) -> None:
    """What the old key sealed is still read; what is written from now on needs the new one alone."""
    old = "a key for tests, as long as it must be"
    monkeypatch.setenv("SVI_SECRET_KEY", f"a newer key, as long as it must be,{old}")
    forget()
    identified.keys("1").hears("anything-else")
    assert count("registrations") == 1
    monkeypatch.setenv("SVI_SECRET_KEY", "a newer key, as long as it must be")
    forget()
    identified.keys("2").ends()


def test_a_code_sent_under_the_old_key_proves_under_the_new_one(
    dial: Dial, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No caller notices a change of keys."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988")
    code = texts.code()
    old = "a key for tests, as long as it must be"
    monkeypatch.setenv("SVI_SECRET_KEY", f"a newer key, as long as it must be,{old}")
    forget()
    call.dials(code).hears("confirm-identity")


def test_a_day_later_it_is_erased_and_a_late_webhook_gets_goodbye(identified: Call, count: Count) -> None:
    """The statistics stay; the call does not begin anew, whatever comes."""
    assert erased() == 0
    age(timedelta(hours=23))
    assert erased() == 0
    age(timedelta(hours=25))
    assert erased() == 1
    assert only().sealed is None
    steps = count("steps")
    identified.keys("1").ends().hears_words("Au revoir", "مع السلامة")
    for index in range(len(identified.webhooks)):
        assert "Au revoir" in identified.again(index).body
    assert (count("calls"), count("conversations"), count("steps")) == (1, 1, steps)


def only() -> Row[Any]:
    """Return the only conversation's row."""
    with db.engine().connect() as connection:
        return connection.execute(select(conversations)).one()


def age(by: timedelta) -> None:
    """Have all conversations' last turn be so long ago."""
    with db.engine().begin() as connection:
        connection.execute(update(conversations).values(asked_at=clock.now() - by))


def erased() -> int:
    """Do what the clock does each hour."""
    with begin(Actor("job", "clock")) as work:
        return journal.erase_old(work)
