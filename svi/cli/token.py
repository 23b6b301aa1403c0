"""`svi token`: who may use the API, and for what."""

import itertools
from datetime import timedelta

import click

from backend.api import tokens
from backend.work import Actor, begin
from svi import running

_OPERATOR = Actor("command", "token")


@click.group(name="token")
def group() -> None:
    """Tokens of other systems, for the API."""
    running.join()


@group.command()
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(list(tokens.SCOPES)), multiple=True, required=True)
@click.option("--days", type=click.IntRange(1, 3650), help="Days until it expires; without, it doesn't.")
def add(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a token and print it, on a line of its own.

    It is shown this once: here only a digest is kept.
    """
    with begin(_OPERATOR) as work:
        text = tokens.add(work, name, scopes, timedelta(days) if days else None)
    click.echo(text)


@group.command(name="list")
def list_() -> None:
    """Show all tokens: name, scopes, when they were made, last used, expire, were revoked."""
    with begin(_OPERATOR) as work:
        found = tokens.every(work)
    for each in found:
        days = {"added": each.added_at, "used": each.used_at, "expires": each.expires_at, "revoked": each.revoked_at}
        told = (f"{what} {day:%Y-%m-%d %H:%M} UTC" for what, day in days.items() if day)
        click.echo("  ".join(itertools.chain((each.name, ",".join(sorted(each.scopes))), told)))
    click.echo(f"{sum(each.revoked_at is None for each in found)} in use")


@group.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Let a token open nothing any more, from now on."""
    with begin(_OPERATOR) as work:
        tokens.revoke(work, name)
    click.echo(f"{name} is revoked")
