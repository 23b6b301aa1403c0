"""What happened in an interval, counted: whole numbers and times, of which the figures are made.

Which interval something belongs to: a **call** to the one in which it first began to wait, with all that becomes of it
later; **advisors' time** to the one in which it is spent, cut at its edges; a **happening** (an offer, a transfer, an
attempt to call back) to the one in which it happens. So what is counted in two intervals that meet adds up to what is
counted in both together. No figure names a person, a number or a call.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise
from typing import TypeVar

from backend.clock import CASABLANCA
from callcenter.figures.reading import LONGEST, Interval
from callcenter.figures.stories import Handling, History, Span, Story

SHORT = timedelta(seconds=5)
TARGET = timedelta(seconds=20)
MINUTES = (15, 30, 60)
NOTHING, SECOND = timedelta(), timedelta(seconds=1)

T = TypeVar("T")


@dataclass(frozen=True)
class Waits:
    """How many waits took so many seconds, a begun one counted as whole, by how they ended; short ones apart."""

    answered: Counter[int] = field(default_factory=Counter)
    abandoned: Counter[int] = field(default_factory=Counter)
    others: Counter[int] = field(default_factory=Counter)

    def __add__(self, more: "Waits") -> "Waits":
        return Waits(self.answered + more.answered, self.abandoned + more.abandoned, self.others + more.others)

    def __iter__(self) -> Iterator[timedelta]:
        return (timedelta(seconds=each) for each in sorted(self.all.elements()))

    @property
    def all(self) -> Counter[int]:
        """Return them, however they ended."""
        return self.answered + self.abandoned + self.others


@dataclass(frozen=True)
class Counted:
    """What was counted; all of it adds up over intervals that meet."""

    offered: int  # began to wait
    waiting: int  # still do, for the first time
    short: int  # hung up within SHORT: in none of the following
    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    kept: int
    unserved: int
    gave_up_again: int
    answered_after: timedelta
    waited: timedelta  # of all that ended, short ones apart
    waits: Waits
    handled: int  # calls and called-back people whose handling is over
    talk: timedelta
    hold: timedelta
    wrap_up: timedelta
    surveyed: int
    score: int
    offers: int
    rejected: int
    unanswered: int
    unacknowledged: int
    transfers: int
    lost: int
    promised: int
    attempts: int
    reached: int
    missed: int
    signed_in: timedelta
    not_ready: timedelta
    worked: timedelta


def count(told: History, interval: Interval, target: timedelta = TARGET) -> Counted:
    """Count what belongs to `interval`; `target` is the wait that the service level allows."""
    stories = _slice(told.stories, lambda each: each.queued_at, interval)
    calls = [each for each in stories if each.kind == "call" and each.whole]
    ended = [(each, each.waited) for each in calls if each.waited is not None]
    long = [(each.ending, wait) for each, wait in ended if not _is_short(each)]
    answered = [wait for ending, wait in long if ending == "bridged"]
    endings = Counter(ending for ending, _ in long)
    waits = Waits(
        whole_seconds(answered),
        whole_seconds(wait for ending, wait in long if ending == "abandoned"),
        whole_seconds(wait for ending, wait in long if ending not in {"bridged", "abandoned"}),
    )
    talked = [each for each in stories if each.kind != "consult" and each.over]
    handlings = list(chain.from_iterable(each.handlings for each in talked))
    scores = [each.score for each in talked if each.score is not None]
    happened = Counter(each.type for each in _slice(told.happenings, lambda each: each.at, interval))
    shifts = told.shifts.values()
    return Counted(
        offered=len(calls),
        waiting=len(calls) - len(ended),
        short=len(ended) - len(long),
        answered=len(answered),
        answered_in_time=within(waits.answered, target),
        abandoned=endings["abandoned"],
        abandoned_in_time=within(waits.abandoned, target),
        kept=endings["kept"],
        unserved=endings["unserved"],
        gave_up_again=sum(each.gave_up_again for each in calls),
        answered_after=sum(answered, NOTHING),
        waited=sum((wait for _, wait in long), NOTHING),
        waits=waits,
        handled=len(talked),
        talk=sum((_talk(each, told.now) - _hold(each, told.now) for each in handlings), NOTHING),
        hold=sum((_hold(each, told.now) for each in handlings), NOTHING),
        wrap_up=sum((each.wrap_up.until(told.now).lasted for each in handlings if each.wrap_up), NOTHING),
        surveyed=len(scores),
        score=sum(scores),
        offers=happened["offered"],
        rejected=happened["rejected"],
        unanswered=happened["unanswered"],
        unacknowledged=happened["unacknowledged"],
        transfers=happened["transferred"],
        lost=happened["lost"],
        promised=happened["promised"],
        attempts=happened["dialled"],
        reached=happened["reached"],
        missed=happened["missed"],
        signed_in=sum((_inside(each.signed_in, interval) for each in shifts), NOTHING),
        not_ready=sum((_inside(each.not_ready, interval) for each in shifts), NOTHING),
        worked=sum((_inside(each.worked, interval) for each in shifts), NOTHING),
    )


def whole_seconds(waits: Iterable[timedelta]) -> Counter[int]:
    """Return how many waits took so many seconds; a begun one is whole."""
    return Counter(-(-wait // SECOND) for wait in waits)


def within(waits: Mapping[int, int], target: timedelta) -> int:
    """Return how many waits were no longer than `target`, which is of whole seconds."""
    return sum(number for seconds, number in waits.items() if seconds * SECOND <= target)


def day(which: date) -> Interval:
    """Return a day in Morocco, from midnight to midnight."""
    return Interval(_midnight(which), _midnight(which + timedelta(days=1)))


def parts(whole: Interval, minutes: int | None) -> Iterator[Interval]:
    """Divide days in Morocco into intervals of so many minutes (15, 30, 60), or into days for None."""
    if minutes is None:
        first, last = (at.astimezone(CASABLANCA).date() for at in (whole.begins, whole.ends))
        midnights = (_midnight(first + timedelta(days=n)) for n in range((last - first).days + 1))
        return (Interval(*each) for each in pairwise(midnights))
    step = timedelta(minutes=minutes)
    beginnings = (whole.begins + n * step for n in range((whole.ends - whole.begins) // step))
    return (Interval(begins, begins + step) for begins in beginnings)


def _is_short(story: Story) -> bool:
    return story.ending == "abandoned" and story.waited is not None and story.waited < SHORT


def _talk(handling: Handling, now: datetime) -> timedelta:
    return handling.talk.until(now).lasted


def _hold(handling: Handling, now: datetime) -> timedelta:
    return sum((each.until(now).lasted for each in handling.holds), NOTHING)


def _slice(ordered: Sequence[T], at: Callable[[T], datetime], interval: Interval) -> Sequence[T]:
    return ordered[bisect_left(ordered, interval.begins, key=at) : bisect_left(ordered, interval.ends, key=at)]


def _inside(spans: Sequence[Span], interval: Interval) -> timedelta:
    """Return how much of `spans`, which are in order, lies in an interval."""
    first, last = bisect_left(spans, (interval.begins - LONGEST,)), bisect_left(spans, (interval.ends,))
    cut = (Span(max(each.began, interval.begins), min(each.ended, interval.ends)) for each in spans[first:last])
    return sum((each.lasted for each in cut), NOTHING)


def _midnight(which: date) -> datetime:
    return datetime.combine(which, time(), CASABLANCA).astimezone(UTC)
