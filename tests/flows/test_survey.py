"""How it went: asked after an advisor ended the call, and never of who gave up waiting."""

import pytest

from backend.wording import Language
from exchange.dialler import Call
from tests.flows.advising import Carrier, Desk, rows
from tests.flows.conftest import Wait

ASKED = {"ar": "هل كانت الخدمة جيدة", "fr": "Avez-vous été bien servi"}
THANKS = {"ar": "شكرا على جوابكم", "fr": "Merci de votre réponse"}
WHY = {"1": "waiting", "2": "welcome", "3": "explanations", "4": "solution", "5": "other"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


def after_a_talk(wait: Wait, carrier: Carrier, language: Language = "fr") -> Call:
    """Return a caller whose advisor has ended the call."""
    desk = Desk(carrier, language=language)
    return desk.ends(desk.talks_to(wait(language)))


def surveys() -> list[tuple[int, int, str | None]]:
    """Return ticket, score and reason of each survey."""
    return [(row.ticket_id, row.score, row.reason) for row in rows("surveys")]


@in_both_languages
@pytest.mark.parametrize("key", "12345")
def test_a_score_and_why(wait: Wait, carrier: Carrier, language: Language, key: str) -> None:
    """From 1 to 5, then one of five reasons; then thanks and goodbye."""
    call = after_a_talk(wait, carrier, language).hears("survey", ASKED[language])
    call.keys(key).hears("survey-reason").keys(key).ends().hears_words(THANKS[language])
    assert surveys() == [(1, int(key), WHY[key])]
    assert [each.details["score"] for each in rows("queue_events") if each.type == "surveyed"] == [int(key)]


@in_both_languages
@pytest.mark.parametrize("key", ["", "9"])
def test_who_does_not_answer_has_said_enough(wait: Wait, carrier: Carrier, language: Language, key: str) -> None:
    """Twice silence, or twice a wrong key: goodbye, without thanks for an answer, and no score; never an advisor."""
    call = after_a_talk(wait, carrier, language).hears("survey")
    for _ in range(2):
        assert call.ended is None
        call.dials(key) if key else call.silence()
    assert THANKS[language] not in call.ends().words
    assert surveys() == []


@in_both_languages
@pytest.mark.parametrize("key", ["", "9"])
def test_a_reason_is_asked_once(wait: Wait, carrier: Carrier, language: Language, key: str) -> None:
    """Silence, or a wrong key: the score is kept."""
    call = after_a_talk(wait, carrier, language).keys("4").hears("survey-reason")
    (call.dials(key) if key else call.silence()).ends().hears_words(THANKS[language])
    assert surveys() == [(1, 4, None)]


@pytest.mark.parametrize(("score", "reason", "kept"), [("cinq", "l'accueil", (1, 5, "welcome"))])
def test_by_voice(wait: Wait, carrier: Carrier, score: str, reason: str, kept: tuple[int, int, str]) -> None:
    """As any menu."""
    after_a_talk(wait, carrier).says(score).hears("survey-reason").says(reason).ends()
    assert surveys() == [kept]


def test_who_hangs_up_at_the_reason_has_scored(wait: Wait, carrier: Carrier) -> None:
    """What was said counts."""
    after_a_talk(wait, carrier).keys("2").hangs_up()
    assert surveys() == [(1, 2, None)]


def test_a_score_that_is_delivered_twice_is_one(wait: Wait, carrier: Carrier) -> None:
    """The turn's identity, as of any webhook."""
    call = after_a_talk(wait, carrier).keys("3")
    assert call.again().body == call.webhooks[-1].reply.body
    assert surveys() == [(1, 3, None)]


def test_who_gave_up_waiting_is_not_asked(wait: Wait) -> None:
    """Neither who hung up, nor who is called back."""
    wait().hangs_up()
    call = wait().keys("1").keys("1").ends()
    assert ASKED["fr"] not in " ".join(said.text for said in call.heard)


def test_who_hangs_up_on_the_advisor_is_not_asked(wait: Wait, carrier: Carrier) -> None:
    """The talk is over, and the advisor wraps it up."""
    desk = Desk(carrier)
    desk.talks_to(wait()).hangs_up()
    assert (desk.state, surveys()) == ("wrap-up", [])
