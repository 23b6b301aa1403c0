"""How many advisors it takes: against published tables and worked examples, and what the past weeks say."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter import staffing
from callcenter.figures.counting import Counted
from callcenter.staffing import Demand, Plan, Target, TooFew
from tests.callcenter.log import Log

HALF_HOUR = 1800


@pytest.mark.parametrize(
    ("lines", "load", "blocked"),
    [
        (1, 0.0101, 0.01),
        (5, 1.36, 0.01),
        (10, 4.46, 0.01),
        (20, 12.03, 0.01),
        (50, 37.90, 0.01),
        (100, 84.06, 0.01),
        (10, 6.22, 0.05),
        (100, 95.24, 0.05),
    ],
)
def test_erlang_b_is_that_of_the_traffic_tables(lines: int, load: float, blocked: float) -> None:
    """The load that so many lines carry at 1 and 5 % blocked, as every table of erlangs prints it."""
    assert staffing.erlang_b(lines, load) == pytest.approx(blocked, rel=0.01)


def test_a_thousand_lines_lose_no_precision() -> None:
    """The tables' 971.2 erlangs at 1 %: factorials would have overflowed long before."""
    assert staffing.erlang_b(1000, 971.2) == pytest.approx(0.01, rel=0.01)
    assert 0 <= staffing.erlang_c(3000, 1.0) < 1e-300


def test_the_worked_example_of_a_hundred_calls_in_half_an_hour() -> None:
    """At 3 minutes each, ten erlangs: 14 advisors; 17.4 % wait, 88.8 % at most 20 s, all of them 7.8 s on average."""
    demand = Demand(100 / HALF_HOUR, 180)
    assert staffing.needed(demand, Target(0.8, 20)) == 14
    of = staffing.of_the_endlessly_patient(14, demand, 20)
    assert (round(of.waits, 4), round(of.level, 4), round(of.mean_wait, 1)) == (0.1741, 0.8884, 7.8)
    assert of.occupancy == pytest.approx(10 / 14)


def test_too_few_advisors_let_the_queue_grow_for_ever() -> None:
    """By Erlang C; by Erlang A those who hang up keep it short."""
    demand = Demand(10 / 60, 60)
    assert staffing.of_the_endlessly_patient(10, demand, 20).level == 0
    assert 0 < staffing.of_the_impatient(9, demand, 20, patience=120).level < 1


def test_the_impatient_are_those_of_the_literature() -> None:
    """Garnett, Mandelbaum, Reiman (2002): 50 advisors, 48 calls a minute of 1 minute; patient, or for 2 minutes."""
    demand = Demand(48 / 60, 60)
    patient = staffing.of_the_endlessly_patient(50, demand, 20)
    assert (round(patient.mean_wait, 1), round(patient.occupancy, 2)) == (20.8, 0.96)
    impatient = staffing.of_the_impatient(50, demand, 20, patience=120)
    assert (round(impatient.abandoned, 3), round(impatient.mean_wait, 1)) == (0.031, 3.7)
    assert round(impatient.occupancy, 2) == 0.93


@settings(deadline=None)
@given(calls=st.floats(0.001, 1), handling=st.floats(30, 600), advisors=st.integers(1, 150), within=st.floats(0, 60))
def test_endless_patience_is_the_limit_of_patience(calls: float, handling: float, advisors: int, within: float) -> None:
    """Who hangs up after ten thousand hours hardly ever does: the two formulas agree wherever the queue is stable."""
    demand = Demand(calls, handling)
    if demand.load > 0.9 * advisors:
        return
    patient = staffing.of_the_endlessly_patient(advisors, demand, within)
    impatient = staffing.of_the_impatient(advisors, demand, within, patience=3.6e7)
    assert impatient.level == pytest.approx(patient.level, abs=1e-3)
    assert impatient.waits == pytest.approx(patient.waits, abs=1e-3)


@settings(deadline=None)
@given(calls=st.floats(0.001, 1), handling=st.floats(30, 600), advisors=st.integers(1, 60), patience=st.floats(10, 600))
def test_whoever_does_not_hang_up_is_answered_in_the_end(
    calls: float, handling: float, advisors: int, patience: float
) -> None:
    """In so long a time that none waits longer, the level is what those who hang up leave of the whole."""
    of = staffing.of_the_impatient(advisors, Demand(calls, handling), within=50 * patience, patience=patience)
    assert of.level == pytest.approx(1 - of.abandoned)


@settings(deadline=None)
@given(calls=st.floats(0.001, 0.5), handling=st.floats(30, 600), patience=st.none() | st.floats(20, 600))
def test_the_fewest_advisors_are_the_fewest(calls: float, handling: float, patience: float | None) -> None:
    """They reach the target, and one less does not."""
    demand, target = Demand(calls, handling), Target(0.8, 20, 0.85)
    advisors = staffing.needed(demand, target, patience)
    for number, reached in ((advisors, True), (advisors - 1, False)):
        of = staffing.service(number, demand, target.within, patience)
        assert (of.level >= target.share and of.occupancy <= target.occupancy) is reached


def test_a_country_of_patient_callers_is_planned_too() -> None:
    """Two calls a second, of people who hang up after seven minutes on average: as many as one in twenty do."""
    assert staffing.needed(Demand(2.0, 300), Target(), patience=400) == 706


def test_nobody_is_needed_for_nothing() -> None:
    """Without calls there is no load."""
    assert staffing.needed(Demand(0, 180), Target()) == 0


def half_hour(calls: int, abandoned: int = 0) -> Counted:
    """Return a half-hour of calls, each handled in 180 s; those who hung up had waited 60 s, the others not at all."""
    return replace(
        Log().counted(),
        offered=calls,
        handled=calls - abandoned,
        abandoned=abandoned,
        talk=timedelta(seconds=180) * (calls - abandoned),
        waited=timedelta(seconds=60) * abandoned,
    )


def test_a_day_takes_what_the_mean_of_past_days_took() -> None:
    """By half-hours, those without calls left out; and a day without any, such as a strike, is no day."""
    nothing = half_hour(0)
    past = [[nothing] * 18 + [half_hour(calls)] + [nothing] * 29 for calls in (90, 110, 0)]
    found = staffing.plan(past, Target(0.8, 20))
    assert isinstance(found, Plan)
    (need,) = found.needs
    assert (need.begins, need.calls, need.advisors) == (time(9), 100, 14)
    assert (found.handling, found.patience) == (180, None)


def test_where_enough_hang_up_their_patience_is_known_and_fewer_do() -> None:
    """All that was waited, by those who hung up."""
    found = staffing.plan([[half_hour(110, abandoned=10)]] * 2, Target(0.8, 20))
    assert isinstance(found, Plan)
    assert (found.patience, found.needs[0].begins) == (60, time(0))
    assert found.needs[0].service.abandoned > 0


@pytest.mark.parametrize(("days", "calls"), [(1, 1000), (2, 10), (0, 0)])
def test_too_few_days_or_calls_are_said_to_be(days: int, calls: int) -> None:
    """Rather than a figure that means nothing."""
    assert staffing.plan([[half_hour(calls)]] * days, Target()) == TooFew(days, days * calls)
