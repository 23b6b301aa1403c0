"""`svi twilio`: the carrier's account, set up for this system."""

import sys

import click

from backend import provisioning
from svi import running


@click.group(name="twilio")
def group() -> None:
    """Set the carrier's account up."""
    running.join()


@group.command()
@click.option("--pretend", is_flag=True, help="Say what would be done, and change nothing.")
def provision(*, pretend: bool) -> None:
    """Lead numbers, app and trunk to SVI_PUBLIC_URL, and make room for 5,000 who wait; again at any time."""
    missing = False
    for step in provisioning.provision(pretend=pretend):
        missing = missing or step.outcome == "missing"
        remedy = f" → {step.mend}" if step.mend else ""
        click.echo(f"{step.outcome:<9}  {step.what}{remedy}")
    sys.exit(1 if missing else 0)
