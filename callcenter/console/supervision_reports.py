"""Reports of a period by interval, queue, advisor and more, on a page and as CSV, each figure with its definition."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend import audit, clock
from backend.clock import CASABLANCA
from backend.wording import Language, exists, written
from backend.work import begin
from callcenter import metrics, reports, tallies
from callcenter.console import guard, spreadsheet
from callcenter.console.guard import needs
from callcenter.console.showing import day, day_of, hour
from callcenter.figures.counting import MINUTES, Counted
from callcenter.figures.reading import Interval
from callcenter.metrics import DEFINITIONS, Definition
from callcenter.presence import SUPERVISE
from callcenter.reports import BYS, Asked, Row

MOST_DAYS = 31
DAYS = 7  # shown where no day is given, today included
SHOWN = (
    *("offered", "answered", "kept", "abandoned", "service-level"),
    *("asa", "wait-p90", "longest", "aht", "occupancy"),
)
"""The figures that the page's table has; all of them are in the list below it, and in the file."""


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/reports", "reports", show_report, methods=["GET"])
    blueprint.add_url_rule("/reports/export", "export", export, methods=["POST"])


@needs(SUPERVISE)
def show_report() -> ResponseReturnValue:
    """The figures of a period."""
    return _page(request.args)


def _page(given: Mapping[str, str]) -> tuple[str, int]:
    asked = _asked(given)
    wrong = asked is None
    asked = asked or _asked({})
    assert asked  # noqa: S101 for mypy: nothing is wrong with what is usual
    with begin(guard.actor()) as work:
        rows, state = reports.report(work, asked), tallies.state(work, asked.first, asked.last)
    page = render_template(
        "console/supervision/reports.html",
        asked=asked,
        whole=rows[0].counted,
        rows=[(worded(row, asked, guard.language()), row.counted) for row in rows[1:]],
        nothing=reports.is_nothing(rows[0].counted),
        shown_figures=[each for name in SHOWN for each in DEFINITIONS if each.name == name],
        definitions=DEFINITIONS,
        version=metrics.VERSION,
        bys=BYS,
        minutes=MINUTES,
        today=clock.today(),
        wrong=wrong,
        days=MOST_DAYS,
        state=state,
        figure=partial(figure, guard.language()),
    )
    return page, 400 if wrong else 200


@needs(SUPERVISE)
def export() -> ResponseReturnValue:
    """The same as a file: for programs as `svi stats queue --csv` has it, or for a spreadsheet, in the page's words."""
    asked, for_sheet = _asked(request.form), request.form.get("for") == "sheet"
    if asked is None:
        return _page(request.form)
    with begin(guard.actor()) as work:
        missing = tallies.state(work, asked.first, asked.last).missing
    if missing:
        return _page(request.form)[0], 503
    with begin(guard.actor()) as work:
        rows = reports.report(work, asked)
        about = {"first": str(asked.first), "last": str(asked.last), "by": asked.by}
        audit.record(work, "report.exported", None, **about)
    told = _for_a_sheet(rows, asked, guard.language()) if for_sheet else _for_programs(rows, asked)
    lines = [spreadsheet.line(cells, ";" if for_sheet else ",") for cells in told]
    return spreadsheet.answer(f"svi-3939-{asked.by}-{asked.first}-{asked.last}.csv", ["\ufeff", *lines])


def figure(language: Language, of: Definition, counted: Counted) -> str | None:
    """Return a figure as a page shows it; None where there is nothing to count."""
    value = of.value(counted)
    if value is None:
        return None
    match of.unit:
        case "share":
            return f"{value:.0%}".replace("%", " %")
        case "seconds":
            return written(language, "supervision-seconds", seconds=round(value))
        case "points":
            return f"{value:.1f}"
    return f"{value:.0f}"


def worded(row: Row, asked: Asked, language: Language) -> str:
    """Return what a group is called."""
    match row.group:
        case None:
            return written(language, "supervision-all")
        case Interval():
            return _begins(row.group, asked, day)
    if asked.by == "queue":
        subject, tongue = row.group.split(":")
        return f"{written(language, f'subject-{subject}')} · {written(language, f'tongue-{tongue}')}"
    message = {"subject": f"subject-{row.group}", "language": f"tongue-{row.group}", "reason": f"cause-{row.group}"}
    named = message.get(asked.by, "")
    return written(language, named) if exists(language, named) else row.group


def _begins(interval: Interval, asked: Asked, written_as: Callable[[datetime], str]) -> str:
    begins = interval.begins.astimezone(CASABLANCA)
    if asked.minutes is None:
        return written_as(begins)
    return hour(begins) if asked.first == asked.last else f"{written_as(begins)} {hour(begins)}"


def _for_programs(rows: list[Row], asked: Asked) -> Iterator[list[str]]:
    yield ["group", *(each.name for each in DEFINITIONS)]
    for row in rows:
        name = (
            _begins(row.group, asked, "{:%Y-%m-%d}".format) if isinstance(row.group, Interval) else row.group or "all"
        )
        yield [name, *(_number(each.value(row.counted)) for each in DEFINITIONS)]


def _for_a_sheet(rows: list[Row], asked: Asked, language: Language) -> Iterator[list[str]]:
    """Give the titles, then what each means, then the rows, with a decimal comma."""
    yield [written(language, f"by-{asked.by}"), *(written(language, f"figure-{each.name}") for each in DEFINITIONS)]
    yield ["", *(_defined(each, language) for each in DEFINITIONS)]
    for row in rows:
        numbers = (_number(each.value(row.counted)).replace(".", ",") for each in DEFINITIONS)
        yield [worded(row, asked, language), *numbers]


def _defined(each: Definition, language: Language) -> str:
    return f"{written(language, f'figure-{each.name}.more')} ({written(language, f'unit-{each.unit}')})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _asked(given: Mapping[str, str]) -> Asked | None:
    """Return what a form or an address asks for; None where it makes no sense, or takes too long to count."""
    today = clock.today()
    last = day_of(given.get("to", str(today)))
    first = day_of(given.get("from", str(last - timedelta(days=DAYS - 1)))) if last else None
    by = next((each for each in BYS if each == given.get("by", "queue")), None)
    if not (first and last and by and first <= last <= today and (last - first).days < MOST_DAYS):
        return None
    usual = reports.usual_minutes(first, last)
    every = given.get("every") or ("day" if usual is None else str(usual))
    if every not in {*map(str, MINUTES), "day"}:
        return None
    return Asked(first, last, by, None if every == "day" else int(every))
