"""`svi stats queue`: the figures of those who wanted an advisor, and how many advisors the next day takes."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TextIO

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from backend import clock
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.work import Actor, Work, begin
from callcenter import hours, metrics, planning, reports, staffing, tallies
from callcenter.figures.counting import MINUTES, TARGET
from callcenter.metrics import DEFINITIONS, Definition, Unit
from callcenter.reports import BYS, Asked, By, Row
from callcenter.staffing import Plan, Target, TooFew
from ivr.statistics import Period
from svi import running

WHOLE = "all"
DAYS = 7  # shown where no day is given, today included
LONGEST_BAR = 24
NARROWEST = 140  # columns: where nobody looks at a terminal
OF_CALLS = (
    "offered",
    "answered",
    "kept",
    "abandoned",
    "service-level",
    "asa",
    "wait-p90",
    "longest",
    "aht",
    "occupancy",
)
OF_OFFERS = ("offers", "rejected", "unanswered", "unacknowledged", "transfers", "lost")
OF_CALLBACKS = ("callbacks-promised", "callback-attempts", "callbacks-kept", "callbacks-missed")
OF_SURVEYS = ("survey-answers", "survey")
DAY = click.DateTime(["%Y-%m-%d"])
CSV = click.File("w", encoding="utf-8", lazy=True)
SECONDS = click.IntRange(1, 3600)


@click.command()
@click.option("--from", "first", type=DAY, metavar="DAY", help="The first day; six days before the last otherwise.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="The last day; today otherwise.")
@click.option("--day", "only", type=DAY, metavar="DAY", help="This day alone.")
@click.option("--by", type=click.Choice(BYS), default="interval", show_default=True, help="A line for each.")
@click.option("--every", type=click.Choice([*map(str, MINUTES), "day"]), help="Minutes of an interval, or `day`.")
@click.option("--within", type=SECONDS, default=TARGET.seconds, show_default=True, help="The target, in seconds.")
@click.option("--csv", "csv_file", type=CSV, metavar="FILE", help="All figures for another program, into FILE or `-`.")
@click.option("--define", is_flag=True, help="Say what each figure means.")
@click.option("--staffing", "staff", is_flag=True, help="Advisors that the next working day takes, by the past weeks.")
def queue(
    first: datetime | None,
    last: datetime | None,
    only: datetime | None,
    by: By,
    every: str | None,
    within: int,
    csv_file: TextIO | None,
    *,
    define: bool,
    staff: bool,
) -> None:
    """Count what became of those who wanted an advisor, between two days in Morocco.

    docs/metrics.md defines each figure, and so does --define.
    """
    if define:
        _define()
        return
    period = _period(first, last, only)
    running.join()
    looked_at = timedelta(weeks=planning.WEEKS) if staff else timedelta()
    tallies.bring_up_to_date(period.first - looked_at, period.last)
    with begin(Actor("command", "stats queue")) as work:
        if staff:
            _staff(work, period.last, Target(within=within))
            return
        usual = reports.usual_minutes(period.first, period.last)
        minutes = usual if every is None else None if every == "day" else int(every)
        asked = Asked(period.first, period.last, by, minutes, timedelta(seconds=within))
        rows = reports.report(work, asked)
    if csv_file:
        _write(rows, asked, csv_file)
    elif reports.is_nothing(rows[0].counted):
        click.echo(f"nobody waited for an advisor {_days(period)}")
    else:
        _show(rows, asked, f"The queue {_days(period)}, answered within {within} s")


def _period(first: datetime | None, last: datetime | None, only: datetime | None) -> Period:
    if only and (first or last):
        raise BadInputError("--day is a day alone: leave --from and --to out")
    ends, begins = only or last, only or first
    until = ends.date() if ends else clock.today()
    since = begins.date() if begins else until - timedelta(days=DAYS - 1)
    if since > until:
        raise BadInputError(f"--from {since} is after --to {until}")
    return Period(since, until)


def _write(rows: list[Row], asked: Asked, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["group", *(each.name for each in DEFINITIONS)])
    for row in rows:
        values = (each.value(row.counted) for each in DEFINITIONS)
        writer.writerow(
            [_named(row, asked), *("" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") for value in values)]
        )


def _show(rows: list[Row], asked: Asked, heading: str) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    console.print(_table(heading, rows, asked))
    for names in (OF_OFFERS, OF_CALLBACKS, OF_SURVEYS):
        said = (f"{each.name} {_worded(each.value(rows[0].counted), each.unit)}" for each in _defined(names))
        click.echo(", ".join(said))


def _defined(names: tuple[str, ...]) -> list[Definition]:
    return [each for name in names for each in DEFINITIONS if each.name == name]


def _table(heading: str, rows: list[Row], asked: Asked) -> Table:
    table = Table(title=heading, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("", width=LONGEST_BAR, no_wrap=True)
    for each in _defined(OF_CALLS):
        table.add_column(each.name, justify="right")
    longest = max((row.counted.offered for row in rows[1:]), default=0)
    for row in rows:
        figures = (_worded(each.value(row.counted), each.unit) for each in _defined(OF_CALLS))
        table.add_row(_named(row, asked), _bar(row, longest), *figures)
    return table


def _bar(row: Row, longest: int) -> Text:
    """Draw a group's calls: answered, left for a call back or unserved, hung up; nothing for the whole."""
    drawn, before, of = Text(), 0, row.counted
    if row.group is None:
        return Text("█ answered ▓ kept ░ gone")
    for calls, block, colour in (
        (of.answered, "█", "cyan"),
        (of.kept + of.unserved, "▓", "yellow"),
        (of.abandoned, "░", "red"),
    ):
        upto = before + calls
        drawn.append(block * _blocks(before, upto, longest), colour)
        before = upto
    return drawn


