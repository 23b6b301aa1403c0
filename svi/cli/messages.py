"""`svi messages`: which SMS are sent, and the switch of each."""

import hashlib
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from backend import messages, outbox
from backend.clock import CASABLANCA
from backend.feeds import campaigns
from backend.feeds.imports import Counts
from backend.work import Actor, begin
from svi import running

_KINDS = {messages.CODE: "code", messages.INFORMATION: "asked for", messages.NOTICE: "notice"}
_MOST = {messages.CODE: "–", messages.INFORMATION: messages.MOST_A_DAY, messages.NOTICE: messages.MOST_NOTICES_A_DAY}


@click.group(name="messages")
def group() -> None:
    """Say which SMS are sent, and switch one off or on. docs/messages.md says when each is sent."""
    running.join()


@group.command(name="list")
def list_() -> None:
    """Show every message: what it is, how many a person gets in a day, whether it is on."""
    with begin(Actor("command", "messages")) as work:
        off = messages.off(work)
    table = Table(box=None, pad_edge=False)
    for name in ("message", "kind", "a day", "switch"):
        table.add_column(name, no_wrap=True)
    for occasion, terms in sorted(messages.OCCASIONS.items()):
        since = off.get(occasion)
        switch = f"off since {since.astimezone(CASABLANCA):%Y-%m-%d %H:%M}" if since else "on"
        table.add_row(occasion, _KINDS[terms], str(_MOST[terms]), switch)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 100)
    console.print(table)


@group.command()
@click.argument("occasion")
@click.option("--reason", default="", help="Why, for the audit log.")
def off(occasion: str, reason: str) -> None:
    """Withhold the SMS of OCCASION from now on, those that wait to be sent included."""
    with begin(Actor("command", "messages", reason)) as work:
        messages.switch(work, occasion, on=False)
    waited, more = 0, True
    while more:
        with begin(Actor("command", "messages", reason)) as work:
            withheld = outbox.withhold(work)
        waited, more = waited + withheld, withheld == outbox.SLICE
    click.echo(f"{occasion} is off; {waited} that waited to be sent are withheld")


@group.command()
@click.argument("occasion")
@click.option("--reason", default="", help="Why, for the audit log.")
def on(occasion: str, reason: str) -> None:
    """Send the SMS of OCCASION again; what was withheld stays withheld."""
    with begin(Actor("command", "messages", reason)) as work:
        messages.switch(work, occasion, on=True)
    click.echo(f"{occasion} is on")


@group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What it is called; by default the list itself: the same list is told once.")
@click.option("--confirm", is_flag=True, help="Send; without it, only the numbers are read and counted.")
@click.option("--reason", default="", help="Why, for the audit log.")
def campaign(file: Path, *, name: str | None, confirm: bool, reason: str) -> None:
    """Send the campaign's SMS to the people of FILE, a registration number a line; nobody twice under the same name.

    It goes after all others, in the hours of notices, within a person's daily limit; `svi messages off sms-campaign`
    stops what has not yet gone.
    """
    numbers = campaigns.numbers(file)
    if not confirm:
        click.echo(f"{len(numbers)} registration numbers: nothing is sent without --confirm")
        return
    name = name or hashlib.sha256("\n".join(numbers).encode()).hexdigest()[:12]
    counts = Counts()
    for first in range(0, len(numbers), campaigns.AT_ONCE):
        with begin(Actor("command", "messages", reason)) as work:
            counts += campaigns.tell(work, name, numbers[first : first + campaigns.AT_ONCE])
    counted = f"{counts.added} told, {counts.unchanged} withheld"
    click.echo(f"campaign {name}: {counted}, {counts.rejected} unknown or without a mobile")
