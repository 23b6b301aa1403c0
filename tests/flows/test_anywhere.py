"""What holds at every question: `*`, `#`, `0`, silence, wrong answers; at every door; however it is delivered.

The real application, in both languages; the engine's rules one by one are in tests/engine.
"""

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from backend import db
from exchange.dialler import Call
from exchange.posting import over_wsgi
from tests.conftest import ACCOUNT, TOKEN, Dial, Texts

MENUS = ("language", "main-menu", "resume", "confirm-identity", "payment", "declaration", "anything-else")
ENTRIES = ("identity-card", "birth-date", "code", "tax-reference", "new-mobile", "bank-account")
AFTER_FIXED_ENTRY = ("code", "tax-reference", "new-mobile", "resume", "confirm-identity", "declaration")
KEY_OF = {"ar": "1", "fr": "2"}
NOT_HEARD = {"ar": "لم أسمع", "fr": "Je n'ai rien entendu"}
NOT_UNDERSTOOD = {"ar": "لم أفهم", "fr": "Je n'ai pas compris"}
WAITING = {"ar": "ما زلت أنتظر", "fr": "J'attends toujours"}
SALMA, BRAHIM = ("482913#", "14031988"), ("560081#", "21071965")
RIB = "230810000123456789012321"
ADVISOR = "recording"

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])
at_every_menu = pytest.mark.parametrize("question", MENUS)
at_every_entry = pytest.mark.parametrize("question", ENTRIES)
at_every_question = pytest.mark.parametrize("question", [*MENUS, *ENTRIES])


class Registering:
    """A registration, as far as some question."""

    def __init__(self, dial: Dial, texts: Texts) -> None:
        self.dial, self.texts = dial, texts

    def at(self, question: str, language: str) -> Call:
        """Return a call at `question`."""
        card, born = BRAHIM if question in {"tax-reference", "new-mobile"} else SALMA
        answers = {
            "language": KEY_OF[language],
            "identity-card": card,
            "birth-date": born,
            "tax-reference": "7710",
            "bank-account": RIB,
        }
        if question == "resume":
            self.at("declaration", language).hangs_up()
        call = self.dial()
        while call.question != question:
            assert call.question
            call.dials(self.texts.code() if call.question == "code" else answers.get(call.question, "1"))
        return call


@pytest.fixture
def registering(dial: Dial, texts: Texts, listed: None) -> Registering:  # noqa: ARG001 the people on the lists
    """Return what brings a call to a question of the registration."""
    return Registering(dial, texts)


@in_both_languages
@at_every_menu
def test_star_in_a_menu_repeats(registering: Registering, question: str, language: str) -> None:
    """All that was said is said again; after a completed registration, the number too."""
    call = registering.at(question, language)
    words = call.words
    assert call.keys("*").hears(question).words == words
    if question == "anything-else":
        assert "1 9 0" in words


@in_both_languages
@at_every_entry
def test_star_in_an_entry_opens_help_and_begins_again(registering: Registering, question: str, language: str) -> None:
    """Alone it opens help, `1` there comes back; after digits it begins again; either is uncounted."""
    call = registering.at(question, language)
    for _ in range(2):
        call.dials("*").hears(call.question or "")
        assert (call.question or "").partition(".")[0] == f"{question}-help"
        call.keys("1").hears(question)
    for _ in range(4):
        call.dials("12*").hears(question)


@in_both_languages
@at_every_question
def test_hash(registering: Registering, question: str, language: str) -> None:
    """In a menu the one before, at the top the same; in an entry a wrong answer; after a fixed entry a habit."""
    call = registering.at(question, language)
    if question in AFTER_FIXED_ENTRY:
        words = call.words
        assert call.dials("#").hears(question).words == words
    call.dials("#")
    if question in ENTRIES:
        call.hears(question, NOT_UNDERSTOOD[language])
    elif question in {"language", "main-menu"}:
        call.hears(question)
    else:
        call.hears("main-menu.2").keys("1").hears("identity-card.2")


