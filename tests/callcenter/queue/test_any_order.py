"""Whatever happens in whatever order: no call lost, none offered to two, none overtaken, none forgotten.

Operations, steps of the clock and FLUSHALL as hypothesis likes, on the real Valkey, against the model.
"""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from backend import jobs
from callcenter.queue import Done, ForgottenError, Idle, Pressure, Queue, Waiting
from callcenter.routing import meant_for
from tests.callcenter.queue.conftest import CLAIMS, LEASE, RIGHTS, T0, line
from tests.callcenter.queue.model import Model, order

CLASSES = (CLAIMS, "claims:ar:kept", RIGHTS, meant_for(1, "promised"))
TICKETS, ADVISORS = 6, 5
AT_LEAST_BETWEEN_FLUSHES = 12
STEPS = (0, 1, 500, 2_999, 3_000, 17_000, 20_000, 60_000, 120_000, -1_500)
tickets, advisors = st.integers(1, TICKETS), st.integers(1, ADVISORS)
leases = st.sampled_from([LEASE, LEASE, LEASE, 2_000, 30_000])
serving = st.dictionaries(st.sampled_from([line(class_) for class_ in CLASSES]), st.integers(0, 3), min_size=1).map(
    lambda served: tuple(served.items())
)
Caller = tuple[int | None, str, int, int, int, set[int]]
callers: st.SearchStrategy[Caller] = st.tuples(
    st.none() | st.none() | tickets,
    st.sampled_from(CLASSES),
    st.sampled_from([0, 0, 600_000]),  # credit
    st.sampled_from([0, 0, 10_000, 50_000]),  # waited elsewhere
    st.sampled_from([0, 0, 1, 3]),  # the ring open at once
    st.just(set[int]()) | st.sets(advisors, max_size=2),
)
Present = tuple[int, int, tuple[tuple[str, int], ...], int]
present: st.SearchStrategy[Present] = st.tuples(advisors, st.sampled_from([0, 0, 5, 40_000]), serving, leases)


