"""`svi worker`, `svi clock`, `svi exchange`, `svi migrate`: single parts, alone or under `svi up`."""

import importlib

import click

from backend.settings import settings
from svi import ports, running


@click.command()
def worker() -> None:
    """Run the jobs: SMS and callbacks that the outbox promised."""
    running.join()
    importlib.import_module("svi.worker").run()


@click.command()
def clock() -> None:
    """Run what happens by itself with time: sweeps, reminders, erasures."""
    running.join()
    importlib.import_module("svi.clock").run()


@click.command()
def exchange() -> None:
    """Run a telephone exchange on this machine that speaks Twilio's dialect."""
    running.join()
    given = settings()
    ports.require_free(given.svi_exchange_port, "SVI_EXCHANGE_PORT")
    account_sid, auth_token = given.require_twilio()
    importlib.import_module("exchange.server").run(
        host=ports.LOCALHOST,
        port=given.svi_exchange_port,
        account_sid=account_sid,
        auth_token=auth_token,
        numbers=list(given.numbers),
        voice_url=f"{given.public_url}/voice/incoming",
        fallback_url=f"{given.public_url}/voice/fallback",
        status_url=f"{given.public_url}/voice/status",
        client_url=f"{given.public_url}/voice/agent",
        people=importlib.import_module("svi.demo.phone").people(given.svi_home) if given.svi_demo else (),
    )


@click.command()
def demo() -> None:
    """Load the advisors and the lists of invented people of the demonstration, unless they were before."""
    running.join()
    importlib.import_module("svi.demo.advisors").load()
    importlib.import_module("svi.demo.lists").load(settings().svi_home)


@click.command()
def migrate() -> None:
    """Bring the database to the schema that this program needs."""
    running.join()
    importlib.import_module("svi.migrate").upgrade(settings().require_database())
    click.echo("the database has the schema of this program")
