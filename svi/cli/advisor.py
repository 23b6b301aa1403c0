"""`svi advisor`: an advisor's terminal, beside the running system."""

import importlib
import signal
import sys
from types import FrameType

import click

from backend.errors import MisconfiguredError
from backend.settings import settings
from backend.wording import LANGUAGES, Language, written
from backend.work import Actor, begin
from callcenter import agents, presence
from svi import running
from svi.terminal.phone import Outlet
from svi.terminal.program import Terminal
from svi.terminal.screen import Screen

PATIENCE = 120
"""Seconds that a line of a script waits for its moment."""


@click.command()
@click.argument("login", required=False)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the terminal; the advisor's first one otherwise.")
@click.option(
    "--patience", type=click.IntRange(1), default=PATIENCE, help="Seconds that a line of a script waits for its moment."
)
def advisor(login: str | None, language: Language | None, patience: int) -> None:
    r"""Answer calls as an advisor: sign in, then `?` and Enter for what can be typed.

    A pipe can play one, each line waiting for its moment: printf 'ready\naccept\nend\n1\n' | svi advisor s.alami.
    """
    exchange = _exchange()
    if login is None:
        login = click.prompt(written(language or "fr", "console-login"), prompt_suffix=" ")
    with begin(Actor("command", "advisor")) as work:
        known = presence.sign_in(work, login)
    screen = Screen(sys.stdout, language or known.languages[0])
    terminal = Terminal(known.id, _outlet(exchange, known.id), screen, sys.stdin, patience=float(patience))
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _end)
    try:
        code = terminal.run()
    finally:
        terminal.close()
    sys.exit(code)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _outlet(exchange: str, advisor_: int) -> Outlet:
    _, auth_token = settings().require_twilio()
    signing = importlib.import_module("exchange.signing")
    return Outlet(exchange, signing.identity_token(auth_token, agents.identity(advisor_)))


def _exchange() -> str:
    """Return the exchange's URL. Raises MisconfiguredError where nothing runs, or calls come by Twilio."""
    home = settings().svi_home.absolute()
    running.join()
    state = running.find(home)
    if state is None or not state.ready:
        raise MisconfiguredError("the system does not run: start it in another terminal with `make run`")
    if "phone" not in state.addresses:
        raise MisconfiguredError("the running system uses Twilio: advisors answer in the console, not in a terminal")
    return state.addresses["phone"]
