"""`svi import`: files of the fund's other systems."""

import importlib
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from svi import running

KINDS = ("tns", "people", "contributions", "payments", "claims", "family", "salaries", "agencies")


@click.command(name="import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(kind: str, path: Path) -> None:
    """Import FILE (CSV or JSON lines) of KIND; rejected rows go to FILE.rejected.csv."""
    running.join()
    with Progress(console=Console(stderr=True)) as progress:
        outcome = importlib.import_module("backend.feeds").run_import(kind, path, progress)
    click.echo(str(outcome))
