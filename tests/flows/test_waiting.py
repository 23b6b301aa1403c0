"""Waiting for an advisor: the answer about recording, the place, what is heard, and every way out of the queue."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from backend import clock, db
from backend.seal import unseal
from backend.wording import Language
from callcenter import callbacks
from callcenter.handover import MOST_WAITING
from exchange.dialler import ORIGIN
from tests.conftest import Dial, Texts
from tests.flows.advising import Carrier, Desk, all_tickets, call_due, rows
from tests.flows.conftest import KEY_OF, Wait

Count = Callable[[str], int]
A_FIXED_LINE, A_MOBILE = "0520191404", "0661000888"
WITHHELD = ("anonymous", "", "+266696687", "+7378742833", "Restricted")
NEXT = {"ar": "دوركم هو التالي", "fr": "Vous êtes la prochaine personne"}
SECOND = {"ar": "رتبتكم في الانتظار هي 2", "fr": "Vous êtes à la place 2"}
NOBODY_KNOWS = {"ar": "لا نعرف كم سيدوم انتظاركم", "fr": "Nous ne savons pas combien de temps"}
SOON = {"ar": "أقل من دقيقة واحدة", "fr": "moins d'une minute"}
FOUR_MINUTES = {"ar": "ما بين ثلاث وخمس دقائق", "fr": "entre 3 et 5 minutes"}
KEEP = {"ar": "والاحتفاظ برتبتكم حتى نتصل بكم، اضغط 1", "fr": "garder votre place et être rappelé, tapez 1"}
COMING = {"ar": "المستشار في طريقه إليكم", "fr": "Un conseiller arrive"}
BUSY = {"ar": "كثير من المتصلين ينتظرون الآن", "fr": "Trop de personnes attendent"}
LOST = {"ar": "في أول قائمة الانتظار", "fr": "en tête de la file"}
KEPT = {"ar": "احتفظنا برتبتكم", "fr": "Votre place est gardée"}
CALLING = {"ar": "مستشار يتصل بكم الآن", "fr": "Un conseiller vous appelle déjà"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


def kept() -> tuple[str, str, str | None]:
    """Return kind, state and number of the one promised call."""
    (row,) = rows("callbacks")
    return row.kind, row.state, row.number and unseal(row.number, f"callbacks:{row.id}").decode()


def states() -> list[tuple[str, str | None]]:
    """Return state and outcome of each ticket."""
    return [(ticket.state, ticket.outcome) for ticket in all_tickets()]


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
    """Whoever comes last hears how long it lasts by now; whoever heard a shorter time hears that again."""
    Desk(carrier, language=language).talks_to(wait(language))
    first = wait(language, from_="+212661000001").hears_words(SOON[language])
    with time_machine.travel(clock.now() + timedelta(minutes=4)):
        wait(language, from_="+212661000002").hears_words(SECOND[language], FOUR_MINUTES[language])
        first.waits().hears_words(NEXT[language], SOON[language])
        assert FOUR_MINUTES[language] not in first.words


@in_both_languages
def test_who_was_accepted_hears_that_somebody_comes(wait: Wait, carrier: Carrier, language: Language) -> None:
    """Neither a place nor a key; until an advisor has said yes, it may still take a while."""
    desk = Desk(carrier, language=language).is_ready()
    call = wait(language).hears_words(NEXT[language], SOON[language], KEEP[language])
    desk.takes()
    call.waits().hears_words(COMING[language])
    assert KEEP[language] not in call.words


def test_any_other_key_is_heard_as_a_wish_to_go_on_waiting(wait: Wait, count: Count) -> None:
    """The news again."""
    call = wait()
    for key in "290*#":
        call.keys(key).hears_words(NEXT["fr"], KEEP["fr"])
    assert (call.queued is not None, count("callbacks")) == (True, 0)


# `1`: hang up, keep the place, be called back


@in_both_languages
def test_one_keeps_the_place_and_the_number_is_confirmed(wait: Wait, texts: Texts, language: Language) -> None:
    """It counts from when the caller began to wait; said by SMS."""
    call = wait(language).keys("1").hears("callback-number-confirm", "7 7").keys("1").ends()
    call.hears_words(KEPT[language], "7 7")
    assert kept() == ("place", "promised", "+212661000777")
    (ticket,) = all_tickets()
    assert (ticket.state, ticket.outcome) == ("ended", "kept")
    assert rows("callbacks")[0].counts_from == ticket.counts_from
    assert [(kind, to) for kind, to, _ in texts.all()] == [("sms-callback-place", "+212661000777")]


def test_another_number_may_be_a_fixed_line(wait: Wait, texts: Texts) -> None:
    """It is called, and gets no SMS."""
    wait().keys("1").keys("2").hears("callback-number").dials(A_FIXED_LINE).ends()
    assert kept() == ("place", "promised", "+212520191404")
    assert texts.all() == []


@pytest.mark.parametrize("from_", WITHHELD)
def test_who_withholds_the_number_is_asked_for_one(wait: Wait, from_: str) -> None:
    """There is nothing to confirm; until it is given, there is nobody to call."""
    call = wait(from_=from_).keys("1").hears("callback-number")
    assert kept() == ("place", "promised", None)
    call.dials(A_MOBILE).ends().hears_words(KEPT["fr"], "8 8")
    assert kept() == ("place", "promised", "+212661000888")


def test_who_hangs_up_right_after_one_is_called_where_they_rang_from(wait: Wait) -> None:
    """The place is kept by the key; once the call is over, its turn comes."""
    call = wait().keys("1")
    call_due()
    assert kept()[1] == "promised"  # still on the line
    call.hangs_up()
    call_due()
    assert kept() == ("place", "due", "+212661000777")
    first, again = all_tickets()
    assert (again.kind, again.state, again.tier, again.counts_from) == (
        "callback",
        "waiting",
        "kept",
        first.counts_from,
    )


def test_who_withholds_the_number_and_hangs_up_right_after_one_cannot_be_called(wait: Wait) -> None:
    """The place is given up: nobody would ever be reached."""
    wait(from_="anonymous").keys("1").hangs_up()
    call_due()
    assert kept() == ("place", "cancelled", None)


def test_silence_at_the_number_keeps_the_place_too(wait: Wait) -> None:
    """Where they rang from; three silences are goodbye."""
    wait().keys("1").silence().silence().silence().ends()
    assert kept() == ("place", "promised", "+212661000777")


@in_both_languages
def test_one_is_ignored_once_an_advisor_has_accepted(
    wait: Wait, carrier: Carrier, count: Count, language: Language
) -> None:
    """They come: the caller is not sent away."""
    desk = Desk(carrier, language=language).is_ready()
    call = wait(language)
    desk.takes()
    call.keys("1").hears_words(COMING[language])
    assert (call.queued is not None, count("callbacks"), states()) == (True, 0, [("accepted", None)])
    desk.joins()
    assert desk.fetches(call).joined


def test_one_that_is_pressed_while_it_rings_at_an_advisor_keeps_the_place(wait: Wait, carrier: Carrier) -> None:
    """The offer goes, and the advisor stays ready."""
    desk = Desk(carrier).is_ready()
    wait().keys("1").hears("callback-number-confirm")
    with pytest.raises(AssertionError):
        desk.takes()
    assert (desk.state, states()) == ("ready", [("ended", "kept")])


@in_both_languages
def test_who_is_called_back_while_still_on_the_line_hears_so(wait: Wait, language: Language) -> None:
    """A caller who ponders for long: the number is not changed under the advisor's hands."""
    call = wait(language).keys("1").hears("callback-number-confirm")
    with time_machine.travel(clock.now() + callbacks.attempts.GOODBYE + timedelta(seconds=1)):
        call_due()
        call.keys("1").ends().hears_words(CALLING[language])
    assert kept()[1] == "due"


