"""Trends of a day by its intervals, against the same day a week before, and how many advisors it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend import clock
from backend.clock import CASABLANCA
from backend.work import begin
from callcenter import planning, reports, tallies
from callcenter.console import guard
from callcenter.console.guard import needs
from callcenter.console.showing import day_of
from callcenter.console.supervision_reports import MOST_DAYS
from callcenter.figures.counting import MINUTES, Counted
from callcenter.metrics import DEFINITIONS
from callcenter.presence import SUPERVISE
from callcenter.recent import Recent
from callcenter.staffing import Plan, Target
from callcenter.tallies import State

WEEK = timedelta(days=7)
HOUR = 3600.0  # seconds
_BY_NAME = {each.name: each for each in DEFINITIONS}
Ink = Literal["ink-1", "ink-2", "ink-3", "ink-4"]


@dataclass(frozen=True)
class Series:
    """One line of a drawing: the message that names it, its colour, a value for each interval."""

    title: str
    ink: Ink
    values: list[float | None]
    dashed: bool = False


@dataclass(frozen=True)
class Drawing:
    """A drawing and its table; `unit` says how values are shown."""

    name: str
    unit: Literal["calls", "share", "seconds", "people"]
    series: list[Series]


@dataclass(frozen=True)
class Trends:
    """A day by its intervals: when each begins, as minutes since midnight, and the drawings."""

    begins: list[int]
    drawings: list[Drawing]
    planned: bool
    state: State


def register(blueprint: Blueprint) -> None:
    """Give the console this page."""
    blueprint.add_url_rule("/trends", "trends", show_trends, methods=["GET"])


@needs(SUPERVISE)
def show_trends() -> ResponseReturnValue:
    """The trends of a day."""
    today = clock.today()
    which, given = day_of(request.args.get("day", str(today))), request.args.get("every", str(MINUTES[1]))
    wrong = which is None or which > today or given not in {"15", "30"}
    shown, minutes = (today, MINUTES[1]) if wrong or which is None else (which, int(given))
    page = render_template(
        "console/supervision/trends.html",
        day=shown,
        today=today,
        minutes=minutes,
        trends=_trends(shown, minutes),
        wrong=wrong,
        days=MOST_DAYS,
    )
    return page, 400 if wrong else 200


def _trends(which: date, minutes: int) -> Trends:
    """Return a day's trends; parts of it that are not over have no values."""
    (told, state), (told_before, _) = _counted(which, minutes), _counted(which - WEEK, minutes)
    begins = [*told]
    counted, before = [*told.values()], [told_before.get(each) for each in begins]
    plan = _recent_plan(which)
    needed = {each.begins.hour * 60 + each.begins.minute: each.advisors for each in plan.needs} if plan else {}
    there = [each.signed_in - each.not_ready if each else None for each in counted]
    need = [needed.get(at // 30 * 30) for at in begins]
    busy = [
        bool((now and not reports.is_nothing(now)) or (then and then.offered) or wanted)
        for now, then, wanted in zip(counted, before, need, strict=True)
    ]
    kept = slice(busy.index(True), len(busy) - busy[::-1].index(True)) if any(busy) else slice(0)

    def of(name: str, days: list[Counted | None] = counted) -> list[float | None]:
        return [_BY_NAME[name].value(each) if each else None for each in days][kept]

    present = [None if each is None else each.total_seconds() / 60 / minutes for each in there][kept]
    drawings = [
        Drawing(
            "calls",
            "calls",
            [
                Series("figure-offered", "ink-1", of("offered")),
                Series("figure-answered", "ink-2", of("answered")),
                Series("figure-abandoned", "ink-3", of("abandoned")),
                Series("supervision-before", "ink-4", of("offered", before), dashed=True),
            ],
        ),
        _two("level", "service-level", of, before),
        Drawing(
            "waits",
            "seconds",
            [Series("figure-asa", "ink-1", of("asa")), Series("figure-wait-p90", "ink-3", of("wait-p90"))],
        ),
        _two("occupancy", "occupancy", of, before),
        Drawing(
            "staffing",
            "people",
            [
                Series("supervision-there", "ink-1", present),
                Series("supervision-needed", "ink-4", [*map(_float, need[kept])], dashed=True),
            ],
        ),
    ]
    return Trends(begins[kept], drawings, bool(needed), state)


def _two(name: str, of: str, values: Callable[..., list[float | None]], before: list[Counted | None]) -> Drawing:
    """Return the drawing of a share, this day and a week before."""
    then = Series("supervision-before", "ink-4", values(of, before), dashed=True)
    return Drawing(name, "share", [Series("supervision-that-day", "ink-1", values(of)), then])


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


def _counted(which: date, minutes: int) -> tuple[dict[int, Counted | None], State]:
    """Return what was counted, by the minute of the day at which an interval begins; None where it is not over."""
    with begin(guard.actor()) as work:
        found, state = tallies.of_day(work, which, minutes), tallies.state(work, which, which)
        until = state.until or work.now
    begins = {each: each.begins.astimezone(CASABLANCA) for each in found}
    counted = {
        begins[each].hour * 60 + begins[each].minute: None if state.missing or each.ends > until else of
        for each, of in found.items()
    }
    return counted, state


def _plan(which: date) -> Plan | None:
    with begin(guard.actor()) as work:
        found = planning.plan(work, which, Target())
    return found if isinstance(found, Plan) else None


_plans: dict[date, Recent[Plan | None]] = {}


def _recent_plan(which: date) -> Plan | None:
    """Return the plan of a day as it was made lately; of many days, the last ones."""
    if len(_plans) > MOST_DAYS:
        _plans.clear()
    return _plans.setdefault(which, Recent(HOUR, lambda: _plan(which))).get()


def forget() -> None:
    """Plan everything anew."""
    _plans.clear()
