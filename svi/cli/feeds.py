"""`svi import`: lists that come from outside. `svi export`: the same, as they are on file."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from backend import feeds
from svi import running


@click.command(name="import")
@click.argument("kind", type=click.Choice(list(feeds.KINDS)))
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


@click.command(name="export")
@click.argument("kind", type=click.Choice(list(feeds.KINDS)))
@click.argument("path", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
def export_file(kind: str, path: Path | None) -> None:
    """Export all rows of KIND as CSV, to FILE or the standard output.

    The columns are those of an import: what is exported imports again, and changes nothing. FILE is readable by its
    owner alone.
    """
    running.join()
    if not path:
        _export_to_pipe(kind)
        return
    with Progress(TextColumn("{task.description}"), DownloadColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(path.name, total=None)
        with feeds.whole_file(path) as file:
            rows = feeds.run_export(kind, file, lambda done: bar.update(task, completed=done))
    click.echo(f"{rows} rows in {path}")


def _export_to_pipe(kind: str) -> None:
    try:
        with click.open_file("-", "wb") as out:
            feeds.run_export(kind, out)
            out.flush()
    except BrokenPipeError:  # whoever reads has read enough: `svi export people | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
