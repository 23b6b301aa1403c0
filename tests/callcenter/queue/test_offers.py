"""The life of one offer: acknowledged, accepted or not, and what becomes of its ticket and its advisor."""

import time
from collections.abc import Callable

import pytest
from redis.client import PubSub

from backend import jobs
from callcenter import queue
from callcenter.queue import (
    ACCEPT_MS,
    ACKNOWLEDGE_MS,
    EXCLUSION_MS,
    Done,
    Ended,
    Idle,
    Lapsed,
    Offer,
    Queue,
    Refused,
    Waiting,
)
from tests.callcenter.queue.conftest import CLAIMS, LEASE, T0, Centre, line, pairs
from tests.waiting import PATIENCE


def test_an_offer_says_by_when_it_must_be_acknowledged_and_accepted(centre: Centre) -> None:
    """3 s and 20 s, by the clock that ends it; the console that was woken may ask for it."""
    offer = centre.offered(1, 7)
    assert (offer.ticket, offer.advisor, offer.made_at) == (1, 7, T0)
    assert (offer.acknowledge_by, offer.accept_by) == (T0 + ACKNOWLEDGE_MS, T0 + ACCEPT_MS)
    assert centre.queue.offered(7) == offer
    assert centre.queue.offered(8) is None


def test_the_time_to_accept_is_a_parameter(centre: Centre) -> None:
    """A fund decides how long its callers hear music."""
    patient = Queue(jobs.connection(), accept_ms=45_000, clock=lambda: T0)
    patient.ready(Idle(7, T0, ((line(CLAIMS), 0),), LEASE))
    (offer,) = patient.queue(Waiting(1, CLAIMS, T0, T0))
    assert isinstance(offer, Offer)
    assert offer.accept_by == T0 + 45_000
    assert centre.now == T0


def test_without_a_clock_given_time_is_that_of_redis(environment: dict[str, str]) -> None:
    """One clock for all machines."""
    assert environment
    real = Queue(jobs.connection())
    real.rebuild([Waiting(1, CLAIMS, T0, T0)], [])
    (offer,) = real.ready(Idle(7, T0, ((line(CLAIMS), 0),), LEASE))
    assert isinstance(offer, Offer)
    assert abs(offer.made_at - time.time() * 1000) < PATIENCE * 1000


def test_an_accepted_ticket_and_its_advisor_leave_the_queue(centre: Centre) -> None:
    """What follows is PostgreSQL's."""
    offer = centre.offered(1, 7)
    assert centre.queue.accept(offer.id, 7) == Done(1)
    assert centre.queue.unknown("ticket", [1]) == [1]
    assert not centre.queue.heartbeat(7, LEASE)
    assert centre.calls(2) == centre.passes(ACCEPT_MS) == ()


def test_accepting_twice_is_accepting_once(centre: Centre) -> None:
    """A double click, an answer that was lost: the same answer, one effect; nothing to acknowledge or reject then."""
    offer = centre.offered(1, 7)
    assert centre.queue.accept(offer.id, 7) == centre.queue.accept(offer.id, 7) == Done(1)
    assert centre.queue.acknowledge(offer.id, 7) == Done(1)
    assert centre.queue.reject(offer.id, 7) == Refused("over")


@pytest.mark.parametrize("answer", [Queue.acknowledge, Queue.accept, Queue.reject])
def test_an_offer_is_answered_by_the_advisor_it_was_made_to(
    centre: Centre, answer: Callable[[Queue, int, int], Done | Refused]
) -> None:
    """Nobody takes, or refuses, another's call."""
    offer = centre.offered(1, 7)
    assert answer(centre.queue, offer.id, 8) == Refused("not-yours")
    assert answer(centre.queue, offer.id + 1, 7) == Refused("over")
    assert centre.queue.accept(offer.id, 7) == Done(1)


def test_a_rejected_ticket_goes_to_another_at_its_score_and_the_advisor_gets_the_next(centre: Centre) -> None:
    """Idle since when they were; said twice, it is rejected once."""
    offer = centre.offered(1, 7)
    for ticket in (2, 3):
        centre.calls(ticket, after=ticket)
    rejected = centre.queue.reject(offer.id, 7)
    assert isinstance(rejected, Done)
    assert rejected.ticket == 1
    assert rejected.events[0] == Ended(offer.id, 1, 7, "rejected")
    assert pairs(rejected.events) == [(2, 7)]
    assert pairs(centre.is_ready(8)) == [(1, 8)]
    assert centre.queue.reject(offer.id, 7) == Done(1)
    assert centre.queue.accept(offer.id, 7) == Refused("over")


def test_an_offer_that_no_console_acknowledges_ends_in_three_seconds(centre: Centre) -> None:
    """The advisor is out of the queue, and the ticket, at its score, goes to another."""
    offer = centre.offered(1, 7)
    assert centre.passes(ACKNOWLEDGE_MS - 1) == ()
    assert centre.passes(1) == (Ended(offer.id, 1, 7, "unacknowledged"),)
    assert not centre.queue.heartbeat(7, LEASE)
    assert pairs(centre.is_ready(8)) == [(1, 8)]


