"""How many advisors it takes: Erlang's formulas, and what the past weeks say of a day to come.

Erlang C supposes that callers wait for ever, Erlang A that they hang up: each after an exponential time, whose mean is
their `patience`. All times are in seconds; `load` is in erlangs: calls a second × the mean handling time. Advisors are
those at their phone: breaks, training and absences come on top.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import chain, count
from math import ceil, exp, inf
from operator import mul

from callcenter.figures.counting import NOTHING, Counted

NEGLIGIBLE = 1e-12
FEWEST_DAYS = 2
FEWEST_HANDLED = 50
FEWEST_ABANDONED = 20
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Demand:
    """What comes in: calls a second, and the mean seconds that each takes an advisor."""

    calls: float
    handling: float

    @property
    def load(self) -> float:
        """Return the erlangs offered."""
        return self.calls * self.handling


@dataclass(frozen=True)
class Target:
    """So great a share answered within so many seconds, and nobody busier than this share of their time."""

    share: float = 0.8
    within: float = 20
    occupancy: float = 0.85


@dataclass(frozen=True)
class Service:
    """What so many advisors give."""

    waits: float  # the share of callers who wait at all
    level: float  # the share answered within the target
    mean_wait: float  # seconds, of all callers
    abandoned: float  # the share who hang up
    occupancy: float


def erlang_b(advisors: int, load: float) -> float:
    """Return the share of calls that find all busy, where nobody waits; by the recurrence that loses no precision."""
    blocked = 1.0
    for number in range(1, advisors + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(advisors: int, load: float) -> float:
    """Return the share of callers who wait; all of them where the load is too great for the advisors."""
    if load >= advisors:
        return 1.0
    blocked = erlang_b(advisors, load)
    return blocked / (1 - load / advisors * (1 - blocked))


def of_the_endlessly_patient(advisors: int, demand: Demand, within: float) -> Service:
    """Return the service that advisors give where nobody hangs up (Erlang C)."""
    load = demand.load
    if load >= advisors:
        return Service(1.0, 0.0, inf, 0.0, 1.0)
    waits, spare = erlang_c(advisors, load), advisors - load
    late = waits * exp(-spare * within / demand.handling) if waits else 0.0
    return Service(waits, 1 - late, waits * demand.handling / spare, 0.0, load / advisors)


def of_the_impatient(advisors: int, demand: Demand, within: float, patience: float) -> Service:
    """Return the service that advisors give where callers hang up after `patience` seconds on average (Erlang A).

    Who finds n waiting has to see n + 1 leave, by an advisor who is free or by hanging up, and to stay meanwhile.
    """
    blocked, leaving, serving = erlang_b(advisors, demand.load), 1 / patience, advisors / demand.handling
    queue = [blocked * weight for weight in _queue(demand.calls, serving, leaving)]
    everything = 1 - blocked + sum(queue)
    in_time = sum(map(mul, queue, _in_time(serving / leaving, leaving * within)))
    waiting = sum(map(mul, queue, count())) / everything
    abandoned = waiting * leaving / demand.calls
    return Service(
        waits=sum(queue) / everything,
        level=(1 - blocked + in_time) / everything,
        mean_wait=waiting / demand.calls,
        abandoned=abandoned,
        occupancy=demand.load * (1 - abandoned) / advisors if advisors else 1.0,
    )


def _queue(calls: float, serving: float, leaving: float) -> Iterator[float]:
    """Give how likely 0, 1, 2 … waiting are, against nobody waiting while all advisors are busy."""
    weight = 1.0
    for waiting in count(1):
        yield weight
        rate = calls / (serving + waiting * leaving)
        weight *= rate
        if rate < 1 and weight < NEGLIGIBLE:
            return


def _in_time(services: float, scaled: float) -> Iterator[float]:
    """Give the share of those who find 0, 1, 2 … waiting that is answered in time, all advisors being busy.

    In units of the mean patience: `services` end, `scaled` is the time allowed. The number who leave within it is a
    negative binomial: those who come before an impatient caller, given that this one stays, end at services + 1.
    """
    share, gone = exp(-scaled), exp(-scaled * (services + 1))
    so_far = gone
    for waiting in count():
        yield services / (services + waiting + 1) * (1 - so_far)
        gone *= (services + 1 + waiting) / (waiting + 1) * (1 - share)
        so_far += gone


def service(advisors: int, demand: Demand, within: float, patience: float | None = None) -> Service:
    """Return what so many advisors give; by Erlang A where the callers' patience is known."""
    if patience is None:
        return of_the_endlessly_patient(advisors, demand, within)
    return of_the_impatient(advisors, demand, within, patience)


def needed(demand: Demand, target: Target, patience: float | None = None) -> int:
    """Return the fewest advisors who reach `target`."""
    if not demand.calls:
        return 0

    def enough(advisors: int) -> bool:
        given = service(advisors, demand, target.within, patience)
        return given.level >= target.share and given.occupancy <= target.occupancy

    busy = demand.load * target.share / target.occupancy  # fewer would be busier even with those alone whom they answer
    return next(advisors for advisors in count(max(1, ceil(busy))) if enough(advisors))


@dataclass(frozen=True)
class Need:
    """The advisors that a half-hour takes, for so many calls."""

    begins: time
    calls: float
    advisors: int
    service: Service


@dataclass(frozen=True)
class Plan:
    """What a day takes, by half-hours with calls, and what it was computed with (seconds)."""

    needs: tuple[Need, ...]
    days: int
    handling: float
    patience: float | None  # None: too few hung up to tell, so nobody is supposed to


@dataclass(frozen=True)
class TooFew:
    """There is not enough to tell from."""

    days: int
    handled: int


def plan(past: Sequence[Sequence[Counted]], target: Target) -> Plan | TooFew:
    """Return what the mean of past days takes; each is its half-hours from midnight on, days without calls left out."""
    days = [halves for halves in past if any(each.offered for each in halves)]
    every = list(chain.from_iterable(days))
    handled = sum(each.handled for each in every)
    if len(days) < FEWEST_DAYS or handled < FEWEST_HANDLED:
        return TooFew(len(days), handled)
    handling = sum((each.talk + each.hold + each.wrap_up for each in every), NOTHING).total_seconds() / handled
    patience = _patience(every)
    means = [sum(each.offered - each.short for each in halves) / len(days) for halves in zip(*days, strict=False)]
    needs = []
    for place, calls in enumerate(means):
        if calls:
            demand = Demand(calls / HALF_HOUR.total_seconds(), handling)
            advisors = needed(demand, target, patience)
            begins = time(*divmod(place * 30, 60))
            needs.append(Need(begins, calls, advisors, service(advisors, demand, target.within, patience)))
    return Plan(tuple(needs), len(days), handling, patience)


def _patience(every: Sequence[Counted]) -> float | None:
    """Return the mean seconds after which callers hang up: all that was waited, by those who did hang up."""
    abandoned = sum(each.abandoned for each in every)
    waited = sum((each.waited for each in every), NOTHING).total_seconds()
    return waited / abandoned if abandoned >= FEWEST_ABANDONED else None
