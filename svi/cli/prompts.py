"""`svi prompts check`: what is wrong with the words."""

import sys

import click

from ivr import prompt_check


@click.group()
def prompts() -> None:
    """Look after what callers and SMS readers meet."""


@prompts.command()
def check() -> None:
    """Say which prompts are missing in a language, unused, without their values, or too long."""
    problems = prompt_check.check()
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("prompts: nothing to say against them")
