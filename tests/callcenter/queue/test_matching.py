"""Which call goes to which advisor."""

import pytest

from callcenter.queue import EXCLUSION_MS, LOOK_AHEAD, Waiting
from callcenter.routing import RINGS, meant_for
from tests.callcenter.queue.conftest import CLAIMS, RIGHTS, T0, Centre, pairs

_, RING_1, RING_2, _ = RINGS


def test_a_call_is_offered_at_once_to_an_idle_advisor(centre: Centre) -> None:
    """In the same step."""
    assert centre.is_ready(7) == ()
    assert pairs(centre.calls(1)) == [(1, 7)]


def test_an_advisor_who_becomes_ready_gets_the_call_at_once(centre: Centre) -> None:
    """In the same step."""
    assert centre.calls(1) == ()
    assert pairs(centre.is_ready(7)) == [(1, 7)]


def test_the_lowest_score_goes_first_whoever_came_first(centre: Centre) -> None:
    """A tier's credit is in the score."""
    for ticket, after in ((1, 500), (2, 100), (3, 300)):
        centre.calls(ticket, after=after)
    assert [pairs(centre.is_ready(advisor)) for advisor in (7, 8, 9)] == [[(2, 7)], [(3, 8)], [(1, 9)]]


def test_the_lowest_score_of_all_classes_goes_first(centre: Centre) -> None:
    """An advisor who serves several isn't kept to one."""
    centre.calls(1, CLAIMS, after=500)
    centre.calls(2, RIGHTS, after=100)
    assert pairs(centre.is_ready(7, CLAIMS, RIGHTS)) == [(2, 7)]


def test_the_longest_idle_advisor_is_first(centre: Centre) -> None:
    """By since when they are idle, not by when the queue heard of it."""
    for advisor, since in ((7, 300), (8, 100), (9, 200)):
        centre.is_ready(advisor, since=since)
    assert [pairs(centre.calls(ticket)) for ticket in (1, 2, 3)] == [[(1, 8)], [(2, 9)], [(3, 7)]]


def test_nobody_gets_a_call_of_a_class_that_they_do_not_serve(centre: Centre) -> None:
    """However long it waits."""
    centre.is_ready(7, RIGHTS)
    assert centre.calls(1, CLAIMS) == ()
    assert centre.passes(RINGS[-1]) == ()


def test_an_outer_ring_gets_a_call_when_it_has_waited(centre: Centre) -> None:
    """Not a millisecond earlier; the sweep finds it."""
    centre.is_ready(7, (CLAIMS, 2))
    centre.calls(1)
    assert centre.passes(RING_2 - 1) == ()
    assert pairs(centre.passes(1)) == [(1, 7)]


def test_rings_are_counted_from_the_ticket_own(centre: Centre) -> None:
    """Where nobody better is there, the best who are get it at once, and the next as long after as after the best."""
    centre.is_ready(7, (CLAIMS, 1))
    assert pairs(centre.calls(1, ring=1)) == [(1, 7)]
    centre.queue.leave(1)
    centre.queue.withdraw(7)
    centre.is_ready(8, (CLAIMS, 2))
    assert pairs(centre.calls(2, ring=1)) == []
    assert centre.passes(RING_1 - 1) == ()
    assert pairs(centre.passes(1)) == [(2, 8)]


def test_of_the_rings_that_are_open_the_longest_idle_advisor_is_first(centre: Centre) -> None:
    """An open ring is as good as an inner one: nobody waits for the best any more."""
    for advisor, ring, since in ((7, 3, 0), (8, 0, 200), (9, 1, 100)):
        centre.is_ready(advisor, (CLAIMS, ring), since=since)
    kept = Waiting(1, CLAIMS, T0 - RING_1, queued_at=T0 - RING_1)
    assert pairs(centre.queue.queue(kept)) == [(1, 9)]


