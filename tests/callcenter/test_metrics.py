"""The queue's figures, each by hand; `test_any_log` counts them a second time."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from backend.work import Actor, begin
from callcenter import metrics
from callcenter.figures.counting import Counted, count, day, parts
from callcenter.metrics import DEFINITIONS
from tests.callcenter.log import Log


def seconds(of: timedelta) -> float:
    """Return a time in seconds."""
    return of.total_seconds()


def figure(name: str, of: Counted) -> float | None:
    """Return a published figure."""
    return next(each.value(of) for each in DEFINITIONS if each.name == name)


def calls(*waits: tuple[str, float]) -> Log:
    """Return a log of calls, one a minute: how the wait ended, and after how many seconds."""
    log = Log()
    for number, (ending, wait) in enumerate(waits):
        log.queued(at=number * 60, ticket=number + 1)
        getattr(log, ending)(at=number * 60 + wait, advisor=7 if ending == "bridged" else None)
    return log


def test_a_call_from_queue_to_wrap_up() -> None:
    """Waits 12 s, talks 60 s of which 10 on hold, is wrapped up in 20: all of it is the handling time."""
    log = Log().queued(at=0, ticket=1).offered(at=1, advisor=7).accepted(at=4).joined(at=10).bridged(at=12)
    log.held(at=30).resumed(at=40).ended(at=72).wrap_up(at=72).wrapped_up(at=92, disposition="answered").ready(at=92)
    of = log.counted()
    assert (of.offered, of.answered, of.answered_in_time, of.handled, of.offers) == (1, 1, 1, 1, 1)
    assert [seconds(each) for each in (*of.waits, of.talk, of.hold, of.wrap_up)] == [12, 50, 10, 20]
    assert figure("aht", of) == 80


def test_the_service_level_in_each_of_its_variants() -> None:
    """Of eight calls: in time 2, late 2, gave up early 1 and late 1, kept 1, unserved 1; a short one is in none."""
    of = calls(
        *(("bridged", 5), ("bridged", 20), ("bridged", 21), ("bridged", 90)),
        *(("abandoned", 4.9), ("abandoned", 5), ("abandoned", 60), ("kept", 30), ("unserved", 0)),
    ).counted()
    assert (of.offered, of.short, of.answered, of.abandoned, of.abandoned_in_time) == (9, 1, 4, 2, 1)
    assert figure("service-level", of) == pytest.approx(2 / 6)
    assert figure("service-level-patient", of) == pytest.approx(2 / 5)
    assert figure("service-level-answered", of) == pytest.approx(2 / 4)
    assert figure("service-level-offered", of) == pytest.approx(2 / 8)
    assert figure("service-level-offered-patient", of) == pytest.approx(2 / 7)
    assert figure("abandonment", of) == pytest.approx(2 / 6)
    assert figure("asa", of) == pytest.approx((5 + 20 + 21 + 90) / 4)


def test_waits_are_those_of_all_who_waited_to_an_end() -> None:
    """Half waited 30 s at most, nine in ten 46; who waits yet, and short ones, are left out."""
    of = calls(*(("bridged", n) for n in (10, 20)), ("abandoned", 30), ("kept", 40), ("bridged", 50)).counted()
    assert [figure(name, of) for name in ("wait-p50", "wait-p90", "longest")] == [30, pytest.approx(46), 50]
    of = Log().queued(at=0, ticket=1).counted()
    assert (of.offered, of.waiting, list(of.waits), figure("service-level", of)) == (1, 1, [], None)


def test_nothing_makes_no_figure() -> None:
    """A ratio of nothing is none, a number of nothing is nought."""
    of = Log().counted()
    ratios = {each.name: each.value(of) for each in DEFINITIONS if each.unit in {"share", "points"}}
    assert set(ratios.values()) == {None}
    assert {each.value(of) for each in DEFINITIONS if each.unit in {"calls", "events"}} == {0}


def test_a_call_that_its_advisor_lost_counts_once() -> None:
    """Its wait is the first one, its handling time that of both advisors; who is lost is told."""
    log = Log().queued(at=0, ticket=1).bridged(at=10, advisor=7).lost(at=40)
    log.queued(at=60, ticket=1, again=True).bridged(at=65, advisor=8).ended(at=165).wrap_up(at=165).wrapped_up(at=170)
    of = log.counted()
    assert (of.offered, of.answered, of.handled, of.lost) == (1, 1, 1, 1)
    assert [seconds(each) for each in (*of.waits, of.talk, of.wrap_up)] == [10, 30 + 100, 5]


def test_a_call_put_through_to_a_subject_counts_once() -> None:
    """For the subject that it waited for first."""
    log = Log().queued(at=0, ticket=1, subject="rights").bridged(at=10, advisor=7).transferred(at=40, to="claims")
    log.wrap_up(at=40).queued(at=40, ticket=1, subject="claims", again=True).ready(at=50, advisor=7)
    log.bridged(at=70, advisor=8).ended(at=100).wrap_up(at=100).wrapped_up(at=101)
    of = log.counted()
    assert (of.offered, of.answered, of.handled, of.transfers) == (1, 1, 1, 1)
    assert [seconds(each) for each in (of.talk, of.wrap_up)] == [60, 11]
    told, whole = log.told(), log.between(0, 600)
    assert count(told.only(lambda each: each.subject == "rights"), whole).answered == 1
    assert count(told.only(lambda each: each.subject == "claims"), whole).offered == 0


def test_a_warm_transfer_hands_the_caller_over_where_it_stands() -> None:
    """The second advisor's time begins in the consultation, which the call ends; the first one's ends."""
    log = Log().queued(at=0, ticket=1).bridged(at=10, advisor=7).held(at=40)
    log.queued(at=40, ticket=2, kind="consult").bridged(at=50, advisor=8)
    log.transferred(at=70, ticket=1, advisor=7, warm=True, to=8)
    log.wrap_up(at=70, ticket=1, advisor=7).wrapped_up(at=75).ended(at=100, advisor=8).wrap_up(at=100).ready(at=110)
    of = log.counted()
    assert (of.offered, of.answered, of.handled) == (1, 1, 1)
    assert [seconds(each) for each in (of.talk, of.hold, of.wrap_up)] == [30 + 30, 30, 5 + 10]
    assert seconds(of.worked) == (75 - 10) + (110 - 50)


def test_hanging_up_after_the_advisor_was_lost_is_no_abandonment() -> None:
    """The call was answered; that it waited again in vain is a figure of its own."""
    of = Log().queued(at=0, ticket=1).bridged(at=10, advisor=7).lost(at=20).queued(at=40, again=True)
    counted = of.abandoned(at=90).counted()
    assert (counted.answered, counted.abandoned, counted.gave_up_again) == (1, 0, 1)


def test_a_wait_ends_once_wherever_its_end_is_learnt() -> None:
    """Who keeps the place hangs up, and is told of twice; the place is kept."""
    of = Log().queued(at=0, ticket=1).kept(at=30).abandoned(at=31).counted()
    assert (of.kept, of.abandoned, of.gave_up_again, [seconds(each) for each in of.waits]) == (1, 0, 0, [30])


def test_a_call_belongs_to_the_interval_in_which_it_began_to_wait() -> None:
    """With all that becomes of it later; the advisor's time is cut where the intervals meet."""
    log = Log().signed_in(at=0, advisor=7).ready(at=0)
    log.queued(at=890, ticket=1).bridged(at=910, advisor=7).ended(at=1910).wrap_up(at=1910).ready(at=1930)
    first, second, third = (log.counted(begins, begins + 900) for begins in (0, 900, 1800))
    assert [each.answered for each in (first, second, third)] == [1, 0, 0]
    assert [each.handled for each in (first, second, third)] == [1, 0, 0]
    assert [seconds(each.worked) for each in (first, second, third)] == [0, 890, 130]


