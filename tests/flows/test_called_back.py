"""Calls that we make: because we promised it, and to prove who is calling. Whoever answers must press a key."""

import re
from collections.abc import Callable

import pytest

from backend.wording import Language
from backend.work import Actor, begin
from callcenter import talks
from exchange.dialler import ORIGIN, Call
from tests.conftest import Dial
from tests.flows.advising import Carrier, Desk, all_tickets, call_due, rows
from tests.flows.claims import KEY_OF
from tests.flows.conftest import Wait

Count = Callable[[str], int]
SALMA, NOBODY = ("482913#", "14031988"), ("999999#", "14031988")
HICHAM = ("104228815", "18091975")
IT_IS_US = {"ar": "الصندوق الوطني للضمان الاجتماعي", "fr": "Nous vous rappelons comme promis"}
NOT_REACHED = {"ar": "لم نسمع أي جواب", "fr": "Nous n'avons pas entendu de réponse"}
COMING = {"ar": "أنهوا المكالمة الآن، ثم أجيبوا", "fr": "Raccrochez maintenant et répondez"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


@pytest.fixture
def promised(wait: Wait, carrier: Carrier) -> Callable[[Language], Desk]:
    """Return what keeps a place, lets its turn come, and has an advisor accept it."""

    def keep(language: Language = "fr") -> Desk:
        wait(language).keys("1").keys("1").ends()
        call_due()
        desk = Desk(carrier, language=language).is_ready()
        desk.takes()
        return desk

    return keep


Promise = Callable[..., Desk]


# A promised call


@in_both_languages
def test_who_confirms_meets_the_advisor_and_is_asked_how_it_went(
    promised: Promise, carrier: Carrier, language: Language
) -> None:
    """In the language of the call in which it was promised; the promise is kept."""
    desk = promised(language)
    leg = desk.joins()
    call = carrier.reaches().hears("callback-confirm", IT_IS_US[language]).keys("1")
    assert call.joined == leg.joined
    carrier.tells_of("participant-join", call)
    assert all_tickets()[-1].state == "talking"
    desk.ends(call).hears("survey").keys("5").keys("1").ends()
    assert (rows("callbacks")[0].state, all_tickets()[-1].outcome, desk.state) == ("kept", "answered", "wrap-up")
    assert [(row.ticket_id, row.score) for row in rows("surveys")] == [(2, 5)]


@in_both_languages
@pytest.mark.parametrize("key", ["", "9"])
def test_nobody_there_is_not_reached(promised: Promise, carrier: Carrier, language: Language, key: str) -> None:
    """Twice silence, or twice a wrong key: a machine, a child. We call again later, and the advisor is ready."""
    desk = promised(language)
    call = carrier.reaches().hears("callback-confirm")
    for _ in range(2):
        assert call.ended is None
        call.dials(key) if key else call.silence()
    call.ends().hears_words(NOT_REACHED[language])
    (row,) = rows("callbacks")
    assert (row.state, row.attempts, all_tickets()[-1].outcome, desk.state) == ("promised", 1, "not-reached", "ready")


def test_who_hangs_up_before_confirming_is_not_reached(promised: Promise, carrier: Carrier) -> None:
    """As a machine that hangs up."""
    desk = promised()
    carrier.reaches().hears("callback-confirm").hangs_up()
    assert (rows("callbacks")[0].state, all_tickets()[-1].outcome, desk.state) == ("promised", "not-reached", "ready")


@in_both_languages
def test_who_confirms_when_the_advisor_is_gone_waits_for_another(
    promised: Promise, carrier: Carrier, language: Language
) -> None:
    """They were promised a call, and have it: at the head of the queue."""
    desk = promised(language)
    desk.joins()
    call = carrier.reaches().keys("1")
    carrier.tells_of("participant-join", call)
    desk.is_lost()
    call.sent_to(f"{ORIGIN}/voice/after/2")
    assert (call.queued, all_tickets()[-1].tier) == ("advisors", "returned")
    other = Desk(carrier, "y.berrada", language)
    other.ends(other.talks_to(call)).hears("survey")


def test_who_was_called_back_may_be_transferred(promised: Promise, carrier: Carrier) -> None:
    """As any caller: to another subject, at the head of it."""
    desk = promised()
    desk.joins()
    call = carrier.reaches().keys("1")
    carrier.tells_of("participant-join", call)
    with begin(Actor("advisor", str(desk.id))) as work:
        talks.transfer(work, desk.id, subject="claims")
    call.sent_to(f"{ORIGIN}/voice/after/2")
    assert (call.queued, all_tickets()[-1].subject) == ("advisors", "claims")
    assert Desk(carrier, "y.berrada", claims=3).talks_to(call).joined


def test_who_hangs_up_on_the_advisor_has_been_called(promised: Promise, carrier: Carrier) -> None:
    """Once: the promise is kept."""
    desk = promised()
    desk.joins()
    call = carrier.reaches().keys("1")
    carrier.tells_of("participant-join", call)
    call.hangs_up()
    assert (rows("callbacks")[0].state, all_tickets()[-1].outcome, desk.state) == ("kept", "answered", "wrap-up")


@pytest.mark.parametrize("attempt", ["2", "99", "999999999"])
def test_a_call_that_we_did_not_make_is_hung_up(
    promised: Promise, carrier: Carrier, count: Count, attempt: str
) -> None:
    """Without a word, and nothing changes."""
    promised()
    before = count("calls"), count("conversations")
    call = carrier.connects(f"{ORIGIN}/voice/callback/{attempt}", "+212661000777").ends()
    assert (call.heard, count("calls"), count("conversations")) == ([], *before)


def test_a_second_leg_of_the_same_attempt_is_hung_up(promised: Promise, carrier: Carrier, count: Count) -> None:
    """Doubled by the carrier, whoever of both answers first is the one."""
    promised()
    first = carrier.reaches().hears("callback-confirm")
    second = carrier.connects(f"{ORIGIN}/voice/callback/1", "+212661000777").ends()
    assert (second.heard, count("conversations")) == ([], 2)
    assert first.keys("1").joined


def test_the_answered_webhook_twice_is_one_conversation(promised: Promise, carrier: Carrier, count: Count) -> None:
    """The stored reply."""
    promised()
    call = carrier.reaches()
    assert call.again(0).body == call.webhooks[0].reply.body
    assert count("conversations") == 2


# A call to the mobile on file, instead of a code


def at_help(dial: Dial, language: Language, who: tuple[str, str] = SALMA) -> Call:
    """Return a call at the help with the code."""
    call = dial(status_url=f"{ORIGIN}/voice/status").keys(KEY_OF[language]).keys("1").dials(who[0]).dials(who[1])
    return call.hears("code").dials("*").hears("code-help")


@pytest.mark.usefixtures("listed")
@in_both_languages
def test_the_call_goes_on_where_it_was_on_the_mobile_on_file(
    dial: Dial, carrier: Carrier, count: Count, language: Language
) -> None:
    """The caller's leg is hung up; who answers and presses `1` is told the name, and registers."""
    at_help(dial, language).keys("3").ends().hears_words(COMING[language], "0 1")
    call = carrier.reaches().hears("callback-confirm", IT_IS_US["ar"] if language == "ar" else "Si c'est bien vous")
    assert call.facts.to == "+212661000101"
    call.keys("1").hears("confirm-identity").keys("1").hears("payment").keys("2").keys("1").hears("anything-else")
    assert (count("registrations"), count("conversations")) == (1, 1)
    assert {said.language for said in call.heard} == {"ar-XA" if language == "ar" else "fr-FR"}


@pytest.mark.usefixtures("listed")
def test_it_proves_the_same_for_what_one_is_owed(dial: Dial, carrier: Carrier) -> None:
    """Any service that asks who is calling."""
    call = dial().keys("2").keys("2").dials(HICHAM[0]).dials(HICHAM[1]).hears("code").dials("*").keys("3").ends()
    assert "ne devez rien" not in " ".join(said.text for said in call.heard)
    carrier.reaches().hears("callback-confirm").keys("1").hears("contributions-menu")


@pytest.mark.usefixtures("listed")
@in_both_languages
def test_of_an_unknown_pair_the_same_is_said_and_nobody_is_called(dial: Dial, count: Count, language: Language) -> None:
    """Two digits, and the end of the call: who tries learns nothing."""
    known = at_help(dial, language).keys("3").ends()
    unknown = at_help(dial, language, NOBODY).keys("3").ends().hears_words(COMING[language])
    assert re.sub("[0-9]", "x", unknown.words) == re.sub("[0-9]", "x", known.words)
    assert count("dials") == 1


@pytest.mark.usefixtures("listed")
def test_a_stranger_s_leg_proves_nothing(dial: Dial, carrier: Carrier) -> None:
    """Neither while it rings, for the carrier has said which call it is, nor afterwards."""
    at_help(dial, "fr").keys("3").ends()
    attempt, sid = carrier.calls_out()
    stranger = carrier.connects(f"{ORIGIN}/voice/callback/{attempt.id}", "+212661000777").ends()
    assert stranger.heard == []
    call = carrier.connects(f"{ORIGIN}/voice/callback/{attempt.id}", attempt.number, sid=sid)
    call.hears("callback-confirm").keys("1").hears("confirm-identity")
    assert carrier.connects(f"{ORIGIN}/voice/callback/{attempt.id}", attempt.number).ends().heard == []


@pytest.mark.usefixtures("listed")
@in_both_languages
@pytest.mark.parametrize("key", ["", "9"])
def test_who_answers_and_presses_nothing_has_proved_nothing(
    dial: Dial, carrier: Carrier, language: Language, key: str
) -> None:
    """Twice silence, or twice a wrong key: goodbye, and no name."""
    at_help(dial, language).keys("3").ends()
    call = carrier.reaches()
    for _ in range(2):
        call.hears("callback-confirm")
        call.dials(key) if key else call.silence()
    call.ends().hears_words(NOT_REACHED[language])
    assert not [row for row in rows("calls") if row.person_id]


@pytest.mark.usefixtures("listed")
def test_the_caller_who_hung_up_cannot_answer_for_the_mobile(dial: Dial, carrier: Carrier) -> None:
    """Late webhooks of the first leg get a farewell, and tell no name."""
    first = at_help(dial, "fr").keys("3").ends()
    call = carrier.reaches().hears("callback-confirm")
    for path in (f"/voice/answer/{call.turn}/callback-confirm", "/voice/incoming"):
        assert "confirm-identity" not in carrier.tells(path, first, Digits="1")
    call.hears("callback-confirm").keys("1").hears("confirm-identity")


@pytest.mark.usefixtures("listed")
def test_codes_and_calls_together_are_three_an_hour(dial: Dial, count: Count) -> None:
    """The fourth leads to an advisor."""
    at_help(dial, "fr").keys("3").ends()
    call = at_help(dial, "fr").keys("3").hears("recording")
    assert "0 1" not in call.words
    assert count("dials") == 1
