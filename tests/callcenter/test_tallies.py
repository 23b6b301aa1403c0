"""What the clock keeps of each day: the figures of the log itself, whatever happens, and at the edges of days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from backend import db
from backend.work import Actor, Work, begin
from callcenter import reports, tallies
from callcenter.figures.counting import TARGET, Counted, count, day, parts
from callcenter.figures.reading import Event, Interval
from callcenter.figures.stories import Happening, Story, tell
from callcenter.reports import BYS, Asked, By
from callcenter.tallies import SETTLED, queue_days, queue_tallies
from svi import clock
from tests.callcenter.log import DETAILS, NINE, OF_NO_TICKET, TYPES, Log
from tests.callcenter.test_any_log import logs

pytestmark = pytest.mark.usefixtures("environment")
FIRST, LAST = date(2024, 3, 9), date(2024, 3, 10)  # Ramadan begins: the second one has 25 hours
WHOLE = Interval(day(FIRST).begins, day(LAST).ends)
EDGES = WHOLE.begins, day(LAST).begins, day(LAST).begins + timedelta(hours=3), WHOLE.ends
LONG_AFTER = WHOLE.ends + timedelta(days=10)
Groups = list[tuple[Interval | str | None, Counted]]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Return any log of a few tickets about one of the edges, and events of any type that fit to nothing."""
    begins = draw(st.sampled_from(EDGES)) - timedelta(seconds=draw(st.integers(0, 4000)))
    told: list[Event] = [each._replace(at=each.at - NINE + begins) for each in draw(logs()).events]
    for type_ in draw(st.lists(st.sampled_from(sorted(TYPES)), max_size=12)):
        about = None if type_ in OF_NO_TICKET else draw(st.integers(1, 9))
        details: dict[str, Any] = DETAILS.get(type_, {}) | {"score": draw(st.integers(1, 5)), "subject": "claims"}
        at = begins + timedelta(milliseconds=draw(st.integers(0, 8_000_000)))
        told.append(Event(at, type_, about, draw(st.integers(3, 30)), details))
    return sorted(told, key=lambda each: each.at)


@contextmanager
def at(instant: datetime) -> Iterator[Work]:
    """Work at an instant."""
    with time_machine.travel(instant, tick=False), begin(Actor("job", "test")) as work:
        yield work


def write(events: list[Event]) -> None:
    """Put events into the database."""
    log = Log()
    log.events = events
    if events:
        with begin(Actor("job", "test")) as work:
            log.write(work)


def forget() -> None:
    """Empty the tables of what was logged and counted."""
    with db.engine().begin() as connection:
        connection.execute(text("truncate queue_events, queue_days, queue_tallies"))


def bring_up_to_date(instant: datetime) -> None:
    """Count what is due at an instant."""
    with time_machine.travel(instant, tick=False):
        tallies.bring_up_to_date(FIRST, LAST)


def report(by: By, minutes: int | None = 30, target: timedelta = TARGET) -> Groups:
    """Return a report of both days."""
    with at(LONG_AFTER) as work:
        return [(row.group, row.counted) for row in reports.report(work, Asked(FIRST, LAST, by, minutes, target))]


def from_the_log(events: list[Event], by: By, minutes: int | None = 30, target: timedelta = TARGET) -> Groups:
    """Return the same, counted from all the events at once."""
    told = tell(events, LONG_AFTER)
    found: Groups = [(None, count(told, WHOLE, target))]
    if by == "interval":
        found += [(each, count(told, each, target)) for each in parts(WHOLE, minutes)]
    elif by == "advisor":
        found += [(str(advisor), count(part, WHOLE, target)) for advisor, part in told.by_advisor()]
    else:
        names = {named(by, each) for each in told.stories} | {named(by, each) for each in told.happenings}
        for name in sorted(filter(None, names)):
            found.append((name, count(told.only(partial(is_called, by, name)), WHOLE, target)))
    return [found[0], *(row for row in found[1:] if not reports.is_nothing(row[1]))]


def named(by: By, each: Story | Happening) -> str | None:
    """Return the group that something is in."""
    if by == "queue":
        return f"{each.subject}:{each.language}" if each.subject and each.language else None
    found: str | None = getattr(each, by)
    return found


def is_called(by: By, name: str, each: Story | Happening) -> bool:
    """Say whether something is in a group."""
    return named(by, each) == name


