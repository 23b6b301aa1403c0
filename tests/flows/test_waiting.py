"""Waiting for an advisor: the answer about recording, what an advisor will know, what is heard, and no room to wait."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from backend import clock, db
from backend.wording import Language
from callcenter.handover import MOST_WAITING
from tests.conftest import Dial, Texts
from tests.flows.advising import Carrier, Desk, all_tickets, kept, states
from tests.flows.claims import KEY_OF
from tests.flows.conftest import Wait

Count = Callable[[str], int]
NEXT = {"ar": "دوركم هو التالي", "fr": "Vous êtes la prochaine personne"}
SECOND = {"ar": "رتبتكم في الانتظار هي 2", "fr": "Vous êtes à la place 2"}
NOBODY_KNOWS = {"ar": "لا نعرف كم سيدوم انتظاركم", "fr": "Nous ne savons pas combien de temps"}
SOON = {"ar": "أقل من دقيقة واحدة", "fr": "moins d'une minute"}
FOUR_MINUTES = {"ar": "ما بين ثلاث وخمس دقائق", "fr": "entre 3 et 5 minutes"}
KEEP = {"ar": "والاحتفاظ برتبتكم حتى نتصل بكم، اضغط 1", "fr": "garder votre place et être rappelé, tapez 1"}
COMING = {"ar": "المستشار في طريقه إليكم", "fr": "Un conseiller arrive"}
BUSY = {"ar": "كثير من المتصلين ينتظرون الآن", "fr": "Trop de personnes attendent"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


# Recording


@in_both_languages
@pytest.mark.parametrize(("key", "recorded"), [("1", True), ("2", False)])
def test_the_talk_is_recorded_only_where_that_was_accepted(
    wait: Wait, carrier: Carrier, language: Language, key: str, *, recorded: bool
) -> None:
    """From its beginning on, by the carrier."""
    caller = Desk(carrier, language=language).talks_to(wait(language, recording=key))
    assert [ticket.recording for ticket in all_tickets()] == [recorded]
    assert ('record="record-from-start"' in caller.webhooks[-1].reply.body) == recorded


@in_both_languages
@pytest.mark.parametrize("key", ["", "9"])
def test_who_does_not_say_is_not_recorded_and_waits_all_the_same(dial: Dial, language: Language, key: str) -> None:
    """Two silences, or two wrong answers."""
    call = dial().keys(KEY_OF[language]).keys("0").hears("recording")
    call.dials(key) if key else call.silence()
    call.hears("recording")
    call.dials(key) if key else call.silence()
    assert call.queued
    assert [ticket.recording for ticket in all_tickets()] == [False]


# What an advisor will know


@pytest.mark.usefixtures("listed")
def test_who_chose_a_service_waits_for_it_and_is_not_asked_again(dial: Dial) -> None:
    """The way here goes with them: choices, and what came of entries; never what was keyed."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988").hears("code")
    for _ in range(3):
        call.dials("000000")
    assert call.hears("recording").keys("2").queued
    (ticket,) = all_tickets()
    assert (ticket.subject, ticket.reason, ticket.language, ticket.identified) == ("registration", "code", "fr", False)
    assert ticket.path == (
        ("language", "fr"),
        ("main-menu", "registration"),
        ("identity-card", "answered"),
        ("birth-date", "answered"),
        ("code", "answered"),
        ("code.2", "answered"),
        ("code.3", "answered"),
        ("recording", "no"),
    )


@pytest.mark.usefixtures("listed")
def test_who_proved_who_they_are_is_identified(dial: Dial, texts: Texts) -> None:
    """`2` at the name: an advisor for the person whom the code proved."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988").dials(texts.code()).hears("confirm-identity")
    call.keys("0").keys("2")
    (ticket,) = all_tickets()
    assert (ticket.identified, ticket.person is not None) == (True, True)


@pytest.mark.parametrize(("key", "subject"), [("2", "contributions"), ("3", "claims"), ("4", "rights"), ("5", "other")])
def test_at_the_call_centre_the_reason_is_what_it_is_about(dial: Dial, key: str, subject: str) -> None:
    """`5` is anything else."""
    call = dial(to="3939").keys("2").keys(key)
    if call.question == "self-service":
        call.keys("2")
    assert call.hears("recording").keys("2").queued
    assert [ticket.subject for ticket in all_tickets()] == [subject]


# What is heard


@in_both_languages
def test_where_nobody_is_signed_in_nobody_can_tell_how_long(wait: Wait, language: Language) -> None:
    """The place is said, and that one may be called back."""
    wait(language).hears_words(NEXT[language], NOBODY_KNOWS[language], KEEP[language])


def test_an_advisor_for_something_else_does_not_help(wait: Wait, carrier: Carrier) -> None:
    """Who asked at the main menu waits for "other"; an advisor for claims won't answer."""
    Desk(carrier, claims=3).is_ready()
    wait().hears_words(NEXT["fr"], NOBODY_KNOWS["fr"])


