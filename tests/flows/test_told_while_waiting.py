"""What the carrier tells of who waits, or talks: once, twice, late, or of somebody else."""

from collections.abc import Callable

import pytest

from backend.wording import Language
from exchange.dialler import ORIGIN
from tests.flows.advising import Carrier, Desk, all_tickets, kept, rows, states
from tests.flows.conftest import Wait

Count = Callable[[str], int]
NEXT = {"ar": "دوركم هو التالي", "fr": "Vous êtes la prochaine personne"}
KEEP = {"ar": "والاحتفاظ برتبتكم حتى نتصل بكم، اضغط 1", "fr": "garder votre place et être rappelé, tapez 1"}
LOST = {"ar": "في أول قائمة الانتظار", "fr": "en tête de la file"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


def test_the_wait_request_twice_is_the_same_news(wait: Wait, count: Count) -> None:
    """No effect, no other place."""
    call = wait().waits()
    before = count("queue_events")
    assert call.again().body == call.webhooks[-1].reply.body
    assert (count("queue_events"), states()) == (before, [("waiting", None)])


def test_one_twice_keeps_one_place(wait: Wait, count: Count) -> None:
    """The key's webhook again, after it was heeded: the way out of the queue."""
    call = wait().keys("1")
    (pressed,) = [
        number for number, each in enumerate(call.webhooks) if "/voice/wait/" in each.url and each.params.get("Digits")
    ]
    assert "<Leave" in call.webhooks[pressed].reply.body
    assert call.again(pressed).body == call.webhooks[pressed].reply.body
    assert (count("callbacks"), states()) == (1, [("ended", "kept")])


def test_the_way_out_after_one_told_twice_is_one_question(wait: Wait, carrier: Carrier) -> None:
    """The stored reply, before the number is confirmed and after."""
    call = wait().keys("1").hears("callback-number-confirm")
    assert carrier.tells("/voice/queue/1", call, QueueResult="leave") == call.webhooks[-1].reply.body
    call.keys("1").ends()
    assert carrier.tells("/voice/queue/1", call, QueueResult="leave") == call.webhooks[-2].reply.body
    assert kept()[1] == "promised"


@pytest.mark.parametrize("result", ["leave", "queue-full"])
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


@pytest.mark.parametrize("result", ["redirected", "bridged", "redirected-from-bridged"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_leg_that_is_somewhere_else_needs_nothing(wait: Wait, carrier: Carrier, result: str, times: int) -> None:
    """The ticket is what it was."""
    call = wait()
    for _ in range(times):
        assert carrier.tells("/voice/queue/1", call, QueueResult=result).endswith("<Response />")
    assert states() == [("waiting", None)]


@pytest.mark.parametrize("result", ["", "nonsense"])
def test_a_result_that_nobody_knows_leads_back_to_where_the_call_stands(
    wait: Wait, carrier: Carrier, result: str
) -> None:
    """Into the queue: an empty document would end the call."""
    assert "<Enqueue" in carrier.tells("/voice/queue/1", wait(), QueueResult=result)
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
    assert caller.queued
    assert [each.type for each in rows("queue_events")].count("lost") == 1


def test_a_carrier_that_ends_the_conference_has_ended_the_talk(wait: Wait, carrier: Carrier) -> None:
    """Nobody pressed "end": the caller is asked how it went, the advisor wraps up."""
    desk = Desk(carrier)
    caller = desk.talks_to(wait()).conference_ends().hears("survey")
    assert (caller.queued, desk.state, states()) == (None, "wrap-up", [("ended", "answered")])
