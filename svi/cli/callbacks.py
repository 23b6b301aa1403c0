"""`svi callbacks`: the calls that were promised, those that reached nobody, and what becomes of them."""

import click
from rich.console import Console
from rich.table import Table

from backend.clock import CASABLANCA
from backend.work import Actor, begin
from callcenter import callbacks
from svi import running


@click.group(name="callbacks")
def group() -> None:
    """Show the calls that were promised, and decide about those that reached nobody."""
    running.join()


@group.command(name="list")
@click.option("--missed", is_flag=True, help="Those that wait for a person: three calls reached nobody.")
def list_(*, missed: bool) -> None:
    """Show the promised calls, those due first first: of the number, the last two digits."""
    with begin(Actor("command", "callbacks")) as work:
        found = callbacks.listed(work, *(("missed",) if missed else ("promised", "due")))
    if found:
        Console(highlight=False, width=None if Console().is_terminal else 120).print(_table(found))
    click.echo(f"{len(found)} {'missed' if missed else 'promised'}")


@group.command()
@click.argument("callback", type=int)
@click.option("--reason", default="", help="Why, for the audit log.")
def again(callback: int, reason: str) -> None:
    """Call a missed one again: from now on, or from the next half-day on which advisors answer."""
    with begin(Actor("command", "callbacks", reason)) as work:
        promised = callbacks.again(work, callback)
    click.echo(f"{callback} is called again from {promised.due_at.astimezone(CASABLANCA):%Y-%m-%d %H:%M} on")


@group.command()
@click.argument("callback", type=int)
@click.option("--reason", default="", help="Why, for the audit log.")
def cancel(callback: int, reason: str) -> None:
    """Give a missed one up: a person saw to it."""
    with begin(Actor("command", "callbacks", reason)) as work:
        callbacks.cancel(work, callback)
    click.echo(f"{callback} is cancelled")


def _table(found: list[callbacks.Callback]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("id", "state", "kind", "promised for", "due", "calls", "subject", "language", "number"):
        table.add_column(name, no_wrap=True)
    for each in found:
        wish = f"{each.day} {each.half}" if each.day else "its turn"
        due_at = f"{each.due_at.astimezone(CASABLANCA):%Y-%m-%d %H:%M}"
        number = f"…{each.ending}" if each.ending else "none yet"
        calls = str(each.attempts)
        table.add_row(str(each.id), each.state, each.kind, wish, due_at, calls, each.subject, each.language, number)
    return table