class AnyOrder(RuleBasedStateMachine):
    """The real queue beside its model."""

    def __init__(self) -> None:
        super().__init__()
        jobs.connection().flushall()
        self.model = Model(T0)
        self.queue = Queue(jobs.connection(), clock=lambda: self.model.now)
        self.queue.rebuild([], [])

    @rule(callers=st.lists(callers, min_size=1, max_size=3))
    def calls(self, callers: list[Caller]) -> None:
        """Let tickets wait."""
        for known, class_, credit, waited, ring, exclude in callers:
            ticket = known or next((new for new in range(1, TICKETS) if new not in self.model.tickets), TICKETS)
            began = self.model.now - waited
            waiting = Waiting(ticket, class_, began - credit, began, ring, tuple(exclude))
            new = self.model.enter(waiting)
            self.model.happened(self.queue.queue(waiting), set())
            if new:
                self.is_settled(ticket=ticket)

    @rule(present=st.lists(present, min_size=2, max_size=4))
    def are_ready(self, present: list[Present]) -> None:
        """Let advisors be ready."""
        for advisor, idle, serves, lease in present:
            said = Idle(advisor, self.model.now - idle, serves, lease)
            new = self.model.join(said)
            self.model.happened(self.queue.ready(said), set())
            if new:
                self.is_settled(advisor=advisor)

    @rule(back=st.integers(0, 5), other=st.none() | advisors)
    def acknowledges(self, back: int, other: int | None) -> None:
        """Let an advisor, or another, acknowledge one of the last offers."""
        id_, advisor = self.one_of_the_last(back, other)
        said, offer = self.model.answer(id_, advisor, "accepted")
        assert self.queue.acknowledge(id_, advisor) == said
        if offer:
            self.model.acknowledged.add(id_)

    @rule(back=st.integers(0, 5), other=st.none() | st.none() | advisors)
    def accepts(self, back: int, other: int | None) -> None:
        """Let an advisor, or another, accept one of the last offers."""
        id_, advisor = self.one_of_the_last(back, other)
        said, offer = self.model.answer(id_, advisor, "accepted")
        if offer:
            self.model.end(offer, "accepted")
        assert self.queue.accept(id_, advisor) == said

    @rule(back=st.integers(0, 5), other=st.none() | advisors)
    def rejects(self, back: int, other: int | None) -> None:
        """Let an advisor, or another, reject one of the last offers."""
        id_, advisor = self.one_of_the_last(back, other)
        said, offer = self.model.answer(id_, advisor, "rejected")
        answer = self.queue.reject(id_, advisor)
        if offer is None:
            assert answer == said
            return
        told = self.model.end(offer, "rejected")
        assert isinstance(answer, Done)
        assert answer.ticket == offer.ticket
        self.model.happened(answer.events, {told})
        self.is_settled(ticket=offer.ticket, advisor=advisor)

    @precondition(lambda self: self.model.tickets)
    @rule(ticket=tickets)
    def leaves(self, ticket: int) -> None:
        """Let a caller hang up."""
        known = self.model.tickets.get(ticket)
        told = {self.model.end(known.offer, "left")} if known and known.offer else set()
        self.model.tickets.pop(ticket, None)
        self.model.happened(self.queue.leave(ticket), {*told})
        if known and known.offer is None and told:
            self.is_settled(advisor=next(iter(told)).advisor)

    @precondition(lambda self: self.model.advisors)
    @rule(advisor=advisors)
    def withdraws(self, advisor: int) -> None:
        """Let an advisor go."""
        known = self.model.advisors.get(advisor)
        told = {self.model.end(known.offer, "withdrawn")} if known and known.offer else set()
        self.model.advisors.pop(advisor, None)
        self.model.happened(self.queue.withdraw(advisor), {*told})
        for ended in told:
            self.is_settled(ticket=ended.ticket)

    @precondition(lambda self: self.model.advisors)
    @rule(advisor=advisors, lease=leases)
    def beats(self, advisor: int, lease: int) -> None:
        """Let a console be alive."""
        known = self.model.advisors.get(advisor)
        if known:
            known.lease_ends = self.model.now + lease
        assert self.queue.heartbeat(advisor, lease) is (known is not None)

    @rule(step=st.sampled_from(STEPS))
    def time_passes(self, step: int) -> None:
        """Let time pass, or a clock be put back."""
        self.model.now += step

    @rule(step=st.sampled_from(STEPS))
    def sweeps(self, step: int) -> None:
        """After a sweep nobody waits for whom somebody idle could be."""
        self.model.now += step
        told = self.model.over()
        self.model.happened(self.queue.sweep(), told)
        assert self.model.matches() == []

    @precondition(lambda self: self.model.remembered > AT_LEAST_BETWEEN_FLUSHES)
    @rule()
    def redis_forgets(self) -> None:
        """Let Redis be emptied and rebuilt from what the model holds, twice."""
        jobs.connection().flushall()
        for operation in (self.queue.sweep, lambda: self.queue.leave(1), lambda: self.queue.accept(1, 1)):
            with pytest.raises(ForgottenError):
                operation()
        now, before = self.model.now, self.model
        self.model = Model(now, newest=before.newest)
        waiting = [
            Waiting(**vars(held.asked) | {"exclude": tuple(who for who, until in held.excluded.items() if until > now)})
            for held in before.tickets.values()
        ]
        idle = [
            Idle(**vars(held.said) | {"lease_ms": held.lease_ends - now})
            for held in before.advisors.values()
            if held.lease_ends > now
        ]
        for asked in waiting:
            self.model.enter(asked)
        for said in idle:
            self.model.join(said)
        events = self.queue.rebuild(waiting, idle, before.newest)
        assert events is not None
        self.model.happened(events, set())
        assert self.model.matches() == []
        assert self.queue.rebuild(waiting, idle) is None

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        """Each call is there, each advisor their offer, each class its numbers; and nobody else is there."""
        self.model.remembered += 1
        everybody = range(1, TICKETS + 1)
        assert self.queue.unknown("ticket", everybody) == [each for each in everybody if each not in self.model.tickets]
        for name in range(1, ADVISORS + 1):
            advisor = self.model.advisors.get(name)
            assert self.queue.offered(name) == (advisor.offer if advisor else None)
        for class_, pressure in zip(CLASSES, self.queue.pressure(CLASSES), strict=True):
            waiting = sorted((order(one), one) for one in self.model.waiting() if one.asked.class_ == class_)
            waited = self.model.now - waiting[0][1].asked.queued_at if waiting else 0
            idle = sum(line(class_) in dict(advisor.said.serves) for advisor in self.model.idle())
            assert pressure == Pressure(class_, len(waiting), waited, idle)

    def teardown(self) -> None:
        """Every call that is left is taken in the end, in its order, by one advisor who serves them all."""
        for advisor in list(self.model.advisors):
            self.withdraws(advisor)
        self.model.now += 120_000
        served = tuple((line(class_), 0) for class_ in CLASSES)
        for held in sorted(self.model.tickets.values(), key=order):
            said = Idle(1, self.model.now, served, LEASE)
            self.model.join(said)
            self.model.happened(self.queue.ready(said), set())
            assert held.offer
            assert self.queue.accept(held.offer.id, 1) == Done(held.asked.ticket)
            self.model.end(held.offer, "accepted")
        assert not self.model.tickets

    def one_of_the_last(self, back: int, other: int | None) -> tuple[int, int]:
        """Return an offer, those that stand first, then the last that ended, and who answers it: theirs, or another."""
        made = sorted(self.model.answers, key=lambda id_: (self.model.answers[id_][1] is not None, -id_))
        if not made:
            return 1, other or 1
        id_ = made[min(back, len(made) - 1)]
        return id_, other or self.model.answers[id_][0].advisor

    def is_settled(self, *, ticket: int | None = None, advisor: int | None = None) -> None:
        """Nobody idle could take this ticket; nobody waits whom this advisor could take."""
        assert not [pair for pair in self.model.matches() if pair[0] == ticket or pair[1] == advisor]


pytestmark = [pytest.mark.usefixtures("environment"), pytest.mark.timeout(600)]
"""Where a rule doesn't hold, hypothesis takes its time to find the shortest way there."""


def test_no_order_of_events_loses_doubles_or_overtakes_a_call() -> None:
    """A few hundred steps, each time."""
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=20, stateful_step_count=50))


@pytest.mark.long
def test_no_order_of_ten_thousand_events_does() -> None:
    """The same, at length."""
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=250, stateful_step_count=60))