def test_occupancy_is_of_the_time_in_which_they_could_have_worked() -> None:
    """Signed in 1000 s, 200 of them at a meal, 400 at work: half."""
    log = Log().signed_in(at=0, advisor=7).not_ready(at=0, reason="signed-in").ready(at=100)
    log.queued(at=100, ticket=1).bridged(at=100, advisor=7).ended(at=480).wrap_up(at=480).wrapped_up(at=500)
    log.not_ready(at=500, reason="meal").ready(at=600).signed_out(at=1000)
    of = log.counted()
    assert [seconds(each) for each in (of.signed_in, of.not_ready, of.worked)] == [1000, 200, 400]
    assert figure("occupancy", of) == pytest.approx(0.5)


def test_who_never_signed_out_is_gone_after_twelve_hours() -> None:
    """A console that died makes no endless shift."""
    log = Log().signed_in(at=0, advisor=7).ready(at=0)
    assert seconds(count(log.told(now=400_000), log.between(0, 400_000)).signed_in) == 12 * 3600


def test_an_advisor_who_does_something_else_talks_no_more() -> None:
    """Where the log lacks the end of a talk, or of a wrap-up, the next thing that they do is it."""
    log = Log().queued(at=0, ticket=1).bridged(at=10, advisor=7).ready(at=40)
    log.queued(at=50, ticket=2).bridged(at=60, advisor=7).ended(at=70).wrap_up(at=70)
    log.queued(at=80, ticket=3).bridged(at=90, advisor=7).ended(at=100).signed_out(at=100)
    of = log.counted()
    assert [seconds(each) for each in (of.talk, of.wrap_up, of.worked)] == [30 + 10 + 10, 20, 30 + 30 + 10]