def test_a_returning_advisor_does_not_overtake_one_who_was_idle_longer(centre: Centre) -> None:
    """Whose ring opened since the last sweep: each step sees the time as it is."""
    centre.is_ready(7, (CLAIMS, 1), since=0)
    centre.calls(1)
    centre.now += RING_1
    assert pairs(centre.is_ready(8, CLAIMS, since=100)) == [(1, 7)]
    assert pairs(centre.calls(2)) == [(2, 8)]


def test_a_new_call_does_not_overtake_one_whose_ring_opened(centre: Centre) -> None:
    """The advisor's first call is theirs, whichever call found them."""
    centre.is_ready(7, (CLAIMS, 1), RIGHTS)
    centre.calls(1, CLAIMS)
    centre.now += RING_1
    assert pairs(centre.calls(2, RIGHTS)) == [(1, 7)]


def test_a_head_that_an_advisor_may_not_take_blocks_nobody_and_keeps_its_place(centre: Centre) -> None:
    """Who is behind is served by the one; the head is first for the next."""
    centre.calls(1, exclude=[7])
    centre.calls(2)
    centre.calls(3)
    assert pairs(centre.is_ready(7)) == [(2, 7)]
    assert pairs(centre.is_ready(8)) == [(1, 8)]


def test_past_the_look_ahead_nobody_looks(centre: Centre) -> None:
    """So that an operation's cost doesn't grow with the queue; an exclusion's end brings it right."""
    for ticket in range(1, LOOK_AHEAD + 1):
        centre.calls(ticket, after=ticket, exclude=[7])
    centre.calls(LOOK_AHEAD + 1, after=LOOK_AHEAD + 1)
    assert centre.is_ready(7) == ()
    assert pairs(centre.passes(EXCLUSION_MS)) == [(1, 7)]


def test_what_is_meant_for_one_advisor_waits_for_that_one(centre: Centre) -> None:
    """And has its turn by score among all that they serve."""
    centre.is_ready(8)
    centre.calls(1, meant_for(7, "usual"))
    assert pairs(centre.is_ready(7, meant_for(7, "usual"), CLAIMS)) == [(1, 7)]


def test_a_ticket_that_waits_or_is_offered_is_not_queued_twice(centre: Centre) -> None:
    """Webhooks come twice: it has one place, and the first."""
    centre.calls(1)
    assert centre.calls(1, RIGHTS, after=-5) == ()
    assert pairs(centre.is_ready(7, CLAIMS, RIGHTS)) == [(1, 7)]
    assert centre.calls(1) == ()
    assert centre.is_ready(8, CLAIMS, RIGHTS) == ()


def test_an_advisor_with_an_offer_gets_no_second(centre: Centre) -> None:
    """However often they say that they are ready."""
    centre.offered(1, 7)
    assert centre.calls(2) == ()
    assert centre.is_ready(7, CLAIMS, RIGHTS, since=5) == ()


def test_what_an_advisor_serves_may_change_while_they_are_idle(centre: Centre) -> None:
    """A supervisor moves people between queues: they leave the one, and get what waits in the other."""
    centre.is_ready(7, CLAIMS, since=0)
    centre.calls(1, RIGHTS)
    assert pairs(centre.is_ready(7, RIGHTS, since=0)) == [(1, 7)]
    centre.queue.leave(1)
    assert centre.calls(2, CLAIMS) == ()


def test_an_advisor_whose_lease_is_over_gets_nothing_before_the_sweep_either(centre: Centre) -> None:
    """Their console is gone."""
    centre.is_ready(7, lease=1_000, since=0)
    centre.is_ready(8, since=5)
    centre.now += 1_000
    assert pairs(centre.calls(1)) == [(1, 8)]


@pytest.mark.parametrize("classes", [0, 100])
def test_an_advisor_may_serve_any_number_of_classes(centre: Centre, classes: int) -> None:
    """None, in training; a hundred, in the night."""
    names = [f"subject{number}:ar:usual" for number in range(classes)]
    centre.is_ready(7, *names, (CLAIMS, 0))
    assert pairs(centre.calls(1)) == [(1, 7)]
