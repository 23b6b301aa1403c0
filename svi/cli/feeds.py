"""`svi import`: lists that come from outside."""

from pathlib import Path

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from backend import feeds
from svi import running


@click.command(name="import")
@click.argument("kind", type=click.Choice(sorted(feeds.KINDS)))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def import_file(kind: str, path: Path) -> None:
    """Import FILE (CSV or JSON lines) of KIND.

    An interrupted import of the same file goes on where it was. Rejected rows go to FILE.rejected.csv.
    """
    running.join()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(path.name, total=None, said="")

        def show(state: feeds.Progress) -> None:
            said = f"{state.rows:,} rows, {decimal(state.bytes_done)}"
            bar.update(task, completed=state.bytes_done, total=state.bytes_total, said=said)

        counts = feeds.run_import(kind, path, show)
    click.echo(
        f"added {counts.added}, changed {counts.changed}, unchanged {counts.unchanged}, rejected {counts.rejected}"
    )
    if counts.rejected:
        click.echo(f"the rejected rows, with their reasons: {path}.rejected.csv")
