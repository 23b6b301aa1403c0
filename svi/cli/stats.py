"""`svi stats`: what became of calls, question by question; `svi stats queue`: of those who wanted an advisor."""

import csv
import sys
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from backend import clock
from backend.errors import BadInputError
from backend.wording import LANGUAGES, Language
from backend.work import Actor, begin
from callcenter.titles import title
from ivr import statistics
from ivr.statistics import OfCalls, OfQuestion, Period
from svi import funnel, running
from svi.cli.queue_stats import queue

DAYS = 7  # shown where no day is given, today included
NARROWEST = 140  # columns: where nobody looks at a terminal
FIGURES = 116  # columns that a question's title and figures take; what is left is for its bar
LONGEST_BAR, SHORTEST_BAR = 24, 8
TITLES_IN: Language = "fr"
NAMES = {"ar": "Arabic", "fr": "French", None: "all languages"}
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(invoke_without_command=True)
@click.option("--from", "first", type=DAY, metavar="DAY", help="The first day; six days before the last otherwise.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="The last day; today otherwise.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Only calls in this language.")
@click.option("--csv", "as_csv", is_flag=True, help="Figures for another program, for each language too.")
@click.option("--svg", metavar="FILE", type=click.Path(path_type=Path), help="Draw the questions into FILE.")
@click.pass_context
def stats(
    context: click.Context,
    first: datetime | None,
    last: datetime | None,
    language: Language | None,
    *,
    as_csv: bool,
    svg: Path | None,
) -> None:
    """Count what became of calls, question by question, between two days in Morocco.

    docs/metrics.md defines each figure.
    """
    if context.invoked_subcommand:
        if any((first, last, language, as_csv, svg)):
            raise click.UsageError(f"give the options after `{context.invoked_subcommand}`")
        return
    running.join()
    until = last.date() if last else clock.today()
    period = Period(first.date() if first else until - timedelta(days=DAYS - 1), until)
    if period.first > period.last:
        raise BadInputError(f"--from {period.first} is after --to {period.last}")
    with begin(Actor("command", "stats")) as work:
        whole = statistics.of_calls(work, period, language)
        every = statistics.by_language(work, period, language)
    shown = [each for each in every if each.language == language]
    if as_csv:
        _write(every)
    elif whole:
        _show(period, language, whole, shown)
    else:
        click.echo(f"no call{_in(language)} {_days(period)}")
    if svg:
        heading = f"Calls{_in(language)} {_days(period)}"
        titles = [title(each.question, language or TITLES_IN) for each in shown]
        svg.write_text(funnel.draw(shown, titles, heading), encoding="utf-8")
        click.echo(f"drawn: {svg}", err=True)


stats.add_command(queue)


def _write(every: list[OfQuestion]) -> None:
    writer = csv.DictWriter(sys.stdout, [field.name for field in fields(OfQuestion)], lineterminator="\n")
    writer.writeheader()
    for each in every:
        writer.writerow(asdict(each) | {"language": each.language or "all"} | _rounded(each))


def _rounded(each: OfQuestion) -> dict[str, Any]:
    times = {"median": each.median, "ninetieth": each.ninetieth}
    return {name: None if seconds is None else round(seconds, 1) for name, seconds in times.items()}


def _show(period: Period, language: Language | None, whole: list[OfCalls], shown: list[OfQuestion]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    console.print(_calls(f"Calls {_days(period)}", whole))
    room = min(LONGEST_BAR, console.width - FIGURES)
    console.print(_questions(shown, language, room if room >= SHORTEST_BAR else 0))


def _calls(heading: str, whole: list[OfCalls]) -> Table:
    table = Table(title=heading, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("")
    for name in ("calls", "on the line", "short", "advisor", "callbacks", "again", "contained", "share"):
        table.add_column(name, justify="right")
    for each in whole:
        figures = (each.calls, each.open, each.short, each.advisor, each.callbacks, each.again, each.contained)
        share = "–" if each.share is None else f"{each.share:.0%}"
        table.add_row(NAMES[each.language], *map(str, figures), share)
    return table


def _questions(shown: list[OfQuestion], language: Language | None, blocks: int) -> Table:
    """Return a row a question, with a bar of at most so many `blocks`."""
    table = Table(box=None, pad_edge=False)
    table.add_column("question", max_width=34, no_wrap=True)
    table.add_column("", width=blocks, no_wrap=True)
    names = ("reached", "answered", "silence", "wrong", "help", "back", "advisor", "hung up", "median", "P90")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    longest = max(each.reached for each in shown) if shown else 1
    for each in shown:
        counted = (each.reached, each.answered, each.silence, each.wrong, each.help, each.back)
        left = (each.advisor, each.hang_up)
        times = ("–" if seconds is None else f"{seconds:.1f} s" for seconds in (each.median, each.ninetieth))
        name = title(each.question, language or TITLES_IN)
        table.add_row(name, _bar(each, longest, blocks), *(str(n) if n else "·" for n in (*counted, *left)), *times)
    return table


def _bar(each: OfQuestion, longest: int, blocks: int) -> Text:
    """Draw a question's calls: went on, left for an advisor, hung up; letters where there is no colour."""
    drawn, before, colours = Text(), 0, {"on": ("█", "cyan"), "advisor": ("▓", "yellow"), "gone": ("░", "red")}
    for part in funnel.parts(each):
        upto = before + part.calls
        block, colour = colours[part.kind]
        drawn.append(block * (round(blocks * upto / longest) - round(blocks * before / longest)), colour)
        before = upto
    return drawn


def _in(language: Language | None) -> str:
    return f" in {NAMES[language]}" if language else ""


def _days(period: Period) -> str:
    return f"on {period.first}" if period.first == period.last else f"from {period.first} to {period.last}"
