"""A webhook's identity is (CallSid, turn): the first accepted wins, every other one gets its reply again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.conftest import Dial, Texts, forget
from tests.webhooks.conftest import CALL, SID, Carrier

Count = Callable[[str], int]
AT_ONCE = 6


def together(act: Callable[[], bytes]) -> set[bytes]:
    """Do the same in several threads at one moment; return what they got."""
    barrier = Barrier(AT_ONCE)

    def one(_: int) -> bytes:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(one, range(AT_ONCE)))


def heard(carrier: Carrier, path: str, **params: str) -> bytes:
    """Return what a webhook of our call is answered; it must be TwiML, with 200."""
    answer = carrier.post(path, CALL | params)
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    return bytes(answer.data)


def test_a_call_that_comes_in_several_times_at_once_begins_once(carrier: Carrier, count: Count) -> None:
    """Same bytes for all, one row."""
    for _ in range(3):
        assert len(together(lambda: heard(carrier, "/voice/incoming"))) == 1
    assert (count("calls"), count("conversations")) == (1, 1)


def test_an_answer_that_comes_several_times_at_once_has_one_effect(carrier: Carrier, count: Count) -> None:
    """One step, one turn, the same bytes for all, and again later."""
    heard(carrier, "/voice/incoming")
    replies = together(lambda: heard(carrier, "/voice/answer/1/language", Digits="2"))
    assert replies == {heard(carrier, "/voice/answer/1/language", Digits="2")}
    assert count("steps") == 1


def test_of_different_answers_at_once_one_wins(carrier: Carrier, count: Count) -> None:
    """Whichever is first; the others get its reply, whatever they say."""
    heard(carrier, "/voice/incoming")
    keys = iter("12123#")
    replies = together(lambda: heard(carrier, "/voice/answer/1/language", Digits=next(keys)))
    assert len(replies) == 1
    assert count("steps") == 1


@pytest.mark.usefixtures("listed")
def test_a_declaration_confirmed_many_times_at_once_registers_once(
    dial: Dial, carrier: Carrier, texts: Texts, count: Count
) -> None:
    """One registration, one SMS, one audit row of it; each webhook hears the same number."""
    call = dial(sid=SID).keys("2").keys("1").dials("482913#").dials("14031988")
    call.dials(texts.code()).keys("1").keys("2").hears("declaration")
    path = f"/voice/answer/{call.turn}/declaration"
    assert len(together(lambda: heard(carrier, path, Digits="1"))) == 1
    assert count("registrations") == 1
    assert [kind for kind, _, _ in texts.all()] == ["sms-code", "sms-registration-completed"]


@pytest.mark.parametrize(
    "path",
    [
        "/voice/answer/1/language",
        "/voice/answer/2/language",
        "/voice/answer/1/main-menu",
        "/voice/answer/3/main-menu",
        "/voice/answer/02/main-menu",
        "/voice/answer/-2/main-menu",
        "/voice/answer/2/main-menu.2",
        "/voice/answer/99999999999999999999/main-menu",
        "/voice/answer/x/nothing",
        "/voice/answer/2/main-menu/more",
        "/voice/incoming",
        "/voice/again/1/1/token",
        "/voice/again/x/1/token",
    ],
)
def test_any_other_turn_or_key_gets_the_latest_reply_byte_for_byte(carrier: Carrier, path: str, count: Count) -> None:
    """Past, future, unknown: the stored reply, and no effect."""
    heard(carrier, "/voice/incoming")
    latest = heard(carrier, "/voice/answer/1/language", Digits="2")
    assert heard(carrier, path, Digits="5") == latest
    assert count("steps") == 1
    assert heard(carrier, "/voice/answer/2/main-menu", Digits="1") != latest


def test_an_answer_of_an_unknown_call_begins_it(carrier: Carrier, count: Count) -> None:
    """As /voice/incoming; its digits answer nothing."""
    first = heard(carrier, "/voice/answer/4/main-menu", Digits="1")
    assert b"/voice/answer/1/language" in first
    assert heard(carrier, "/voice/incoming") == first
    assert count("steps") == 0


@pytest.mark.parametrize("sid", ["", " ", "a b", "x" * 65, "\x00", "CA\n1"])
@pytest.mark.parametrize("path", ["/voice/incoming", "/voice/answer/1/language", "/voice/fallback", "/voice/status"])
def test_without_a_call_there_is_a_sentence_and_no_row(carrier: Carrier, path: str, sid: str, count: Count) -> None:
    """200 all the same: the carrier has to say something."""
    answer = carrier.post(path, CALL | {"CallSid": sid})
    assert answer.status_code == 200
    assert (b"<Hangup" in answer.data) == (path != "/voice/status")
    assert count("calls") == 0


@pytest.mark.usefixtures("closed")
def test_after_goodbye_every_webhook_gets_goodbye(dial: Dial) -> None:
    """A call that has ended stays ended."""
    call = dial().keys("2").keys("1")
    for _ in range(3):
        call.silence()
    call.keys("1").keys("1").keys("1").ends()
    for index in range(len(call.webhooks)):
        assert call.again(index) == call.webhooks[-1].reply


@pytest.mark.usefixtures("closed")
def test_the_business_day_is_that_of_the_call_s_beginning(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a call that began on Wednesday 20 March, tomorrow is the 21st, though midnight came."""
    heard(carrier, "/voice/incoming")
    monkeypatch.setenv("SVI_TODAY", "2024-03-21")
    forget()
    heard(carrier, "/voice/answer/1/language", Digits="2")
    heard(carrier, "/voice/answer/2/main-menu", Digits="0")
    assert "21 mars 2024" in heard(carrier, "/voice/answer/3/callback-number-confirm", Digits="1").decode()


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("from_", "ending"), [("+٢١٢٦٦١٠٠٠٧٧٧", "7 7"), ("0661000777", "7 7"), ("sip:+212661000777@x", "7 7")]
)
def test_a_number_is_a_number_however_it_is_written(dial: Dial, from_: str, ending: str) -> None:
    """Arabic digits, local, SIP: the caller is offered to be called back there."""
    dial(from_=from_).keys("2").keys("0").hears("callback-number-confirm", ending)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("from_", ["", "anonymous", "+266696687", "Restricted", "sip:anonymous@x"])
def test_a_withheld_number_is_not_offered(dial: Dial, from_: str) -> None:
    """Where no number is shown, one is asked for."""
    dial(from_=from_).keys("2").keys("0").hears("callback-number")