@in_both_languages
@at_every_question
def test_zero_leads_to_an_advisor(registering: Registering, question: str, language: str) -> None:
    """In a menu at once; in an entry, where it is a digit, by help."""
    call = registering.at(question, language)
    if question in ENTRIES:
        call.dials("*")
    call.keys("0").hears(ADVISOR)


@in_both_languages
@at_every_question
def test_three_silences(registering: Registering, question: str, language: str) -> None:
    """Asked again, with more help, then an advisor; never for a RIB; a code on its way is waited for."""
    call = registering.at(question, language)
    if question == "code":
        for _ in range(10):
            call.silence().hears("code", WAITING[language])
    else:
        call.silence().hears(question, NOT_HEARD[language])
        shorter = call.words
        assert len(call.silence().hears(question, NOT_HEARD[language]).words) > len(shorter)
    call.silence().hears("declaration" if question == "bank-account" else ADVISOR)


@in_both_languages
@at_every_question
def test_three_wrong_answers(registering: Registering, question: str, language: str) -> None:
    """Asked again, with more help, then an advisor; a RIB is given up after two. Silence between counts for nothing."""
    call = registering.at(question, language)
    wrong = "123456789#" if question == "identity-card" else "9"
    call.dials(wrong).hears(question, NOT_UNDERSTOOD[language]).silence().hears(question)
    if question != "bank-account":
        call.dials(wrong).hears(question, NOT_UNDERSTOOD[language])
    call.dials(wrong).hears("declaration" if question == "bank-account" else ADVISOR)


def test_every_sentence_before_the_language_is_said_in_both(dial: Dial) -> None:
    """Each by a voice of its own; also to somebody who only ever presses the wrong keys."""
    call = dial()
    for _ in range(3):
        assert {said.language for said in call.said} == {"ar-XA", "fr-FR"}
        call.keys("9")
    call.hears(ADVISOR)
    assert {said.language for said in call.said} == {"ar-XA", "fr-FR"}


@pytest.mark.parametrize("to", ["+212520194040", "3939", "0520194040", "sip:3939@cnss.example"])
def test_the_call_centre_asks_for_the_reason_then_how_to_serve_it(dial: Dial, to: str) -> None:
    """The answer now, or an advisor; `#` at the second question leads to the first."""
    call = dial(to=to).keys("2").hears("reason").keys("1").hears("self-service").keys("#").hears("reason.2")
    call.keys("1").hears("self-service.2").keys("1").hears("identity-card")
    dial(to=to).keys("2").keys("1").keys("2").hears(ADVISOR)


def test_any_other_reason_goes_to_an_advisor_at_once(dial: Dial) -> None:
    """`5` at the call centre."""
    dial(to="3939").keys("2").keys("5").hears(ADVISOR)


@pytest.mark.usefixtures("listed")
def test_a_service_of_the_call_centre_ends_as_at_the_vocal_server(dial: Dial, texts: Texts) -> None:
    """`1` at anything-else is its first menu, `#` inside the service too."""
    call = dial(to="3939").keys("2").keys("1").keys("1").dials(SALMA[0]).dials(SALMA[1]).dials(texts.code())
    call.keys("1").keys("2").keys("2").hears("anything-else").keys("1").hears("reason.2")
    call.keys("1").keys("1").hears("identity-card.2").dials("*").keys("#").hears("reason.3")


@pytest.mark.parametrize("to", ["+212520447100", "0800090100", "+33123456789", ""])
def test_the_vocal_server_answers_its_numbers_and_any_unknown_one(dial: Dial, to: str) -> None:
    """Self-service first."""
    dial(to=to).keys("1").hears("main-menu")


