"""Out of hours: a promise to call back that nothing loses."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from backend import db
from backend.seal import unseal
from callcenter.callbacks import callbacks
from exchange.dialler import Call
from tests.conftest import Dial, Texts

WITHHELD = ("anonymous", "", "+266696687", "+7378742833", "Restricted")
pytestmark = pytest.mark.usefixtures("closed")
A_FIXED_LINE, A_MOBILE = "0520191404", "0661000888"


def promised() -> tuple[str, str, str, str, str]:
    """Return number, day, half, language and reason of the one callback that the database holds."""
    with db.engine().connect() as connection:
        row = connection.execute(select(callbacks)).one()
    return unseal(row.number, f"callbacks:{row.id}").decode(), str(row.day), row.half, row.language, row.reason


def at_advisor(dial: Dial, language: str = "2", **more: str) -> Call:
    """Return a call that asked for an advisor at the main menu."""
    return dial(**more).keys(language).keys("0")


def test_when_they_are_back_is_said_and_a_call_is_promised(dial: Dial, texts: Texts) -> None:
    """On 20 March 2024, a Wednesday: the next two working days are Thursday and Friday."""
    call = at_advisor(dial).hears("callback-number-confirm", "ne sont pas là", "le jeudi 21 mars 2024", "7 7")
    call.keys("1").hears("callback-day", "jeudi 21 mars 2024", "vendredi 22 mars 2024")
    call.keys("2").hears("callback-half-day").keys("2").ends()
    call.hears_words("vendredi 22 mars 2024, l'après-midi", "7 7", "Au revoir")
    assert promised() == ("+212661000777", "2024-03-22", "afternoon", "fr", "asked")
    assert [mobile for kind, mobile, _ in texts.all() if kind == "sms-callback-arranged"] == ["+212661000777"]


def test_in_arabic(dial: Dial, texts: Texts) -> None:
    """Said and written in the language of the call."""
    call = at_advisor(dial, "1").hears("callback-number-confirm").keys("1").keys("1").keys("1").ends()
    assert {said.language for said in call.heard[-3:]} == {"ar-XA"}
    assert promised()[1:4] == ("2024-03-21", "morning", "ar")
    assert "مارس" in texts.newest("sms-callback-arranged")


@pytest.mark.parametrize("from_", WITHHELD)
def test_who_withholds_the_number_is_asked_for_one(dial: Dial, from_: str) -> None:
    """There is nothing to confirm."""
    at_advisor(dial, from_=from_).hears("callback-number").dials(A_MOBILE).hears("callback-day")


def test_a_foreign_number_is_not_called_back(dial: Dial) -> None:
    """Only Moroccan numbers are."""
    at_advisor(dial, from_="+33123456789").hears("callback-number")


def test_another_number_may_be_a_fixed_line(dial: Dial, texts: Texts) -> None:
    """It is called, and gets no SMS."""
    call = at_advisor(dial).keys("2").hears("callback-number").dials(A_FIXED_LINE).hears("callback-day")
    call.keys("1").keys("1").ends()
    assert promised()[0] == "+212520191404"
    assert texts.all() == []


@pytest.mark.parametrize("number", ["0899999999", "0012345678", "9999999999", "066100088"])
def test_a_refused_number_is_asked_for_again(dial: Dial, count: Callable[[str], int], number: str) -> None:
    """With the reason, the second time; after three, goodbye: there is no advisor further on."""
    call = at_advisor(dial).keys("2").dials(number).hears("callback-number")
    call.dials(number).hears("callback-number", "seulement les numéros marocains").dials(number).ends()
    call.hears_words("Au revoir")
    assert count("callbacks") == 0


def test_after_a_refused_number_another_is_taken(dial: Dial) -> None:
    """Two wrong ones are forgiven."""
    call = at_advisor(dial).keys("2").dials("0899999999").dials("0899999999").dials(A_MOBILE).hears("callback-day")
    call.keys("1").keys("1").ends()
    assert promised()[0] == "+212661000888"


@pytest.mark.parametrize("key", ["0", "*", "#"])
@pytest.mark.parametrize("answers", [(), ("1",), ("1", "1")])
def test_zero_star_and_hash_repeat(dial: Dial, answers: tuple[str, ...], key: str) -> None:
    """An advisor is what this is about, and there is no menu before."""
    call = at_advisor(dial)
    for answer in answers:
        call.keys(answer)
    question, words = call.question, call.words
    assert question
    assert call.keys(key).hears(question).words == words


def test_the_number_has_help(dial: Dial) -> None:
    """`1` enters it again; `0` and `#` repeat."""
    call = at_advisor(dial).keys("2").dials("*").hears("callback-number-help")
    call.keys("0").hears("callback-number-help").keys("#").hears("callback-number-help")
    call.keys("1").hears("callback-number")


@pytest.mark.parametrize("answers", [(), ("2",), ("1",), ("1", "1")])
@pytest.mark.parametrize("key", ["", "9"])
def test_three_silences_or_wrong_answers_end_in_goodbye(
    dial: Dial, count: Callable[[str], int], answers: tuple[str, ...], key: str
) -> None:
    """At each question of the advisor's; nothing is promised."""
    call = at_advisor(dial)
    for answer in answers:
        call.keys(answer)
    for _ in range(3):
        assert call.ended is None
        call.dials(key) if key else call.silence()
    call.ends().hears_words("Au revoir")
    assert count("callbacks") == 0


def test_who_could_not_answer_hears_why_an_advisor_is_needed(dial: Dial) -> None:
    """Not who asked for one."""
    assert "il vous faut un conseiller" not in at_advisor(dial).words
    call = dial().keys("2").silence().silence().silence()
    call.hears("callback-number-confirm", "il vous faut un conseiller").keys("1").keys("1").keys("1").ends()
    assert promised()[4] == "silence"


def test_before_the_language_is_chosen_the_advisor_is_offered_in_both(dial: Dial) -> None:
    """`0` at the first question."""
    call = dial().keys("0").hears("callback-number-confirm")
    assert {said.language for said in call.said} == {"ar-XA", "fr-FR"}
    call.keys("1").keys("1").keys("1").ends()


def test_the_wish_of_who_hangs_up_too_early_is_not_a_promise(dial: Dial, count: Callable[[str], int]) -> None:
    """Nothing is promised before all is known, and nothing half."""
    at_advisor(dial).keys("1").keys("1").hangs_up()
    assert count("callbacks") == 0


def test_one_call_one_promise_however_often_it_is_delivered(dial: Dial, count: Callable[[str], int]) -> None:
    """The last webhook twice."""
    call = at_advisor(dial).keys("1").keys("1").keys("1").ends()
    assert call.again().body == call.webhooks[-1].reply.body
    assert (count("callbacks"), count("outbox")) == (1, 1)
