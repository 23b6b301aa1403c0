"""A wish to be called back is promised once a call, and what is said is what was promised."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from backend import db
from backend.seal import unseal
from backend.values import Telephone
from callcenter import callbacks
from callcenter.callbacks import Half, Promised
from tests.callcenter.conftest import Calling
from tests.conftest import Dial, Texts

Count = Callable[[str], int]
MOBILE, FIXED = Telephone("+212661000777"), Telephone("+212522000102")
THURSDAY, FRIDAY = date(2024, 3, 21), date(2024, 3, 22)


def promised(calling: Calling, number: Telephone, day: date, half: Half) -> Promised:
    """Promise a call."""
    with calling() as work:
        return callbacks.promise(work, number, day, half, "fr", "asked", None)


def test_a_second_wish_of_a_call_changes_nothing_and_hears_the_first(
    calling: Calling, texts: Texts, count: Count
) -> None:
    """Whatever it says: what is said is what is kept."""
    first = promised(calling, MOBILE, THURSDAY, "morning")
    assert promised(calling, FIXED, FRIDAY, "afternoon") == first
    assert (first.day, first.half.message, first.ending) == (THURSDAY, "half-day-morning", "77")
    assert count("callbacks") == 1
    assert [(kind, to) for kind, to, _ in texts.all()] == [("sms-callback-arranged", MOBILE)]


def test_a_fixed_line_gets_no_sms(calling: Calling, texts: Texts, count: Count) -> None:
    """The wish is kept all the same."""
    promised(calling, FIXED, THURSDAY, "morning")
    assert count("callbacks") == 1
    assert texts.all() == []


def test_the_number_to_call_is_sealed(calling: Calling) -> None:
    """For its row."""
    promised(calling, MOBILE, THURSDAY, "morning")
    with db.engine().connect() as connection:
        row = connection.execute(select(callbacks.callbacks)).one()
    assert MOBILE.encode() not in row.number
    assert unseal(row.number, f"callbacks:{row.id}").decode() == MOBILE


def test_a_call_promises_once_though_each_webhook_comes_twice(dial: Dial, count: Count) -> None:
    """And says the day that is kept."""
    call = dial().keys("2")
    for key in ("0", "1", "2", "2"):
        call.keys(key).again()
    call.ends().hears_words("22 mars 2024", "après-midi")
    assert count("callbacks") == 1