@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    events=histories(),
    seen=st.integers(0, 40),
    minutes=st.sampled_from([15, 30, 60, None]),
    seconds=st.integers(1, 400),
)
def test_what_is_kept_adds_up_to_what_the_log_tells(
    events: list[Event], seen: int, minutes: int | None, seconds: int
) -> None:
    """Whatever happens about a midnight, by whatever group; though days were counted before all of it had happened."""
    forget()
    write(events[:seen])
    bring_up_to_date(events[min(seen, len(events) - 1)].at)
    write(events[seen:])
    bring_up_to_date(LONG_AFTER)
    target = timedelta(seconds=seconds)
    for by in BYS:
        assert report(by, minutes, target) == from_the_log(events, by, minutes, target), by


def a_call(begins: datetime, ticket: int = 1) -> list[Event]:
    """Return a call that was answered and is over."""
    return Log(begins).queued(at=0, ticket=ticket).bridged(at=12, advisor=7).ended(at=60).events


def due(instant: datetime) -> list[date]:
    """Return the days that are due at an instant."""
    with at(instant) as work:
        return tallies.due(work)


def count_day(instant: datetime, which: date = FIRST) -> None:
    """Count a day at an instant."""
    with time_machine.travel(instant, tick=False):
        tallies.count_day(which)


def kept() -> int:
    """Return how many calls of both days are kept."""
    with at(LONG_AFTER) as work:
        return tallies.whole(work, FIRST, LAST, TARGET).offered


def test_a_day_is_counted_for_the_last_time_when_nothing_of_it_can_change() -> None:
    """Twelve hours after its end, and some minutes for what commits late; before, it is due again and again."""
    write(a_call(WHOLE.begins))
    ends = day(FIRST).ends
    for instant, final in (
        (ends - timedelta(hours=1), False),
        (ends + timedelta(hours=12), False),
        (ends + SETTLED, True),
    ):
        assert FIRST in due(instant)
        count_day(instant)
        assert (FIRST not in due(instant)) is final
    assert kept() == 1


def test_a_day_counted_twice_is_kept_once_and_by_the_later_count() -> None:
    """Two clocks may count the same day: whoever read the log first, and writes last, changes nothing."""
    write(a_call(WHOLE.begins))
    count_day(WHOLE.begins + timedelta(hours=2))
    write(a_call(WHOLE.begins, ticket=2))
    count_day(WHOLE.begins + timedelta(hours=2))
    assert kept() == 2
    write(a_call(WHOLE.begins, ticket=3))
    count_day(WHOLE.begins + timedelta(hours=1))
    assert kept() == 2


def test_other_definitions_have_days_counted_anew_as_far_as_the_log_has_them_whole() -> None:
    """A day whose events are erased, or that begins too near to the first that is left, keeps its figures."""
    write(a_call(day(FIRST).begins) + a_call(day(LAST).begins + timedelta(hours=20), ticket=2))
    bring_up_to_date(LONG_AFTER)
    days = {FIRST, LAST}
    assert not days & {*due(LONG_AFTER)}
    with at(LONG_AFTER) as work:
        work.execute(update(queue_days).values(version=0))
    assert days & {*due(LONG_AFTER)} == {LAST}
    assert kept() == 2


def test_figures_of_advisors_are_erased_after_two_years_and_those_of_queues_stay() -> None:
    """They say what single people did."""
    write(a_call(day(FIRST).begins))
    bring_up_to_date(LONG_AFTER)
    with at(LONG_AFTER + timedelta(days=800)) as work:
        assert tallies.erase_old(work) == 1
        assert {*work.execute(select(queue_tallies.c.kind)).scalars()} == {"interval", "queue", "reason"}


def test_the_clock_counts_what_is_due_the_newest_first_and_lets_each_day_be_for_a_while() -> None:
    """One day at a time; today's again only after a rest."""
    write(a_call(day(FIRST).begins) + a_call(day(LAST).begins, ticket=2))
    (duty,) = clock.figure_duties()
    with time_machine.travel(day(LAST).begins + timedelta(hours=9), tick=False):
        for counted in ([LAST], [FIRST, LAST], [FIRST, LAST]):
            duty.act()
            with begin(Actor("job", "test")) as work:
                assert [*work.execute(select(queue_days.c.day).order_by(queue_days.c.day)).scalars()] == counted