def _blocks(before: int, upto: int, longest: int) -> int:
    return round(LONGEST_BAR * upto / longest) - round(LONGEST_BAR * before / longest) if longest else 0


def _worded(value: float | None, unit: Unit) -> str:
    if value is None:
        return "–"
    match unit:
        case "share":
            return f"{value:.0%}"
        case "seconds":
            return f"{value:.0f} s"
        case "points":
            return f"{value:.1f}"
    return str(int(value)) if value else "·"


def _define() -> None:
    click.echo(f"Definitions of the queue's figures, version {metrics.VERSION}\n")
    for each in DEFINITIONS:
        click.echo(f"{each.name:<30} {each.unit:<8} {each.meaning}")


def _staff(work: Work, after: date, target: Target) -> None:
    """Say what the working day after `after` takes, by the same days of past weeks, in Ramadan or out of it alike."""
    coming = next(each for each in _days_after(after) if hours.is_working_day(work, each))
    found = planning.plan(work, coming, target)
    if isinstance(found, TooFew):
        click.echo(
            f"too little to plan {coming:%A} {coming} from: {found.days} such days with calls in {planning.WEEKS} "
            f"weeks, {found.handled} calls handled ({staffing.FEWEST_DAYS} and {staffing.FEWEST_HANDLED} at least)"
        )
        return
    Console(highlight=False).print(_plan(f"Advisors at their phones on {coming:%A} {coming}", found, target))
    patience = f"callers hang up after {found.patience:.0f} s" if found.patience else "callers supposed to wait"
    click.echo(f"by the mean of {found.days} such days; {found.handling:.0f} s a call, {patience}; breaks on top")


def _plan(heading: str, found: Plan, target: Target) -> Table:
    table = Table(title=heading, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in ("", "calls", "advisors", f"in {target.within:.0f} s", "mean wait", "hang up", "occupancy"):
        table.add_column(name, justify="right" if name else "left")
    for need in found.needs:
        of = need.service
        level, gone, busy = (f"{share:.0%}" for share in (of.level, of.abandoned, of.occupancy))
        need_of = (f"{need.begins:%H:%M}", f"{need.calls:.1f}", str(need.advisors))
        table.add_row(*need_of, level, f"{of.mean_wait:.1f} s", gone, busy)
    return table


def _days_after(which: date) -> Iterator[date]:
    return (which + timedelta(days=number) for number in range(1, hours.FAR))


def _named(row: Row, asked: Asked) -> str:
    if row.group is None or isinstance(row.group, str):
        return row.group or WHOLE
    begins = row.group.begins.astimezone(CASABLANCA)
    if asked.minutes is None:
        return f"{begins:%a %Y-%m-%d}"
    return f"{begins:%H:%M}" if asked.first == asked.last else f"{begins:%m-%d %H:%M}"


def _days(period: Period) -> str:
    return f"on {period.first}" if period.first == period.last else f"from {period.first} to {period.last}"