def test_who_chose_no_language_is_told_in_both(dial: Dial) -> None:
    """`0` at the first question: the queue's news, and what is heard on hold, are said in each."""
    call = dial().keys("0").hears("recording").keys("2")
    call.hears_words(NEXT["ar"], NEXT["fr"], KEEP["ar"], KEEP["fr"])
    (ticket,) = all_tickets()
    assert (ticket.language, ticket.heard_in) == ("ar", None)


@pytest.mark.parametrize("heard_in", ["both", "ar", "fr"])
def test_on_hold_one_hears_ones_language(wait: Wait, carrier: Carrier, heard_in: str) -> None:
    """Or both."""
    said = carrier.tells(f"/voice/hold/{heard_in}", wait())
    assert ("Le conseiller revient" in said) is (heard_in != "ar")
    assert ("المستشار" in said) is (heard_in != "fr")


def test_the_best_who_are_there_get_a_call_at_once(wait: Wait, carrier: Carrier) -> None:
    """However little they know: nobody waits for somebody who is not at work; for who is busy, a while."""
    first = Desk(carrier, other=1).is_ready()
    wait()
    assert first.takes().state == "accepted"
    Desk(carrier, "m.bennani", other=3).talks_to(wait())
    second = Desk(carrier, "n.idrissi", other=1).is_ready()
    wait()
    with pytest.raises(AssertionError):
        second.takes()


@in_both_languages
def test_place_and_band_are_said_at_once_and_again(wait: Wait, carrier: Carrier, language: Language) -> None:
    """Behind somebody, then next: each round of the music begins with the news."""
    Desk(carrier, language=language).talks_to(wait(language))
    first, second = wait(language, from_="+212661000001"), wait(language, from_="+212661000002")
    second.hears_words(SECOND[language], SOON[language], KEEP[language])
    first.hangs_up()
    second.waits().hears_words(NEXT[language], SOON[language], KEEP[language])


@in_both_languages
def test_the_band_never_grows(wait: Wait, carrier: Carrier, language: Language) -> None:
    """Whoever comes last hears how long it lasts by now; where the time that was said is over, nobody can tell."""
    Desk(carrier, language=language).talks_to(wait(language))
    first = wait(language, from_="+212661000001").hears_words(SOON[language])
    with time_machine.travel(clock.now() + timedelta(minutes=4)):
        wait(language, from_="+212661000002").hears_words(SECOND[language], FOUR_MINUTES[language])
        first.waits().hears_words(NEXT[language], NOBODY_KNOWS[language])
        assert FOUR_MINUTES[language] not in first.words


@in_both_languages
def test_who_was_accepted_hears_that_somebody_comes(wait: Wait, carrier: Carrier, language: Language) -> None:
    """Neither a place nor a key; until an advisor has said yes, it may still take a while."""
    desk = Desk(carrier, language=language).is_ready()
    call = wait(language).hears_words(NEXT[language], NOBODY_KNOWS[language], KEEP[language])
    desk.takes()
    call.waits().hears_words(COMING[language])
    assert KEEP[language] not in call.words


def test_any_other_key_is_heard_as_a_wish_to_go_on_waiting(wait: Wait, count: Count) -> None:
    """The news again."""
    call = wait()
    for key in "290*#":
        call.keys(key).hears_words(NEXT["fr"], KEEP["fr"])
    assert (call.queued is not None, count("callbacks")) == (True, 0)


# No room, or telephony that fails


@in_both_languages
def test_where_the_carrier_s_queue_is_full_a_call_is_promised(wait: Wait, language: Language) -> None:
    """A half-day, as out of hours."""
    call = wait(language, queues_full=True).hears("callback-number-confirm", BUSY[language])
    call.keys("1").hears("callback-day").keys("1").hears("callback-half-day").keys("1").ends()
    assert (kept()[:2], states()) == (("half-day", "promised"), [("ended", "unserved")])


def test_where_as_many_wait_as_can_a_call_is_promised(wait: Wait, count: Count) -> None:
    """Nobody is sent to a queue that has no room."""
    with db.engine().begin() as connection:
        connection.exec_driver_sql(
            "insert into tickets (kind, subject, reason, language, path, queued_at, counts_from, room)"
            " select 'call', 'other', 'asked', 'fr', '[]', now(), now(), n::text from generate_series(1, %s) n",
            (MOST_WAITING,),
        )
    wait().hears("callback-number-confirm", BUSY["fr"])
    assert count("tickets") == MOST_WAITING


def test_where_the_telephony_fails_while_waiting_a_call_is_promised(wait: Wait, carrier: Carrier) -> None:
    """Twice the queue again; the third time, nobody is led in circles."""
    call = wait()
    for _ in range(2):
        assert "<Enqueue" in carrier.tells("/voice/fallback", call, ErrorCode="11200")
    assert "/callback-number-confirm" in carrier.tells("/voice/fallback", call, ErrorCode="11200")
    assert states() == [("ended", "unserved")]
