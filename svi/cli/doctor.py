"""`svi doctor`: says what is misconfigured or unreachable, and how to mend it."""

import sys

import click

from backend.settings import settings
from svi import running
from svi.checkup import examine


@click.command()
def doctor() -> None:
    """Check settings, servers, telephony and this machine; exit code 1 where something is wrong."""
    running.join()
    wrong = False
    for finding in examine(settings()):
        wrong = wrong or bool(finding.mend)
        state = click.style("problem", fg="red") if finding.mend else click.style("ok     ", fg="green")
        remedy = f" → {finding.mend}" if finding.mend else ""
        click.echo(f"{state}  {finding.subject:<12} {finding.words}{remedy}")
    sys.exit(1 if wrong else 0)
