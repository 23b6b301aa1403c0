"""`svi outbox`: what could not be sent, and a second try."""

import click

from backend import outbox
from backend.errors import BadInputError
from backend.work import Actor, begin
from svi import running

_OPERATOR = Actor("command", "outbox")


@click.group(name="outbox")
def group() -> None:
    """Promises to the outside that wait for a person."""
    running.join()


@group.command(name="list")
def list_() -> None:
    """Show what waits: id, what it is, since when, Twilio's error."""
    with begin(_OPERATOR) as work:
        found = outbox.waiting(work)
    for each in found:
        error = f"error {each.error_code}" if each.error_code else "nobody knows whether it went"
        words = "" if each.mendable else ", its words are erased"
        click.echo(f"{each.id}  {each.occasion}  {each.promised_at:%Y-%m-%d %H:%M} UTC  {error}{words}")
    click.echo(f"{len(found)} waiting")


@group.command()
@click.argument("row", type=int, required=True)
def again(row: int) -> None:
    """Send one again: after the cause was mended."""
    with begin(_OPERATOR) as work:
        if not outbox.send_again(work, row):
            raise BadInputError(f"{row} does not wait, or its words are erased: `svi outbox list` shows what waits")
    click.echo(f"{row} is sent again")
