"""How the classes stand, and a Redis that forgot."""

from collections.abc import Callable, Iterator

import pytest

from backend import jobs
from callcenter.queue import MOST_AT_ONCE, PREFIX, ForgottenError, Idle, Pressure, Queue, Waiting
from tests.callcenter.queue.conftest import CLAIMS, LEASE, RIGHTS, T0, Centre, line, pairs


def test_the_pressure_of_a_class_is_who_waits_how_long_and_who_is_there(centre: Centre) -> None:
    """Idle advisors count in each class that they serve, in whatever ring."""
    centre.is_ready(7, RIGHTS)
    centre.is_ready(8, (RIGHTS, 2), "other:fr:usual")
    centre.calls(1)
    centre.now += 4_000
    centre.calls(2)
    assert centre.queue.pressure([CLAIMS, RIGHTS]) == (Pressure(CLAIMS, 2, 4_000, 0), Pressure(RIGHTS, 0, 0, 2))
    assert sum(found.waiting for found in centre.queue.pressure()) == 2


EVERY_OPERATION: list[Callable[[Queue], object]] = [
    lambda queue: queue.queue(Waiting(1, CLAIMS, T0, T0)),
    lambda queue: queue.ready(Idle(7, T0, ((line(CLAIMS), 0),), LEASE)),
    lambda queue: queue.acknowledge(1, 7),
    lambda queue: queue.accept(1, 7),
    lambda queue: queue.reject(1, 7),
    lambda queue: queue.leave(1),
    lambda queue: queue.withdraw(7),
    lambda queue: queue.heartbeat(7, LEASE),
    lambda queue: queue.offered(7),
    lambda queue: queue.sweep(),
    lambda queue: queue.pressure(),
]


@pytest.mark.parametrize("operation", EVERY_OPERATION)
def test_an_emptied_redis_says_that_it_forgot(centre: Centre, operation: Callable[[Queue], object]) -> None:
    """Whatever it is asked; it never answers as if nobody waited, and writes nothing."""
    operation(centre.queue)
    jobs.connection().flushall()
    with pytest.raises(ForgottenError):
        operation(centre.queue)
    assert jobs.connection().dbsize() == 0


def test_a_script_that_redis_lost_is_given_to_it_again(centre: Centre) -> None:
    """A restart forgets scripts, not the queue."""
    centre.calls(1)
    jobs.connection().script_flush()
    assert centre.queue.pressure([CLAIMS]) == (Pressure(CLAIMS, 1, 0, 0),)


def test_a_rebuilt_queue_is_as_before_and_matches_at_once(centre: Centre) -> None:
    """Scores, exclusions, since when advisors are idle; the longest idle gets the first."""
    centre.now += 1_000
    jobs.connection().flushall()
    tickets = [Waiting(2, CLAIMS, T0 + 5, T0 + 5), Waiting(1, CLAIMS, T0, T0, exclude=(8,)), Waiting(3, RIGHTS, T0, T0)]
    advisors = [Idle(8, T0, ((line(CLAIMS), 0),), LEASE), Idle(7, T0 + 9, ((line(CLAIMS), 0),), LEASE)]
    events = centre.queue.rebuild(tickets, advisors)
    assert events is not None
    assert sorted(pairs(events)) == [(1, 7), (2, 8)]
    assert centre.queue.pressure([RIGHTS]) == (Pressure(RIGHTS, 1, 1_000, 0),)


def test_of_two_who_rebuild_at_once_the_first_does_and_the_other_repeats_what_it_was_about(centre: Centre) -> None:
    """What the second read may be over by now."""
    tickets, advisors = [Waiting(1, CLAIMS, T0, T0)], [Idle(7, T0, ((line(CLAIMS), 0),), LEASE)]
    jobs.connection().flushall()
    assert centre.queue.rebuild(tickets, advisors)
    centre.queue.leave(1)
    assert centre.queue.rebuild(tickets, advisors) is None
    assert centre.queue.unknown("ticket", [1]) == [1]
    assert pairs(centre.calls(2)) == [(2, 7)]


def test_a_rebuild_of_any_size_is_whole_and_the_sweeps_match_what_it_could_not(centre: Centre) -> None:
    """In parts, so that no part outlasts what a client waits for."""
    many = 3 * MOST_AT_ONCE
    jobs.connection().flushall()
    tickets = [Waiting(ticket, CLAIMS, T0 + ticket, T0) for ticket in range(1, many + 1)]
    advisors = [Idle(advisor, T0, ((line(CLAIMS), 0),), LEASE) for advisor in range(1, many + 1)]
    matched = pairs(centre.queue.rebuild(tickets, advisors) or ())
    assert len(matched) < many
    matched += pairs(centre.passes(500))
    assert [ticket for ticket, _ in matched] == list(range(1, many + 1))
    assert len({advisor for _, advisor in matched}) == many


def test_a_redis_emptied_during_a_rebuild_forgets_that_too(centre: Centre) -> None:
    """Half a queue never passes for the whole."""

    def some_are_ready() -> Iterator[Idle]:
        for advisor in range(MOST_AT_ONCE):
            yield Idle(advisor, T0, ((line(CLAIMS), 0),), LEASE)
        jobs.connection().flushall()
        yield Idle(MOST_AT_ONCE, T0, ((line(CLAIMS), 0),), LEASE)

    jobs.connection().flushall()
    with pytest.raises(ForgottenError):
        centre.queue.rebuild([], some_are_ready())
    with pytest.raises(ForgottenError):
        centre.queue.sweep()


def test_ids_of_offers_grow_though_redis_forgot(centre: Centre) -> None:
    """By its clock; and past the newest that PostgreSQL knows, were the clock put back."""
    first = centre.offered(1, 7)
    jobs.connection().flushall()
    centre.queue.rebuild([], [])
    second = centre.offered(1, 7)
    jobs.connection().flushall()
    ahead = second.id + 3_600_000_000
    centre.queue.rebuild([], [], newest_offer=ahead)
    assert first.id < second.id < ahead < centre.offered(1, 7).id


def test_every_key_is_in_one_hash_slot_and_only_ended_offers_remain_for_a_while(centre: Centre) -> None:
    """A queue that is empty leaves nothing behind but its memory of itself."""
    offer = centre.offered(1, 7)
    centre.queue.accept(offer.id, 7)
    centre.is_ready(8)
    centre.queue.withdraw(8)
    centre.calls(2, exclude=[8])
    centre.queue.leave(2)
    left = set(jobs.connection().scan_iter())
    assert left == {f"{PREFIX}{name}".encode() for name in ("generation", "last", f"offer:{offer.id}")}
    assert 0 < jobs.connection().ttl(f"{PREFIX}offer:{offer.id}") <= 60
