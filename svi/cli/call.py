"""`svi call`: a phone in the terminal, which `make call` starts."""

import importlib
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

import click

from backend.errors import MisconfiguredError, UnreachableError
from backend.settings import settings
from svi import embedded, running
from svi.part import Part
from svi.part import running as kept_running
from svi.system import command

PATIENCE = 180.0
"""Seconds that a first start may take, on a slow machine, with demonstration data."""
SECONDS_TO_END = 60.0
SECONDS_BETWEEN_LOOKS = 0.2


@click.command()
@click.option("--to", metavar="NUMBER", help="The number to dial; the first of SVI_NUMBERS otherwise.")
@click.option("--from", "caller", metavar="NUMBER", help="The number that calls; `anonymous` for none.")
@click.option("--wait", is_flag=True, help="Dial nobody: wait until the number of `--from` is called.")
@click.option("--transcript", type=click.File("w", encoding="utf-8"), help="Write what is shown to this file too.")
def call(to: str | None, caller: str | None, wait: bool, transcript: TextIO | None) -> None:
    """Dial the running system, or one that is started for this call and ended after it."""
    home = settings().svi_home.absolute()
    starting = nullcontext() if running.find(home) else _start(home)
    with starting:
        phone = importlib.import_module("exchange.phone")
        code = phone.run(_telephone(home), to, caller, transcript=transcript, wait=wait)
    sys.exit(code)


def _start(home: Path) -> AbstractContextManager[None]:
    click.echo("starting the system for this call …", err=True)
    embedded.make_home(home)
    whole = Part(
        name="the system",
        command=command("up"),
        ready=lambda: _is_ready(home),
        patience=PATIENCE,
        grace=SECONDS_TO_END,
    )
    return kept_running(whole, home / "up.log")


def _telephone(home: Path) -> str:
    """Return the exchange's URL once a call would be answered."""
    deadline = time.monotonic() + PATIENCE
    while not _is_ready(home):
        if time.monotonic() > deadline:
            raise UnreachableError("the system that runs is not ready: look at its log, or run `svi doctor`")
        time.sleep(SECONDS_BETWEEN_LOOKS)
    state = running.find(home)
    if state is None or "phone" not in state.addresses:
        raise MisconfiguredError("the running system uses Twilio, not the exchange: dial its number instead")
    return state.addresses["phone"]


def _is_ready(home: Path) -> bool:
    state = running.find(home)
    return state is not None and state.ready