def test_an_advisor_sees_their_own_part() -> None:
    """Waits and the score are of who answered first and talked last; each has their own handling time."""
    log = Log().queued(at=0, ticket=1).offered(at=2, advisor=6).unanswered(at=5, advisor=6)
    log.bridged(at=10, advisor=7).lost(at=40).queued(at=41, again=True).bridged(at=50, advisor=8).ended(at=70)
    log.surveyed(at=80, score=4)
    parts_ = {advisor: count(part, log.between(0, 600)) for advisor, part in log.told().by_advisor()}
    sixth, seventh, eighth = (parts_[advisor] for advisor in (6, 7, 8))
    assert (sixth.offers, sixth.unanswered, sixth.offered) == (1, 1, 0)
    assert (seventh.answered, seventh.handled, seconds(seventh.talk), seventh.surveyed) == (1, 1, 30, 0)
    assert (eighth.answered, eighth.handled, seconds(eighth.talk), eighth.surveyed) == (0, 1, 20, 1)


def test_callbacks_are_apart_from_the_calls_that_wait() -> None:
    """Their attempts count when they happen, their handling with that of calls; nobody waited on the line."""
    log = Log().promised(at=0, subject="claims", language="ar")
    for ticket, result in ((1, "not_reached"), (2, "reached")):
        log.queued(at=ticket * 100, ticket=ticket, kind="callback").accepted(at=ticket * 100, advisor=7)
        getattr(log.dialled(at=ticket * 100 + 1), result)(at=ticket * 100 + 9)
    log.reached(at=210)  # told twice: by the call, and by who heard it
    of = log.bridged(at=210).ended(at=240).wrap_up(at=240).wrapped_up(at=250).missed(at=300).counted()
    assert (of.promised, of.attempts, of.reached, of.missed) == (1, 2, 1, 1)
    assert (of.offered, of.answered, of.handled, list(of.waits)) == (0, 0, 1, [])


def test_surveys_are_means_and_shares() -> None:
    """Of those whose call with an advisor is over."""
    log = Log()
    for ticket, score in enumerate((5, 2, None, None), 1):
        log.queued(at=0, ticket=ticket).bridged(at=1, advisor=7).ended(at=2)
        if score:
            log.surveyed(at=9, score=score)
    of = log.counted()
    assert (figure("survey", of), figure("survey-answers", of)) == (3.5, 0.5)


def test_days_divide_into_intervals_though_the_clock_changes() -> None:
    """The night in which Ramadan ends has an hour less, and no interval is twice there."""
    whole = day(date(2024, 4, 14))
    halves = list(parts(whole, 30))
    assert (len(halves), halves[0].begins, halves[-1].ends) == (46, whole.begins, whole.ends)
    assert list(parts(whole, None)) == [whole]


@pytest.mark.usefixtures("environment")
def test_the_log_of_the_database_tells_the_same() -> None:
    """An interval's calls are read whole, though they end after it; shifts, though they began before it."""
    log = Log().signed_in(at=-3600, advisor=7).ready(at=-3600)
    log.queued(at=1790, ticket=1).bridged(at=1810, advisor=7).ended(at=1900).wrap_up(at=1900).wrapped_up(at=1910)
    log.queued(at=-50_000, ticket=2).abandoned(at=-49_000)
    with begin(Actor("job", "test")) as work:
        log.write(work)
        of = count(metrics.history(work, log.between(0, 1800)), log.between(0, 1800))
    assert (of.offered, of.answered, of.handled, seconds(of.signed_in)) == (1, 1, 1, 1800)


def test_the_document_defines_each_figure_and_no_other() -> None:
    """In the same words, and of the same version."""
    text = (Path(__file__).parents[2] / "docs/metrics.md").read_text("utf-8").split("## The queue")[1]
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [("figure", "in", "meaning"), *((each.name, each.unit, each.meaning) for each in DEFINITIONS)]
    assert f"Version {metrics.VERSION} of these" in text