@pytest.mark.parametrize("digits", ["A", "٩٩", "9" * 40, "\x00", "é", "<Hangup/>"])
def test_keys_that_do_not_exist_are_wrong_answers(app: Flask, digits: str) -> None:
    """Whatever a webhook's body says; the call goes on."""
    post = over_wsgi(app, TOKEN)
    call = Call(post, to="3939", account_sid=ACCOUNT).keys("2")
    for _ in range(2):
        url = f"http://127.0.0.1:8039/voice/answer/{call.turn}/{call.question}"
        status, _, body = post(url, {"CallSid": call.sid, "Digits": digits})
        assert status == 200
        assert "/voice/answer/3/reason" in str(body)
        assert "Je n'ai pas compris" in str(body)


def test_speech_for_keys_is_a_wrong_answer(app: Flask) -> None:
    """«Oui» is no word of this menu."""
    post = over_wsgi(app, TOKEN)
    call = Call(post, to="3939", account_sid=ACCOUNT).keys("2")
    url = f"http://127.0.0.1:8039/voice/answer/{call.turn}/{call.question}"
    _, _, body = post(url, {"CallSid": call.sid, "SpeechResult": "oui", "Confidence": "0.9"})
    assert "Je n'ai pas compris" in str(body)


DEEDS = st.lists(st.sampled_from(["1", "1", "2", "2", "0", "*", "#", "", "482913#", "14031988", "123456"]), max_size=14)
COUNTED = (
    "calls",
    "conversations",
    "codes",
    "registrations",
    "outbox",
    "audit",
    "steps",
    "callbacks",
    "failures",
    "tickets",
    "queue_events",
)


def rows() -> dict[str, int]:
    """Return how many rows each table has that a call may change."""
    with db.engine().connect() as connection:
        return {name: int(connection.exec_driver_sql(f"select count(*) from {name}").scalar_one()) for name in COUNTED}


@pytest.mark.usefixtures("listed")
@settings(max_examples=15)
@given(deeds=DEEDS, late=st.data())
def test_whatever_is_delivered_again_or_out_of_order_changes_nothing(
    app: Flask, deeds: list[str], late: st.DataObject
) -> None:
    """Past, future, unknown turns and keys, with other bodies: the stored reply, byte for byte, and no effect."""
    check_delivery(app, deeds, late)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("listed")
@settings(max_examples=1_000)
@given(deeds=DEEDS, late=st.data())
def test_a_thousand_calls_delivered_out_of_order(app: Flask, deeds: list[str], late: st.DataObject) -> None:
    """The same, longer."""
    check_delivery(app, deeds, late)


def check_delivery(app: Flask, deeds: list[str], late: st.DataObject) -> None:
    """Hold a call, and between its turns deliver what should not be listened to."""
    with db.engine().begin() as connection:  # limits count over all calls: an example must not know the one before
        connection.execute(text("truncate codes, failures"))
    post = over_wsgi(app, TOKEN)
    call = Call(post, to="+212520447100", from_="+212661000777", account_sid=ACCOUNT)
    for deed in deeds:
        if call.ended:
            break
        call.dials(deed) if deed else call.silence()
        latest = next(webhook.reply for webhook in reversed(call.webhooks) if "/voice/wait/" not in webhook.url)
        before = rows()
        past = call.webhooks[late.draw(st.integers(0, len(call.webhooks) - 1))]
        digits = late.draw(st.sampled_from(["1", "2", "0", "#", "123456", ""]))
        turn = late.draw(st.sampled_from(["0", "1", str((call.turn or 0) + 1), "-1", "x", "99999999999999999999"]))
        key = late.draw(st.sampled_from([call.question or "language", "language", "main-menu", "nothing"]))
        wrong_turn = f"http://127.0.0.1:8039/voice/answer/{turn}/{key}"
        wrong_key = f"http://127.0.0.1:8039/voice/answer/{call.turn or 1}/nothing"
        if "/voice/wait/" in past.url:  # what is heard there is no turn, and `1` is heeded while it is offered
            assert post(past.url, past.params)[0] == 200
            past = call.webhooks[0]
        for url in (past.url, wrong_turn if turn != "1" else wrong_key, wrong_key):
            status, _, body = post(url, {**past.params, "Digits": digits})
            assert (status, body) == (200, latest.body), url
        assert rows() == before
