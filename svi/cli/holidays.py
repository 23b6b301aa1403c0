"""`svi holidays`: the days on which advisors don't answer; those of the lunar calendar wait for somebody's word."""

from datetime import datetime

import click

from backend.work import Actor, begin, business_day
from callcenter import holidays
from svi import running

DAY = click.DateTime(["%Y-%m-%d"])
_OPERATOR = Actor("command", "holidays")


@click.group(name="holidays")
def group() -> None:
    """Show holidays, confirm those that are estimated, move, add or remove one. Promised calls follow."""
    running.join()


@group.command(name="list")
@click.argument("year", type=click.IntRange(1990, 2090), required=False)
def list_(year: int | None) -> None:
    """Show the holidays of YEAR; of this year and the next otherwise."""
    first = year or business_day().year
    with begin(_OPERATOR) as work:
        found = holidays.of_years(work, first, year or first + 1)
    for each in found:
        said = f"  by {each.said_by}" if each.said_by else ""
        click.echo(f"{each.day:%Y-%m-%d %a}  {each.state:<9}  {each.name}{said}")
    if estimated := sum(each.state == "estimated" for each in found):
        click.echo(f"{estimated} are estimated: `svi holidays confirm DAY`, or `svi holidays move DAY TO`")


@group.command()
@click.argument("days", type=DAY, nargs=-1, required=True)
def confirm(days: tuple[datetime, ...]) -> None:
    """Say that DAYS, which were estimated, are the holidays."""
    with begin(_OPERATOR) as work:
        for holiday in holidays.confirm(work, [each.date() for each in days]):
            click.echo(f"{holiday.day} is {holiday.name}")


@group.command()
@click.argument("day", type=DAY)
@click.argument("to", type=DAY)
def move(day: datetime, to: datetime) -> None:
    """Have the holiday of DAY on another day: people work on DAY."""
    with begin(_OPERATOR) as work:
        moved = holidays.move(work, day.date(), to.date())
    click.echo(f"{moved.name} is on {moved.day}, not on {day:%Y-%m-%d}")


@group.command()
@click.argument("day", type=DAY)
@click.argument("name")
def add(day: datetime, name: str) -> None:
    """Have a holiday on DAY."""
    with begin(_OPERATOR) as work:
        added = holidays.add(work, day.date(), name)
    click.echo(f"{added.day} is {added.name}")


@group.command()
@click.argument("day", type=DAY)
def remove(day: datetime) -> None:
    """Have people work on DAY, which was a holiday."""
    with begin(_OPERATOR) as work:
        removed = holidays.remove(work, day.date())
    click.echo(f"{removed.day} is a working day, not {removed.name}")
