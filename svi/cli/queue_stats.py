"""`svi stats queue`: the figures of those who wanted an advisor, and how many advisors the next day takes."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple, TextIO

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select

from backend import clock
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.wording import LANGUAGES
from backend.work import Actor, Work, begin
from callcenter import hours, metrics, staffing
from callcenter.agents import advisors
from callcenter.figures.counting import MINUTES, TARGET, Counted, count, day, parts
from callcenter.figures.reading import Interval
from callcenter.figures.stories import History
from callcenter.metrics import DEFINITIONS, Definition, Unit
from callcenter.staffing import Plan, Target, TooFew
from ivr.statistics import Period
from svi import running

By = Literal["subject", "language", "advisor", "interval"]
BYS: tuple[By, ...] = ("subject", "language", "advisor", "interval")
WHOLE = "all"
DAYS = 7  # shown where no day is given, today included
WEEKS = 4  # looked back at to plan a day
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


class Row(NamedTuple):
    """A line of the table: a group's name, and what was counted in it."""

    name: str
    counted: Counted


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
    with begin(Actor("command", "stats queue")) as work:
        if staff:
            _staff(work, period.last, Target(within=within))
            return
        told = metrics.history(work, Interval(*period.bounds))
        asked = Asked(period, by, every, timedelta(seconds=within))
        rows = [Row(WHOLE, count(told, asked.whole, asked.target)), *_rows(work, told, asked)]
    if csv_file:
        _write(rows, csv_file)
    elif _is_nothing(rows[0].counted):
        click.echo(f"nobody waited for an advisor {_days(period)}")
    else:
        _show(rows, f"The queue {_days(period)}, answered within {within} s")


class Asked(NamedTuple):
    """What is to be shown."""

    period: Period
    by: By
    every: str | None
    target: timedelta

    @property
    def whole(self) -> Interval:
        """Return all of it."""
        return Interval(*self.period.bounds)

    @property
    def minutes(self) -> int | None:
        """Return how long an interval is, None for days: half-hours of one day, else days."""
        usual = str(MINUTES[1]) if self.period.first == self.period.last else "day"
        every = self.every or usual
        return None if every == "day" else int(every)


def _period(first: datetime | None, last: datetime | None, only: datetime | None) -> Period:
    if only and (first or last):
        raise BadInputError("--day is a day alone: leave --from and --to out")
    ends, begins = only or last, only or first
    until = ends.date() if ends else clock.today()
    since = begins.date() if begins else until - timedelta(days=DAYS - 1)
    if since > until:
        raise BadInputError(f"--from {since} is after --to {until}")
    return Period(since, until)


def _rows(work: Work, told: History, asked: Asked) -> Iterator[Row]:
    """Give a row for each group in which something happened."""
    for name, part, interval in _groups(work, told, asked):
        counted = count(part, interval, asked.target)
        if not _is_nothing(counted):
            yield Row(name, counted)


def _groups(work: Work, told: History, asked: Asked) -> Iterator[tuple[str, History, Interval]]:
    match asked.by:
        case "interval":
            for interval in parts(asked.whole, asked.minutes):
                yield _at(interval, asked), told, interval
        case "subject":
            for subject in sorted({each.subject for each in told.stories}):
                yield subject, told.of_subject(subject), asked.whole
        case "language":
            for language in LANGUAGES:
                yield language, told.of_language(language), asked.whole
        case "advisor":
            logins = {row.id: row.login for row in work.execute(select(advisors.c.id, advisors.c.login))}
            for advisor, part in told.by_advisor():
                yield logins.get(advisor, str(advisor)), part, asked.whole


def _is_nothing(of: Counted) -> bool:
    return not (of.offered or of.handled or of.offers or of.promised or of.attempts or of.signed_in)


def _write(rows: list[Row], file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["group", *(each.name for each in DEFINITIONS)])
    for row in rows:
        values = (each.value(row.counted) for each in DEFINITIONS)
        writer.writerow(
            [row.name, *("" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") for value in values)]
        )


def _show(rows: list[Row], heading: str) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    console.print(_table(heading, rows))
    for names in (OF_OFFERS, OF_CALLBACKS, OF_SURVEYS):
        said = (f"{each.name} {_worded(each.value(rows[0].counted), each.unit)}" for each in _defined(names))
        click.echo(", ".join(said))


def _defined(names: tuple[str, ...]) -> list[Definition]:
    return [each for name in names for each in DEFINITIONS if each.name == name]


def _table(heading: str, rows: list[Row]) -> Table:
    table = Table(title=heading, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("", width=LONGEST_BAR, no_wrap=True)
    for each in _defined(OF_CALLS):
        table.add_column(each.name, justify="right")
    longest = max((row.counted.offered for row in rows[1:]), default=0)
    for row in rows:
        figures = (_worded(each.value(row.counted), each.unit) for each in _defined(OF_CALLS))
        table.add_row(row.name, _bar(row, longest), *figures)
    return table


def _bar(row: Row, longest: int) -> Text:
    """Draw a group's calls: answered, left for a call back or unserved, hung up; nothing for the whole."""
    drawn, before, of = Text(), 0, row.counted
    if row.name == WHOLE:
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
    looked_at = [coming - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    alike = [each for each in looked_at if hours.is_working_day(work, each) and _noon(each) == _noon(coming)]
    past = [_halves(work, each) for each in alike]
    found = staffing.plan(past, target)
    if isinstance(found, TooFew):
        click.echo(
            f"too little to plan {coming:%A} {coming} from: {found.days} such days with calls in {WEEKS} weeks, "
            f"{found.handled} calls handled ({staffing.FEWEST_DAYS} and {staffing.FEWEST_HANDLED} at least)"
        )
        return
    Console(highlight=False).print(_plan(f"Advisors at their phones on {coming:%A} {coming}", found, target))
    patience = f"callers hang up after {found.patience:.0f} s" if found.patience else "callers supposed to wait"
    click.echo(f"by the mean of {found.days} such days; {found.handling:.0f} s a call, {patience}; breaks on top")


def _noon(which: date) -> timedelta | None:
    """Return how far Morocco is from UTC, where it is in Ramadan alone: its hours, and its calls, are other ones."""
    return datetime.combine(which, time(12), CASABLANCA).utcoffset()


def _halves(work: Work, which: date) -> list[Counted]:
    whole = day(which)
    told = metrics.history(work, whole)
    return [count(told, interval) for interval in parts(whole, MINUTES[1])]


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


def _at(interval: Interval, asked: Asked) -> str:
    begins = interval.begins.astimezone(CASABLANCA)
    if asked.minutes is None:
        return f"{begins:%a %Y-%m-%d}"
    return f"{begins:%H:%M}" if asked.period.first == asked.period.last else f"{begins:%m-%d %H:%M}"


def _days(period: Period) -> str:
    return f"on {period.first}" if period.first == period.last else f"from {period.first} to {period.last}"
