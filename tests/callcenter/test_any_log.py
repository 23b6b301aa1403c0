"""Whatever happens in the call centre is counted: against a second, naive count, and adding up."""

from collections import Counter
from dataclasses import fields
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callcenter.figures.counting import Counted, count
from callcenter.figures.reading import Event
from callcenter.figures.stories import Happening, Story
from tests.callcenter.log import NINE, Log

LEAVES = ("abandoned", "kept", "unserved")
ENDS = ("ended", "lost", "transferred")
SUBJECTS = ("claims", "rights", "registration")
gaps = st.integers(0, 400)


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """Return any log of a few tickets, in the order of its instants; an advisor talks to one of them only."""
    happened = [each for ticket in range(1, draw(st.integers(1, 8)) + 1) for each in draw(of_a_ticket(ticket))]
    log = Log()
    for type_, at, about in sorted(happened, key=lambda each: each[1]):
        getattr(log, type_)(at=at, **about)
    return log


@st.composite
def of_a_ticket(draw: st.DrawFn, ticket: int) -> list[tuple[str, int, dict[str, Any]]]:
    """Return what happens to a ticket: it waits, and talks and is lost or transferred up to three times."""
    happened: list[tuple[str, int, dict[str, Any]]] = []
    at, advisor = draw(st.integers(0, 3000)), None
    kind, subject = draw(st.sampled_from(["call", "call", "callback", "consult"])), draw(st.sampled_from(SUBJECTS))

    def then(type_: str, **details: Any) -> None:
        happened.append((type_, at, {"ticket": ticket, "advisor": advisor, **details}))

    for again in range(draw(st.integers(1, 3))):
        then("queued", kind=kind, subject=subject, again=again > 0)
        if not draw(st.integers(0, 4)):
            break  # still waits
        at += draw(gaps)
        if draw(st.booleans()):
            then(draw(st.sampled_from(LEAVES)))
            break
        advisor = 3 * ticket + draw(st.integers(0, 2))
        then("bridged")
        if draw(st.booleans()):
            at += draw(gaps)
            then("held")
            at += draw(gaps)
            then("resumed")
        at += draw(gaps)
        then(end := draw(st.sampled_from(ENDS)))
        if end == "ended":
            break
        at += draw(gaps)
    return happened


class Naive:
    """A second count, which looks through all events for each thing it wants to know."""

    def __init__(self, log: Log, begins: float, ends: float) -> None:
        self.events, self.begins, self.ends = log.events, begins, ends
        self.found = Counter[str]()
        tickets = [[event for event in log.events if event.ticket == ticket] for ticket in range(1, 9)]
        begun = [own for own in tickets if own and begins <= at(own[0]) < ends]
        for own in begun:
            if own[0].details["kind"] == "call":
                self.waiting(own)
            if own[0].details["kind"] != "consult":
                self.talking(own)
        for event in log.events:
            if event.type in {"lost", "transferred"} and begins <= at(event) < ends:
                self.found["transfers" if event.type == "transferred" else "lost"] += 1
        self.found["worked"] = sum(self.seconds_of_work(advisor) for advisor in range(3, 27))

    def waiting(self, own: list[Event]) -> None:
        """Count how a call's first wait ended."""
        self.found["offered"] += 1
        first = next((event for event in own if event.type in {"bridged", *LEAVES}), None)
        if first is None:
            self.found["waiting"] += 1
            return
        wait = at(first) - at(own[0])
        if first.type == "abandoned" and wait < 5:
            self.found["short"] += 1
            return
        self.found["answered" if first.type == "bridged" else first.type] += 1
        self.found["waited"] += int(wait)
        self.found["in_time"] += first.type == "bridged" and wait <= 20
        self.found["gave_up_again"] += first.type == "bridged" and own[-1].type in LEAVES

    def talking(self, own: list[Event]) -> None:
        """Count a ticket's talk and hold, where it is over."""
        if own[-1].type == "queued" or not any(event.type == "bridged" for event in own):
            return
        self.found["handled"] += 1
        hold = instants(own, "resumed") - instants(own, "held")
        self.found["hold"] += hold
        self.found["talk"] += instants(own, *ENDS) - instants(own, "bridged") - hold

    def seconds_of_work(self, advisor: int) -> int:
        """Count the seconds in which an advisor talked, or had somebody on hold."""
        own = [event for event in self.events if event.advisor == advisor and event.type in {"bridged", *ENDS}]
        begun = [event for event in own if event.type == "bridged"]
        over = [next(end for end in own[own.index(event) + 1 :] if end.ticket == event.ticket) for event in begun]
        talked = {second for one, end in zip(begun, over, strict=True) for second in range(int(at(one)), int(at(end)))}
        return len([second for second in talked if self.begins <= second < self.ends])