@in_both_languages
def test_who_rings_again_has_the_place_back(wait: Wait, language: Language) -> None:
    """Ahead of those who came meanwhile; the promised call is cancelled."""
    wait(language).keys("1").keys("1").ends()
    wait(language, from_="+212661000002")
    wait(language).hears_words(NEXT[language])
    first, _, again = all_tickets()
    assert (again.tier, again.counts_from) == ("kept", first.counts_from)
    assert kept()[1] == "cancelled"


def test_another_telephone_does_not_get_that_place(wait: Wait) -> None:
    """A place is a number's, or a person's."""
    wait().keys("1").keys("1").ends()
    wait(from_="+212661000002")
    assert kept()[1] == "promised"


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


# What the carrier tells, once, twice, late, or of somebody else


def test_the_wait_request_twice_is_the_same_news(wait: Wait, count: Count) -> None:
    """No effect, no other place."""
    call = wait().waits()
    before = count("queue_events")
    assert call.again().body == call.webhooks[-1].reply.body
    assert (count("queue_events"), states()) == (before, [("waiting", None)])


def test_one_twice_keeps_one_place(wait: Wait, count: Count) -> None:
    """The key's webhook again, after it was heeded: the way out of the queue."""
    call = wait().keys("1")
    pressed = next(number for number, each in enumerate(call.webhooks) if each.params.get("QueueSid") and number)
    for number in range(pressed, len(call.webhooks)):
        if "/voice/wait/" in call.webhooks[number].url and call.webhooks[number].params.get("Digits"):
            assert "<Leave" in call.again(number).body
    assert (count("callbacks"), states()) == (1, [("ended", "kept")])