def test_an_acknowledged_offer_that_nobody_answers_ends_in_twenty(centre: Centre) -> None:
    """The advisor is there, and doesn't answer."""
    offer = centre.offered(1, 7)
    assert centre.queue.acknowledge(offer.id, 7) == centre.queue.acknowledge(offer.id, 7) == Done(1)
    assert centre.passes(ACCEPT_MS - 1) == ()
    assert centre.passes(1) == (Ended(offer.id, 1, 7, "unanswered"),)
    assert centre.queue.accept(offer.id, 7) == Refused("over")


def test_an_offer_may_be_accepted_as_long_as_it_stands(centre: Centre) -> None:
    """A click a moment too late, before anybody else had the call, isn't refused."""
    offer = centre.offered(1, 7)
    centre.now += ACCEPT_MS + 100
    assert centre.queue.accept(offer.id, 7) == Done(1)


def test_a_lone_call_comes_back_to_a_lone_advisor_after_a_minute(centre: Centre) -> None:
    """Excluded for a while, not for ever: nobody else may be there."""
    centre.offered(1, 7)
    centre.passes(ACKNOWLEDGE_MS)
    assert centre.is_ready(7) == ()
    assert centre.passes(EXCLUSION_MS - 1) == ()
    assert pairs(centre.passes(1)) == [(1, 7)]


def test_a_caller_who_hangs_up_in_the_queue_is_gone(centre: Centre) -> None:
    """Once or twice."""
    centre.calls(1)
    assert centre.queue.leave(1) == centre.queue.leave(1) == ()
    assert centre.is_ready(7) == ()


def test_a_caller_who_hangs_up_while_offered_frees_the_advisor(centre: Centre) -> None:
    """Idle since when they were, before one who is idle for less; and offered the next call in the same step."""
    offer = centre.offered(1, 7)
    centre.now += 10
    centre.is_ready(8)
    assert centre.queue.leave(1) == (Ended(offer.id, 1, 7, "left"),)
    assert pairs(centre.calls(2)) == [(2, 7)]
    centre.calls(3)
    centre.calls(4)
    assert pairs(centre.queue.leave(2)) == [(4, 7)]


def test_an_advisor_who_withdraws_gives_the_offer_back(centre: Centre) -> None:
    """At its score; whoever is idle gets it at once."""
    offer = centre.offered(1, 7)
    centre.is_ready(8)
    events = centre.queue.withdraw(7)
    assert events[0] == Ended(offer.id, 1, 7, "withdrawn")
    assert pairs(events) == [(1, 8)]
    assert centre.queue.withdraw(7) == ()


def test_a_heartbeat_keeps_an_advisor(centre: Centre) -> None:
    """As long as it beats; then they are lost, their offer goes back, and a late beat doesn't know them."""
    centre.is_ready(7, lease=2_000)
    centre.now += 1_500
    assert centre.queue.heartbeat(7, 2_000)
    (offer,) = centre.calls(1)
    assert isinstance(offer, Offer)
    assert centre.passes(1_999) == ()
    assert centre.passes(1) == (Ended(offer.id, 1, 7, "lapsed"), Lapsed(7))
    assert not centre.queue.heartbeat(7, 2_000)
    assert pairs(centre.is_ready(8)) == [(1, 8)]


def test_saying_ready_again_renews_the_lease_and_nothing_else(centre: Centre) -> None:
    """What PostgreSQL holds may be said again at any time."""
    centre.is_ready(7, since=0, lease=2_000)
    centre.now += 1_999
    assert centre.is_ready(7, since=0, lease=2_000) == ()
    assert centre.passes(1_999) == ()
    assert centre.passes(1) == (Lapsed(7),)


def test_a_sweep_ends_so_many_and_the_next_the_rest(centre: Centre) -> None:
    """So that it holds nobody up; nothing is forgotten."""
    many = queue.MOST_AT_ONCE + 1
    for advisor in range(1, many + 1):
        centre.is_ready(advisor, lease=1_000)
    assert len(centre.passes(1_000)) == many - 1
    assert len(centre.passes(0)) == 1


def test_each_offer_and_each_end_is_news_for_its_advisor(centre: Centre) -> None:
    """The payload is the advisor's id: a console wakes, and asks."""
    with PubSub(jobs.connection().connection_pool, ignore_subscribe_messages=True) as listener:
        listener.subscribe(queue.NEWS)
        listener.get_message(timeout=PATIENCE)
        centre.offered(1, 7)
        centre.queue.leave(1)
        heard = [listener.get_message(timeout=PATIENCE) for _ in range(2)]
    assert [message and message["data"] for message in heard] == [b"7", b"7"]