def at(event: Event) -> float:
    """Return an event's instant, in seconds."""
    return (event.at - NINE).total_seconds()


def instants(own: list[Event], *types: str) -> int:
    """Return the sum of the instants of events of these types."""
    return int(sum(at(event) for event in own if event.type in types))


@given(log=logs(), begins=st.integers(0, 2000), lasts=st.integers(0, 4000))
def test_any_log_is_counted_as_by_hand(log: Log, begins: int, lasts: int) -> None:
    """Whatever happens, in whatever order: two ways of counting agree."""
    of = log.counted(begins, begins + lasts)
    numbers = ("offered", "waiting", "short", "answered", "abandoned", "kept", "unserved", "gave_up_again", "handled")
    counted: dict[str, float] = {name: getattr(of, name) for name in (*numbers, "transfers", "lost")}
    counted |= {name: getattr(of, name).total_seconds() for name in ("talk", "hold", "worked")}
    counted |= {"in_time": of.answered_in_time, "waited": sum(of.waits, timedelta()).total_seconds()}
    assert counted == {name: Naive(log, begins, begins + lasts).found[name] for name in counted}


@given(log=logs(), edges=st.lists(st.integers(0, 8000), min_size=3, max_size=3).map(sorted))
def test_intervals_that_meet_add_up(log: Log, edges: list[int]) -> None:
    """To what is counted over both, every count and every time: nothing is lost between them, or counted twice."""
    first, middle, last = edges
    whole, one, other = log.counted(first, last), log.counted(first, middle), log.counted(middle, last)
    for field in fields(Counted):
        assert getattr(whole, field.name) == getattr(one, field.name) + getattr(other, field.name), field.name


@given(log=logs(), edges=st.lists(st.integers(0, 8000), min_size=4, max_size=4).map(sorted))
def test_intervals_that_overlap_count_what_they_share_twice(log: Log, edges: list[int]) -> None:
    """Two intervals together are both their union and what lies in both."""
    begins, enters, leaves, ends = edges
    one, other = log.counted(begins, leaves), log.counted(enters, ends)
    union, shared = log.counted(begins, ends), log.counted(enters, leaves)
    for field in fields(Counted):
        if field.name != "waits":
            both = getattr(one, field.name) + getattr(other, field.name)
            assert both == getattr(union, field.name) + getattr(shared, field.name), field.name


@given(log=logs())
def test_subjects_add_up_to_the_whole(log: Log) -> None:
    """Each call is about one."""
    told, interval = log.told(), log.between(0, 36_000)
    whole = count(told, interval)
    parted = [told.only(partial(_is_about, subject)) for subject in SUBJECTS]
    each = [count(part, interval) for part in parted]
    for name in ("offered", "short", "answered", "abandoned", "kept", "handled", "talk", "hold", "transfers"):
        nothing = type(getattr(whole, name))()
        assert getattr(whole, name) == sum((getattr(one, name) for one in each), nothing), name


@given(log=logs())
def test_advisors_add_up_to_the_whole(log: Log) -> None:
    """Who answered first is one; the time is theirs who spent it."""
    told, interval = log.told(), log.between(0, 36_000)
    whole, each = count(told, interval), [count(part, interval) for _, part in told.by_advisor()]
    assert whole.answered == sum(one.answered for one in each)
    assert whole.worked == sum((one.worked for one in each), timedelta())
    assert whole.handled <= sum(one.handled for one in each)


def _is_about(subject: str, each: Story | Happening) -> bool:
    return each.subject == subject