def test_the_way_out_after_one_told_twice_is_one_question(wait: Wait, carrier: Carrier) -> None:
    """The stored reply, before the number is confirmed and after."""
    call = wait().keys("1").hears("callback-number-confirm")
    assert carrier.tells("/voice/queue/1", call, QueueResult="leave") == call.webhooks[-1].reply.body
    call.keys("1").ends()
    assert carrier.tells("/voice/queue/1", call, QueueResult="leave") == call.webhooks[-2].reply.body
    assert kept()[1] == "promised"


@pytest.mark.parametrize("result", ["leave", "queue-full", "error", "system-error"])
@pytest.mark.parametrize("times", [1, 2])
def test_out_of_the_queue_without_a_wish_a_call_is_promised(
    wait: Wait, carrier: Carrier, result: str, times: int
) -> None:
    """Whatever failed there; told twice, the same."""
    call = wait()
    told = {carrier.tells("/voice/queue/1", call, QueueResult=result) for _ in range(times)}
    (document,) = told
    assert "/callback-number-confirm" in document
    assert states() == [("ended", "unserved")]


@pytest.mark.parametrize("result", ["redirected", "bridged", "redirected-from-bridged", "", "nonsense"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_leg_that_is_somewhere_else_needs_nothing(wait: Wait, carrier: Carrier, result: str, times: int) -> None:
    """The ticket is what it was."""
    call = wait()
    for _ in range(times):
        assert carrier.tells("/voice/queue/1", call, QueueResult=result).endswith("<Response />")
    assert states() == [("waiting", None)]


@pytest.mark.parametrize("times", [1, 2])
def test_who_hangs_up_while_waiting_is_counted_once(wait: Wait, carrier: Carrier, times: int) -> None:
    """By the queue's word and the call's, in any order, however often."""
    call = wait()
    for _ in range(times):
        carrier.tells("/voice/queue/1", call, QueueResult="hangup")
    call.hangs_up()
    assert states() == [("ended", "abandoned")]
    assert [each.type for each in rows("queue_events")] == ["queued", "abandoned"]


def test_who_is_gone_is_offered_to_nobody(wait: Wait, carrier: Carrier) -> None:
    """Nor is who hangs up while it rings at an advisor, who stays ready."""
    desk = Desk(carrier)
    wait().hangs_up()
    desk.is_ready()
    wait().hangs_up()
    with pytest.raises(AssertionError):
        desk.takes()
    assert desk.state == "ready"


@pytest.mark.parametrize("there", [False, True])
def test_who_hangs_up_before_the_advisor_is_heard_leaves_the_advisor_ready(
    wait: Wait, carrier: Carrier, *, there: bool
) -> None:
    """Accepted, and perhaps in the conference: an abandoned call, and nothing to wrap up."""
    desk = Desk(carrier).is_ready()
    call = wait()
    desk.takes()
    if there:
        desk.joins()
    call.hangs_up()
    assert (desk.state, states()) == ("ready", [("ended", "abandoned")])


def test_a_ticket_that_there_is_not_or_another_call_s_is_left_alone(wait: Wait, carrier: Carrier, count: Count) -> None:
    """Whoever's number stands in the address: a call leaves a queue that isn't its own, and changes nothing."""
    wait()
    stranger = wait(from_="+212661000002")
    before = count("queue_events"), states()
    for ticket in (1, 99, 999_999_999):
        for digits in ("", "1"):
            assert "<Leave" in carrier.tells(f"/voice/wait/{ticket}", stranger, Digits=digits)
        for result in ("leave", "error"):
            assert "<Hangup" in carrier.tells(f"/voice/queue/{ticket}", stranger, QueueResult=result)
        assert "/voice/wait/2" in carrier.tells(f"/voice/after/{ticket}", stranger)
    assert (count("queue_events"), states(), count("callbacks")) == (*before, 0)


def test_another_call_s_offer_leads_back_into_the_queue(wait: Wait, carrier: Carrier) -> None:
    """Nobody is put through to somebody else's advisor."""
    desk = Desk(carrier).is_ready()
    wait()
    stranger = wait(from_="+212661000002")
    desk.takes()
    desk.joins()
    stranger.fetched(f"{ORIGIN}/voice/bridge/{desk.offer}")
    assert (stranger.joined, stranger.queued) == (None, "advisors")


@in_both_languages
def test_an_offer_that_is_over_leads_back_into_the_queue(wait: Wait, carrier: Carrier, language: Language) -> None:
    """Fetched too late: the advisor was lost before the caller came."""
    desk = Desk(carrier, language=language).is_ready()
    call = wait(language)
    desk.takes()
    desk.joins()
    desk.is_lost()
    for offer in (desk.offer, 999):
        call.fetched(f"{ORIGIN}/voice/bridge/{offer}")
        assert (call.joined, call.queued) == (None, "advisors")
        call.hears_words(NEXT[language], KEEP[language])


@pytest.mark.parametrize("identity", ["client:advisor-2", "client:advisor-99", "client:nobody", "+212661000777", ""])
def test_an_advisor_s_leg_that_is_not_theirs_is_hung_up(wait: Wait, carrier: Carrier, identity: str) -> None:
    """Whose leg it is is the carrier's word; the offer is of one advisor."""
    desk = Desk(carrier).is_ready()
    Desk(carrier, "y.berrada")
    wait()
    desk.takes()
    assert desk.dials_in(identity=identity or "anonymous").ended == "completed"


@pytest.mark.parametrize("offer", ["99", "0", "-1", "x", "1 or 1", "9" * 18, "9" * 40])
def test_an_offer_that_is_made_up_is_hung_up(wait: Wait, carrier: Carrier, offer: str) -> None:
    """An offer's id is no key to a conference."""
    desk = Desk(carrier).is_ready()
    wait()
    desk.takes()
    assert desk.dials_in(offer).ended == "completed"


def test_an_offer_that_was_not_accepted_is_hung_up(wait: Wait, carrier: Carrier) -> None:
    """First the word, then the leg."""
    desk = Desk(carrier).is_ready()
    wait()
    (offered,) = [each for each in rows("queue_events") if each.type == "offered"]
    assert desk.dials_in(offered.offer_id).ended == "completed"


# The end of a talk, and an advisor who is lost


@in_both_languages
def test_after_a_lost_advisor_the_caller_waits_again_at_the_head(
    wait: Wait, carrier: Carrier, language: Language
) -> None:
    """They hear so, are ahead of who came before, and the next advisor gets them."""
    desk = Desk(carrier, language=language)
    caller = desk.talks_to(wait(language))
    wait(language, from_="+212661000001")
    desk.is_lost()
    caller.sent_to(f"{ORIGIN}/voice/after/1")
    assert caller.queued
    caller.hears_words(LOST[language], NEXT[language])
    assert (desk.state, all_tickets()[0].tier) == ("wrap-up", "returned")
    assert Desk(carrier, "y.berrada", language).talks_to(caller).joined


@pytest.mark.parametrize("times", [1, 2])
def test_the_end_of_a_talk_told_twice_is_one_end(wait: Wait, carrier: Carrier, times: int) -> None:
    """The stored reply: the survey's question."""
    desk = Desk(carrier)
    caller = desk.ends(desk.talks_to(wait())).hears("survey")
    for _ in range(times):
        assert caller.again().body == caller.webhooks[-1].reply.body
    assert states() == [("ended", "answered")]
    assert [each.type for each in rows("queue_events")].count("ended") == 1


def test_a_late_word_of_a_lost_advisor_does_not_end_the_next_wait(wait: Wait, carrier: Carrier) -> None:
    """/voice/after twice, the second time after the caller waits again: one loss is one loss."""
    desk = Desk(carrier)
    caller = desk.talks_to(wait())
    desk.is_lost()
    caller.sent_to(f"{ORIGIN}/voice/after/1")
    lost = next(number for number, each in enumerate(caller.webhooks) if "/voice/after/" in each.url)
    assert caller.again(lost).body == caller.webhooks[lost].reply.body
    assert "/advisor" not in (caller.question or "")
    assert [each.type for each in rows("queue_events")].count("lost") == 1


def test_a_carrier_that_ends_the_conference_has_ended_the_talk(wait: Wait, carrier: Carrier) -> None:
    """Nobody pressed "end": the caller is asked how it went, the advisor wraps up."""
    desk = Desk(carrier)
    caller = desk.talks_to(wait()).conference_ends().hears("survey")
    assert (caller.queued, desk.state, states()) == (None, "wrap-up", [("ended", "answered")])
