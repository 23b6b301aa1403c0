"""The figures of calls that the call centre really held: its log, as it writes it, is read rightly."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from backend.work import Actor, Work, begin
from callcenter import agents, bridging, metrics, offers, presence, talks, tickets
from callcenter.figures.counting import Counted, count, day
from callcenter.figures.reading import Interval
from callcenter.tickets import Ticket
from tests.callcenter import calling_back

pytestmark = pytest.mark.usefixtures("environment")
NINE = datetime(2024, 3, 20, 9, tzinfo=UTC)


@contextmanager
def at(seconds: float) -> Iterator[Work]:
    """Work so many seconds after nine."""
    with time_machine.travel(NINE + timedelta(seconds=seconds), tick=False), begin(Actor("job", "test")) as work:
        yield work


def advisor(login: str, *, ready_at: float) -> int:
    """Return somebody who is ready for claims in French from an instant on."""
    with at(ready_at) as work:
        id_ = agents.add(work, login, login.title(), ["fr"], {"claims": 1}).id
        presence.sign_in(work, login)
        presence.be_ready(work, id_)
    return id_


def waits(seconds: float, leg: str) -> int:
    """Have a call wait from an instant on."""
    with at(seconds) as work:
        ticket = tickets.add(work, kind="call", subject="claims", reason="asked", language="fr", caller_sid=leg)
        offers.enter(work, ticket)
    return ticket.id


def answers(seconds: float, by: int, leg: str) -> Ticket:
    """Have an advisor take what they are offered, and dial in; a caller who is fetched is there 3 s later."""
    with at(seconds) as work:
        offered = offers.shown(work, by)
        assert offered
        ticket = offers.accept(work, by, offered.id)
    with at(seconds + 2) as work:
        met = bridging.join(work, by, offered.id, leg)
        assert met
        bridging.joined(work, met.room, leg, f"CF{met.id}")
    if ticket.kind == "call" and ticket.caller_sid:
        with at(seconds + 3) as work:
            bridging.joined(work, met.room, ticket.caller_sid, f"CF{met.id}")
    return met


def counted() -> Counted:
    """Return what the log says of that hour, some hours later."""
    with at(36_000) as work:
        hour = Interval(NINE, NINE + timedelta(hours=1))
        return count(metrics.history(work, hour), hour)


def seconds(*of: timedelta) -> list[float]:
    """Return times in seconds."""
    return [each.total_seconds() for each in of]


def test_a_call_that_is_answered_held_and_wrapped_up() -> None:
    """Waits 10 s, talks 60 of which 20 on hold, is wrapped up in 15; the advisor was there for half an hour."""
    samira = advisor("samira", ready_at=0)
    waits(100, "CA1")
    met = answers(107, samira, "CA7")
    for instant, on_hold in ((120, True), (140, False)):
        with at(instant) as work:
            bridging.held(work, met.room, "CA1", on_hold=on_hold)
    with at(170) as work:
        talks.end_talk(work, samira)
    with at(185) as work:
        talks.wrap_up(work, samira, "answered")
    with at(1800) as work:
        presence.sign_out(work, samira)
    of = counted()
    assert (of.offered, of.answered, of.answered_in_time, of.handled, of.offers, of.lost) == (1, 1, 1, 1, 1, 0)
    assert seconds(*of.waits, of.talk, of.hold, of.wrap_up) == [10, 40, 20, 15]
    assert seconds(of.signed_in, of.not_ready, of.worked) == [1800, 0, 75]


def test_a_call_that_goes_on_to_another_advisor_warmly() -> None:
    """It is one call; the consultation is work of the second, who has the call when the first leaves."""
    samira = advisor("samira", ready_at=0)
    waits(100, "CA1")
    met = answers(107, samira, "CA7")
    omar = advisor("omar", ready_at=110)
    with at(130) as work:
        talks.consult(work, samira, to=omar)
    answers(140, omar, "CA8")
    with at(160) as work:
        bridging.left(work, met.room, "CA7")
    with at(165) as work:
        talks.wrap_up(work, samira, "transferred")
    with at(200) as work:
        talks.end_talk(work, omar)
    with at(210) as work:
        talks.wrap_up(work, omar, "answered")
    of = counted()
    assert (of.offered, of.answered, of.handled, of.transfers, of.offers) == (1, 1, 1, 1, 2)
    assert seconds(*of.waits, of.talk, of.wrap_up) == [10, 50 + 40, 5 + 10]
    assert seconds(of.worked) == [(165 - 110) + (210 - 142)]


def test_a_call_whose_advisor_is_gone_and_that_another_takes() -> None:
    """After the grace it waits again, at the head: one call, one wait, the handling of both."""
    samira = advisor("samira", ready_at=0)
    waits(100, "CA1")
    met = answers(107, samira, "CA7")
    with at(130) as work:
        bridging.left(work, met.room, "CA7")
    omar = advisor("omar", ready_at=140)
    with at(151) as work:
        assert sum(bridging.give_back_lost(work, each) for each in bridging.lost(work)) == 1
    answers(160, omar, "CA8")
    with at(190) as work:
        talks.end_talk(work, omar)
    with at(195) as work:
        talks.wrap_up(work, omar, "answered")
    of = counted()
    assert (of.offered, of.answered, of.lost, of.abandoned) == (1, 1, 1, 0)
    assert seconds(*of.waits) == [10]


def test_callers_who_hang_up_or_keep_their_place() -> None:
    """Each counts once, by what it was."""
    first, second = waits(100, "CA1"), waits(100, "CA2")
    with at(102) as work:
        bridging.caller_left(work, "CA1")
    with at(160) as work:
        talks.end(work, tickets.get(work, second, lock=True) or pytest.fail("no ticket"), "kept")
    with at(161) as work:
        bridging.caller_left(work, "CA2")
    of = counted()
    assert first != second
    assert (of.offered, of.short, of.abandoned, of.kept) == (2, 1, 0, 1)


def test_a_promise_that_is_missed_and_one_that_is_kept() -> None:
    """Three attempts in vain, then it is given up; another is reached at once, whoever tells of it."""
    calling_back.keep_place("2024-05-15 10:00")
    for local in ("2024-05-15 10:30", "2024-05-15 11:00", "2024-05-15 14:00"):
        calling_back.attempt(local, "no-answer")
    calling_back.keep_place("2024-05-15 14:10", calling_back.FIXED, gone="2024-05-15 14:20")
    calling_back.attempt("2024-05-15 14:30", "reached")
    with calling_back.at("2024-05-16 10:00") as work:
        of = count(metrics.history(work, day(date(2024, 5, 15))), day(date(2024, 5, 15)))
    assert (of.promised, of.reached, of.missed) == (2, 1, 1)
