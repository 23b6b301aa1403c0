"""`svi flow …`: what callers go through, drawn and checked."""

import sys
from typing import TYPE_CHECKING, cast

import click

from backend.wording import LANGUAGES, Language
from ivr import diagram

if TYPE_CHECKING:
    from ivr.diagram.documents import Format


@click.group()
def flow() -> None:
    """Draw the conversations that callers have, and find what is wrong with them."""


@flow.command()
@click.argument("name", metavar="NAME")
@click.option("--format", "form", type=click.Choice(["mermaid", "svg", "text"]), default="mermaid", show_default=True)
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), default="fr", show_default=True)
def show(name: str, form: str, language: str) -> None:
    """Draw a flow: its questions, keys, endings and words. `svi flow list` names them."""
    click.echo(diagram.shown(name, cast("Format", form), cast("Language", language)), nl=False)


@flow.command("list")
def names() -> None:
    """Name the flows that have a drawing."""
    for name, each in diagram.FLOWS.items():
        click.echo(f"{name:<14} {each.purpose}")


@flow.command()
def check() -> None:
    """Say what is wrong with the flows: lines and questions that no caller reaches, endings that are none …."""
    findings = diagram.check()
    for finding in findings:
        click.echo(finding)
    if findings:
        sys.exit(1)
    click.echo("flows: nothing to say against them")


@flow.command()
def write() -> None:
    """Draw all flows anew in docs/flows/, with their transcripts in tests/flows/golden/."""
    for file, content in diagram.documents():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text("utf-8") != content:
            file.write_text(content, "utf-8")
            click.echo(file.relative_to(diagram.ROOT))
