"""`svi messages`: which SMS are sent, and the switch of each."""

import click
from rich.console import Console
from rich.table import Table

from backend import messages, outbox
from backend.clock import CASABLANCA
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
