"""What the caller meets when the program itself fails: an apology and the question again, the third time an advisor."""

from collections.abc import Callable

import pytest

from exchange.dialler import Call
from tests.conftest import Dial, Texts
from tests.webhooks.conftest import CALL, SID, Carrier
from tests.webhooks.failing import failing

Count = Callable[[str], int]
pytestmark = pytest.mark.usefixtures("listed")
APOLOGIES = ("Excusez-nous", "نعتذر")
TABLES = ("registrations", "outbox", "audit", "steps", "callbacks", "codes", "failures")


@pytest.fixture
def declaring(dial: Dial, texts: Texts) -> Call:
    """Return a call whose next key registers somebody."""
    call = dial(sid=SID).keys("2").keys("1").dials("482913#").dials("14031988")
    return call.dials(texts.code()).keys("1").keys("2").hears("declaration")


def test_a_failure_is_owned_up_to_and_the_question_comes_again(declaring: Call, count: Count) -> None:
    """In both languages; nothing is half-written; when it works again, the same key does it."""
    before = {table: count(table) for table in TABLES}
    with failing("people", "update"):  # after the registration's own row was written
        declaring.keys("1").hears("declaration", *APOLOGIES)
    assert {table: count(table) for table in TABLES} == before
    declaring.keys("1").hears("anything-else")
    assert count("registrations") == 1


def test_the_third_failure_at_a_question_leads_to_an_advisor(declaring: Call, count: Count) -> None:
    """Not to a fourth try."""
    with failing("people", "update"):
        declaring.keys("1").hears("declaration").keys("1").hears("declaration")
        declaring.keys("1").hears("recording", *APOLOGIES)
    assert count("registrations") == 0


def test_failures_at_different_questions_are_not_added_up(dial: Dial) -> None:
    """An accepted answer begins the count anew."""
    call = dial().keys("2").keys("1").hears("identity-card")
    with failing("steps", "insert"):
        call.dials("482913#").hears("identity-card").dials("482913#").hears("identity-card")
    call.dials("482913#").hears("birth-date")
    with failing("steps", "insert"):
        call.dials("14031988").hears("birth-date").dials("14031988").hears("birth-date")
    call.dials("14031988").hears("code")


def test_a_way_back_that_is_delivered_twice_counts_once(declaring: Call) -> None:
    """Doubled by the network, one failure stays one."""
    with failing("people", "update"):
        declaring.keys("1").hears("declaration")
        for _ in range(5):
            assert declaring.again() == declaring.webhooks[-1].reply
        declaring.keys("1").hears("declaration")


def test_a_way_back_that_comes_late_counts_nothing(declaring: Call) -> None:
    """The call has gone on meanwhile: it gets the latest reply."""
    with failing("people", "update"):
        declaring.keys("1").hears("declaration")
    way_back = declaring.webhooks[-1]
    assert "/voice/again/" in way_back.url
    declaring.keys("1").hears("anything-else")
    for _ in range(5):
        assert declaring.again(declaring.webhooks.index(way_back)) == declaring.webhooks[-1].reply
    declaring.keys("1").hears("main-menu.2")


def test_where_the_advisor_fails_too_the_call_ends_with_a_sentence(declaring: Call) -> None:
    """No call is led in circles."""
    with failing("steps", "insert"):
        for _ in range(3):
            declaring.keys("1")
            if declaring.ended:
                break
        declaring.ends().hears_words("Le service ne fonctionne pas", "الخدمة")


def test_the_fallback_asks_the_open_question_again_and_the_third_time_brings_an_advisor(carrier: Carrier) -> None:
    """The carrier got no answer of ours in time, or could not read it."""
    carrier.post("/voice/incoming")
    menu = carrier.post("/voice/answer/1/language", CALL | {"Digits": "2"}).data
    told = CALL | {"ErrorCode": "11200", "ErrorUrl": "http://127.0.0.1:8039/voice/answer/2/main-menu"}
    assert carrier.post("/voice/fallback", told).data == menu
    assert carrier.post("/voice/fallback", told).data == menu
    assert b"recording" in carrier.post("/voice/fallback", told).data


def test_a_fallback_that_is_delivered_twice_counts_once(carrier: Carrier) -> None:
    """The carrier's own token tells a repeated request from a second failure."""
    carrier.post("/voice/incoming")
    told = CALL | {"ErrorCode": "11200", "ErrorUrl": "http://127.0.0.1:8039/voice/answer/1/language"}
    headers = {"I-Twilio-Idempotency-Token": "one"}
    assert len({carrier.post("/voice/fallback", told, headers=headers).data for _ in range(5)}) == 1


def test_a_fallback_about_a_turn_that_is_past_counts_nothing(carrier: Carrier) -> None:
    """It gets the latest reply."""
    carrier.post("/voice/incoming")
    menu = carrier.post("/voice/answer/1/language", CALL | {"Digits": "2"}).data
    told = CALL | {"ErrorCode": "11200", "ErrorUrl": "http://127.0.0.1:8039/voice/answer/1/language"}
    assert {carrier.post("/voice/fallback", told).data for _ in range(5)} == {menu}


def test_the_fallback_of_a_call_that_never_came_in_begins_it(carrier: Carrier, count: Count) -> None:
    """The first webhook was the one that failed."""
    answer = carrier.post("/voice/fallback", CALL | {"ErrorCode": "11200"})
    assert b"/voice/answer/1/language" in answer.data
    assert count("calls") == 1


def test_no_text_of_a_request_becomes_a_part_of_our_addresses(carrier: Carrier) -> None:
    """The way back names a number, whatever stood in the path."""
    with failing("calls", "insert"):
        answer = carrier.post("/voice/answer/2%3F%22%3E%3CDial%3E/x%20y")
    assert b"<Redirect" in answer.data
    assert b"/voice/again/0/1/" in answer.data
    assert b"Dial" not in answer.data
